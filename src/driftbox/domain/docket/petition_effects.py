"""What each entry of a petition does to its docket: see ``effects`` for the rules that hold for every effect."""

from collections.abc import Callable
from typing import Any

from driftbox.domain.docket import petition_entries as p
from driftbox.domain.docket.notice_effects import note_opinion_served
from driftbox.domain.docket.petition_state import Asked, Opinion
from driftbox.domain.docket.petition_watch_effects import WATCH_EFFECTS, change
from driftbox.domain.docket.state import Docket, Moment, Reason
from driftbox.domain.log.entry import Body, Entry

Effect = Callable[[Docket, Entry, Any], Reason | None]

DISCONTENT = 4  # 1 very content … 5 very discontent, GB/T 39046 A.8
DISCONTENTED = "rating.discontent"  # a moment, not an entry: a bad rating starts clocks that a good one does not


def note_rating(docket: Docket, entry: Entry, satisfaction: int) -> None:
    """A rating of a petition: counted, and a bad one is a moment of its own, from which the call-back is counted."""
    if docket.procedure != "petition":
        return
    change(docket, ratings=docket.petition.ratings + 1)
    if satisfaction >= DISCONTENT and docket.petition.ratings == 1:
        docket.moments.append(Moment(DISCONTENTED, entry.happened_ms))


def note_complained(docket: Docket, person: str, office: str) -> None:
    """Somebody or some office is complained of: they never become a party, and never handle it."""
    known = docket.petition
    people = dict.fromkeys((*known.complained, person) if person else known.complained)
    offices = dict.fromkeys((*known.complained_offices, office) if office else known.complained_offices)
    handler = "" if known.handler == person else known.handler
    change(docket, complained=tuple(people), complained_offices=tuple(offices), handler=handler)


def note_representative(docket: Docket, person: str) -> None:
    """One more representative of a joint petition."""
    change(docket, representatives=tuple(dict.fromkeys((*docket.petition.representatives, person))))


def _sorted(docket: Docket, sort: str, route: str, **more: Any) -> None:
    if sort == "accusation":
        docket.confidential = True  # never taken back by sorting again: what was told in confidence stays so
    change(docket, sort=sort, route=route, **more)


def _registered(docket: Docket, _entry: Entry, body: p.PetitionRegistered) -> Reason | None:
    _sorted(docket, body.sort, body.route, anonymous=body.anonymous, petitioners=body.petitioners)
    docket.said = docket.said or body.scan or ""
    return None


def _classified(docket: Docket, _entry: Entry, body: p.PetitionClassified) -> Reason | None:
    _sorted(docket, body.sort, body.route, confirmed=True)
    return None


def _taken(docket: Docket, _entry: Entry, _body: p.PetitionTaken) -> Reason | None:
    change(docket, taken=True)
    return None


def _replied(docket: Docket, entry: Entry, body: p.ReplyGiven) -> Reason | None:
    docket.outcome = "taken_up" if body.taken_up else "noted"
    docket.decision_paper, docket.delivered_ms = body.paper, entry.happened_ms
    return None


def note_accepted(docket: Docket, route: str) -> None:
    """Accepted: what was never sorted is redress, by the route that acceptance names."""
    if docket.petition.route != route and docket.procedure == "petition":
        change(docket, sort=docket.petition.sort or "redress", route=route)


def note_declined(docket: Docket, door: str) -> None:
    """Not taken on: the door that was named instead."""
    if door:
        change(docket, door=door)


def note_transferred(docket: Docket, office: str, report_by: str) -> None:
    """The petition is with ``office`` now, which has not signed for it yet."""
    change(
        docket, office=office, report_by=report_by, reported=False, received=False, objected=False,
        transfers=docket.petition.transfers + 1,
    )  # fmt: skip


def _received(docket: Docket, _entry: Entry, _body: p.TransferReceived) -> Reason | None:
    if docket.petition.received:
        return "already_said"
    change(docket, received=True)
    return None


def _objected(docket: Docket, _entry: Entry, _body: p.PetitionObjected) -> Reason | None:
    if docket.petition.objected:
        return "already_said"
    change(docket, objected=True)
    return None


