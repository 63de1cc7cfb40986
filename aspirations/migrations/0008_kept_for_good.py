"""Wordings, ratings and sheets that were sent in are kept as they are; PostgreSQL refuses changes.

The maintenance role (erasure, clearing a test database) sets `headway.maintenance` to `on`.
"""

from django.db import migrations

ALWAYS = ("aspirations_wording", "aspirations_qualityrating")
FORWARD = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW {when} EXECUTE FUNCTION headway_append_only();
CREATE TRIGGER {table}_keep BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION headway_append_only();
"""
BACKWARD = """
DROP TRIGGER {table}_append_only ON {table};
DROP TRIGGER {table}_keep ON {table};
"""
WHEN = {"aspirations_assessment": "WHEN (OLD.submitted_at IS NOT NULL)"} | dict.fromkeys(ALWAYS, "")


def first_wordings(apps, schema_editor):
    wordings = apps.get_model("aspirations", "Wording")
    rows = apps.get_model("aspirations", "Aspiration").objects.all()
    wordings.objects.bulk_create(
        [
            wordings(
                aspiration=row, version=1, title=row.title, moral_purpose=row.moral_purpose,
                approach=row.approach, success=row.success,
            )
            for row in rows.iterator()
        ],
        batch_size=500,
    )  # fmt: skip


def no_wordings(apps, schema_editor):
    apps.get_model("aspirations", "Wording").objects.all().delete()


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table, when in WHEN.items():
            schema_editor.execute(FORWARD.format(table=table, when=when), params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in WHEN:
            schema_editor.execute(BACKWARD.format(table=table))


class Migration(migrations.Migration):
    dependencies = [("aspirations", "0007_people_judge"), ("people", "0003_openings_append_only")]

    operations = [
        migrations.RunPython(first_wordings, no_wordings),
        migrations.RunPython(guard, unguard),
    ]
