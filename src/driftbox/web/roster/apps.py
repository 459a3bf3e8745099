"""Registers this screen with Django."""

from django.apps import AppConfig


class RosterPagesConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.roster"
    label = "roster_pages"
