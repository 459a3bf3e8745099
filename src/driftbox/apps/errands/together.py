"""Several needs, one ask 一件事: cases opened together, told one list, with one bag for all of them and one day.

The first case carries the bag: on its list stands whatever any of them needs. The others use its papers, so each paper
is handed in once, and when the bag was found complete, they are complete too.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from msgspec import structs

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.intake import (
    Call,
    checklist_for,
    give_checklist,
    items_of,
    open_call,
    people_of,
    text_list,
    told_people,
)
from driftbox.apps.errands.promises import promise_for
from driftbox.apps.eventlog.actions import together
from driftbox.apps.pack import current_pack, matter_of
from driftbox.domain.consult.bundle import MOST_MATTERS, Merged, may_go_together, merge, questions_of
from driftbox.domain.consult.checklist import Checklist
from driftbox.domain.consult.holdings import known_answers
from driftbox.domain.consult.matter import Question
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.form_state import left_to_bring
from driftbox.domain.docket.petition_watch_entries import DocketLinked
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import Refused

BUNDLE: Final = "bundle"
BUNDLE_OF: Final = "bundle_of"


def take_calls(call: Call, matters: Sequence[str], *, recorder: str, now: datetime) -> list[Docket]:
    """Open one case for each of ``matters`` out of one call, linked with each other; all or none.

    Raises:
        Refused: a matter that goes alone, too many of them, or a phone or identity number that is not one.
    """
    codes = list(dict.fromkeys(matters))
    require_together(codes)
    with together():
        people = people_of(call, now)
        calls = [structs.replace(call, matter=code, appeared=call.appeared if not at else "")
                 for at, code in enumerate(codes)]  # fmt: skip
        dockets = [open_call(one, people, recorder=recorder, now=now).id for one in calls]
        by, role = (recorder, "clerk") if recorder and recorder != people.caller else (people.caller, "resident")
        first, *others = dockets
        for other in others:
            record(first, [DocketLinked(docket=other, relation=BUNDLE)], by=by, role=role, now=now)
            record(other, [DocketLinked(docket=first, relation=BUNDLE_OF)], by=by, role=role, now=now)
        return [load(docket).docket for docket in dockets]


def require_together(codes: Sequence[str]) -> None:
    """Refuse matters that do not go together.

    Raises:
        Refused: a petition, an enquiry or something confidential among them, or more than one ask can hold.
    """
    known = current_pack().matters
    if any(code not in known for code in codes) or not codes:
        raise Refused("no_such_matter", "有一件事这里没有，什么都没有登记。请重新选一遍。")
    if len(codes) > MOST_MATTERS:
        raise Refused("too_many_matters", "一次选得太多，什么都没有登记。先选五件，别的过后再来。")
    if len(codes) > 1 and not may_go_together([known[code] for code in codes]):
        raise Refused("goes_alone", "信访、咨询和要保密的事单独登记，不跟别的合在一起，什么都没有登记。请分开选。")


def sisters_of(docket: Docket) -> list[str]:
    """The dockets that were asked together with this one, without itself; the one that carries the bag first."""
    first = lead_of(docket)
    linked = _linked(docket, BUNDLE) if first == docket.id else [first, *_linked(load(first).docket, BUNDLE)]
    return [one for one in dict.fromkeys(linked) if one != docket.id]


def lead_of(docket: Docket) -> str:
    """The docket that carries the bag: itself, unless it was opened beside another."""
    return next(iter(_linked(docket, BUNDLE_OF)), docket.id)


def _linked(docket: Docket, relation: str) -> list[str]:
    return [link.docket for link in docket.petition.links if link.relation == relation]


def merged_list(dockets: Sequence[Docket], answers: frozenset[str], *, now: datetime) -> Merged:
    """The one list of cases that are asked together; the first of them carries the bag."""
    return merge({one.matter: checklist_for(one, answers, now=now) for one in dockets}, once_for_all())


def once_for_all() -> frozenset[str]:
    """Forms of which one does for several matters (setting ``one_for_all``)."""
    codes = current_pack().settings.get("one_for_all")
    return frozenset(codes) if isinstance(codes, tuple) else frozenset()


def give_together(
    dockets: Sequence[Docket], answers: frozenset[str], told: tuple[e.Way, ...], *, by: str, role: str, now: datetime
) -> list[Docket]:
    """Tell the one list of cases that are asked together: on the first all of it, on the others what they use of it;
    one text message.

    Raises:
        Refused: told already, or no way of telling chosen.
    """
    first, *others = dockets
    merged = merged_list(dockets, answers, now=now)
    given = tuple(sorted(answers))
    with together():
        items = items_of(merged.checklist)
        whole = e.ChecklistGiven(items=items, told=told, to=told_people(first), answers=given)
        after = [record(first.id, [whole], by=by, role=role, now=now)]
        for other in others:
            share = _share(checklist_for(other, answers, now=now), merged, first.id)
            body = e.ChecklistGiven(items=share, told=told, to=told_people(other), answers=given)
            after.append(record(other.id, [body], by=by, role=role, now=now))
        if "sms" in told:
            text_list(first, merged.checklist, now=now)
    return after


def _share(own: Checklist, merged: Merged, first: str) -> tuple[e.Item, ...]:
    """A list of which the bag of ``first`` brings everything that has to be brought."""
    bag = {one.code for one in own.bring if merged.line_for(one)}
    return tuple(
        structs.replace(item, source="held", from_case=first)
        if item.source == "resident" and item.code in bag
        else item
        for item in items_of(own)
    )


def all_of(docket: Docket) -> list[Docket]:
    """Everything that was asked together with a case, itself among it; the one that carries the bag first."""
    first = lead_of(docket)
    rest = (one for one in dict.fromkeys((docket.id, *sisters_of(docket))) if one != first)
    return [docket if one == docket.id else load(one).docket for one in (first, *rest)]


def whole_list(docket: Docket, answers: frozenset[str], *, now: datetime) -> Checklist:
    """The one list of a case, over everything that was asked together with it."""
    dockets = all_of(docket)
    if len(dockets) == 1:
        return checklist_for(docket, answers, now=now)
    return merged_list(dockets, answers, now=now).checklist


def give_whole(
    docket: Docket, answers: frozenset[str], told: tuple[e.Way, ...], *, by: str, role: str, now: datetime
) -> None:
    """Tell the one list of a case and of everything that was asked together with it.

    Raises:
        Refused: told already, or no way of telling chosen.
    """
    dockets = all_of(docket)
    if len(dockets) == 1:
        give_checklist(docket, answers, told, by=by, role=role, now=now)
    else:
        give_together(dockets, answers, told, by=by, role=role, now=now)


def asked_of(docket: Docket) -> tuple[Question, ...]:
    """The questions that decide the list of a case and of everything that was asked together with it."""
    return questions_of([matter_of(one) for one in all_of(docket)], frozenset())


def answers_for(docket: Docket) -> frozenset[str]:
    """Every answer that means something for a case and for everything that was asked together with it."""
    return frozenset().union(*(known_answers(matter_of(one)) for one in all_of(docket)))


def carry_along(docket: Docket, *, by: str, role: str, now: datetime) -> list[Docket]:
    """The bag was found complete: so are the cases whose papers came in it, once nothing of their own is missing."""
    if docket.stage != "checked" or lead_of(docket) != docket.id:
        return []
    done = list[Docket]()
    for sister in sisters_of(docket):
        state = load(sister).docket
        if state.stage == "told" and not left_to_bring(state):
            follows = tuple(code for code in docket.follows if any(code == item.code for item in state.checklist))
            done.append(record(sister, [e.MaterialsChecked(follows=follows)], by=by, role=role, now=now))
    return done


def one_day(docket: Docket, now: datetime) -> date | None:
    """The one day for everything asked together: the latest that is promised or can be; None when one is open."""
    days = list[date]()
    for state in (docket, *(load(one).docket for one in sisters_of(docket))):
        if state.delivered_ms or state.how_closed or state.outcome == "declined":
            continue
        if state.promised:
            days.append(date.fromisoformat(state.promised))
            continue
        proposal = promise_for(state, now)
        if proposal is None or proposal.day is None:
            return None
        days.append(proposal.day)
    return max(days, default=None)
