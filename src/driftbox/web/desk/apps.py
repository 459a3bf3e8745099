"""Registers this screen with Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.desk"
    label = "desk"
