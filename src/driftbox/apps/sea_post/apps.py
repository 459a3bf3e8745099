"""Registers this app with Django."""

from django.apps import AppConfig


class SeaPostConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.sea_post"
    label = "sea_post"
