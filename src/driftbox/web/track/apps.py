"""Registers this screen with Django."""

from django.apps import AppConfig


class TrackConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.track"
    label = "track"
