"""Lists are closed before anybody reads them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("coalitions", "0004_letters_once")]

    operations = [
        migrations.AddField(
            model_name="coalition",
            name="lists_closed_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="Since when the lists sent by then are being put together; else empty.",
                null=True,
            ),
        ),
    ]
