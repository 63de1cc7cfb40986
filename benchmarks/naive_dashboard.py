"""The page as one would write it first: a loop over objects, each row asking for what it shows.

It prints the same facts of every row as the league table, by the same words and drawing.
"""

from typing import Any

from django.template import engines

from aspirations import sentences
from aspirations.analysis.standing import counts, lowest
from aspirations.models.metrics import WHOLE
from delivery.board.league import Row
from delivery.board.sparks import Sparks, first_drawn
from people.models import System

TEMPLATE = """
<h1>{{ system.name }}</h1>
{% for light, count in counts.items %}<b>{{ light }} {{ count }}</b>{% endfor %}
{% for title, light, rows in groups %}<h2>{{ title }} {{ light }}</h2><table>
{% for row in rows %}<tr><td>{{ row.light }} {{ row.reason }} {{ row.pending }}</td>
<td><a href="/{{ system.slug }}/metrics/{{ row.metric.slug }}/">{{ row.metric.name }}</a>
{{ row.metric.owner }}</td>
<td>{% for one in row.earlier %}{{ one.light }} {{ one.period }} {% endfor %}</td>
<td>{% if row.spark %}<svg viewBox="0 0 190 52"><path d="{{ row.spark.likely }}"/>
<path d="{{ row.spark.path }}"/><path d="{{ row.spark.actual }}"/>
<path d="{{ row.spark.target }}"/></svg>{% endif %}</td>
<td>{{ row.latest }} {{ row.gap }} {{ row.side }} {{ row.against }}</td>
<td>{{ row.chance }} {{ row.forecast }} {{ row.target }}</td>
<td>{{ row.period }} {{ row.age }} {{ row.freshness }}</td></tr>{% endfor %}</table>{% endfor %}
"""


def page(system: System) -> str:
    """The whole page, as text."""
    groups, lights = [], []
    for aspiration in system.aspirations.all():
        rows = [row_of(placement.metric, system) for placement in aspiration.placements.all()]
        headlines = [row.light for row in rows if row.metric.prominence == "headline"]
        lights += [row.light for row in rows]
        groups.append((aspiration.title, sentences.light_word(lowest(headlines)), rows))
    context = {"system": system, "counts": counts(lights), "groups": groups}
    return engines["django"].from_string(TEMPLATE).render(context)


def row_of(metric: Any, system: System) -> Row:
    """One row: its series, judgment, path, figures and worst segment, each asked for by itself."""
    today = system.today()
    series = metric.series.get(segment__code=WHOLE)
    series.metric = metric
    worst = metric.series.exclude(segment__code=WHOLE).ranked().order_by("rank").first()
    seen = [
        [series.pk, str(row.period), row.value, str(row.published_on)]
        for row in series.observations.filter(
            period__gte=first_drawn(series, today), published_on__lte=today, value__isnull=False
        )
    ]
    drawn = Sparks(seen)
    return Row(
        metric=metric, has_series=True, judgment=series.current_judgment, worst=worst,
        spark=drawn.of(series), published=drawn.published(series.pk), today=today,
    )  # fmt: skip
