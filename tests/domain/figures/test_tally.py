"""Counts that are put together in any order and taken apart again, and what is told of them."""

from statistics import mean

from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.figures.tally import Cell, Tally, merged, tally_of

VALUES = st.lists(st.integers(0, 400), min_size=5, max_size=60)


def of(values):
    tally = Tally()
    for value in values:
        tally.add(str(value), 1, value)
    return tally


@given(VALUES, VALUES)
def test_two_tallies_together_are_the_tally_of_all(some, others):
    assert merged([of(some), of(others)]).cells == of(some + others).cells
    assert merged([of(others), of(some)]).cells == of(some + others).cells


@given(VALUES, VALUES)
def test_what_was_added_can_be_taken_out(some, others):
    tally = of(some + others)
    for value in others:
        tally.add(str(value), -1, -value)
    assert tally.cells == of(some).cells


@given(VALUES)
def test_quartiles_are_values_that_occur_and_split_the_rest(values):
    low, middle, high = of(values).quartiles()
    for part, value in ((0.25, low), (0.5, middle), (0.75, high)):
        assert value in values
        assert sum(one <= value for one in values) >= part * len(values)
        assert sum(one < value for one in values) < part * len(values)


@given(VALUES)
def test_the_mean_is_told_to_the_hundredth(values):
    assert abs(of(values).hundredths() / 100 - mean(values)) <= 0.005 + 1e-9


def test_of_four_things_no_share_mean_or_median_is_told():
    four = tally_of({"yes": (3, 3), "no": (1, 0), "none": (40, 0)})
    assert (four.per_mille(["yes"]), four.hundredths(), of([1, 2, 3, 4]).quartiles()) == (None, None, None)


def test_a_share_leaves_out_those_of_which_nothing_is_known():
    assert tally_of({"yes": (3, 0), "no": (3, 0), "none": (94, 0)}).per_mille(["yes"]) == 500


def test_what_came_to_nothing_is_forgotten():
    tally = Tally()
    tally.add("yes", 1, 0)
    tally.add("yes", -1, 0)
    assert tally.cells == {}
    assert Cell(1, 2) + Cell(3, 4) == Cell(4, 6)
