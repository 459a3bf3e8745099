"""Registers the shared parts with Django."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.base"
    label = "base"
