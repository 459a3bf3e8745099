"""Registers this app with Django."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.figures"
    label = "figures"
