"""Codes of supervision in words."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from driftbox.apps.petitions.registering import guide
from driftbox.web.base.telling import said

COLOURS: Final = {"yellow": _("黄牌"), "red": _("红牌")}
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


def reason_words(kind: str, code: str) -> str:
    """A reason that an entry of ``kind`` gives, as the pack says it; the code itself when the pack has no words."""
    found = (one for one in guide().reason if one.code == code and kind in one.kinds)
    reason = next(found, None)
    return said(reason.text) if reason else code
