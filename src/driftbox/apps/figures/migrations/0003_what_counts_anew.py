"""Queue a docket also when something of it counts no longer, or counts again, without a new entry.

SQLite made the table of entries afresh for ``eventlog`` 0003; if that came after 0002 the trigger on it is gone, so it
is made again here.
"""

from importlib import import_module

from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ENTRIES = import_module("driftbox.apps.figures.migrations.0002_new_in_the_log")
SQLITE = [
    "DROP TRIGGER IF EXISTS figure_todo_entry",
    *ENTRIES.SQLITE,
    """CREATE TRIGGER figure_todo_turn AFTER UPDATE ON docket_turn
       BEGIN INSERT INTO figure_todo (docket) VALUES (new.docket); END""",
]
POSTGRESQL = [
    """CREATE TRIGGER figure_todo_turn AFTER UPDATE ON docket_turn
       FOR EACH ROW EXECUTE FUNCTION figure_todo_docket()""",
]


def listen(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers; a turn is always an update, because its row begins at none."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("figures", "0002_new_in_the_log"), ("eventlog", "0003_arrivals")]
    operations = [migrations.RunPython(listen, migrations.RunPython.noop)]
