"""Registers this app with Django."""

from django.apps import AppConfig


class RosterConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.roster"
    label = "roster"
