"""Registers this app with Django."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.directory"
    label = "directory"
