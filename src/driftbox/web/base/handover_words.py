"""Hand-overs, work and money in plain words."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from driftbox.domain.docket import handover_entries as h
from driftbox.domain.docket.state import Docket
from driftbox.domain.planning.ledger import yuan

HANDOVER_TITLES: Final[dict[str, Any]] = {
    "handover.proposed": _("想请另一位代办员来接"),
    "handover.accepted": _("那位代办员答应了"),
    "handover.refused": _("那位代办员接不了"),
    "handover.done": _("换了一位代办员，东西交接清楚了"),
    "handover.revoked": _("不换代办员了"),
    "activity.recorded": _("代办员记了跑的路和时间"),
    "expense.recorded": _("代办员垫了钱，单位来付，不用您出"),
    "expense.approved": _("垫的钱核过了"),
    "expense.refused": _("垫的钱没有核"),
}
REASONS: Final[dict[str, Any]] = {
    "dispatch": _("派给最合适的人"),
    "nearer": _("他离得近"),
    "knows_them": _("他认识这家"),
    "ashore": _("我上岸了"),
    "ill": _("我病了"),
    "leave": _("我请假"),
    "ended": _("原来的人不做代办员了"),
    "asked": _("这家请他来"),
    "other": _("别的原因"),
}
REFUSALS: Final[dict[str, Any]] = {
    "full": _("手里满了"),
    "too_far": _("太远，到不了"),
    "related": _("和当事人有关系，要回避"),
    "ill": _("病了"),
    "off_shift": _("不当班"),
    "not_fit": _("这类事我办不了"),
    "other": _("别的原因"),
}
PURPOSES: Final[dict[str, Any]] = {
    "boat": _("船票"),
    "bus": _("车费"),
    "post": _("邮费"),
    "copies": _("复印、照片"),
    "phone": _("电话费"),
    "other": _("别的"),
}
UNAPPROVED: Final[dict[str, Any]] = {
    "unclear": _("凭证看不清"),
    "not_ours": _("不是为这件事花的"),
    "wrong_sum": _("钱数和凭证对不上"),
    "other": _("别的原因"),
}


def word(table: dict[str, Any], code: str) -> str:
    """What a code is called; the code itself when the table has no word for it."""
    return str(table.get(code, code))


def _spent(_docket: Docket, body: h.ExpenseRecorded) -> str:
    return f"{word(PURPOSES, body.purpose)} {yuan(body.cents)}"


HANDOVER_DETAILS: Final[dict[Any, Any]] = {
    h.HandoverProposed: lambda _d, body: word(REASONS, body.reason),
    h.HandoverRefused: lambda _d, body: word(REFUSALS, body.reason),
    h.ExpenseRecorded: _spent,
    h.ExpenseRefused: lambda _d, body: word(UNAPPROVED, body.reason),
}
