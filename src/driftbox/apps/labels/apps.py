"""Registers this app with Django."""

from django.apps import AppConfig


class LabelsConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.labels"
    label = "labels"
