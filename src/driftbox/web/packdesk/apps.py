"""Registers this screen with Django."""

from django.apps import AppConfig


class PackdeskConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.packdesk"
    label = "packdesk_pages"
