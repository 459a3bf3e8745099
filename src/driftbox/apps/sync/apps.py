"""Registers this app with Django."""

from django.apps import AppConfig


class SyncConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.sync"
    label = "sync"
