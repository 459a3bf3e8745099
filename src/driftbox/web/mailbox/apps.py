"""Registers this screen with Django."""

from django.apps import AppConfig


class MailboxConfig(AppConfig):
    """See the package docstring."""

    name = "driftbox.web.mailbox"
    label = "mailbox"
