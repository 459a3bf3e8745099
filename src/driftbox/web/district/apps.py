"""Registers this screen with Django."""

from django.apps import AppConfig


class DistrictConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.district"
    label = "district"
