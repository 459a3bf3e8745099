"""Where nobody is: each gap found once, each with a mend."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.cast import PACK, key

from driftbox.domain.planning.agents import Agent
from driftbox.domain.planning.cover import Ground, Matter, Shift, Spot, gaps, unstaffed
from driftbox.domain.text import Text

TODAY = date(2026, 5, 12)
POINT = Spot(code="V1", name=Text(zh="公前村", en="Gongqian"), island="桃花岛", station="ST06")
OTHER = Spot(code="V2", name=Text(zh="塔湾村", en="Tawan"), island="桃花岛", station="ST06")
STATION = Spot(code="ST06", name=Text(zh="桃花", en="Taohua"), island="桃花岛", station="ST06")
PETITION = Matter(code="XF-QIUJUE", name=Text(zh="申诉求决", en="Redress"), needs=("petition",))
MONDAY = Shift(1, 480, 1020)


def agent(number, office="V1", **more):
    known = {"name": f"某{number}", "station": "ST06", "island": "桃花岛", "may": ("carry", "petition"), "at_once": 3,
             "until": date(2027, 1, 1)}  # fmt: skip
    return Agent(person=key(number), office=office, **{**known, **more})


def found(agents, **more):
    ground = Ground(points=(POINT, OTHER), stations=(STATION,), agents=agents, **more)
    return [(gap.what, gap.office, gap.person) for gap in gaps(ground, TODAY, PACK.agents)]


def test_a_point_without_an_agent_is_named_with_who_could_stand_in():
    assert found([agent(101)]) == [("point", "V2", key(101))]


def test_an_agent_who_is_away_or_no_longer_authorised_is_nobody():
    away = found([agent(101), agent(102, "V2", away="ill")])
    over = found([agent(101), agent(102, "V2", until=date(2026, 5, 11))])
    assert away == over == [("point", "V2", key(101))]


def test_an_authorisation_that_ends_soon_is_said_before_it_ends():
    assert found([agent(101), agent(102, "V2", until=date(2026, 5, 30))]) == [("ending", "V2", key(102))]


def test_a_matter_that_nobody_of_the_station_may_do():
    squad = [agent(101, may=("carry",)), agent(102, "V2", may=("carry",))]
    assert found(squad, matters=(PETITION,)) == [("matter", "ST06", "")]


def test_hours_that_nobody_covers_are_named():
    squad = [agent(101), agent(102, "V2")]
    shifts = {key(101): (Shift(1, 480, 720),)}
    ground = Ground(points=(POINT, OTHER), stations=(STATION,), agents=squad, wanted={"ST06": (MONDAY,)}, shifts=shifts)
    (gap,) = gaps(ground, TODAY, PACK.agents)
    assert gap.words.zh == "没人当班：周一 12:00–17:00"
    assert gap.mend.zh
    assert gap.mend.en


SHIFTS = st.lists(
    st.tuples(st.integers(1, 7), st.integers(0, 1439), st.integers(1, 400)).map(
        lambda t: Shift(t[0], t[1], min(1440, t[1] + t[2]))
    ),
    max_size=6,
)


def minutes(shifts):
    return {(one.weekday, minute) for one in shifts for minute in range(one.since, one.until)}


@given(SHIFTS, SHIFTS)
def test_what_is_unstaffed_is_every_wanted_minute_in_which_nobody_is_there(wanted, there):
    assert minutes(unstaffed(wanted, there)) == minutes(wanted) - minutes(there)
