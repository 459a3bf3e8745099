"""Registers this app with Django."""

from django.apps import AppConfig


class AgentsConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.agents"
    label = "agents"