def _returned(docket: Docket, _entry: Entry, _body: p.PetitionReturned) -> Reason | None:
    if not docket.petition.objected:
        return "nothing_open"
    change(docket, office="", report_by="", received=False, objected=False)
    return None


def _objection_refused(docket: Docket, _entry: Entry, _body: p.ObjectionRefused) -> Reason | None:
    if not docket.petition.objected:
        return "nothing_open"
    change(docket, objected=False)
    return None


def _competence_asked(docket: Docket, _entry: Entry, body: p.CompetenceAsked) -> Reason | None:
    change(docket, rung=body.rung, contenders=body.offices)
    return None


def _competence_settled(docket: Docket, _entry: Entry, body: p.CompetenceSettled) -> Reason | None:
    if not docket.petition.contenders:
        return "nothing_open"
    change(docket, office=body.office, rung="", contenders=())
    return None


def _sent_on(docket: Docket, _entry: Entry, body: p.PetitionSentOn) -> Reason | None:
    docket.outcome = "sent_on"
    change(docket, door=body.door, office=body.office or docket.petition.office)
    return None


def _report_filed(docket: Docket, _entry: Entry, _body: p.ReportFiled) -> Reason | None:
    change(docket, reported=True)
    return None


def _handler_named(docket: Docket, _entry: Entry, body: p.HandlerNamed) -> Reason | None:
    known = docket.petition
    if body.person in known.barred or body.person in known.complained:
        return "barred"
    change(docket, handler=body.person, handlers=tuple(dict.fromkeys((*known.handlers, body.person))))
    return None


def bar(docket: Docket, person: str) -> None:
    """``person`` may not handle it; whoever handled it stops."""
    known = docket.petition
    barred = tuple(dict.fromkeys((*known.barred, person)))
    recusals = tuple(asked for asked in known.recusals if asked.person != person)
    change(docket, barred=barred, recusals=recusals, handler="" if known.handler == person else known.handler)


def _interest_declared(docket: Docket, _entry: Entry, body: p.InterestDeclared) -> Reason | None:
    bar(docket, body.person)
    return None


def _recusal_asked(docket: Docket, entry: Entry, body: p.RecusalAsked) -> Reason | None:
    asked = Asked(entry.by, body.reason, person=body.person, entry=entry.id)
    change(docket, recusals=(*docket.petition.recusals, asked))
    return None


def _recusal_decided(docket: Docket, entry: Entry, body: p.RecusalDecided) -> Reason | None:
    open_ones = docket.petition.recusals
    if all(asked.person != body.person for asked in open_ones):
        return "nothing_open"
    if entry.by == body.person:
        return "not_another"
    if body.verdict == "steps_aside":
        bar(docket, body.person)
    else:
        change(docket, recusals=tuple(asked for asked in open_ones if asked.person != body.person))
    return None


def _heard(docket: Docket, _entry: Entry, _body: p.PetitionerHeard) -> Reason | None:
    change(docket, heard=docket.petition.heard + 1)
    return None


def _investigated(docket: Docket, _entry: Entry, _body: p.PetitionInvestigated) -> Reason | None:
    change(docket, investigated=docket.petition.investigated + 1)
    return None


def _mediated(docket: Docket, _entry: Entry, _body: p.MediationAgreed) -> Reason | None:
    change(docket, mediated=True)
    return None


def _hearing_opened(docket: Docket, _entry: Entry, _body: p.HearingOpened) -> Reason | None:
    if docket.petition.hearing:
        return "already_said"
    change(docket, hearing=True)
    return None


def _hearing_closed(docket: Docket, _entry: Entry, _body: p.HearingClosed) -> Reason | None:
    if not docket.petition.hearing:
        return "nothing_open"
    change(docket, hearing=False)
    return None


def _extension_asked(docket: Docket, entry: Entry, body: p.ExtensionAsked) -> Reason | None:
    if docket.petition.extension is not None:
        return "already_said"
    change(docket, extension=Asked(entry.by, body.reason, body.days, entry=entry.id))
    return None


def _extended(docket: Docket, entry: Entry, body: p.PetitionExtended) -> Reason | None:
    asked = docket.petition.extension
    if asked is None:
        return "nothing_open"
    if entry.by in (asked.by, docket.petition.handler):
        return "not_another"
    change(docket, extension=None, extended=docket.petition.extended + body.days)
    return None


