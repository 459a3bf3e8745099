"""Registers this screen with Django."""

from django.apps import AppConfig


class SeaPostPages(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.sea_post"
    label = "sea_post_pages"
