"""What a petitioner was told in writing, to read again: the opinion once it was served, the ground and the door."""

from datetime import date

from msgspec import Struct

from driftbox.apps.dockets.queries import entries_of
from driftbox.apps.pack import calendar
from driftbox.apps.papers.queries import read_text
from driftbox.apps.petitions.registering import guide
from driftbox.domain.docket.petition_guide import Door, Ground
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.ids import instant
from driftbox.web.base.petition_acts import SERVING

ENDED = "ended_after_rereview"
TOLD = frozenset({"case.declined", "petition.sent_on", "reply.given"})


class Answered(Struct, frozen=True):
    """The written opinion as served: on which day, with which outcome, its three parts."""

    outcome: str
    served: date
    facts: str
    grounds: str
    basis: str


class Shown(Struct, frozen=True):
    """The ground on which it was not taken on, the door to knock on, and the words."""

    ground: Ground | None
    door: Door | None
    words: str


def answered_of(docket: Docket) -> Answered | None:
    """The opinion, if it was issued here and reached the petitioner."""
    opinion = docket.petition.opinion
    served = [moment.ms for moment in docket.moments if moment.kind in SERVING]
    if opinion is None or not served:
        return None
    parts = [read_text(docket.id, part) for part in (opinion.facts, opinion.grounds, opinion.basis)]
    return Answered(opinion.outcome, calendar().local_date(instant(served[-1])), *parts)


def told_of(docket: Docket) -> Shown | None:
    """What the petitioner was told instead of an opinion: why it is not handled here, and by which door it goes."""
    said = [entry for entry in entries_of(docket.id) if entry.kind in TOLD and entry.id not in docket.contested]
    if not said:
        return _ended() if docket.stage == "ended" else None
    body = said[-1].body
    code, paper = getattr(body, "ground", ""), getattr(body, "paper", None)
    ground = next((one for one in guide().ground if one.code == code), None)
    door = next((one for one in guide().door if one.code == getattr(body, "door", "")), None)
    return Shown(ground, door, read_text(docket.id, paper) if paper else "")


def _ended() -> Shown | None:
    """What is told once the final review is over: the same facts are not taken again, and who still helps."""
    ground = next((one for one in guide().ground if one.code == ENDED), None)
    door = next((one for one in guide().door if ground and one.code == ground.door), None)
    return Shown(ground, door, "")
