"""Registers this screen with Django."""

from django.apps import AppConfig


class FiguresWebConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.figures"
    label = "figures_pages"
