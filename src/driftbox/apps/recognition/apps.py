"""Registers this app with Django."""

from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.recognition"
    label = "recognition"
