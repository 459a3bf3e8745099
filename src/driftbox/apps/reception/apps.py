"""Registers this app with Django."""

from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.reception"
    label = "reception"
