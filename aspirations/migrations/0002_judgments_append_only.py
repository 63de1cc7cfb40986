"""Judgments and revisions are appended, never edited: PostgreSQL refuses, not only the code.

The maintenance role (erasure, clearing a test database) sets `headway.maintenance` to `on`.
"""

from django.db import migrations

TABLES = ("aspirations_judgment", "aspirations_observationrevision", "people_auditentry")

REFUSE = """
CREATE OR REPLACE FUNCTION headway_append_only() RETURNS trigger AS $$
BEGIN
    IF current_setting('headway.maintenance', true) = 'on' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END;
$$ LANGUAGE plpgsql;
"""
EACH = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION headway_append_only();
CREATE TRIGGER {table}_keep BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION headway_append_only();
"""
UNDO = """
DROP TRIGGER {table}_append_only ON {table};
DROP TRIGGER {table}_keep ON {table};
"""


def guard(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(REFUSE, params=None)
    for table in TABLES:
        schema_editor.execute(EACH.format(table=table))


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        schema_editor.execute(UNDO.format(table=table))
    schema_editor.execute("DROP FUNCTION headway_append_only();")


class Migration(migrations.Migration):
    dependencies = [("aspirations", "0001_promises"), ("people", "0001_floor")]

    operations = [migrations.RunPython(guard, unguard)]
