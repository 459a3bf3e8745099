"""Registers this app with Django."""

from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.petitions"
    label = "petitions"
