from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.simulation.agenda import Agenda
from driftbox.domain.simulation.chance import Chance
from driftbox.domain.simulation.hours import Opening, next_open, next_weekday, working_days_on
from driftbox.domain.simulation.measures import Figures, interval, over_runs, quantile

MONDAY = datetime(2026, 3, 2, 7, tzinfo=UTC)
OPEN = (Opening(since=time(8, 30), until=time(11, 30)), Opening(since=time(13, 30), until=time(17)))


def weekend(day):
    return day.isoweekday() > 5


@given(st.text(max_size=20), st.integers(1, 40))
def test_one_seed_is_one_stream(seed, count):
    one, other = Chance(seed), Chance(seed)
    assert [one.bits() for _ in range(count)] == [other.bits() for _ in range(count)]
    assert len(one.octets(count)) == count


def test_drawing_from_one_stream_does_not_move_another():
    whole = Chance("7")
    before = whole.apart("weather").bits()
    whole.bits()
    assert whole.apart("weather").bits() == before != whole.apart("asks").bits()


@given(st.text(max_size=8), st.floats(0, 10), st.floats(0, 10), st.floats(0, 10))
def test_a_spread_stays_between_its_ends(seed, low, more, most):
    usual, high = low + more, low + more + most
    assert low - 1e-9 <= Chance(seed).between(low, usual, high) <= high + 1e-9


def test_weights_are_kept_in_the_long_run_and_counts_have_their_mean():
    chance = Chance("long run")
    drawn = [chance.weighed({"a": 3, "b": 1, "never": 0}) for _ in range(4000)]
    assert 0.72 < drawn.count("a") / 4000 < 0.78
    assert "never" not in drawn
    assert 7.8 < sum(chance.count(8) for _ in range(2000)) / 2000 < 8.2
    assert sum(chance.yes(0.1) for _ in range(4000)) == pytest.approx(400, abs=60)


def test_the_agenda_goes_by_time_and_then_by_turn():
    agenda = Agenda()
    for at, what in ((2, "later"), (1, "first"), (1, "second"), (9, "too late")):
        agenda.put(MONDAY + timedelta(hours=at), what)
    seen = []
    while (event := agenda.next_before(MONDAY + timedelta(hours=9))) is not None:
        seen.append(event.what)
    assert (seen, len(agenda)) == (["first", "second", "later"], 1)


def test_what_comes_too_late_waits_until_somebody_is_there():
    assert next_open(MONDAY, OPEN, weekend) == MONDAY.replace(hour=8, minute=30)
    assert next_open(MONDAY.replace(hour=12), OPEN, weekend) == MONDAY.replace(hour=13, minute=30)
    friday_night = datetime(2026, 3, 6, 18, tzinfo=UTC)
    assert next_open(friday_night, OPEN, weekend) == datetime(2026, 3, 9, 8, 30, tzinfo=UTC)
    assert working_days_on(date(2026, 3, 6), 2, weekend) == date(2026, 3, 10)
    assert next_weekday(friday_night, 5, time(8, 30)) == datetime(2026, 3, 13, 8, 30, tzinfo=UTC)


def test_an_interval_is_students():
    assert quantile(1) == 12.706
    assert quantile(60) == pytest.approx(2.0003, abs=2e-4)  # the printed tables have 2.000
    held = interval([1.0, 2.0, 3.0])
    assert (held.mean, held.runs) == (2.0, 3)
    assert held.half == pytest.approx(4.303 / 3**0.5)
    assert interval([5.0]).half is None
    assert interval([]) is None


def test_a_figure_that_cannot_be_told_is_left_out_of_the_mean():
    run = {"cases": 1, "closed": 1, "on_time": None, "trips": 0.0, "boxes": 0, "incidents": 0, "contested": 0,
           "second_asks": 0}  # fmt: skip
    over = over_runs([Figures(median_days=None, **run), Figures(median_days=4.0, **run)])
    assert over["on_time"] is None
    assert (over["median_days"].mean, over["median_days"].runs) == (4.0, 1)
