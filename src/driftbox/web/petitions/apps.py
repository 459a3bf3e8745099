"""Registers this screen with Django."""

from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.petitions"
    label = "petition_pages"