def _extension_refused(docket: Docket, _entry: Entry, _body: p.ExtensionRefused) -> Reason | None:
    if docket.petition.extension is None:
        return "nothing_open"
    change(docket, extension=None)
    return None


def _opinion_issued(docket: Docket, _entry: Entry, body: p.OpinionIssued) -> Reason | None:
    change(docket, opinion=Opinion(body.outcome, body.facts, body.grounds, body.basis, body.serial))
    return None


def _service_failed(docket: Docket, _entry: Entry, _body: p.ServiceFailed) -> Reason | None:
    change(docket, failed_services=docket.petition.failed_services + 1)
    return None


def _service_consented(docket: Docket, _entry: Entry, _body: p.ServiceConsented) -> Reason | None:
    change(docket, electronic=True)
    return None


def _execution(docket: Docket, _entry: Entry, body: p.ExecutionReported) -> Reason | None:
    if docket.outcome not in ("supported", "changed"):
        return "nothing_open"
    change(docket, execution=body.state)
    return None


def _review_requested(docket: Docket, _entry: Entry, body: p.ReviewRequested) -> Reason | None:
    tier = 2 if isinstance(body, p.RereviewRequested) else 1
    barred = tuple(dict.fromkeys((*docket.petition.barred, *body.barred)))
    change(docket, tier=tier, reviewed=body.of, late=body.late, barred=barred, sort="redress", route="art31-6")
    return None


def _review_opened(docket: Docket, _entry: Entry, body: p.ReviewOpened) -> Reason | None:
    if docket.petition.review:
        return "already_said"
    change(docket, review=body.docket)
    return None


def _excused(docket: Docket, _entry: Entry, _body: p.LatenessExcused) -> Reason | None:
    if not docket.petition.late:
        return "nothing_open"
    change(docket, excused=True)
    return None


def grounds_of(docket: Docket) -> str:
    """The paper that gives the grounds of the opinion as issued, empty if none was."""
    opinion = docket.petition.opinion
    return opinion.grounds if opinion else ""


def _review_served(docket: Docket, entry: Entry, body: p.ReviewServed) -> Reason | None:
    docket.outcome, docket.decision_paper = body.outcome, body.paper or grounds_of(docket)
    docket.delivered_ms = entry.happened_ms
    note_opinion_served(docket, entry, body)
    return None


def _kept_only(_docket: Docket, _entry: Entry, _body: Body) -> Reason | None:
    return None


PETITION_EFFECTS: dict[type[Body], Effect] = {
    p.PetitionRegistered: _registered,
    p.PetitionClassified: _classified,
    p.PetitionTaken: _taken,
    p.ReplyGiven: _replied,
    p.TransferReceived: _received,
    p.PetitionObjected: _objected,
    p.PetitionReturned: _returned,
    p.ObjectionRefused: _objection_refused,
    p.CompetenceAsked: _competence_asked,
    p.CompetenceSettled: _competence_settled,
    p.PetitionSentOn: _sent_on,
    p.ReportFiled: _report_filed,
    p.HandlerNamed: _handler_named,
    p.InterestDeclared: _interest_declared,
    p.RecusalAsked: _recusal_asked,
    p.RecusalDecided: _recusal_decided,
    p.PetitionerHeard: _heard,
    p.PetitionInvestigated: _investigated,
    p.MediationAgreed: _mediated,
    p.MediationFailed: _kept_only,
    p.ConfirmationAsked: _kept_only,
    p.HearingOpened: _hearing_opened,
    p.HearingClosed: _hearing_closed,
    p.ExtensionAsked: _extension_asked,
    p.PetitionExtended: _extended,
    p.ExtensionRefused: _extension_refused,
    p.OpinionIssued: _opinion_issued,
    p.ServiceFailed: _service_failed,
    p.ServiceConsented: _service_consented,
    p.ExecutionReported: _execution,
    p.ReviewRequested: _review_requested,
    p.RereviewRequested: _review_requested,
    p.ReviewOpened: _review_opened,
    p.LatenessExcused: _excused,
    p.ReviewServed: _review_served,
    p.RereviewServed: _review_served,
    **WATCH_EFFECTS,
}
