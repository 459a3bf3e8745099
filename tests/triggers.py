"""Entries cannot be deleted, not even between tests: lift the triggers for the clean-up, and put them back."""

from importlib import import_module

from django.db import connection

GUARD = import_module("driftbox.apps.eventlog.migrations.0002_append_only")
LIFT = {
    "sqlite": ["DROP TRIGGER IF EXISTS entry_no_update", "DROP TRIGGER IF EXISTS entry_no_delete"],
    "postgresql": [
        "DROP TRIGGER IF EXISTS entry_no_change ON entry",
        "DROP TRIGGER IF EXISTS entry_no_truncate ON entry",
        "DROP FUNCTION IF EXISTS entry_append_only",
    ],
}


def lift():
    """Take the triggers away."""
    with connection.cursor() as cursor:
        for statement in LIFT[connection.vendor]:
            cursor.execute(statement)


def guard():
    """Put the triggers back."""
    lift()
    with connection.cursor() as cursor:
        for statement in GUARD.POSTGRESQL if connection.vendor == "postgresql" else GUARD.SQLITE:
            cursor.execute(statement)
