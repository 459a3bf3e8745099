"""Registers this app with Django."""

from django.apps import AppConfig


class PhonesConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.phones"
    label = "phones"
