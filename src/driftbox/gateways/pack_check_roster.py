"""Checks of the rosters of a pack: offices that are there, shifts that can be told apart and leave no hour open."""

from collections.abc import Iterator

from driftbox.domain.planning.roster import RosterRules
from driftbox.domain.planning.roster_check import unstaffed_hours
from driftbox.domain.text import Text
from driftbox.gateways.pack import Office
from driftbox.gateways.pack_faults import Fault, leads_nowhere, said_twice
from driftbox.gateways.pack_rows import Row, Rows

_WEEK = 168  # hours


def roster_faults(rows: Rows) -> Iterator[Fault]:
    """Rosters of offices that are not there, twice for one office, and rules that cannot be kept."""
    seen: dict[str, Row[RosterRules]] = {}
    for row in rows.rosters:
        office = row.value.office
        if not rows.has(Office, office):
            yield row.fault(*leads_nowhere("机构", "office", office), "office")
        first = seen.setdefault(office, row)
        if first is not row:
            yield row.fault(*said_twice(office, f"{first.sheet.file}:{first.sheet.line((*first.path, 'office'))}"))
        yield from _shifts(row)
        yield from _hours(row)
    phones = [row for row in rows.rosters if row.value.answers_phone]
    for row in phones[1:]:
        what = Text(zh="两处都写了接总机", en="Two offices answer the house's number")
        yield row.fault(what, Text(zh="只留一处", en="Leave it to one"), "answers_phone")


def _shifts(row: Row[RosterRules]) -> Iterator[Fault]:
    rules, codes = row.value, [shift.code for shift in row.value.shifts]
    if not rules.shifts:
        what = Text(zh="没有写班次", en="No shift is named")
        yield row.fault(what, Text(zh="至少写一个 [[roster.shifts]]", en="Write one [[roster.shifts]] at least"))
    for place, shift in enumerate(rules.shifts):
        if codes.index(shift.code) != place:
            yield row.fault(*said_twice(shift.code, f"shifts {codes.index(shift.code) + 1}"), "shifts", place, "code")
        if max(shift.skills.values(), default=0) > shift.people:
            what = Text(zh="要的本事比人还多", en="More people with a skill are asked for than people")
            remedy = Text(zh="把 people 写多，或把 skills 写少", en="Raise `people`, or lower `skills`")
            yield row.fault(what, remedy, "shifts", place, "skills")


def _hours(row: Row[RosterRules]) -> Iterator[Fault]:
    gaps = unstaffed_hours(row.value) if row.value.all_day and row.value.shifts else ()
    for since, until in gaps:
        span = f"{since // 60:02}:{since % 60:02}–{until // 60:02}:{until % 60:02}"
        what = Text(zh=f"上班的日子 {span} 没有人当班", en=f"Nobody is on duty from {span} on working days")
        remedy = Text(zh="补一个班次，或去掉 all_day", en="Add a shift, or take `all_day` away")
        yield row.fault(what, remedy, "all_day")
    nights = [shift for shift in row.value.shifts if shift.night]
    if nights and row.value.rest_after_night + 1 > _WEEK:
        what = Text(zh="夜班下来歇一周，下一周就没有人了", en="With a week of rest after a night nobody is left")
        yield row.fault(what, Text(zh="写少些", en="Lower it"), "rest_after_night")


def reception_faults(rows: Rows) -> Iterator[Fault]:
    """Reception days of offices that are not there, on no day or two, or that end before they begin."""
    for row in rows.reception_days:
        one = row.value
        if not rows.has(Office, one.office):
            yield row.fault(*leads_nowhere("机构", "office", one.office), "office")
        if bool(one.weekday) == bool(one.month_day):
            what = Text(zh="要么写星期几，要么写每月几号", en="Say a weekday or a day of the month, one of the two")
            yield row.fault(what, Text(zh="weekday、month_day 留一个", en="Leave `weekday` or `month_day`"))
        if one.until <= one.since:
            what = Text(zh="还没开始就结束了", en="It ends before it begins")
            yield row.fault(what, Text(zh="改 until，要比 since 晚", en="Mend `until`; it is after `since`"), "until")
