"""Rosters from a file of lines ``date,shift,who``: read whole, every fault with its line, nothing half."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, Literal

from msgspec import Struct

from driftbox.domain.planning.roster import Duty, Slot, Task, slot_of
from driftbox.domain.planning.roster_book import day_of

What = Literal["columns", "day", "month", "shift", "no_slot", "person", "twice", "overlap", "rest", "too_many"]
COLUMNS: Final = 3
MOST_LINES: Final = 5000


class FileFault(Struct, frozen=True):
    """One line that cannot stand, and the earlier line that it clashes with (0: none)."""

    line: int
    what: What
    said: str = ""
    other: int = 0


class FileRoster(Struct, frozen=True):
    """What a file says: its duties, and its faults; with faults it is not used."""

    duties: tuple[Duty, ...]
    faults: tuple[FileFault, ...]


def read_roster(text: str, task: Task, people: Mapping[str, str]) -> FileRoster:
    """The roster in ``text`` for the days of ``task``; ``people`` gives the person id for a user name or a name.

    A first line of headings is passed over; so are empty lines. One person has at most one shift a day.
    """
    read: list[tuple[int, Duty]] = []
    faults: list[FileFault] = []
    for number, row in _rows(text):
        if number > MOST_LINES:
            return FileRoster((), (FileFault(number, "too_many"),))
        found = _duty(row, task, people)
        if isinstance(found, Duty):
            read.append((number, found))
        else:
            faults.append(FileFault(number, *found))
    faults += _clashes(read, task)
    return FileRoster(tuple(sorted(duty for _number, duty in read)), tuple(sorted(faults, key=lambda one: one.line)))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.removeprefix("\ufeff").replace("，", ",").splitlines(), start=1):
        row = [cell.strip() for cell in next(csv.reader(io.StringIO(line)), [])]
        heading = number == 1 and row and not row[0][:1].isdigit()
        if any(row) and not heading:
            yield number, row


def _duty(row: list[str], task: Task, people: Mapping[str, str]) -> Duty | tuple[What, str]:
    if len(row) != COLUMNS:
        return "columns", str(len(row))
    day, shift, who = row
    when = day_of(day)
    if when is None:
        return "day", day[:20]
    if when not in task.days:
        return "month", day
    code = next((one.code for one in task.rules.shifts if shift in {one.code, one.name.zh, one.name.en}), "")
    if not code:
        return "shift", shift[:20]
    if not any((slot.day, slot.shift.code) == (when, code) for slot in _on(task, when)):
        return "no_slot", shift
    return Duty(when, code, people[who]) if who in people else ("person", who[:20])


def _on(task: Task, day: date) -> Iterator[Slot]:
    return (slot for slot in task.slots() if slot.day == day)


def _clashes(read: list[tuple[int, Duty]], task: Task) -> Iterator[FileFault]:
    """Two lines that put one person in two places, or one after the other without rest."""
    for place, (number, duty) in enumerate(read):
        for earlier, other in read[:place]:
            if other.person == duty.person:
                what = _clash(task, other, duty)
                if what:
                    yield FileFault(number, what, other=earlier)
                    break


def _clash(task: Task, one: Duty, other: Duty) -> What | None:
    if one == other:
        return "twice"
    slots = sorted(filter(None, (slot_of(task.rules, one), slot_of(task.rules, other))), key=lambda slot: slot.since)
    if one.day == other.day or slots[1].since < slots[0].until:
        return "overlap"
    hours = task.rules.rest_after_night if slots[0].shift.night else task.rules.rest_hours
    return "rest" if (slots[1].since - slots[0].until).total_seconds() < hours * 3600 else None
