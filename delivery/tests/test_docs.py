"""The documents say what the program does: names, examples, links, figures, pictures."""

import os
import re
import struct
import subprocess
import sys
import tomllib
from dataclasses import fields
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands

from aspirations.analysis.policy import Policy
from aspirations.models import Observation, Series
from aspirations.services import systems
from aspirations.services.judging import verdicts_of
from delivery import settings as settings_file
from delivery.management.commands import screenshots
from delivery.management.commands.seed_demo import CAST
from people.models import Role, System, User
from people.services import grant

ROOT = Path(settings.BASE_DIR)
FRONT = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")]
PAGES = [*FRONT, *sorted((ROOT / "docs").rglob("*.md"))]
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.toml"))
DATA = Path(os.environ.get("HEADWAY_DATA") or ROOT.parent / "shared" / "data")
LARGEST_PICTURE = 250_000
with_data = pytest.mark.skipif(not DATA.is_dir(), reason="not run: sample data absent")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text(name), re.MULTILINE | re.DOTALL)


def run(*words: object) -> str:
    out = StringIO()
    call_command(*map(str, words), stdout=out)
    return out.getvalue()


def all_documents() -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


# --- names -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_every_field_of_a_system_file_has_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """The example uses every table, so loading it asks for every set of known names."""
    asked: set[str] = set()
    expect = systems.expect

    def listening(table: dict[str, Any], where: str, known: set[str]) -> None:
        asked.update(known)
        expect(table, where, known)

    monkeypatch.setattr(systems, "expect", listening)
    systems.load(tomllib.loads(blocks("docs/system-files.md", "toml")[0]))
    assert systems.SYSTEM_FIELDS | systems.METRIC_FIELDS | systems.ASPIRATION_FIELDS <= asked
    tables = {"system", "policy", "segments", "aspirations", "metrics"}
    page = text("docs/system-files.md")
    assert [name for name in sorted(asked - tables) if f"\n| `{name}` |" not in page] == []
    assert [name for name in sorted(tables) if f"\n## `[{name}]`" not in page] == [
        "aspirations", "metrics", "segments",
    ]  # fmt: skip
    assert page.count("\n## `[[") == 3


def test_every_policy_field_is_explained() -> None:
    page = text("docs/judgments.md").partition("## Policy")[2]
    assert [f.name for f in fields(Policy) if f"`{f.name}`" not in page] == []


def test_every_environment_variable_is_explained() -> None:
    said = re.findall(r"^([A-Z_]+) {2,}", settings_file.__doc__ or "", re.MULTILINE)
    read = re.findall(r'env\.\w+\("([A-Z_]+)"', text("delivery/settings.py"))
    read += re.findall(r'env\.\w+\("([A-Z_]+)"', text("delivery/settings.py").replace("\n", ""))
    runner = re.findall(r'environ\.get\("([A-Z_]+)"', text("run.py"))
    assert len(said) >= 10
    assert {"HOST", "PORT", "DEMO"} <= set(runner)
    page = text("docs/operations.md")
    assert sorted(name for name in {*said, *read, *runner} if f"`{name}`" not in page) == []
    assert [name for name in said if f"`{name}`" not in text("README.md")] == []


def test_every_command_is_mentioned() -> None:
    ours = {
        name for name, app in get_commands().items() if app in {"people", "aspirations", "delivery"}
    }
    assert {"load_system", "import_observations", "judge", "seed_demo", "screenshots"} <= ours
    documents = all_documents()
    assert sorted(name for name in ours if name not in documents) == []


def test_the_cast_of_the_demonstration_and_the_roles_are_listed() -> None:
    assert [email for email in CAST if f"`{email}`" not in text("README.md")] == []
    assert [role for role in Role.values if f"`{role}`" not in text("docs/operations.md")] == []


# --- links and pictures ----------------------------------------------------------------------


