"""Registers this screen with Django."""

from django.apps import AppConfig


class AgentsPagesConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.agents"
    label = "agents_pages"
