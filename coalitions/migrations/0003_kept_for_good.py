"""What was thought of a candidate, and where one stood, is kept; PostgreSQL refuses changes.

The maintenance role (retention, erasure, another key, clearing a test database) sets
`headway.maintenance` to `on`.
"""

from django.db import migrations

TABLES = (
    "coalitions_appraisal",
    "coalitions_standing",
    "coalitions_commonground",
)
FORWARD = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION headway_append_only();
CREATE TRIGGER {table}_keep BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION headway_append_only();
"""
BACKWARD = """
DROP TRIGGER {table}_append_only ON {table};
DROP TRIGGER {table}_keep ON {table};
"""


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(FORWARD.format(table=table), params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(BACKWARD.format(table=table))


class Migration(migrations.Migration):
    dependencies = [
        ("coalitions", "0002_candidates_and_work"),
        ("people", "0003_openings_append_only"),
    ]

    operations = [migrations.RunPython(guard, unguard)]
