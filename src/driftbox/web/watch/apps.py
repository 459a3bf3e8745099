"""Registers this screen with Django."""

from django.apps import AppConfig


class WatchConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.watch"
    label = "watch"
