"""Registers this app with Django."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.papers"
    label = "papers"
