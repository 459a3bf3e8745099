"""Registers this app with Django."""

from django.apps import AppConfig


class PackdeskConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.packdesk"
    label = "packdesk"
