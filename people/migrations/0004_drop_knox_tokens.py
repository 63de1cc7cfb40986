"""Tokens of earlier versions knew neither system nor role, and no longer open anything."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0003_openings_append_only")]

    operations = [
        migrations.RunSQL("DROP TABLE IF EXISTS knox_authtoken", migrations.RunSQL.noop),
    ]
