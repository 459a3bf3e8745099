"""When a node meets the hub by itself again."""

from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.sync.rhythm import LEAST, MOST, wait_for


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 1 << 64))
def test_it_never_waits_for_nothing_and_never_for_ever(every, failures, chance):
    assert LEAST * 0.8 <= wait_for(every, failures, chance) <= max(every, MOST) * 1.2


@given(st.integers(15, 3600), st.integers(0, 20), st.integers(0, 1 << 64))
def test_it_waits_longer_after_a_failure(every, failures, chance):
    assert wait_for(every, failures, chance) <= wait_for(every, failures + 1, chance)


def test_stations_do_not_all_come_at_once():
    assert len({round(wait_for(300, 0, chance)) for chance in range(0, 2001, 100)}) > 15
