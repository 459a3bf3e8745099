"""Registers this screen with Django."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.board"
    label = "board"
