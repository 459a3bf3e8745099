"""Registers this app with Django."""

from django.apps import AppConfig


class CustodyConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.custody"
    label = "custody"
