"""What a page says of the days to come: the way that is left, the day promised, and the days promised before."""

from datetime import date, datetime

from django.utils.translation import gettext
from msgspec import Struct

from driftbox.apps.errands.boats import causes_of
from driftbox.apps.errands.promises import forecast_for
from driftbox.apps.pack import current_pack
from driftbox.domain.arrival.way import Forecast
from driftbox.domain.docket.state import Docket, Promise
from driftbox.domain.log.ids import instant
from driftbox.web.base.boats import CAUSES


class Said(Struct, frozen=True):
    """One promise as it was given: for which day (none while it waited for boats), when, and why it no longer stands
    (empty: it does).
    """

    day: date | None
    made: datetime
    gone: str


class Outlook(Struct, frozen=True):
    """The days to come of one case. ``given``: the day promised before boats moved it."""

    forecast: Forecast | None
    promise: Promise | None
    given: date | None
    cause: str
    history: tuple[Said, ...]
    demo: bool


def outlook_of(docket: Docket, now: datetime) -> Outlook:
    """The days to come of ``docket`` as they look at ``now``."""
    promise = docket.promises[-1] if docket.promises else None
    given = docket.promised_before_boats
    return Outlook(
        forecast=forecast_for(docket, now),
        promise=promise,
        given=date.fromisoformat(given) if given else None,
        cause=_cause(promise) if promise else "",
        history=tuple(_history(docket)),
        demo=current_pack().settings.get("timetable_is_demo") is True,
    )


def _history(docket: Docket) -> list[Said]:
    """Every promise that was given, the first one first."""
    pairs = zip(docket.promises, [*docket.promises[1:], None], strict=False)
    return [
        Said(None if one.open_ended else date.fromisoformat(one.due), instant(one.made_ms), _gone(after))
        for one, after in pairs
    ]


def _gone(after: Promise | None) -> str:
    """Why a promise gave way to the one ``after`` it."""
    if after is None:
        return ""
    if after.subject_to_boats:
        return gettext("船停了：{cause}").format(cause=_cause(after)) if _cause(after) else gettext("船停了")
    return gettext("船开了") if after.basis == "boats" else gettext("改了日子")


def _cause(promise: Promise) -> str:
    words = [str(CAUSES[cause]) for cause in causes_of(promise.halts) if cause != "other"]
    return gettext("、").join(words)
