import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.errors import Refused
from driftbox.domain.planning.solomon import Routes, read_solomon

SQUARE = """Q004

VEHICLE
NUMBER     CAPACITY
  2         20

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE TIME

    0      0         0          0          0        100          0
    1      3         0         10          0         50         10
    2      3         4         10          0         50         10
    3      0         4         10         90         95          1
"""


def test_distances_are_straight_and_unrounded():
    square = read_solomon(SQUARE)
    assert (square.name, square.vehicles, square.capacity) == ("Q004", 2, 20)
    assert Routes(((1, 2), (3,))).distance(square) == pytest.approx(3 + 4 + 5 + 8)


def test_windows_loads_and_the_way_home_are_kept():
    square = read_solomon(SQUARE)
    assert square.holds((1, 2))
    assert not square.holds((1, 2, 3))  # too much to carry
    assert square.holds((3,))
    assert not square.holds((3, 1))  # too late for it


def test_what_is_wrong_with_routes_is_named():
    square = read_solomon(SQUARE)
    assert Routes(((1, 2), (3,))).faults(square) == ()
    assert Routes(((1,), (2,), (3,))).faults(square) == ("fleet",)
    assert Routes(((3, 1), (2, 2))).faults(square) == ("window:0", "twice:2")
    assert Routes(((1, 2),)).faults(square) == ("missing:3",)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  2         20", "", "rounds.fleet"),
        ("  2         20", "  0         20", "rounds.fleet"),
        ("    2      3", "    4      3", "rounds.customers"),
        ("    3      0         4         10", "    3      0         4", "rounds.line"),
        ("    3      0", "    3      x", "rounds.customers"),
        ("90         95", "95         90", "rounds.line"),
    ],
)
def test_a_file_that_is_no_instance_is_refused_with_a_sentence(old, new, code):
    text = SQUARE.replace(old, new)
    if code == "rounds.customers" and "x" in new:
        text += "    4      0         4         10         90         95          1\n"
    with pytest.raises(Refused) as refusal:
        read_solomon(text)
    assert refusal.value.code == code


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text):
    try:
        read_solomon(text)
    except Refused:
        return
