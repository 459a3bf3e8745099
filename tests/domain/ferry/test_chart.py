"""The sea chart: fewer points near the same line, short paths, and a boat that stays on its way."""

from itertools import pairwise
from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.ferry.chart import Frame, along, between, path_of, simplified

COORDINATE = st.floats(-500, 500, allow_nan=False)
LINES = st.lists(st.tuples(COORDINATE, COORDINATE), min_size=2, max_size=40)


def far(spot, start, end):
    """How far a point is from the stretch between two others, found without the code under test."""
    steps = [n / 400 for n in range(401)]
    return min(hypot(spot[0] - start[0] - s * (end[0] - start[0]), spot[1] - start[1] - s * (end[1] - start[1]))
               for s in steps)  # fmt: skip


def test_a_degree_of_longitude_is_shorter_than_one_of_latitude():
    frame = Frame(west=122, east=123, south=29.5, north=30.5)
    assert frame.place((122, 30.5)) == (0, 0)
    assert frame.place((123, 30.5))[0] == 1000
    assert 1150 < frame.height < 1160


@given(LINES)
def test_what_is_left_begins_and_ends_where_the_line_does_and_adds_nothing(line):
    left = simplified(line, 5)
    assert (left[0], left[-1]) == (line[0], line[-1])
    assert [spot for spot in line if spot in left][: len(left)]
    assert len(left) <= len(line)


def test_a_point_that_sticks_out_stays_and_one_near_the_line_goes():
    assert simplified([(0, 0), (5, 0.4), (10, 0)], 1) == [(0, 0), (10, 0)]
    assert simplified([(0, 0), (5, 4), (10, 0)], 1) == [(0, 0), (5, 4), (10, 0)]


@given(LINES, st.floats(0, 1))
def test_a_boat_is_always_on_its_way(line, share):
    spot = along(line, share)
    assert min(far(spot, *pair) for pair in pairwise(line)) <= 5


def test_a_boat_is_where_its_time_says():
    line = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)]
    assert along(line, 0) == (0, 0)
    assert along(line, 0.25) == (5, 0)
    assert along(line, 1) == (10, 10)
    assert along(line, 7) == (10, 10)


def test_the_part_between_two_piers_runs_the_way_the_boat_does():
    line = [(0.0, 0.0), (10.0, 0.0), (20.0, 0.0)]
    assert between(line, (11, 1), (0, 1)) == [(10, 0), (0, 0)]
    assert between(line, (0, 1), (1, 1)) == [(0, 1), (1, 1)]


def test_a_path_is_written_in_steps():
    assert path_of([(1, 2), (4, 1), (4, 1.2), (10, 10)]) == "M1 2l3 -1 6 9"
    assert path_of([(0, 0), (2, 2), (0, 4)], closed=True) == "M0 0l2 2-2 2z"
    assert path_of([]) == ""
