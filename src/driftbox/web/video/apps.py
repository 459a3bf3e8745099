"""Registers this screen with Django."""

from django.apps import AppConfig


class VideoPagesConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.video"
    label = "video_pages"
