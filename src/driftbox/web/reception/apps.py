"""Registers this screen with Django."""

from django.apps import AppConfig


class ReceptionPagesConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.reception"
    label = "reception_pages"
