"""Registers this screen with Django."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.forms"
    label = "forms_screen"
