"""The letter of a candidate who was erased is not given again."""

from django.db import migrations, models
from django.db.models import Max


def count(apps, schema_editor):
    coalitions = apps.get_model("coalitions", "Coalition").objects
    for row in coalitions.annotate(highest=Max("candidates__number")).exclude(highest=None):
        coalitions.filter(pk=row.pk).update(letters_given=row.highest)


class Migration(migrations.Migration):
    dependencies = [("coalitions", "0003_kept_for_good")]

    operations = [
        migrations.AddField(
            model_name="coalition",
            name="letters_given",
            field=models.PositiveSmallIntegerField(
                default=0,
                editable=False,
                help_text="Number of the last candidate: the letter of one who was erased stays free.",
            ),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
