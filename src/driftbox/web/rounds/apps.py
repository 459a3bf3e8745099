"""Registers this screen with Django."""

from django.apps import AppConfig


class RoundsScreenConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.rounds"
    label = "rounds_screen"
