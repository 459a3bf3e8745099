"""What holds for every clock, whatever happened: checked against a plain recount."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.deadlines.calendar import Calendar
from driftbox.domain.deadlines.clocks import Happening, Reading, compute_due, read_clocks
from driftbox.domain.deadlines.counting import Span
from driftbox.domain.deadlines.rules import ClockRule, Pause
from driftbox.domain.text import Text

ZONE = ZoneInfo("Asia/Shanghai")
FIRST = date(2026, 3, 1)
NOW = datetime(2026, 12, 31, 12, tzinfo=ZONE)
NAME = Text(zh="时限", en="Clock")

offsets = st.integers(0, 120)
days = offsets.map(lambda n: FIRST + timedelta(days=n))
calendars = st.builds(
    lambda off, work: Calendar(ZONE, {2026: off - work}, {2026: work}),
    st.frozensets(days, max_size=12),
    st.frozensets(days, max_size=6),
)
units = st.sampled_from(["calendar", "working"])
kinds = st.sampled_from(["start", "stop", "open", "close", "extend"])
moments = st.builds(
    lambda n, hour: datetime(2026, 3, 1, tzinfo=ZONE) + timedelta(days=n, hours=hour), offsets, st.integers(0, 23)
)
histories = st.lists(st.builds(Happening, kinds, moments, st.integers(0, 40)), max_size=9)
pauses = st.lists(st.builds(lambda a, n: Span(a, a + timedelta(days=n)), days, st.integers(0, 20)), max_size=3)
rules = st.builds(
    lambda limit, unit, rolls, most: ClockRule(
        id="clock",
        procedure="errand",
        name=NAME,
        starts="start",
        stops=("stop",),
        limit=limit,
        unit=unit,
        basis="条",
        in_force_from=date(2026, 1, 1),
        extends="extend",
        extension_max=most,
        pauses=(Pause(opens="open", closes="close", reason=NAME, article="条"),),
        rolls=rolls,
    ),
    st.integers(1, 60),
    units,
    st.booleans(),
    st.integers(0, 30),
)


def read(rule: ClockRule, history: Sequence[Happening], calendar: Calendar) -> tuple[Reading, ...]:
    return read_clocks([rule], history, calendar, NOW)


@given(rules, histories.flatmap(lambda history: st.tuples(st.just(history), st.permutations(history))), calendars)
def test_the_order_of_arrival_never_matters(
    rule: ClockRule, histories: tuple[list[Happening], list[Happening]], calendar: Calendar
) -> None:
    history, shuffled = histories
    assert read(rule, shuffled, calendar) == read(rule, history, calendar)


@given(days, rules, calendars, pauses)
def test_pausing_never_shortens(start: date, rule: ClockRule, calendar: Calendar, paused: list[Span]) -> None:
    assert count(start, rule, calendar, tuple(paused)) >= count(start, rule, calendar, ())


@given(rules, histories, calendars)
def test_an_extension_is_never_longer_than_the_law_allows(
    rule: ClockRule, history: list[Happening], calendar: Calendar
) -> None:
    for reading in read(rule, history, calendar):
        assert 0 <= reading.extended <= rule.extension_max


@given(rules, histories, calendars)
def test_what_comes_after_the_first_stop_changes_nothing(
    rule: ClockRule, history: list[Happening], calendar: Calendar
) -> None:
    for reading in read(rule, history, calendar):
        if reading.stopped is not None:
            later = [Happening(kind, NOW, 9) for kind in ("start", "stop", "open", "close", "extend")]
            assert read(rule, [*history, *later], calendar) == (reading,)


@given(rules, histories, calendars)
def test_a_clock_never_ends_before_it_starts(rule: ClockRule, history: list[Happening], calendar: Calendar) -> None:
    for reading in read(rule, history, calendar):
        assert reading.due is not None
        assert reading.due > reading.starts
        assert rule.unit == "calendar" or not calendar.is_rest_day(reading.due)


@given(rules, histories, calendars)
def test_a_verdict_agrees_with_its_days(rule: ClockRule, history: list[Happening], calendar: Calendar) -> None:
    for reading in read(rule, history, calendar):
        assert reading.due is not None
        if reading.stopped is not None:
            assert (reading.verdict == "met") == (reading.stopped <= reading.due)
        else:
            assert (reading.verdict == "overdue") == (NOW.date() > reading.due)


@given(days, rules, calendars, pauses)
def test_a_plain_recount_agrees(start: date, rule: ClockRule, calendar: Calendar, paused: list[Span]) -> None:
    out = {span.first + timedelta(days=n) for span in paused for n in range((span.last - span.first).days + 1)}
    ahead = [start + timedelta(days=n) for n in range(1, 400)]
    counted = [day for day in ahead if day not in out and not (rule.unit == "working" and calendar.is_rest_day(day))]
    last = counted[(rule.limit or 0) - 1]
    if rule.rolls and calendar.is_rest_day(last):
        last = next(day for day in ahead if day > last and day not in out and not calendar.is_rest_day(day))
    assert count(start, rule, calendar, tuple(paused)) == last


def count(start: date, rule: ClockRule, calendar: Calendar, paused: tuple[Span, ...]) -> date:
    return compute_due(start, rule.limit or 0, rule.unit, calendar, rule.rolls, paused).day
