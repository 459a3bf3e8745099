"""Put the docket of every new entry into the queue, in the transaction that writes it: nothing can be missed."""

from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = [
    """CREATE TRIGGER figure_todo_entry AFTER INSERT ON entry
       BEGIN INSERT INTO figure_todo (docket) VALUES (new.docket); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION figure_todo_docket() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN INSERT INTO figure_todo (docket) VALUES (NEW.docket); RETURN NULL; END $$""",
    """CREATE TRIGGER figure_todo_entry AFTER INSERT ON entry
       FOR EACH ROW EXECUTE FUNCTION figure_todo_docket()""",
]
WHAT_IS_THERE = "INSERT INTO figure_todo (docket) SELECT DISTINCT docket FROM entry"


def listen(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers, and queue what is there already."""
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in (*statements, WHAT_IS_THERE):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_initial"), ("eventlog", "0002_append_only")]
    operations = [migrations.RunPython(listen, migrations.RunPython.noop)]
