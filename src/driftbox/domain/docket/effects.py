"""What each kind of entry does to a docket. An effect either changes the docket and returns None, or changes
nothing and returns the reason why it cannot stand. No effect may raise.
"""

from collections.abc import Callable
from typing import Any

from driftbox.domain.docket import entries as e
from driftbox.domain.docket import petition_effects as petition
from driftbox.domain.docket.form_acts import FORM_EFFECTS
from driftbox.domain.docket.form_state import left_to_bring
from driftbox.domain.docket.handover_acts import HANDOVER_EFFECTS, in_hands_of, overtake
from driftbox.domain.docket.notice_effects import NOTICE_EFFECTS, note_opinion_served
from driftbox.domain.docket.parcel_effects import PARCEL_EFFECTS, RIDING, originals_back, sent
from driftbox.domain.docket.reuse_entries import ReuseWithdrawn
from driftbox.domain.docket.sea_acts import SEA_EFFECTS
from driftbox.domain.docket.sitting_acts import SITTING_EFFECTS
from driftbox.domain.docket.state import Docket, Mandate, Parcel, Promise, Reason, Trip
from driftbox.domain.docket.visit_acts import VISIT_EFFECTS
from driftbox.domain.log.entry import Body, Entry

Effect = Callable[[Docket, Entry, Any], Reason | None]
NOTHING_SENT = "told"  # the stage in which papers are waited for


def _trip(docket: Docket, entry: Entry, place: str) -> None:
    if place:
        helper = entry.by != docket.beneficiary and docket.parties.get(entry.by) == "helper"
        docket.trips.append(Trip(place, entry.happened_ms, helper))


def _party_named(docket: Docket, _entry: Entry, body: e.PartyNamed) -> Reason | None:
    if body.part == "complained_of":
        petition.note_complained(docket, body.person, body.office)
        return None
    if not body.person:
        return "unknown_entry"
    if body.part == "representative":
        petition.note_representative(docket, body.person)
    docket.parties[body.person] = body.part
    docket.relations[body.person] = body.relation
    if body.part == "beneficiary":
        docket.beneficiary = body.person
    if body.part == "applicant" or (body.part == "beneficiary" and not docket.applicant):
        docket.applicant = body.person
    return None


def _mandate_granted(docket: Docket, entry: Entry, body: e.MandateGranted) -> Reason | None:
    docket.mandates[entry.id] = Mandate(entry.id, body.principal, body.agent, body.acts, body.form, body.until or "")
    return None


def _mandate_revoked(docket: Docket, _entry: Entry, body: e.MandateRevoked) -> Reason | None:
    held = docket.mandates.get(body.mandate)
    if held is None:
        return "unknown_entry"
    docket.mandates[body.mandate] = Mandate(
        held.entry, held.principal, held.agent, held.acts, held.form, held.until, revoked=True
    )
    return None


def _checklist_given(docket: Docket, entry: Entry, body: e.ChecklistGiven) -> Reason | None:
    docket.checklist = body.items
    docket.checklists += 1
    docket.told_ms = entry.happened_ms
    return None


def _materials_asked(docket: Docket, _entry: Entry, body: e.MaterialsAsked) -> Reason | None:
    docket.second_asks += 1
    docket.faults += body.cause != "resident_changed"
    known = {item.code for item in docket.checklist}
    docket.checklist += tuple(item for item in body.items if item.code not in known)
    docket.lacking = tuple(dict.fromkeys(docket.lacking + tuple(item.code for item in body.items)))
    return None


def _task_claimed(docket: Docket, _entry: Entry, body: e.TaskClaimed) -> Reason | None:
    if docket.agent and docket.agent != body.agent:
        return "already_claimed"
    if docket.agent != body.agent:
        overtake(docket)
    in_hands_of(docket, body.agent)
    return None


def _task_released(docket: Docket, _entry: Entry, body: e.TaskReleased) -> Reason | None:
    if docket.agent != body.agent:
        return "not_claimed"
    docket.agent = ""
    overtake(docket)
    return None


def _materials_sent(docket: Docket, entry: Entry, body: e.MaterialsSent) -> Reason | None:
    reason = sent(docket, entry, body)
    if reason is None:
        _trip(docket, entry, body.appeared)
    return reason


def _on_the_way_out(docket: Docket) -> list[Parcel]:
    return [parcel for parcel in docket.parcels.values() if parcel.way == "out" and parcel.where not in RIDING]


def _materials_checked(docket: Docket, _entry: Entry, body: e.MaterialsChecked) -> Reason | None:
    if docket.stage == NOTHING_SENT and left_to_bring(docket):
        return "not_here"
    docket.lacking, docket.follows = (), body.follows
    for parcel in _on_the_way_out(docket):
        parcel.where, parcel.checked = "office", True
    return None


def _materials_lacking(docket: Docket, _entry: Entry, body: e.MaterialsLacking) -> Reason | None:
    if any(item.source == "held" and item.code in body.lacking for item in docket.checklist):
        docket.second_asks += 1  # we said that it need not be brought, and now it has to be
        docket.faults += 1
        docket.checklist = tuple(_asked_after_all(item, body.lacking) for item in docket.checklist)
    docket.lacking = body.lacking
    return None


def _asked_after_all(item: e.Item, lacking: tuple[str, ...]) -> e.Item:
    if item.source != "held" or item.code not in lacking:
        return item
    return e.Item(code=item.code, kind=item.kind, count=item.count)


def _reuse_withdrawn(docket: Docket, _entry: Entry, body: ReuseWithdrawn) -> Reason | None:
    docket.reuse_withdrawn = tuple(dict.fromkeys(docket.reuse_withdrawn + body.codes))
    return None


