"""What a docket adds follows from its entries, however and in whatever order they come."""

from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from tests.cast import CHEN, FATHER, LIN, NIGHT, TABLES, entry, story

from driftbox.domain.custody.state import Box
from driftbox.domain.deadlines.calendar import Calendar
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.fold import fold
from driftbox.domain.docket.handover_entries import ActivityRecorded
from driftbox.domain.docket.incident import Incident
from driftbox.domain.docket.visit_entries import VisitMade
from driftbox.domain.figures.facts import World, box_facts, case_facts, change, resolved
from driftbox.domain.figures.listed import FIGURES, GROUPS
from driftbox.domain.log.entry import moment_text
from driftbox.domain.log.ids import millis

WORLD = World(Calendar(ZoneInfo("Asia/Shanghai"), {}, {}), frozenset({CHEN}))
NUMBER = 90


def facts(entries):
    return case_facts(fold(entries, TABLES), entries, (), WORLD)


def values(entries, figure):
    return {key[3]: pair for key, pair in facts(entries).items() if key[0] == figure}


def happening(one, hours):
    return structs.replace(one, at=moment_text(NIGHT + timedelta(hours=hours)))


@given(st.permutations(story()))
def test_the_order_of_arrival_makes_no_difference(entries):
    assert facts(entries) == facts(story())


@given(st.lists(st.sampled_from(story()), max_size=25), st.lists(st.integers(0, 17), max_size=6))
def test_taking_out_and_putting_in_comes_to_a_full_count(entries, cuts):
    kept, before = Counter(), {}
    for cut in [*cuts, len(entries)]:
        after = facts(entries[:cut])
        for key, count, _amount in change(before, after):
            kept[key] += count
        before = after
    assert {key: n for key, n in kept.items() if n} == {key: pair[0] for key, pair in facts(entries).items()}


def test_a_case_that_is_not_done_says_nothing_of_how_it_went():
    assert {key[0] for key in facts(story(e.CaseAccepted))} == {"opened", "matters", "parcels"}


def test_every_figure_of_done_cases_has_one_value_for_each_of_them():
    codes = [code for code, one in FIGURES.items() if one.of_done]
    assert [sum(count for count, _amount in values(story(), code).values()) for code in codes] == [1] * len(codes)


def test_going_oneself_is_a_trip_for_each_handing_in_and_each_fetching():
    assert values(story(), "trips_saved") == {"": (1, 2)}
    went = [*story(e.ResultCollected), entry(40, e.ResultDelivered(to=FATHER, proof="signature", place="C-BS",
            appeared="C-BS"), CHEN, "agent"), entry(41, e.CaseClosed(how="done"), LIN, "clerk")]  # fmt: skip
    assert values(went, "trips_saved") == {"": (1, 1)}
    assert values(went, "trips_per_case") == {"1": (1, 1)}


def test_a_boat_that_carried_papers_counts_there_and_back():
    assert values(story(), "boats_saved") == {"ZHANGZHOU>BAISHA": (1, 2)}


@pytest.mark.parametrize(
    ("figure", "hours"),
    [("papers_waiting", 10 + 4), ("papers_on_water", 20), ("papers_at_window", 8), ("papers_at_department", 48)],
)
def test_time_is_told_by_where_the_papers_were(figure, hours):
    at = {"materials.sent": 0, "task.claimed": 1, "parcel.loaded": 10, "parcel.landed": 30, "parcel.collected": 34,
          "materials.counted": 35, "materials.checked": 40, "case.accepted": 48, "decision.made": 96}  # fmt: skip
    entries = [happening(one, at[one.kind]) if one.kind in at else one for one in story()]
    late = [one if one.kind in at else happening(one, 200) for one in entries[9:]]
    assert values([*entries[:9], *late], figure) == {str(hours): (1, hours)}


def test_an_entry_that_is_contested_counts_for_nothing():
    visit = entry(NUMBER, VisitMade(outcome="done"), LIN, "nobody")
    assert values([*story(), visit], "home_visits") == {}


def test_time_of_volunteers_stands_apart_from_that_of_others():
    told = story(e.CaseAccepted)
    work = [entry(NUMBER, ActivityRecorded(minutes=40), CHEN, "agent")]
    docket = fold([*told, *work], TABLES)
    found = case_facts(docket, [*told, *work], (), structs.replace(WORLD, volunteers=frozenset()))
    assert values([*told, *work], "volunteer_hours") == {"volunteer": (1, 40)}
    assert found["volunteer_hours", "C-BS", "2026-05", "staff"] == (1, 40)


def test_an_incident_of_a_box_counts_where_the_box_stands():
    odd = Incident(entry="x", what="unknown_parcel", stage="open", opened_ms=millis(NIGHT))
    assert box_facts(Box(incidents={"x": odd}), "C-BS", WORLD) == {
        ("custody_incidents", "C-BS", "2026-05", "unknown_parcel"): (1, 0)
    }


def test_every_figure_says_what_is_counted_and_what_not_and_from_where():
    for code, one in FIGURES.items():
        assert code == one.code
        assert one.group in GROUPS
        for text in (one.name, one.counted, one.left_out, one.month, one.unit):
            assert text.zh.strip()
            assert text.en.strip()
        assert one.kinds
        assert one.good or one.how != "share"
        assert set(one.kinds) <= e.KINDS.keys() | {"contact.logged"}


def test_hours_are_told_to_the_hour_for_two_days_and_to_the_day_from_then_on():
    assert [resolved(hours) for hours in (0, 47, 48, 71, 72, 500)] == ["0", "47", "48", "48", "72", "480"]
