"""Registers this app with Django."""

from django.apps import AppConfig


class WordsConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.apps.words"
    label = "words"
