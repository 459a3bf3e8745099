"""Registers this screen with Django."""

from django.apps import AppConfig


class WalkConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.walk"
    label = "walk"
