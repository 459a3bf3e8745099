"""Registers this screen with Django."""

from django.apps import AppConfig


class LabelsScreenConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.labels"
    label = "labels_screen"
