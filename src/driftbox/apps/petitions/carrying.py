"""What a docket hands on to one that grows out of it: mandates, helpers, who is complained of, and papers."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from driftbox.apps.dockets.actions import record
from driftbox.apps.papers.actions import copy_paper
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import BadPaper, NotFound
from driftbox.domain.log.entry import Body

FORMS: dict[str, e.MandateForm] = {"written": "written", "spoken": "spoken", "kin": "kin"}


class Asking(Struct, frozen=True, kw_only=True):
    """Who asks: the petitioner, or a helper with a mandate; ``recorder`` typed it when that was somebody else."""

    by: str
    role: str = "resident"
    recorder: str = ""
    channel: e.Channel = "window"


def record_asked(docket: str, bodies: Sequence[Body], asking: Asking, for_: str, *, now: datetime) -> Docket:
    """Record what ``asking`` asks on behalf of ``for_``."""
    return record(docket, bodies, by=asking.by, role=asking.role, now=now, for_=for_, recorder=asking.recorder)


def beginning(old: Docket) -> list[Body]:
    """The beneficiary, and the mandates they gave that still live: what the new docket begins with."""
    bodies: list[Body] = [e.PartyNamed(person=old.beneficiary, part="beneficiary")] if old.beneficiary else []
    return bodies + [
        e.MandateGranted(
            principal=m.principal, agent=m.agent, acts=m.acts, form=FORMS.get(m.form, "written"), until=m.until or None
        )
        for m in old.mandates.values()
        if not m.revoked
    ]


def taking_part(old: Docket) -> list[Body]:
    """Who else takes part: helpers, and the other petitioners of a joint petition."""
    bodies: list[Body] = []
    for person, part in old.parties.items():
        if part == "helper":
            bodies.append(e.PartyNamed(person=person, part="helper", relation=old.relations.get(person, "")))
        elif part in ("petitioner", "representative") and person != old.beneficiary:
            bodies.append(e.PartyNamed(person=person, part="petitioner"))
    return bodies


def complained_of(old: Docket) -> list[Body]:
    """Who is complained of, so that they reach the new docket no more than the old one."""
    people: list[Body] = [e.PartyNamed(person=person, part="complained_of") for person in old.petition.complained]
    return people + [e.PartyNamed(office=code, part="complained_of") for code in old.petition.complained_offices]


def copied(old: Docket, new: str, *, now: datetime) -> tuple[str, ...]:
    """The papers that tell what a docket was about and how it was answered, sealed once more for the docket ``new``."""
    made = []
    opinion = old.petition.opinion
    parts = (opinion.facts, opinion.grounds, opinion.basis) if opinion else ()
    for digest in dict.fromkeys(filter(None, (old.said, old.decision_paper, *parts))):
        try:
            made.append(copy_paper(old.id, digest, new, now=now))
        except (BadPaper, NotFound):
            continue  # erased, or still at sea: the link stays
    return tuple(made)
