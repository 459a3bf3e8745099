"""What those who supervise have before them 督办: per petition, never per petitioner."""

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct

from driftbox.apps.deadlines.queries import clocks_of
from driftbox.apps.dockets.queries import (
    entries_of,
    load_many,
    petitions_reached,
    petitions_waiting,
    secrets_near,
)
from driftbox.apps.people.access import Viewer
from driftbox.domain.docket.petition_effects import DISCONTENT
from driftbox.domain.docket.petition_state import Card, Pressed
from driftbox.domain.docket.petition_watch_entries import AccessForced
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import Entry
from driftbox.domain.log.ids import instant

BATCH = 200


class ToDo(Struct, frozen=True, kw_only=True):
    """One petition in a list: ``due`` when the law or the pack gives a day, ``reason`` the code that was given."""

    docket: str
    number: str
    stage: str
    due: date | None = None
    overdue: bool = False
    reason: str = ""


class Shown(Struct, frozen=True, kw_only=True):
    """A card, or a pressing, on one petition."""

    docket: str
    number: str
    card: Card | None = None
    pressed: Pressed | None = None


class Watched(Struct, frozen=True, kw_only=True):
    """What waits around petitions within somebody's reach.

    ``call_back``: a petitioner is not content and nobody called yet; ``mend``: what was promised then; ``reopen``:
    asked for, to be decided by whoever did not handle it; ``letters``: word in the mailbox.
    """

    call_back: tuple[ToDo, ...]
    mend: tuple[ToDo, ...]
    reopen: tuple[ToDo, ...]
    letters: tuple[ToDo, ...]
    cards: tuple[Shown, ...]
    pressed: tuple[Shown, ...]


def watched(viewer: Viewer, now: datetime) -> Watched:
    """What waits around the petitions that ``viewer`` reaches."""
    found = list(_dockets(petitions_waiting(viewer)))
    return Watched(
        call_back=tuple(_to_do(d, now, "callback") for d in found if is_discontent(d) and not d.petition.called_back),
        mend=tuple(
            _to_do(d, now, "mending")
            for d in found
            if is_discontent(d) and d.petition.called_back and not d.petition.mended
        ),
        reopen=tuple(_to_do(d, now, "") for d in found if d.petition.reopening is not None),
        letters=tuple(_to_do(d, now, "") for d in found if d.petition.unanswered),
        cards=tuple(
            Shown(docket=d.id, number=d.number, card=card) for d in found for card in d.petition.cards_standing
        ),
        pressed=tuple(
            Shown(docket=d.id, number=d.number, pressed=one)
            for d in found
            for one in d.petition.pressed
            if not one.answered
        ),
    )


def is_discontent(docket: Docket) -> bool:
    """Whether the first rating of a petition was a bad one and none followed."""
    return docket.petition.ratings == 1 and docket.satisfaction >= DISCONTENT


def _to_do(docket: Docket, now: datetime, clock: str) -> ToDo:
    readings = [reading for reading in clocks_of(docket, now) if reading.clock == clock and reading.due]
    last = readings[-1] if readings else None
    return ToDo(
        docket=docket.id, number=docket.number, stage=docket.stage, due=last.due if last else None,
        overdue=last is not None and last.verdict == "overdue",
        reason=docket.petition.reopening.reason if docket.petition.reopening else "",
    )  # fmt: skip


class Secret(Struct, frozen=True, kw_only=True):
    """A confidential petition as a list names it: by its number. ``asking``: how many ask to see it."""

    docket: str
    number: str
    stage: str
    opened: datetime
    asking: int
    let_in: int
    forced: int


def secrets_of(viewer: Viewer) -> list[Secret]:
    """The confidential petitions that the identity custodian ``viewer`` keeps, oldest first; none for anybody else."""
    if "custodian" not in viewer.roles:
        return []
    return [
        Secret(
            docket=d.id, number=d.number, stage=d.stage, opened=instant(d.opened_ms), asking=len(d.petition.asking),
            let_in=len(d.petition.access), forced=len(d.petition.opened_by),
        )
        for d in _dockets(petitions_reached(viewer))
        if d.confidential
    ]  # fmt: skip


class Forced(Struct, frozen=True, kw_only=True):
    """An emergency opening: of which number, by whom, when, for which reason. Nothing of what is inside."""

    number: str
    person: str
    at: datetime
    reason: str


def forced_near(viewer: Viewer) -> list[Forced]:
    """The emergency openings under ``viewer``'s office, newest first: seen by everybody who supervises there, also
    when the access was taken back since.
    """
    found = [
        _forced(docket.number, entry, entry.body)
        for docket in _dockets(secrets_near(viewer))
        for entry in entries_of(docket.id)
        if isinstance(entry.body, AccessForced)
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _forced(number: str, entry: Entry, body: AccessForced) -> Forced:
    return Forced(number=number, person=entry.by, at=instant(entry.happened_ms), reason=body.reason)


def _dockets(ids: list[str]) -> Iterator[Docket]:
    for at in range(0, len(ids), BATCH):
        for loaded in load_many(ids[at : at + BATCH]).values():
            yield loaded.docket
