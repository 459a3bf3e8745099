"""The only writers of sheets of rounds: propose, change by hand, plan anew around what is fixed, send out, and what
came of a visit.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

import msgspec
from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from msgspec import structs

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import cases_for_beneficiary, load
from driftbox.apps.eventlog.actions import together
from driftbox.apps.pack import calendar
from driftbox.apps.people.access import Viewer
from driftbox.apps.rounds.models import RoundsRow
from driftbox.apps.rounds.queries import busy_for_others, sent_out, sheet_of
from driftbox.apps.rounds.sheet import Held, Sheet
from driftbox.apps.rounds.world import Heres, by_person, day_of, due
from driftbox.domain.docket.state import Docket
from driftbox.domain.docket.visit_entries import VisitAsked, VisitMade, VisitPlanned, Wish
from driftbox.domain.errors import NotFound, Refused
from driftbox.domain.log.ids import instant
from driftbox.domain.planning.day import Day, Plan
from driftbox.domain.planning.lots import lots
from driftbox.domain.planning.search import Orders, plan_day, settle
from driftbox.gateways.rounds import lasting

SECONDS: Final = 6.0  # for the search; with all else a plan is there within ten
TURNS: Final = 60  # for each visit: a small day is done at once
PLANNERS: Final = ("director", "clerk")


def propose(viewer: Viewer, day: date, *, version: int, now: datetime, seconds: float = SECONDS) -> Sheet:
    """The best rounds for ``day`` around everything that was fixed by hand; today, from where people are.

    Raises:
        Refused: the day is over, or somebody changed the sheet since ``version``.
    """
    _require_ahead(day, now)
    before = _current(viewer, day, version)
    world = _world(viewer, day, before, now)
    plan = best_plan(world, seconds)
    heres = whereabouts(viewer, before, day, now)
    return _write(
        viewer, day, structs.replace(before, plan=plan, why=_why(world), also=_also(viewer, day, now), heres=heres), now
    )


def best_plan(day: Day, seconds: float) -> Plan:
    """The best rounds found in that time."""
    return plan_day(day, lots(len(day.visits)), lasting(seconds, TURNS * len(day.visits)))


def change(viewer: Viewer, day: date, visit: str, held: Held, *, version: int, now: datetime,
           after: str | None = None) -> Sheet:  # fmt: skip
    """Fix one visit as a person wants it; everything else stays as it is, as far as it can.

    ``after``: behind which visit of the agent's round it goes, or (empty) before all of them; where it does not fit
    there without putting others out, it goes where it fits best (as with None).

    Raises:
        NotFound: the visit is not on the sheet.
        Refused: it cannot be so, the day is over, or somebody changed the sheet since ``version``; nothing was changed.
    """
    _require_ahead(day, now)
    before = _current(viewer, day, version)
    if visit not in before.why:
        raise NotFound("rounds.no_visit", "这张单子上没有这一家。请看一眼最新的单子再改。")
    holding = before.holding(visit, held)
    world = _world(viewer, day, holding, now)
    plan = _settled(_steady(world, before, visit), before, visit, held, after)
    if not held.struck and held != Held() and any(one.visit == visit for one in plan.left):
        why = next(one.why for one in plan.left if one.visit == visit)
        raise Refused(
            "rounds.does_not_fit",
            "这样排不下：{why}。单子没有动，换个人或换个时间。",
            why=why.in_language(get_language() or "zh"),
        )
    return _write(viewer, day, structs.replace(holding, plan=plan), now)


def send(viewer: Viewer, day: date, *, version: int, now: datetime) -> Sheet:
    """Send the sheet out: every planned visit is recorded in its case, and agents see their rounds.

    Raises:
        Refused: the day is over, nothing is planned, or somebody changed the sheet since ``version``.
    """
    _require_ahead(day, now)
    sheet = _current(viewer, day, version)
    if not sheet.plan.rounds:
        raise Refused("rounds.empty", "单子上还没有要走的人家，没有发。先排一排。")
    role = viewer.role_among(PLANNERS)
    planned = dict.fromkeys(call.visit for _round, call in sheet.calls())
    with together():
        for visit in planned:
            body = _planned(sheet, visit, day)
            for case in (visit, *sheet.also.get(visit, ())):
                docket = _still_ours(viewer, case)
                if not _is_done(docket, day) and not _says(docket, body):
                    record(case, [body], by=viewer.person, role=role, now=now)
        return _write(viewer, day, sheet, now, sent=now)


def made(viewer: Viewer, visit: str, body: VisitMade, *, now: datetime) -> Docket:
    """Record what came of a visit, by whoever was at the door; also in the other cases that it was planned for.

    Raises:
        NotFound: no such case, or not theirs to see.
        Refused: not allowed; the sentence says what to do instead.
    """
    planned = docket_for(viewer, visit)
    role = viewer.role_among(("agent", "officer", *PLANNERS))
    with together():
        for case in _together_with(viewer, planned):
            record(case, [body], by=viewer.person, role=role, now=now)
        return record(visit, [body], by=viewer.person, role=role, now=now)


def wish(viewer: Viewer, docket: str, what: Wish, *, now: datetime) -> Docket:
    """Record whether the person wants visits, as they said it.

    Raises:
        NotFound: no such case, or not theirs to see.
    """
    docket_for(viewer, docket)
    role = viewer.role_among((*PLANNERS, "agent"))
    return record(docket, [VisitAsked(wish=what)], by=viewer.person, role=role, now=now)


def whereabouts(viewer: Viewer, sheet: Sheet, day: date, now: datetime) -> Heres:
    """Where each agent who was sent out is today, as far as their visits tell: at the last one that was made, free from
    now on. Who made none yet is taken to be at home.
    """
    out = sent_out(viewer, day)
    if out is None or calendar().local_date(now) != day:
        return {}
    minute, found = _minute(now), dict(sheet.heres)
    for round_ in out.plan.rounds:
        done = [call for call in round_.calls if _is_done(load(call.visit).docket, day)]
        if done:
            found[round_.agent] = done[-1].place, minute
    return found


def _minute(now: datetime) -> int:
    local = now.astimezone(calendar().zone)
    return local.hour * 60 + local.minute


def _together_with(viewer: Viewer, planned: Docket) -> list[str]:
    """The other cases of the person that the same visit was planned for."""
    if not planned.visits.day:
        return []
    known = (planned.visits.day, planned.visits.agents, planned.visits.begin)
    others = [load(one).docket for one in cases_for_beneficiary(planned.beneficiary) if one != planned.id]
    same = [one.id for one in others if (one.visits.day, one.visits.agents, one.visits.begin) == known]
    return [one for one in same if _reaches(viewer, one)]


def _reaches(viewer: Viewer, docket: str) -> bool:
    try:
        docket_for(viewer, docket)
    except NotFound:
        return False
    return True


def _also(viewer: Viewer, day: date, now: datetime) -> dict[str, tuple[str, ...]]:
    groups = by_person(due(viewer, day, now))
    return {found[0][0].id: tuple(docket.id for docket, _why in found[1:]) for found in groups if len(found) > 1}


def _still_ours(viewer: Viewer, visit: str) -> Docket:
    try:
        return docket_for(viewer, visit)
    except NotFound as refusal:
        raise Refused("rounds.not_ours", "有一家的事不归您看了，没有发。请重新排一排，再发。") from refusal


def _require_ahead(day: date, now: datetime) -> None:
    if day < calendar().local_date(now):
        raise Refused("rounds.past", "那一天已经过了，单子没有动。请看今天以后的。")


def _current(viewer: Viewer, day: date, version: int) -> Sheet:
    """The sheet as it stands, if nobody changed it since ``version``.

    Raises:
        Refused: somebody did; both changes are safe, theirs on the sheet and this one still on the screen.
    """
    sheet = sheet_of(viewer, day) or Sheet(plan=Plan())
    if sheet.version != version:
        raise Refused("rounds.changed", "刚才有人先改了这张单子，您这一下没有记，别的都在。请看一眼新的，再改一次。")
    return sheet


def _world(viewer: Viewer, day: date, sheet: Sheet, now: datetime) -> Day:
    world = day_of(viewer, day, sheet.held, whereabouts(viewer, sheet, day, now), now=now,
                   busy=busy_for_others(viewer, day))  # fmt: skip
    if calendar().local_date(now) != day:
        return world
    minute = _minute(now)  # nobody goes out before now
    return structs.replace(
        world, agents=tuple(structs.replace(one, since=max(one.since, minute)) for one in world.agents)
    )


def _why(world: Day) -> dict[str, tuple[str, ...]]:
    return {visit.id: visit.why for visit in world.visits}


def _steady(world: Day, before: Sheet, changed: str) -> Day:
    """The day in which every planned visit but the changed one stays with who makes it, those of two when they are."""
    visits = []
    for visit in world.visits:
        planned = before.agents_of(visit.id) if visit.id != changed else ()
        still = tuple(one for one in planned if one in visit.agents)
        begin = next((call.begin for _one, call in before.calls() if call.visit == visit.id), None)
        pin = begin if len(planned) > 1 and len(still) == len(planned) else visit.begin
        visits.append(structs.replace(visit, agents=still or visit.agents, begin=pin))
    return structs.replace(world, visits=tuple(visits))


def _orders(before: Sheet, changed: str) -> Orders:
    """Who visits whom in which order now, the changed visit aside."""
    return [(one.agent, [call.visit for call in one.calls if call.visit != changed]) for one in before.plan.rounds]


def _settled(steady: Day, before: Sheet, visit: str, held: Held, after: str | None) -> Plan:
    orders = _orders(before, visit)
    if after is not None and held.agents:
        plan = settle(steady, [(one, _behind(order, visit, after) if one == held.agents[0] else order)
                               for one, order in _with(orders, held.agents[0])])  # fmt: skip
        out = {one.visit for one in plan.left} - {one.visit for one in before.plan.left}
        if not out:
            return plan
    return settle(steady, orders)


def _with(orders: Orders, agent: str) -> Orders:
    """The orders with one of ``agent``, who may have had none."""
    return orders if any(one == agent for one, _order in orders) else [*orders, (agent, [])]


def _behind(order: Sequence[str], visit: str, after: str) -> list[str]:
    """The order with ``visit`` right behind ``after``; before all where ``after`` is not in it."""
    place = order.index(after) + 1 if after in order else 0
    return [*order[:place], visit, *order[place:]]


def _planned(sheet: Sheet, visit: str, day: date) -> VisitPlanned:
    begin = min(call.begin for _one, call in sheet.calls() if call.visit == visit)
    return VisitPlanned(day=day.isoformat(), agents=sheet.agents_of(visit), begin=begin)


def _says(docket: Docket, body: VisitPlanned) -> bool:
    """Whether the case says so already."""
    known = docket.visits
    return (known.day, known.agents, known.begin) == (body.day, body.agents, body.begin)


def _is_done(docket: Docket, day: date) -> bool:
    made_ms = docket.visits.made_ms
    return bool(made_ms) and calendar().local_date(instant(made_ms)) == day


def _write(viewer: Viewer, day: date, sheet: Sheet, now: datetime, sent: datetime | None = None) -> Sheet:
    """Put the sheet in its row, one version on; a sheet that is changed is to be sent out again.

    Raises:
        Refused: somebody was quicker.
    """
    key = {"day": day.isoformat(), "office": viewer.office}
    written_down = msgspec.json.encode(structs.replace(sheet, version=0, sent=False))
    values: dict[str, Any] = {
        "version": sheet.version + 1, "sheet": written_down, "by": viewer.person, "changed": now,
    }  # fmt: skip
    if sent:
        values |= {"sent": sent, "out": written_down}
    try:
        with transaction.atomic():
            if sheet.version:
                written = RoundsRow.objects.filter(**key, version=sheet.version).update(**values)
            else:
                RoundsRow.objects.create(**key, **values)
                written = 1
    except IntegrityError:
        written = 0
    if not written:
        raise Refused("rounds.changed", "刚才有人先改了这张单子，您这一下没有记，别的都在。请看一眼新的，再改一次。")
    return structs.replace(sheet, version=sheet.version + 1, sent=sent is not None)
