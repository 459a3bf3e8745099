"""A realtime feed taken in: new facts once, corrections when it changes its mind, a person's word before its own."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from driftbox.apps.sailings import actions, queries
from driftbox.domain.errors import NotAllowed
from driftbox.domain.ferry.delays import CallNews
from driftbox.domain.ferry.realtime import Alert, News, TripNews

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 6, 1, 8, 10, tzinfo=ZONE)
DAY = date(2026, 6, 1)


def take(*told, now=MORNING, whole=False, deleted=()):
    news = News(
        at=now,
        alerts=tuple(one for one in told if isinstance(one, Alert)),
        trips=tuple(one for one in told if isinstance(one, TripNews)),
        deleted=deleted,
        entities=frozenset(one.entity for one in told),
    )
    taken = actions.import_realtime(news, whole=whole, now=now)
    return taken.new, taken.known, len(taken.aside)


def alert(entity="1", kind="route", id_="BS1", since=None, until=None, cause="wind"):
    return Alert(entity=entity, kind=kind, id=id_, periods=((since, until),) if since or until else (), cause=cause)


def trip(state="goes", trip="BS1-0-0900", **more):
    return TripNews(entity=more.pop("entity", "t"), trip=trip, state=state, day=DAY, **more)


def next_boats(now=MORNING, limit=2):
    lines = queries.next_from("ZHANGZHOU", "BAISHA", now, limit)
    return [(f"{line.boat.depart:%H:%M}", line.halted.reason if line.halted else "") for line in lines]


def test_the_same_feed_again_changes_nothing(stage):
    calls = (("ZHANGZHOU", 1_780_286_400, 1_780_286_400), ("BAISHA", 1_780_287_000, 1_780_287_000))
    late, extra = trip(trip="BS1-0-1100", entity="late", delay=700), trip("added", "X", entity="x", calls=calls)
    told = (alert(), trip("cancelled"), late, extra)
    assert take(*told) == (4, 0, 0)
    assert take(*told, now=MORNING + timedelta(minutes=1)) == (0, 4, 0)
    assert {row.source for row in queries.facts()} == {"gtfs_rt"}


def test_a_changed_alert_corrects_what_it_said_and_a_deleted_one_ends_it(stage):
    take(alert(since=MORNING))
    assert next_boats() == [("09:00", "wind"), ("11:00", "wind")]
    assert take(alert(since=MORNING, until=MORNING.replace(hour=10))) == (1, 0, 0)
    assert next_boats() == [("09:00", "wind"), ("11:00", "")]
    assert take(deleted=("1",), now=MORNING.replace(hour=8, minute=30)) == (1, 0, 0)
    assert next_boats() == [("09:00", ""), ("11:00", "")]


def test_what_a_whole_feed_no_longer_holds_is_over(stage):
    take(alert())
    assert take(now=MORNING + timedelta(minutes=5)) == (0, 0, 0)
    assert take(now=MORNING + timedelta(minutes=5), whole=True) == (1, 0, 0)
    assert queries.service_now(MORNING + timedelta(minutes=6)).halts == ()


def test_who_stands_at_the_pier_is_right_for_now_and_the_feed_later(stage):
    take(alert())
    halt = queries.service_now(MORNING).halts[0]
    later = MORNING + timedelta(hours=1)
    actions.resume(halt.said.entry, since=later, by=stage.staff["fang"].person, role="crew", now=later)
    assert take(alert(), now=later + timedelta(minutes=5)) == (0, 1, 0)
    assert take(alert(), now=later + timedelta(days=4)) == (1, 0, 0)


def test_a_cancelled_trip_that_goes_after_all_is_resumed(stage):
    take(trip("cancelled"))
    assert next_boats() == [("09:00", "other"), ("11:00", "")]
    assert take(trip(delay=300)) == (2, 0, 0)
    assert next_boats() == [("09:05", ""), ("11:00", "")]


def test_the_time_it_leaves_is_a_delay_too(stage):
    leaves = int(MORNING.replace(hour=9, minute=12).timestamp())
    assert take(trip(stops=(CallNews(stop="ZHANGZHOU", depart_at=leaves),))) == (1, 0, 0)
    assert next_boats()[0] == ("09:12", "")


def test_each_call_may_be_late_by_its_own_and_a_skipped_pier_says_so(stage):
    told = trip(stops=(CallNews(stop="ZHANGZHOU", depart_late=300), CallNews(stop="BAISHA", state="skipped")))
    assert take(told) == (1, 0, 0)
    assert take(told, now=MORNING + timedelta(minutes=1)) == (0, 1, 0)
    assert next_boats() == [("09:05", "skipped"), ("11:00", "")]
    assert take(trip(stops=(CallNews(stop="ZHANGZHOU", depart_late=300),))) == (1, 0, 0)
    assert next_boats() == [("09:05", ""), ("11:00", "")]
    assert take(trip(stops=(CallNews(stop="BAISHA", state="unknown"),))) == (0, 1, 0)
    assert take(trip(stops=(CallNews(stop="MOON", depart_late=1),))) == (0, 0, 1)


def test_an_agency_stands_for_all_its_routes(stage):
    assert take(alert(kind="agency", id_="PUTUO"))[0] == len(queries.current_schedule(MORNING).routes)
    assert take(alert(kind="agency", id_="OTHERS", entity="2")) == (0, 0, 0)


@pytest.mark.parametrize(
    "told",
    [alert(id_="NONE"), alert(since=MORNING - timedelta(days=99)), alert(id_="坏\n"), trip(trip="NONE"),
     trip("added", "X", calls=()), trip("added", "X", calls=(("MOON", 1_780_286_400, 1_780_286_400),) * 2),
     trip(delay=9_999_999)],
)  # fmt: skip
def test_what_cannot_be_is_left_aside_and_the_rest_is_taken(stage, told):
    assert take(told, alert(entity="good")) == (1, 0, 1)


def test_not_everybody_takes_in_feeds(stage):
    with pytest.raises(NotAllowed):
        actions.import_realtime(News(at=None), role="agent", now=MORNING)
