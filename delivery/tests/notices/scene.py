"""A system whose day is 14 March 2026, people of it, and figures with stored judgments."""

from datetime import date, timedelta
from typing import Any

from aspirations.models import Judgment, Metric, Series
from aspirations.tests.factories import MetricFactory, SegmentFactory, SeriesFactory
from delivery.notices.gathering import notices_of
from delivery.notices.kinds import Notice
from people.models import Role, System, User
from people.tests.factories import MembershipFactory, SystemFactory

TODAY = date(2026, 3, 14)


def system(slug: str = "meridian", **fields: Any) -> System:
    values = {"name": slug.title(), "reporting_date": TODAY, **fields}
    row: System = SystemFactory.create(slug=slug, **values)
    return row


def member(place: System, role: str = Role.UNIT_STAFF, office: str = "", **fields: Any) -> User:
    user: User = MembershipFactory.create(system=place, role=role, office=office, **fields).user
    return user


def metric(place: System, name: str = "Reading", **fields: Any) -> Metric:
    row: Metric = MetricFactory.create(system=place, name=name, **fields)
    return row


def series(of: Metric, code: str = "all") -> Series:
    segment = SegmentFactory.create(system=of.system, code=code)
    row: Series = SeriesFactory.create(metric=of, segment=segment)
    return row


def judged(of: Series, light: str, days_ago: int = 0, **fields: Any) -> Judgment:
    """The next judgment of a series, which is then its current one."""
    reason = "" if light != "N" else "no_path"
    seq = of.judgments.count() + 1
    row: Judgment = Judgment.objects.create(
        series=of, seq=seq, light=light, not_judged_reason=reason, engine_version="1",
        as_of=TODAY - timedelta(days=days_ago), input_hash=f"{of.pk}-{seq}",
        **{"freshness": "fresh", **fields},
    )  # fmt: skip
    of.current_judgment = row
    of.save()
    return row


def late(of: Series, due: date = date(2026, 3, 3), freshness: str = "late") -> Judgment:
    return judged(of, "G", freshness=freshness, due=due)


def told(user: User, kind: str = "") -> list[str]:
    return [one.what for one in of_kind(user, kind)]


def of_kind(user: User, kind: str = "") -> list[Notice]:
    return [one for one in notices_of(user) if kind in ("", one.kind)]
