"""Registers this screen with Django."""

from django.apps import AppConfig


class BoxConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.box"
    label = "box"
