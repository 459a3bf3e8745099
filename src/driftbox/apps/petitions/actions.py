"""Acts on a petition that seal words first: the opinion, its service, supervision, reopening, mending."""

from datetime import date, datetime, time

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.apps.eventlog.actions import together
from driftbox.apps.pack import calendar, line_up
from driftbox.apps.papers.actions import seal_text
from driftbox.apps.people.queries import colleagues
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import petition_entries as p
from driftbox.domain.docket import petition_watch_entries as w
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import Refused
from driftbox.domain.log.entry import Body


def moment_on(day: date | None, now: datetime) -> datetime | None:
    """When something happened, for an entry: local noon of ``day``; None when it is today, for that is when it is
    recorded.
    """
    if day is None or day == calendar().local_date(now):
        return None
    return datetime.combine(day, time(12), calendar().zone)


def record_on(docket: str, bodies: list[Body], day: date | None, *, by: str, role: str, now: datetime) -> Docket:
    """Record ``bodies`` as having happened on ``day``.

    Raises:
        Refused: a day before the petition came in, or one that has not come; nothing was written.
    """
    held = load(docket).docket
    return record(docket, bodies, by=by, role=role, now=now, for_=held.beneficiary, at=moment_on(day, now))


def name_handler(docket: str, person: str, *, by: str, role: str, now: datetime) -> Docket:
    """Say who handles it. Nobody who sits in an office complained of, or below one.

    Raises:
        Refused: they are complained of, or their office is; they stepped aside, or handled it before a review.
    """
    held = load(docket).docket
    colleague = colleagues().get(person)
    if colleague and set(line_up(colleague.office)) & set(held.petition.complained_offices):
        raise Refused("names_handler", "这件事说到了这个人，不能由他来办，什么都没有改。请另外派人。")
    return record(docket, [p.HandlerNamed(person=person)], by=by, role=role, now=now)


def issue_opinion(
    docket: str, outcome: str, facts: str, grounds: str, basis: str, *, by: str, role: str, now: datetime
) -> Docket:  # fmt: skip
    """Write the opinion (Art. 32): facts, grounds and legal basis, each a sealed paper. Its serial is the case number
    with a count.

    Raises:
        Refused: a part is empty, the petitioner was not heard, or the outcome is of another tier.
    """
    if not all(text.strip() for text in (facts, grounds, basis)):
        raise Refused("opinion_incomplete", "意见书要写全三样：事实、理由、依据。写的都还在，补上再来。")
    with together():
        held = load(docket).docket
        sealed = [seal_text(docket, text.strip(), now=now) for text in (facts, grounds, basis)]
        issued = sum(moment.kind == "opinion.issued" for moment in held.moments) + 1
        body = p.OpinionIssued(
            outcome=outcome, facts=sealed[0], grounds=sealed[1], basis=sealed[2],  # type: ignore[arg-type] # the log refuses what is none
            serial=f"{held.number}-{issued}",
        )  # fmt: skip
        return record(docket, [body], by=by, role=role, now=now, for_=held.beneficiary)


def serve(
    docket: str, proof: p.Proof, way: p.Service, signed: str, day: date | None, *, by: str, role: str, now: datetime
) -> Docket:  # fmt: skip
    """The opinion as issued reached the petitioner on ``day``: starts the next clock. ``signed``: who signed for it.

    Raises:
        Refused: no opinion was issued, electronic service without consent, an impossible day, or served already.
    """
    with together():
        held = load(docket).docket
        opinion = held.petition.opinion
        if opinion is None:
            raise Refused("no_opinion", "还没有意见书，没有可送的。请先写好事实、理由、依据。")
        paper = seal_text(docket, signed.strip(), now=now) if signed.strip() else None
        kind = (e.OpinionServed, p.ReviewServed, p.RereviewServed)[held.petition.tier]
        body = kind(
            outcome=opinion.outcome, proof=proof, way=way, to=held.beneficiary, signed=paper,  # type: ignore[arg-type] # the guard compares it with the opinion
        )  # fmt: skip
        return record(docket, [body], by=by, role=role, now=now, for_=held.beneficiary, at=moment_on(day, now))


def decide_reopening(docket: str, verdict: str, reason: str, *, by: str, role: str, now: datetime) -> Docket:
    """Decide whether a petition is taken up again; if so it is, in the same act.

    Raises:
        Refused: nobody asked.
        NotAllowed: whoever handled it does not decide.
    """
    bodies: list[Body] = [w.ReopenDecided(verdict="reopened" if verdict == "reopened" else "stays", reason=reason)]
    if verdict == "reopened":
        bodies.append(w.PetitionReopened())
    return record(docket, bodies, by=by, role=role, now=now)
