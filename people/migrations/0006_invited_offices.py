from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_offices_and_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="office",
            field=models.CharField(
                blank=True,
                help_text="The office that the role comes with.",
                max_length=120,
            ),
        ),
    ]
