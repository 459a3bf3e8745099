"""Registers this app with Django."""

from django.apps import AppConfig


class WebSyncConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.sync"
    label = "web_sync"
