"""The database itself refuses to change or delete an entry of the trail."""

from django.db import migrations

REFUSAL = "the trail is only added to"

SQLITE = [
    f"""CREATE TRIGGER trail_{event.lower()} BEFORE {event} ON kit_trailentry
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
    for event in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    f"""CREATE FUNCTION trail_refused() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER trail_unchanged BEFORE UPDATE OR DELETE ON kit_trailentry
        FOR EACH ROW EXECUTE FUNCTION trail_refused()""",
]
UNDO = {
    "sqlite": ["DROP TRIGGER trail_update", "DROP TRIGGER trail_delete"],
    "postgresql": ["DROP TRIGGER trail_unchanged ON kit_trailentry", "DROP FUNCTION trail_refused"],
}


def guard(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_trail")]

    operations = [migrations.RunPython(guard, unguard)]
