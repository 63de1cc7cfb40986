"""The log of confidential readings is appended, never edited, as the trail is.

The maintenance role (erasure, clearing a test database) sets `headway.maintenance` to `on`.
"""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION headway_append_only() RETURNS trigger AS $$
BEGIN
    IF current_setting('headway.maintenance', true) = 'on' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END;
$$ LANGUAGE plpgsql;
CREATE TRIGGER people_opening_append_only BEFORE UPDATE OR DELETE ON people_opening
    FOR EACH ROW EXECUTE FUNCTION headway_append_only();
CREATE TRIGGER people_opening_keep BEFORE TRUNCATE ON people_opening
    FOR EACH STATEMENT EXECUTE FUNCTION headway_append_only();
"""
BACKWARD = """
DROP TRIGGER people_opening_append_only ON people_opening;
DROP TRIGGER people_opening_keep ON people_opening;
"""


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORWARD, params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BACKWARD)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_access")]

    operations = [migrations.RunPython(guard, unguard)]
