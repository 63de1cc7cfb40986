"""Requests through all the layers of the program, as a server hands them over.

Compared are: the dashboard made anew; the dashboard kept; the very bytes of that page as a file,
which WhiteNoise serves from within the same layers; and a plain page that loads its objects row
by row. Nothing asks for compression. Seconds are processor time of this process and of the
database's process that serves it.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, RequestFactory

from aspirations.models import Aspiration, Metric, Placement, Segment, Series
from aspirations.models.metrics import WHOLE
from aspirations.services.judging import judge_all_stale
from benchmarks import naive_dashboard
from benchmarks.loading import PLANNED, last_day, send_figures
from benchmarks.rows import Row, Sizes
from benchmarks.served import gunicorn, seconds
from benchmarks.server import spent
from benchmarks.trial import ready
from people.models import Membership, System, User

STATIC, NAIVE, LAST_PAGE = 12.0, 20.0, 1.25
TURNS = 9
FULL_PAGE = 60
"""Rows of one page of the table."""
MANY = 20_000
VACUUM = "VACUUM ANALYZE"


@dataclass(frozen=True)
class Stack:
    """The program as a server runs it, with a reader signed in."""

    handler: WSGIHandler
    cookie: str

    def get(self, address: str) -> bytes:
        """The body of an answer, and nothing but 200 will do."""
        path, _, query = address.partition("?")
        environ = RequestFactory()._base_environ(  # type: ignore[attr-defined]
            PATH_INFO=path, QUERY_STRING=query, HTTP_COOKIE=self.cookie
        )
        told: list[str] = []
        answer: Any = self.handler(environ, lambda status, *_: told.append(status))  # type: ignore[arg-type]
        body = b"".join(answer)
        close = getattr(answer, "close", None)
        if close:
            close()
        if not told[0].startswith("200"):
            raise RuntimeError(f"{address} answered {told[0]}.")
        return body


def rows(sizes: Sizes) -> list[Row]:
    many = MANY if sizes.series >= MANY * 5 else MANY // 10
    user = User.objects.create_user(email="reader@example.org", password=None)
    systems = {name: loaded(name, count, user) for name, count in
               (("page", FULL_PAGE), ("many", many))}  # fmt: skip
    judged(sizes)
    with tempfile.TemporaryDirectory() as folder:
        stack = stack_over(Path(folder), user, systems["page"])
        return [
            by_the_clock(stack, Path(folder), systems["page"]),
            *of_one_page(stack, systems["page"]),
            of_many(stack, many),
        ]


# --- what is compared ------------------------------------------------------------------------


def by_the_clock(stack: Stack, folder: Path, system: System) -> Row:
    """Requests a second of a real server: files over the kept dashboard, the same bytes each."""
    with gunicorn(folder) as port:
        kept, file = seconds(port, stack.cookie, (f"/{system.slug}/", "/static/page.html"))
    said = f"{1 / kept:.0f} and {1 / file:.0f} requests a second of one worker"
    name = "served by gunicorn: dashboard kept, over the same bytes as a file"
    return Row(name, kept / file, said, most=STATIC)


def of_one_page(stack: Stack, system: System) -> list[Row]:
    """A full page of rows: kept over a file, plain over kept, plain over made."""
    address = f"/{system.slug}/"
    size = len(stack.get(address)) / 1000
    made, kept, file, plain = in_turns(
        lambda: anew(stack, address),
        lambda: stack.get(address),
        lambda: stack.get("/static/page.html"),
        lambda: naive_dashboard.page(system),
    )
    said = {name: f"{seconds * 1000:.2f} ms" for name, seconds in
            (("made", made), ("kept", kept), ("file", file), ("plain", plain))}  # fmt: skip
    figures = f"{said['kept']}; the file {said['file']}, {size:.0f} kB each"
    return [
        Row("processor time: dashboard kept, over the same bytes as a file", kept / file, figures),
        Row("plain page row by row, over the dashboard kept", plain / kept,
            f"{said['plain']}; kept {said['kept']}", least=NAIVE),
        Row("plain page row by row, over the dashboard made anew", plain / made,
            f"{said['plain']}; made {said['made']}"),
    ]  # fmt: skip


def of_many(stack: Stack, count: int) -> Row:
    """The last pages of a long table against its first, each made anew."""
    last = min(100, -(-count // FULL_PAGE))
    one, other = in_turns(
        lambda: anew(stack, "/many/"), lambda: anew(stack, f"/many/?page={last}"), turns=5
    )
    said = f"page 1 {one * 1000:.0f} ms, page {last} {other * 1000:.0f} ms"
    name = f"page {last} of {count} metrics over page 1, made anew"
    return Row(name, other / one, said, most=LAST_PAGE)


def anew(stack: Stack, address: str) -> bytes:
    caches["pages"].clear()
    return stack.get(address)


def in_turns(*works: Callable[[], object], turns: int = TURNS) -> list[float]:
    """Median seconds of each work, in turns; each is done once before, and counted from then.

    Quick works are repeated until they can be measured in ticks of the server's clock.
    """
    repeats = [repeats_of(work) for work in works]
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(turns):
        for work, times, often in zip(works, taken, repeats, strict=True):
            work()
            begun = spent()
            for _ in range(often):
                work()
            times.append((spent() - begun) / often)
    return [median(times) for times in taken]


def repeats_of(work: Callable[[], object]) -> int:
    work()
    begun = spent()
    for _ in range(3):
        work()
    return max(1, min(300, round(0.3 * 3 / max(spent() - begun, 1e-3))))


# --- what it is measured on ------------------------------------------------------------------


def loaded(slug: str, count: int, user: User) -> System:
    """A system with so many metrics of one series each, under four aspirations."""
    system = System.objects.create(name=slug, slug=slug)
    Membership.objects.create(system=system, user=user, role="unit_staff")
    segment = Segment.objects.create(system=system, code=WHOLE, name="Whole")
    aspirations = Aspiration.objects.bulk_create(
        Aspiration(system=system, slug=f"a-{n}", title=f"Aspiration {n}", order=n) for n in range(4)
    )
    metrics = Metric.objects.bulk_create(
        (
            Metric(
                system=system, slug=f"metric-{n}", name=f"Metric {n}", owner=f"Office {n % 12}",
                frequency="month", direction="increase", lower_bound=0.0,
                prominence="secondary" if n % 5 else "headline",
            )
            for n in range(count)
        ),
        batch_size=5000,
    )  # fmt: skip
    Placement.objects.bulk_create(
        (Placement(aspiration=aspirations[n % 4], metric=row, order=n % 30_000)
         for n, row in enumerate(metrics)),
        batch_size=5000,
    )  # fmt: skip
    Series.objects.bulk_create(
        (Series(metric=row, segment=segment) for row in metrics), batch_size=5000
    )
    return system


def judged(sizes: Sizes) -> None:
    """Figures, paths and judgments for every series."""
    keys = list(Series.objects.order_by("pk").values_list("pk", flat=True))
    send_figures(keys, sizes.periods)
    with connection.cursor() as cursor:
        cursor.execute(PLANNED)
    System.objects.update(reporting_date=last_day(sizes.periods))
    Series.objects.all().mark_stale()
    judge_all_stale()
    with connection.cursor() as cursor:
        cursor.execute(VACUUM)


def stack_over(folder: Path, user: User, system: System) -> Stack:
    """The layers of the settings, over a folder of files that holds the page as one."""
    ready()
    settings.STATIC_ROOT = str(folder)
    signed_in: Any = Client()
    signed_in.force_login(user)
    cookie = signed_in.cookies.output(header="", sep=";").split(";")[0].strip()
    (folder / "page.html").write_bytes(Stack(WSGIHandler(), cookie).get(f"/{system.slug}/"))
    # Files are looked up once, as the layers are put together.
    return Stack(WSGIHandler(), cookie)
