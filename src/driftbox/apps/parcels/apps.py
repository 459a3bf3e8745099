"""Registers this app with Django."""

from django.apps import AppConfig


class ParcelsConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.parcels"
    label = "parcels"
