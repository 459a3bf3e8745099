"""The words of a forecast: each step as a neighbour at the pier would say it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from driftbox.domain.deadlines.calendar import Calendar
from driftbox.domain.deadlines.counting import Span, spans
from driftbox.domain.deadlines.rules import Unit
from driftbox.domain.text import Text

_WEEKDAYS: Final = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_UNITS: Final = {"calendar": Text(zh="天", en="days"), "working": Text(zh="个工作日", en="working days")}

NO_HOURS = Text(
    zh="{name}几点开门没有写，说不准", en="The hours of {name} are not known, so no day can be told"
)  # fmt: skip
NO_SHIFT = Text(
    zh="{name}的代办员哪天当班没有写，说不准", en="No agent's shift is known for {name}, so no day can be told"
)
NO_PIER = Text(zh="{name}靠哪个码头没有写，说不准", en="The pier of {name} is not known, so no day can be told")
NO_BOAT = Text(
    zh="从{origin}到{target}，没有查到能坐的船，说不准哪天到",
    en="No boat from {origin} to {target} is known, so no day can be told",
)
NO_DAYS = Text(
    zh="办事依据里没有写部门办几天，说不准哪天办好",
    en="The source gives no number of days for the department, so no day can be told",
)


def fill(text: Text, **names: Text) -> Text:
    """``text`` with its gaps filled in each language."""
    return Text(
        zh=text.zh.format(**{key: name.zh for key, name in names.items()}),
        en=text.en.format(**{key: name.en for key, name in names.items()}),
    )


def day_text(day: date) -> Text:
    """A day with its weekday."""
    return Text(zh=f"{day.month}月{day.day}日 {_WEEKDAYS[day.weekday()]}", en=f"{day:%A} {day.day} {day:%B}")


def moment_text(moment: datetime, zone: tzinfo) -> Text:
    """A day and a time of day on the clock of the place."""
    local = moment.astimezone(zone)
    day, clock = day_text(local.date()), clock_text(moment, zone)
    return Text(zh=f"{day.zh} {clock}", en=f"{day.en}, {clock}")


def clock_text(moment: datetime, zone: tzinfo) -> str:
    """A time of day, 24 hours, no seconds."""
    local = moment.astimezone(zone)
    return f"{local.hour}:{local.minute:02d}"


def sail_text(origin: Text, target: Text, depart: datetime, arrive: datetime, zone: tzinfo) -> Text:
    """Which boat."""
    left, there = moment_text(depart, zone), clock_text(arrive, zone)
    if depart.astimezone(zone).date() != arrive.astimezone(zone).date():
        return Text(
            zh=f"坐{origin.zh} {left.zh} 的船，{moment_text(arrive, zone).zh} 到{target.zh}",
            en=f"On the boat from {origin.en} of {left.en}, in {target.en} on {moment_text(arrive, zone).en}",
        )
    return Text(
        zh=f"坐{origin.zh} {left.zh} 的船，{there} 到{target.zh}",
        en=f"On the boat from {origin.en} of {left.en}, in {target.en} at {there}",
    )


def walk_text(origin: Text, target: Text, depart: datetime, arrive: datetime, zone: tzinfo) -> Text:
    """A stretch over land between two piers."""
    left, there = moment_text(depart, zone), clock_text(arrive, zone)
    return Text(
        zh=f"{left.zh} 从{origin.zh}走陆路，{there} 到{target.zh}",
        en=f"By land from {origin.en} on {left.en}, in {target.en} at {there}",
    )


def closes_text(moment: datetime, zone: tzinfo) -> Text:
    """Until when the box is open for that boat."""
    clock = clock_text(moment, zone)
    return Text(zh=f"{clock} 前放进箱，赶得上", en=f"In the box by {clock}, it is in time")


def unit_text(days: int, unit: Unit) -> Text:
    """A number of days and what is counted."""
    one = _UNITS[unit]
    return Text(zh=f"{days} {one.zh}", en=f"{days} {one.en}")


def shut_text(name: Text, since: datetime, until: datetime, calendar: Calendar) -> Text | None:
    """Why one waits from ``since`` until a door opens: rest days in between, or only the hours."""
    if since == until:
        return None
    rest, opens = _rest_days(since, until, calendar), clock_text(until, calendar.zone)
    if not rest:
        return Text(zh=f"{name.zh} {opens} 才开", en=f"{name.en} opens at {opens}")
    dates = _dates(rest)
    return Text(zh=f"{dates.zh}休息，{name.zh}不开", en=f"{name.en} is shut on {dates.en}, days of rest")


def off_shift_text(since: datetime, until: datetime, calendar: Calendar) -> Text | None:
    """Why one waits from ``since`` for an agent who comes on shift at ``until``."""
    if since == until:
        return None
    rest, begins = _rest_days(since, until, calendar), clock_text(until, calendar.zone)
    if not rest:
        return Text(zh=f"代办员 {begins} 才当班", en=f"No agent is on shift before {begins}")
    dates = _dates(rest)
    return Text(zh=f"{dates.zh}休息，代办员不当班", en=f"No agent is on shift on {dates.en}, days of rest")


def _rest_days(since: datetime, until: datetime, calendar: Calendar) -> list[date]:
    """The rest days from that of ``since`` to the day before that of ``until``."""
    first, last = calendar.local_date(since), calendar.local_date(until)
    days = [first + timedelta(days=n) for n in range((last - first).days)]
    return [day for day in days if calendar.is_rest_day(day)]


def _dates(days: Sequence[date]) -> Text:
    """Days as people say them, those in a row drawn together."""
    drawn = spans(days)
    return Text(zh="、".join(_span(one).zh for one in drawn), en=", ".join(_span(one).en for one in drawn))


def _span(one: Span) -> Text:
    first, last = one.first, one.last
    if first == last:
        return Text(zh=f"{first.month}月{first.day}日", en=f"{first.day} {first:%B}")
    return Text(
        zh=f"{first.month}月{first.day}日到{last.month}月{last.day}日",
        en=f"{first.day} {first:%B} to {last.day} {last:%B}",
    )
