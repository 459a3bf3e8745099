"""What the forms of a roster offer: shifts around today, people by name."""

from datetime import date, timedelta

from driftbox.apps.pack import calendar
from driftbox.apps.people.queries import colleagues, colleagues_at
from driftbox.apps.roster.queries import load, members_of, next_duties, rules_of
from driftbox.domain.planning.roster import DAY, Slot, slots_on
from driftbox.web.base.telling import said
from driftbox.web.roster.forms import STAFF, Choices, slot_choices

AHEAD = timedelta(days=45)


def slots_around(office: str, today: date) -> list[Slot]:
    """The shifts of an office from two days ago to some weeks ahead."""
    days = [today - 2 * DAY + n * DAY for n in range(AHEAD.days)]
    return [slot for day in days for slot in slots_on(rules_of(office), day, calendar())]


def people_at(office: str) -> list[tuple[str, str]]:
    """Who shares the shifts of an office, by name."""
    known = colleagues()
    members = members_of(office, load(office).book)
    return [(one.person, known[one.person].name) for one in members if one.person in known]


def staff_at(office: str) -> list[tuple[str, str]]:
    """Everybody who works at an office, by name: who can be put on duty, and whose leave is written down."""
    return [(one.person, one.name) for one in colleagues_at(office)]


def choices_for(office: str, today: date) -> dict[str, Choices]:
    """What every form of the office's roster may offer."""
    shifts = [(one.code, said(one.name)) for one in rules_of(office).shifts]
    slots = slot_choices(slots_around(office, today))
    return {"slot": slots, "back": slots, "person": people_at(office), STAFF: staff_at(office), "fixed": shifts}


def my_choices(office: str, person: str, today: date) -> dict[str, Choices]:
    """What somebody's own page offers: their shifts, the shifts of others, colleagues."""
    mine = [slot for slot in next_duties(person, office, today) if slot.day >= today]
    keys = {(slot.day, slot.shift.code) for slot in mine}
    others = [slot for slot in slots_around(office, today) if slot.day >= today]
    others = [slot for slot in others if (slot.day, slot.shift.code) not in keys]
    people = [one for one in people_at(office) if one[0] != person]
    return {"slot": slot_choices(mine), "back": slot_choices(others), "person": people}
