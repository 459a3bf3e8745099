"""A clock that is counted afresh: what undid the first start starts nothing itself, and order never matters."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from tests.cast import PACK

from driftbox.domain.deadlines.calendar import Calendar
from driftbox.domain.deadlines.clocks import Happening, Reading, read_clocks

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = Calendar(ZONE, {y: d.off for y, d in PACK.years.items()}, {y: d.work for y, d in PACK.years.items()})
FIRST = datetime(2026, 3, 1, tzinfo=ZONE)
NOW = datetime(2026, 12, 31, 12, tzinfo=ZONE)
RULES = [rule for rule in PACK.clocks if rule.procedure == "petition"]
KINDS = sorted({k for r in RULES for k in (r.starts, *r.stops, r.extends, r.again, *(p.opens for p in r.pauses),
                                           *(p.closes for p in r.pauses)) if k})  # fmt: skip

QUICK = settings(max_examples=30)  # every reading counts every clock of the procedure
moments = st.integers(0, 4800).map(lambda hours: FIRST + timedelta(hours=hours))
histories = st.lists(st.builds(Happening, st.sampled_from(KINDS), moments, st.integers(0, 40)), max_size=12)


def read(history: Sequence[Happening], rules=RULES) -> dict[str, Reading]:
    return {reading.clock: reading for reading in read_clocks(rules, history, CALENDAR, NOW)}


@QUICK
@given(histories.flatmap(lambda history: st.tuples(st.just(history), st.permutations(history))))
def test_whatever_happens_to_a_petition_the_order_of_arrival_never_matters(both):
    history, shuffled = both
    assert read(shuffled) == read(history)


@QUICK
@given(histories)
def test_a_hearing_never_brings_the_last_day_forward(history):
    unpaused = [structs.replace(rule, pauses=()) for rule in RULES]
    without = read(history, unpaused)
    for clock, reading in read(history).items():
        assert reading.due >= without[clock].due


@QUICK
@given(histories)
def test_a_clock_starts_after_what_undid_it_if_it_started_again_at_all(history):
    for rule in (rule for rule in RULES if rule.again):
        undone = [h.at for h in history if h.kind == rule.again]
        afresh = [h.at for h in history if h.kind == rule.starts and undone and h.at >= max(undone)]
        reading = read(history).get(rule.id)
        if afresh:
            assert reading.starts == min(afresh).date()


@QUICK
@given(histories)
def test_no_clock_stops_before_it_starts_and_each_stops_once(history):
    for clock, reading in read(history).items():
        assert reading.stopped is None or reading.stopped >= reading.starts
        assert [one.clock for one in read_clocks(RULES, history, CALENDAR, NOW)].count(clock) == 1