def _materials_returned(docket: Docket, _entry: Entry, body: e.MaterialsReturned) -> Reason | None:
    originals_back(docket, body.items)
    return None


def _case_accepted(docket: Docket, entry: Entry, body: e.CaseAccepted) -> Reason | None:
    docket.receipt = body.receipt
    _trip(docket, entry, body.appeared)
    for parcel in _on_the_way_out(docket):
        parcel.where = "department"
    return None


def _case_declined(docket: Docket, _entry: Entry, body: e.CaseDeclined) -> Reason | None:
    docket.outcome = "declined"
    petition.note_declined(docket, body.door)
    return None


def _promise_made(docket: Docket, entry: Entry, body: e.PromiseMade) -> Reason | None:
    docket.promises.append(
        Promise(body.due, entry.happened_ms, body.subject_to_boats, body.open_ended, body.basis, body.halts)
    )
    return None


def _decision_made(docket: Docket, _entry: Entry, body: e.DecisionMade) -> Reason | None:
    docket.outcome, docket.decision_paper = body.outcome, body.paper or ""
    return None


def _result_issued(docket: Docket, _entry: Entry, body: e.ResultIssued) -> Reason | None:
    docket.result, docket.result_with = body.items, "office"
    return None


def _result_collected(docket: Docket, _entry: Entry, _body: e.ResultCollected) -> Reason | None:
    docket.result_with = "agent"
    return None


def _delivery_failed(docket: Docket, _entry: Entry, _body: e.DeliveryFailed) -> Reason | None:
    docket.failed_deliveries += 1
    return None


def _result_delivered(docket: Docket, entry: Entry, body: e.ResultDelivered) -> Reason | None:
    docket.delivered_ms, docket.result_with = entry.happened_ms, "resident"
    for parcel in docket.parcels.values():
        if parcel.way == "back" and parcel.where not in RIDING:
            parcel.where, parcel.moved_ms = "resident", entry.happened_ms
    if body.appeared:
        helper = docket.parties.get(body.to) == "helper"
        docket.trips.append(Trip(body.appeared, entry.happened_ms, helper))
    return None


def _case_rated(docket: Docket, entry: Entry, body: e.CaseRated) -> Reason | None:
    docket.satisfaction, docket.solved = body.satisfaction, body.solved
    petition.note_rating(docket, entry, body.satisfaction)
    return None


def _case_closed(docket: Docket, _entry: Entry, body: e.CaseClosed) -> Reason | None:
    docket.how_closed = body.how
    return None


def _case_withdrawn(docket: Docket, _entry: Entry, _body: e.CaseWithdrawn) -> Reason | None:
    docket.how_closed = "withdrawn"
    return None


def _trip_made(docket: Docket, entry: Entry, body: e.TripMade) -> Reason | None:
    _trip(docket, entry, body.place)
    return None


def _petition_accepted(docket: Docket, _entry: Entry, body: e.PetitionAccepted) -> Reason | None:
    petition.note_accepted(docket, body.route)
    return None


def _petition_transferred(docket: Docket, _entry: Entry, body: e.PetitionTransferred) -> Reason | None:
    petition.note_transferred(docket, body.office, body.report_by or "")
    return None


def _opinion_served(docket: Docket, entry: Entry, body: e.OpinionServed) -> Reason | None:
    docket.outcome, docket.decision_paper = body.outcome, body.paper or petition.grounds_of(docket)
    docket.delivered_ms = entry.happened_ms
    note_opinion_served(docket, entry, body)
    return None


def _answer_given(docket: Docket, entry: Entry, _body: e.AnswerGiven) -> Reason | None:
    docket.outcome, docket.delivered_ms = "answered", entry.happened_ms
    return None


def _kept_only(_docket: Docket, _entry: Entry, _body: Body) -> Reason | None:
    return None


EFFECTS: dict[type[Body], Effect] = {
    **PARCEL_EFFECTS,
    e.PartyNamed: _party_named,
    e.MandateGranted: _mandate_granted,
    e.MandateRevoked: _mandate_revoked,
    e.ChecklistGiven: _checklist_given,
    e.MaterialsAsked: _materials_asked,
    e.TaskClaimed: _task_claimed,
    e.TaskReleased: _task_released,
    e.MaterialsSent: _materials_sent,
    e.MaterialsChecked: _materials_checked,
    e.MaterialsLacking: _materials_lacking,
    ReuseWithdrawn: _reuse_withdrawn,
    e.MaterialsReturned: _materials_returned,
    e.CaseAccepted: _case_accepted,
    e.CaseDeclined: _case_declined,
    e.PromiseMade: _promise_made,
    e.DecisionMade: _decision_made,
    e.ResultIssued: _result_issued,
    e.ResultCollected: _result_collected,
    e.DeliveryFailed: _delivery_failed,
    e.ResultDelivered: _result_delivered,
    e.CaseRated: _case_rated,
    e.CaseClosed: _case_closed,
    e.CaseWithdrawn: _case_withdrawn,
    e.TripMade: _trip_made,
    e.OpinionServed: _opinion_served,
    e.AnswerGiven: _answer_given,
    e.NoteWritten: _kept_only,
    e.EntryCorrected: _kept_only,
    e.PublicityOpened: _kept_only,
    e.PublicityClosed: _kept_only,
    e.ClockExtended: _kept_only,
    e.PetitionAccepted: _petition_accepted,
    e.PetitionTransferred: _petition_transferred,
    **petition.PETITION_EFFECTS,
    **NOTICE_EFFECTS,
    **FORM_EFFECTS,
    **VISIT_EFFECTS,
    **HANDOVER_EFFECTS,
    **SITTING_EFFECTS,
    **SEA_EFFECTS,
}
