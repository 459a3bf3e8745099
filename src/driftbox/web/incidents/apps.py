"""Registers this screen with Django."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.incidents"
    label = "incidents"
