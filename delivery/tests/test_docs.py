"""The documents say what the program does: names, refusals, links, pictures, examples."""

import re
import struct
import tomllib
from dataclasses import fields
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import django
import pytest
from django.conf import settings
from django.core.management import call_command, get_commands

from aspirations.analysis.policy import Policy
from aspirations.models import Series
from aspirations.services import system_paths, system_quality, system_terms, systems
from delivery import settings as settings_file
from delivery.demo.cast import CAST
from delivery.management.commands import screenshots
from people.forms.members import OPENS
from people.models import Role, System, User
from people.services import grant

ROOT = Path(settings.BASE_DIR)
FRONT = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")]
PAGES = [*FRONT, *sorted((ROOT / "docs").rglob("*.md"))]
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.toml"))
LARGEST_PICTURE = 250_000


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    """What stands between fences of one language ("" for none)."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text(name), re.MULTILINE | re.DOTALL)
    return [block for its, block in found if its == language]


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

    for module in (systems, system_paths, system_quality, system_terms):
        monkeypatch.setattr(module, "expect", listening)
    systems.load(tomllib.loads(blocks("docs/system-files.md", "toml")[0]))
    assert asked >= systems.SYSTEM_FIELDS | systems.METRIC_FIELDS | systems.ASPIRATION_FIELDS
    assert asked >= systems.INTERVENTION_FIELDS | system_terms.TERMS | system_terms.EFFECT
    asked -= systems.POLICY_FIELDS  # explained with the rules they set
    tables = systems.TABLES
    page = text("docs/system-files.md")
    assert [name for name in sorted(asked - tables) if f"\n| `{name}` |" not in page] == []
    assert [name for name in sorted(tables) if f"\n## `[{name}]`" not in page] == [
        "aspirations", "interventions", "metrics", "segments",
    ]  # fmt: skip
    assert page.count("\n## `[[") == 4


def test_every_policy_field_is_explained() -> None:
    page = text("docs/judgments.md").partition("## Policy")[2]
    assert [f.name for f in fields(Policy) if f"`{f.name}`" not in page] == []


def test_every_environment_variable_is_explained() -> None:
    said = re.findall(r"^([A-Z_]+) {2,}", settings_file.__doc__ or "", re.MULTILINE)
    read = re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text("delivery/settings.py"))
    assert len(read) == text("delivery/settings.py").count("env.")
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
    emails = [player.email for player in CAST]
    assert [email for email in emails if f"`{email}`" not in text("README.md")] == []
    assert [role for role in Role.values if f"`{role}`" not in text("docs/operations.md")] == []


def test_every_role_is_explained_as_the_form_explains_it() -> None:
    page = text("docs/people.md")
    assert [
        role for role, words in OPENS.items() if f"| {role.label} | {words} |" not in page
    ] == []
    assert f"for {settings.INVITATION_DAYS} days" in page


def programs_words() -> str:
    """Every literal of the rooms and of Django's own refusals, run together as they are read."""
    import_path = Path(django.__file__).parent
    files = [path for room in ("people", "aspirations") for path in (ROOT / room).rglob("*.py")]
    files = [path for path in files if "tests" not in path.parts]
    files += [
        import_path / "core" / "validators.py",
        *(import_path / "db" / "models").rglob("*.py"),
    ]
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    return re.sub(r'"\s*f?"', "", source)


@pytest.mark.parametrize("name", ["docs/system-files.md", "docs/importing.md"])
def test_refusals_are_quoted_as_they_are_said(name: str) -> None:
    """The longest piece of each quotation between its variable parts stands in the program."""
    table = text(name).rpartition("|---|---|\n")[2].partition("\n\n")[0]
    said = [
        words for row in table.splitlines() for words in re.findall("`(.+?)`", row.split("|")[1])
    ]
    assert len(said) > 20
    pieces = [max(re.split(r"[…“”.:]|\b[\d,]+\b", words), key=len).strip() for words in said]
    source = programs_words()
    assert [piece for piece in pieces if piece not in source] == []


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
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    assert any(f"images/{name}.png)" in page.read_text(encoding="utf-8") for page in pages)


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
