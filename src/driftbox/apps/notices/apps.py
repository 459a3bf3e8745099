"""Registers this app with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.notices"
    label = "notices"
