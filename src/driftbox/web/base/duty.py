"""Shifts in words for any page: who is on duty now, who answers the phone, what the last shift left word of."""

from datetime import datetime

from django.utils.translation import gettext
from msgspec import Struct

from driftbox.apps.pack import current_pack
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import colleagues
from driftbox.apps.roster.actions import words_of
from driftbox.apps.roster.queries import OnDuty, answering, on_duty, rules_of, slot_after, unread
from driftbox.domain.planning.roster import Slot
from driftbox.domain.planning.roster_book import Note
from driftbox.web.base.telling import said


class NoteShown(Struct, frozen=True, kw_only=True):
    """A hand-over note with its words, ready for a page."""

    note: Note
    words: str
    by: str
    shift: str
    readers: tuple[str, ...] = ()


class DutyNow(Struct, frozen=True, kw_only=True):
    """What a desk shows of duty: who is on now, until when, what comes next, and the notes to be read."""

    office: str
    now: tuple[tuple[OnDuty, tuple[str, ...]], ...]
    following: Slot | None
    notes: tuple[NoteShown, ...]


def person_name(person: str) -> str:
    """The name of a colleague; a dash when they are unknown here."""
    known = colleagues().get(person)
    return known.name if known else "—"


def names_of(people: tuple[str, ...]) -> tuple[str, ...]:
    """The names of colleagues, in the same order."""
    known = colleagues()
    return tuple(known[person].name if person in known else "—" for person in people)


def shift_name(office: str, code: str) -> str:
    """A shift by name, or by its letter when the pack knows it no more."""
    shift = rules_of(office).shift(code)
    return said(shift.name) if shift else code


def answering_office(now: datetime) -> str:
    """The office that answers the house's number now; empty when nobody is rostered for it. Never a person's name."""
    answers = answering(now)
    return said(current_pack().offices[answers.office].name) if answers else ""


def notes_shown(office: str, notes: list[Note]) -> tuple[NoteShown, ...]:
    """Hand-over notes with their words, in the order given."""
    return tuple(
        NoteShown(
            note=note, words=words_of(office, note), by=person_name(note.by), shift=shift_name(office, note.shift),
            readers=names_of(tuple(note.read)),
        )
        for note in notes
    )  # fmt: skip


def duty_now(viewer: Viewer, now: datetime) -> DutyNow | None:
    """Duty at the office of ``viewer``; None where there is no roster."""
    office = viewer.office
    if office not in current_pack().rosters:
        return None
    current = on_duty(office, now)
    following = slot_after(office, current[-1].slot) if current else None
    notes = notes_shown(office, unread(office, viewer.person, now))
    listed = tuple((one, names_of(one.people)) for one in current)
    return DutyNow(office=office, now=listed, following=following, notes=notes)


def hours_of(slot: Slot) -> str:
    """From when to when a shift goes, on the wall clock: 16:00–24:00."""
    ends = gettext("次日 {time}").format(time=f"{slot.shift.until:%H:%M}") if _passes_midnight(slot) else ""
    until = "24:00" if f"{slot.shift.until:%H:%M}" == "00:00" else f"{slot.shift.until:%H:%M}"
    return f"{slot.shift.since:%H:%M}–{ends or until}"


def _passes_midnight(slot: Slot) -> bool:
    return slot.shift.until <= slot.shift.since and f"{slot.shift.until:%H:%M}" != "00:00"
