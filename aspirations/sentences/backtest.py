"""A backtest as a table that can be read in a terminal."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from aspirations.sentences.lights import light_word

Figures = dict[str, Any]
LINE = "{:<24}{:>7}{:>9}   {}"


def backtest_lines(found: Figures) -> Iterator[str]:
    """The whole report, a line at a time."""
    yield _("Backtest of %(system)s, figures known on %(day)s") % {
        "system": found["system"], "day": found["as_of"],
    }  # fmt: skip
    yield settings_text(found["settings"])
    for name, title, remark in sections():
        yield from ["", title]
        yield from section_lines(found[name], remark)
        yield from way_lines(found[name])
    yield from ["", _("PLANS OF KNOWN TRUTH (made up, noise 5 % of the planned change)")]
    yield _("Share of lights in each quarter of the way; – is too early to tell.")
    for row in found["plans"]:
        yield from plan_lines(row)


def settings_text(settings: Figures) -> str:
    spans = "; ".join(
        f"{name} {', '.join(map(str, spans))}" for name, spans in settings["horizons"].items()
    )
    return _(
        "%(series)s series; horizons in periods: %(spans)s; targets %(near)g to %(far)g noise "
        "units from a baseline; at most %(limit)s trials, seed %(seed)s"
    ) % {
        "series": f"{settings['series']:,}", "spans": spans, "near": settings["distance"][0],
        "far": settings["distance"][1], "limit": f"{settings['limit']:,}",
        "seed": settings["seed"],
    }  # fmt: skip


def sections() -> list[tuple[str, str, str]]:
    """Name, title and what to know about each part."""
    return [
        ("agreed", _("AGREED PATHS THAT HAVE ENDED"), _("What was promised, and what came.")),
        (
            "trials",
            _("TRIALS"),
            _("Targets set from past baselines; nothing was planned for them, the hardest case."),
        ),
        (
            "at_work",
            _("TRIALS WITH PLANS AT WORK"),
            _(
                "Nothing, half, three quarters or all of the planned change put into the figures; "
                "targets 2 to 6 noise units away."
            ),
        ),
        ("noise", _("TRIALS ON PURE NOISE"), _("Made-up values, each independent of the last.")),
    ]


def section_lines(part: Figures | None, remark: str) -> Iterator[str]:
    if part is None:
        yield _("None.")
        return
    yield remark
    yield _(
        "%(trials)s paths on %(series)s series; %(judged)s of %(moments)s moments have a light; "
        "%(rate)s of these were delivered"
    ) % {
        "trials": f"{part['trials']:,}", "series": f"{part['series']:,}",
        "judged": f"{part['judged']:,}", "moments": f"{part['moments']:,}",
        "rate": percent(part["delivered"]),
    }  # fmt: skip
    yield LINE.format("", _("AUC"), _("changes"), _("delivered after all, of so many shown"))
    for name, title in rules().items():
        yield rule_line(title, part["rules"][name])
    yield from likelihood_lines(part["likelihood"])
    yield from horizon_lines(part["horizons"])


def rules() -> dict[str, str]:
    return {
        "light": _("these rules"),
        "share_of_path": _("5 %/10 % of the path"),
        "on_path": _("on the path or not"),
    }


def rule_line(title: str, rule: Figures) -> str:
    lights = "  ".join(
        f"{shown_name(name)} {percent(light['delivered'])} ({light['n']:,})"
        for name, light in reversed(rule["lights"].items())
    )
    return LINE.format(title, decimal(rule["auc"]), percent(rule["changes"]), lights)


def shown_name(name: str) -> str:
    """'AG' → 'Amber-Green'; the plain rules have lights of their own."""
    plain = {"A": _("Amber"), "on": _("on"), "off": _("off")}
    return plain.get(name) or light_word(name)


def likelihood_lines(part: Figures) -> Iterator[str]:
    if not part["n"]:
        yield _("no likelihood anywhere: too few figures before and after the baselines")
        return
    yield LINE.format(_("likelihood"), decimal(part["auc"]), "", _(
        "Brier score %(brier)s, skill against the base rate %(skill)s"
    ) % {"brier": decimal(part["brier"]), "skill": decimal(part["skill"])})  # fmt: skip
    told = [row for row in part["calibration"] if row["n"]]
    said = "  ".join(f"{percent(row['said'])}→{percent(row['delivered'])}" for row in told)
    yield LINE.format(_("said → came true"), "", "", said)


def horizon_lines(rows: list[Figures]) -> Iterator[str]:
    for row in rows if len(rows) > 1 else []:
        yield LINE.format(
            _("horizon %(periods)s") % {"periods": row["horizon"]}, decimal(row["light_auc"]), "",
            _("likelihood %(auc)s, skill %(skill)s, delivered %(rate)s") % {
                "auc": decimal(row["likelihood_auc"]), "skill": decimal(row["skill"]),
                "rate": percent(row["delivered"]),
            },
        )  # fmt: skip


def way_lines(part: Figures | None) -> Iterator[str]:
    """How the lights went, by quarter of the way, for what was delivered and what was not."""
    titles = {
        "delivered": _("lights on the way, where it was delivered in the end"),
        "missed": _("lights on the way, where it was missed"),
    }
    for name, quarters in (part or {}).get("way", {}).items():
        yield titles[name]
        yield from quarter_lines(quarters)


def plan_lines(row: Figures) -> Iterator[str]:
    yield _("%(share)s of the plan delivered over %(horizon)s periods") % {
        "share": percent(row["share"]), "horizon": row["horizon"],
    }  # fmt: skip
    yield from quarter_lines(row["quarters"])


def quarter_lines(quarters: list[Figures]) -> Iterator[str]:
    for number, shares in enumerate(quarters, 1):
        lights = "  ".join(
            f"{'–' if name == 'N' else light_word(name)} {percent(share)}"
            for name in ("G", "AG", "AR", "R", "N")
            if (share := shares[name])
        )
        yield f"  {number}/{len(quarters)}  {lights}"


def percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}".replace("%", " %")


def decimal(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".replace("-", "−")
