"""Real public data, from file to light, and the figures of the worked example.

The data are not part of the repository: $HEADWAY_DATA names their folder, else it is looked for
beside the repository.
"""

import os
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from aspirations.models import Observation, Series
from aspirations.services.judging import verdicts_of

ROOT = Path(settings.BASE_DIR)
DATA = Path(os.environ.get("HEADWAY_DATA") or ROOT.parent / "shared" / "data")
EXAMPLES = ROOT / "docs" / "examples"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not DATA.is_dir(), reason="not run: sample data absent"),
]


def run(*words: object) -> str:
    out = StringIO()
    call_command(*map(str, words), stdout=out)
    return out.getvalue()


def minus(number: float, places: int) -> str:
    return f"{number:.{places}f}".replace("-", "−")


def test_public_data_of_the_nhs_are_judged_and_the_worked_example_is_right() -> None:
    run("load_system", EXAMPLES / "nhs-urgent-care.toml")
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
    check_worked_example(england, (ROOT / "docs" / "judgments.md").read_text(encoding="utf-8"))


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


def test_public_data_of_connecticut_keep_what_is_absent_absent() -> None:
    run("load_system", EXAMPLES / "ct-graduation.toml")
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