def headings(page: Path) -> set[str]:
    """Anchors as they are made from headings: lower case, punctuation out, spaces to hyphens."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = []
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        place, _, anchor = unquote(link).partition("#")
        target = (page.parent / place).resolve() if place else page
        if not target.exists() or (anchor and anchor not in headings(target)):
            lost.append(link)
    assert lost == []


def test_every_document_is_in_the_index() -> None:
    index = text("docs/index.md")
    pages = [page.name for page in (ROOT / "docs").glob("*.md") if page.name != "index.md"]
    assert [name for name in pages if f"]({name})" not in index] == []


@pytest.mark.parametrize("name", screenshots.PAGES)
def test_pictures_are_light_and_shown(name: str) -> None:
    picture = (ROOT / "docs" / "images" / f"{name}.png").read_bytes()
    assert len(picture) < LARGEST_PICTURE
    assert struct.unpack(">II", picture[16:24]) == (screenshots.WIDTH, screenshots.HEIGHT)
    assert f"(docs/images/{name}.png)" in text("README.md")


# --- examples --------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.embedded
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example_files_load_and_load_again_unchanged(path: Path) -> None:
    assert " 0 new" not in run("load_system", path)
    assert run("load_system", path).endswith(": 0 new, 0 changed.\n")


@pytest.mark.django_db
def test_the_system_file_of_the_documents_loads_again_unchanged(tmp_path: Path) -> None:
    (tmp_path / "riverside.toml").write_text(blocks("docs/system-files.md", "toml")[0])
    run("load_system", tmp_path / "riverside.toml")
    assert run("load_system", tmp_path / "riverside.toml") == "riverside: 0 new, 0 changed.\n"
    (tmp_path / "figures.csv").write_text(blocks("docs/importing.md", "csv")[0])
    said = run("import_observations", tmp_path / "figures.csv", "--system", "riverside")
    assert said == blocks("docs/importing.md", "")[0]


@pytest.mark.django_db
@pytest.mark.embedded
def test_the_five_minutes_of_the_readme_end_as_it_says(tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(blocks("README.md", "toml")[0])
    (tmp_path / "my.csv").write_text(blocks("README.md", "csv")[0])
    run("load_system", tmp_path / "my.toml")
    run("import_observations", tmp_path / "my.csv", "--system", "riverside")
    assert re.search(r"Amber-Green +1\n", run("judge", "--system", "riverside"))
    judgment = Series.objects.get().current_judgment
    assert judgment is not None
    page = text("README.md")
    assert f"{judgment.actual:.1f} against a path of {judgment.expected:.1f}" in page
    assert round(20 * (judgment.likelihood or 0)) == 9
    assert "about 9 in\n20" in page
    user = User.objects.create_user("delivery@meridian.example")
    grant(user=user, system=System.objects.get(), role="delivery_leader")
    assert System.objects.visible_to(user).get().slug == "riverside"


# --- public data -----------------------------------------------------------------------------


def minus(number: float, places: int) -> str:
    return f"{number:.{places}f}".replace("-", "−")


@with_data
@pytest.mark.django_db
def test_public_data_of_the_nhs_are_judged_and_the_worked_example_is_right() -> None:
    run("load_system", ROOT / "docs" / "examples" / "nhs-urgent-care.toml")
    file = DATA / "nhs_ae" / "tidy.csv"
    said = run("import_observations", file, "--system", "nhs-urgent-care", "--create")
    assert "40032 rows; 40032 added" in said
    assert Observation.objects.count() == 40_032
    run("judge", "--system", "nhs-urgent-care")
    shares = Series.objects.filter(metric__slug="ae_pct_within_4h")
    judged = shares.exclude(current_judgment=None).select_related("current_judgment")
    assert judged.count() == shares.count() > 250
    for series in judged:
        now = series.current_judgment
        assert now is not None
        assert (now.light == "N") == bool(now.not_judged_reason)
    england = shares.get(segment__code="all")
    path = england.trajectories.get()
    assert (path.baseline.period, path.baseline.value) == (date(2018, 3, 1), 84.6212)
    assert (path.target.due, path.target.value) == (date(2019, 3, 1), 95.0)
    last = england.current_judgment
    assert last is not None
    assert (last.light, last.state) == ("R", "missed")
    check_worked_example(england, text("docs/judgments.md"))


def check_worked_example(england: Series, page: str) -> None:
    """Every figure of the example, at the places it is printed with."""
    then = verdicts_of([england.pk], date(2018, 10, 20))[0].judgment
    half_way = 84.6212 + (95 - 84.6212) * 6 / 12
    assert then.gap == pytest.approx(88.9437 - half_way)
    rules = {item["rule"]: item["figures"] for item in then.evidence}
    chance, last = rules["likelihood"], england.current_judgment
    assert last is not None
    limits = next(i["figures"] for i in last.evidence if i["rule"] == "direction")
    verdict = next(i["figures"] for i in last.evidence if i["rule"] == "verdict")
    printed = [
        (then.expected, 4), (then.gap, 4), (100 * (then.relative or 0), 2),
        (100 * (then.journey or 0), 2), (chance["level"], 4), (chance["drift"], 4),
        (chance["spread"], 4), (chance["centre_gap"], 4), (chance["deviation"], 4),
        (chance["tolerance"], 4), (then.likelihood, 4), (then.forecast, 1), (then.likely_low, 1),
        (then.likely_high, 1), (last.gap, 4), (100 * (last.relative or 0), 2),
        (100 * (last.journey or 0), 2), (verdict["delivered_at"], 4), (verdict["spread"], 4),
        (limits["lower"], 4), (limits["centre"], 4), (limits["upper"], 4),
    ]  # fmt: skip
    printed += [(row["likelihood"], 4) for row in last.earlier if row["likelihood"]][1:3]
    assert [
        minus(value, places) for value, places in printed if minus(value, places) not in page
    ] == []
    assert (then.light, then.pending, then.distance_light) == ("G", "AG", "AG")


@with_data
@pytest.mark.django_db
def test_public_data_of_connecticut_keep_what_is_absent_absent() -> None:
    run("load_system", ROOT / "docs" / "examples" / "ct-graduation.toml")
    file = DATA / "ct_graduation" / "tidy.csv"
    run("import_observations", file, "--system", "ct-graduation", "--create")
    rows = Observation.objects.all()
    assert rows.count() == 25_857
    assert rows.filter(missing_reason="suppressed", value=None).count() == 8_130
    assert rows.filter(missing_reason="missing", value=None).count() == 8_351
    assert not rows.filter(value__in=(-9999, -6666)).exists()
    assert not rows.exclude(missing_reason="").exclude(value=None).exists()
    run("judge", "--system", "ct-graduation")
    assert not Series.objects.filter(current_judgment=None).exists()
    state = Series.objects.get(metric__slug="four_year_graduation_rate", segment__code="all")
    assert state.current_judgment is not None
    assert state.current_judgment.light in {"R", "AR", "AG", "G"}


# --- the command that takes the pictures -----------------------------------------------------


@pytest.mark.django_db
def test_pictures_without_the_demonstration_are_refused_with_the_remedy() -> None:
    with pytest.raises(CommandError, match=r"not loaded.*seed_demo"):
        screenshots.demo_viewer()


def test_pictures_without_a_browser_are_refused_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CommandError, match="set CHROMIUM"):
        screenshots.chromium()
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(CommandError, match="setup --dev"):
        screenshots.browser_library()


@pytest.mark.browser
def test_pictures_are_taken_from_the_demonstration(
    child_environment: dict[str, str], tmp_path: Path
) -> None:
    run("seed_demo")
    command = [sys.executable, "manage.py", "screenshots", "--out", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, env=child_environment, check=True, timeout=120)
    for name in screenshots.PAGES:
        picture = (tmp_path / f"{name}.png").read_bytes()
        assert picture.startswith(screenshots.SIGNATURE)
        assert struct.unpack(">II", picture[16:24]) == (screenshots.WIDTH, screenshots.HEIGHT)
        pixels = b"".join(data for kind, data in screenshots.chunks(picture) if kind == b"IDAT")
        assert len(pixels) > 20_000
