"""Codes of supervision in words."""

from typing import Final

from django.utils.translation import gettext_lazy as _

WHO: Final = {
    "clerk": _("窗口"),
    "agent": _("代办员"),
    "officer": _("承办人"),
    "director": _("站长"),
    "supervisor": _("督办的人"),
    "custodian": _("保密专管员"),
    "resident": _("信访人"),
}


def who_words(role: str) -> str:
    """Whose step it is."""
    return str(WHO.get(role, role))
