"""Registers this app with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.people"
    label = "people"
