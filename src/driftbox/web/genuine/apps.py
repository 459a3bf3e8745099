"""Registers this screen with Django."""

from django.apps import AppConfig


class GenuineConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.genuine"
    label = "genuine"
