"""Registers the event log with Django."""

from django.apps import AppConfig


class EventlogConfig(AppConfig):
    """The one append-only table."""

    name = "driftbox.apps.eventlog"
    label = "eventlog"
