"""What waits and what is late 督办: warnings, time run out with the reason, cards, pressing, call-backs, reopening."""

from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from msgspec import Struct

from driftbox.apps.pack import current_pack
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import colleagues
from driftbox.apps.petitions.queries import Overdue, overdue, to_carry_out, warnings_for
from driftbox.apps.petitions.watching import Forced, forced_near, watched
from driftbox.domain.docket.petition_state import Card
from driftbox.domain.docket.petition_warnings import Warned
from driftbox.domain.text import Text
from driftbox.web.base.middleware import now_of
from driftbox.web.base.supervision import COLOURS, pressed_words, reason_words
from driftbox.web.base.telling import place_name
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.watch.words import who_words

STAFF: Final = ("clerk", "director", "officer", "supervisor", "custodian")
ABOVE: Final = ("director", "supervisor", "custodian")  # who is told of emergency openings
RUNGS: Final = (_("到您这里"), _("到站长"), _("到上一级"))
EXECUTION: Final = {"not_reported": _("还没有报"), "partly": _("办了一部分"), "not_done": _("没有办到")}


class WarningLine(Struct, frozen=True):
    """One warning as a line: the clock by name, how much of it is used, due when, on which rung."""

    docket: str
    number: str
    clock: Text
    share: int
    due: date
    overdue: bool
    rung: str


class LateLine(Struct, frozen=True):
    """One petition whose time ran out, and why."""

    docket: str
    number: str
    clock: Text
    due: date
    days: int
    waits_for: Text
    whose: str
    extended: int
    merged: bool


class ForcedLine(Struct, frozen=True):
    """One emergency opening as a line."""

    forced: Forced
    who: str
    reason: str


class CardLine(Struct, frozen=True):
    """One card as a line."""

    docket: str
    number: str
    colour: str
    office: str
    reason: str


REPORT: Final = Text(zh="交办的，报结果", en="Report on what was assigned")


@staff_page(*STAFF)
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Everything that waits around petitions within reach, the most pressing first."""
    viewer, now = viewer_of(request), now_of(request)
    held = watched(viewer, now)
    context = {
        "warned": [_warning(*one) for one in warnings_for(viewer, now)],
        "late": [_late(one) for one in overdue(viewer, now)],
        "held": held,
        "reopen": [(one, reason_words("reopen.asked", one.reason)) for one in held.reopen],
        "cards": [_card(one.docket, one.number, one.card) for one in held.cards if one.card],
        "pressed": [(one, pressed_words(one.pressed)) for one in held.pressed
                    if one.pressed],
        "carry_out": [(docket, number, EXECUTION.get(state, state)) for docket, number, state in to_carry_out(viewer)],
        "forced": _forced(viewer) if viewer.roles & set(ABOVE) else [],
        "may_keep": "custodian" in viewer.roles,
        "may_report": bool(viewer.roles & {"supervisor", "director"}),
    }  # fmt: skip
    return render(request, "watch/board.html", context)


def _warning(docket: str, number: str, one: Warned) -> WarningLine:
    return WarningLine(docket, number, clock_name(one.clock), one.share, one.due, one.overdue, str(RUNGS[one.rung]))


def _late(one: Overdue) -> LateLine:
    person = colleagues().get(one.person)
    return LateLine(
        one.docket, one.number, clock_name(one.clock), one.due, one.days, one.waits_for,
        person.name if person else who_words(one.role), one.extended, bool(one.merged_into),
    )  # fmt: skip


def _card(docket: str, number: str, card: Card) -> CardLine:
    colour, reason = str(COLOURS.get(card.colour, card.colour)), reason_words("card.issued", card.ground)
    return CardLine(docket, number, colour, place_name(card.office), reason)


def clock_name(clock: str) -> Text:
    """The name of a clock of petitions, as the pack gives it."""
    rules = (rule for rule in current_pack().clocks if rule.id == clock and rule.procedure == "petition")
    found = next(rules, None)
    return found.name if found else REPORT


def _forced(viewer: Viewer) -> list[ForcedLine]:
    staff = colleagues()
    return [
        ForcedLine(
            one, staff[one.person].name if one.person in staff else "", reason_words("access.forced", one.reason)
        )
        for one in forced_near(viewer)
    ]
