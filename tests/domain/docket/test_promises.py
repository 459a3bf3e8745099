"""However a storm is announced, corrected and called off, each family hears of it once, and once that it is over."""

from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.docket.promises import is_news
from driftbox.domain.docket.state import Promise

GIVEN = Promise("2026-06-15", 0, subject_to_boats=False, basis="forecast")


def moved(halts):
    return Promise("2026-06-20", 0, subject_to_boats=bool(halts), basis="boats", halts=tuple(sorted(halts)))


@given(st.lists(st.sets(st.sampled_from(["wind", "fog", "typhoon"])), max_size=20))
def test_each_suspension_is_told_once_and_each_recovery_once(weather):
    promises, told, recoveries, storms = [GIVEN], [], 0, 0
    for halts in weather:
        storms += bool(halts) and not promises[-1].subject_to_boats
        known = {halt for one in promises for halt in one.halts}
        promises.append(moved(halts))
        if is_news(promises):
            told += sorted(halts - known)
            recoveries += not halts
    assert len(told) == len(set(told))
    assert set(told) == set().union(*weather)
    assert recoveries <= storms


def test_the_same_storm_with_another_end_is_not_news():
    assert is_news([GIVEN, moved({"wind"})])
    assert not is_news([GIVEN, moved({"wind"}), moved({"wind"})])
    assert is_news([GIVEN, moved({"wind"}), moved({"wind", "fog"})])


def test_that_boats_go_again_is_news_to_whoever_waited_only():
    assert is_news([GIVEN, moved({"wind"}), moved(())])
    assert not is_news([GIVEN, moved(())])
