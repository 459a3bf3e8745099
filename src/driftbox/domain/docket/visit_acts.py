"""What visits at home do to a docket, and what facts speak against recording one: see ``effects`` and ``decide``."""

from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec import structs

from driftbox.domain.docket.deed import Deed
from driftbox.domain.docket.state import Docket, Reason
from driftbox.domain.docket.visit_entries import VisitAsked, VisitMade, VisitPlanned
from driftbox.domain.errors import NotAllowed, Refused
from driftbox.domain.log.entry import Body, Entry

Effect = Callable[[Docket, Entry, Any], Reason | None]
Guard = Callable[[Docket, Any, Deed], None]


def _asked(docket: Docket, _entry: Entry, body: VisitAsked) -> Reason | None:
    docket.visits = structs.replace(docket.visits, wish="" if body.wish == "none" else body.wish)
    return None


def _planned(docket: Docket, _entry: Entry, body: VisitPlanned) -> Reason | None:
    docket.visits = structs.replace(docket.visits, day=body.day, agents=body.agents, begin=body.begin)
    return None


def _made(docket: Docket, entry: Entry, body: VisitMade) -> Reason | None:
    known, seen = docket.visits, body.outcome == "done"
    docket.visits = structs.replace(
        known, day="", agents=(), begin=0, outcome=body.outcome, made_ms=entry.happened_ms,
        seen_ms=entry.happened_ms if seen else known.seen_ms, next_day=body.next_day or "",
        wish="" if seen and known.wish == "once" else known.wish,
    )  # fmt: skip
    return None


def _may_wish(docket: Docket, _body: VisitAsked, deed: Deed) -> None:
    if deed.role == "resident" and deed.by not in {docket.beneficiary, docket.applicant}:
        raise NotAllowed("not_theirs", "上不上门，要他本人说。请他打电话，窗口替他记。")


def _may_plan(_docket: Docket, body: VisitPlanned, deed: Deed) -> None:
    if date.fromisoformat(body.day) < deed.day:
        raise Refused("visit_past", "那一天已经过了，没有排。请选今天或以后的日子。")


def _may_make(_docket: Docket, body: VisitMade, deed: Deed) -> None:
    if body.outcome == "next_time" and body.next_day is None:
        raise Refused("visit_when", "说好下次再来，还没说哪一天。请选一个日子。")
    if body.next_day and date.fromisoformat(body.next_day) <= deed.day:
        raise Refused("visit_next_past", "下次的日子要在这一次以后。请再选一天。")


VISIT_EFFECTS: dict[type[Body], Effect] = {VisitAsked: _asked, VisitPlanned: _planned, VisitMade: _made}
VISIT_GUARDS: dict[type[Body], Guard] = {VisitAsked: _may_wish, VisitPlanned: _may_plan, VisitMade: _may_make}
