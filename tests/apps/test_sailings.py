"""Who said that the boats do not go, since when, and what that does to the next boat."""

from datetime import date, datetime, timedelta
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest

from driftbox.apps.eventlog.queries import verify_docket
from driftbox.apps.pack import current_pack
from driftbox.apps.sailings import actions, queries
from driftbox.domain.errors import NotAllowed, Refused
from driftbox.domain.ferry.facts import ExtraCall
from driftbox.domain.ferry.plan import plan_arrival
from driftbox.gateways.gtfs import BadFeed

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 6, 1, 8, 10, tzinfo=ZONE)
DAY = date(2026, 6, 1)


def at(hour, minute=0):
    return MORNING.replace(hour=hour, minute=minute)


def crew(stage, now=MORNING):
    return {"by": stage.staff["fang"].person, "role": "crew", "now": now}


def next_boats(now=MORNING, limit=3, pier="ZHANGZHOU"):
    lines = queries.next_from(pier, "BAISHA", now, limit)
    return [(f"{line.boat.depart:%H:%M}", line.halted.reason if line.halted else "") for line in lines]


def test_boats_go_by_the_timetable_of_the_pack_which_says_that_it_is_invented(stage):
    assert next_boats() == [("09:00", ""), ("11:00", ""), ("14:00", "")]
    assert queries.service_now(MORNING).is_demo


def test_wind_keeps_a_line_ashore_and_everybody_can_see_who_said_so(stage):
    actions.suspend("route", "BS1", since=MORNING, cause="wind", who="harbour", **crew(stage))
    now = queries.service_now(MORNING)
    assert [(halt.id, halt.cause, halt.said.who, halt.said.by) for halt in now.halts] == [
        ("BS1", "wind", "harbour", stage.staff["fang"].person)
    ]
    assert next_boats() == [("09:00", "wind"), ("11:00", "wind"), ("14:00", "wind")]
    legs = plan_arrival(now.table, now.trip("ZHANGZHOU", "BAISHA", days=2), MORNING).legs
    assert "BS1" not in {leg.route for leg in legs}


def test_resumption_ends_it_from_then_on_and_the_history_keeps_both(stage):
    book = actions.suspend("route", "BS1", since=MORNING, cause="fog", **crew(stage))
    halt = next(iter(book.halts))
    actions.resume(halt, since=at(10), **crew(stage, at(10)))
    assert next_boats(at(10)) == [("11:00", ""), ("14:00", ""), ("16:00", "")]
    assert queries.service_now(at(10)).halts == ()
    assert {row.fact for row in queries.facts()} == {"halt", "resumption"}
    with pytest.raises(Refused):
        actions.resume(halt, since=at(11), **crew(stage, at(11)))


def test_a_suspension_is_corrected_by_a_new_one(stage):
    book = actions.suspend("route", "BS1", since=MORNING, cause="fog", **crew(stage))
    first = next(iter(book.halts))
    actions.suspend("route", "BS1", since=at(12), cause="wind", replaces=first, **crew(stage))
    assert next_boats() == [("09:00", ""), ("11:00", ""), ("14:00", "wind")]


def test_an_extra_boat_and_a_late_one_are_in_the_plan(stage):
    calls = (
        ExtraCall(stop="ZHANGZHOU", arrive=30600, depart=30600),
        ExtraCall(stop="BAISHA", arrive=31800, depart=31800),
    )
    actions.add_sailing("EXTRA-1", DAY, calls, route="BS1", **crew(stage))
    actions.delay("BS1-0-0900", DAY, 25, **crew(stage))
    assert next_boats() == [("08:30", ""), ("09:25", ""), ("11:00", "")]
    assert next_boats(MORNING + timedelta(days=1))[0] == ("09:00", "")
    actions.delay("BS1-0-0900", DAY, 0, **crew(stage))
    assert next_boats()[1] == ("09:00", "")


def test_who_may_not_record_is_told_whom_to_tell(stage):
    with pytest.raises(NotAllowed):
        actions.suspend("route", "BS1", since=MORNING, cause="wind", by="x", role="agent", now=MORNING)


@pytest.mark.parametrize(
    ("kind", "id_", "since", "until"),
    [("route", "NONE", at(9), None), ("route", "BS1", at(9), at(8)), ("route", "BS1", at(9) + timedelta(999), None)],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(stage, kind, id_, since, until):
    with pytest.raises(Refused):
        actions.suspend(kind, id_, since=since, until=until, cause="wind", **crew(stage))
    assert queries.load().book.count == 0


def feed_of(tmp_path, name="new.zip", *, zone="Asia/Shanghai", hour="10"):
    path = tmp_path / name
    with ZipFile(path, "w") as feed:
        feed.writestr("agency.txt", f"agency_id,agency_timezone\nA,{zone}\n")
        feed.writestr(
            "stops.txt", "stop_id,stop_name,stop_lat,stop_lon\nZHANGZHOU,樟州,29.9,122.4\nBAISHA,白沙,29.9,122.4\n"
        )
        feed.writestr("routes.txt", "route_id,route_long_name\nBS1,樟州—白沙\n")
        feed.writestr("trips.txt", "route_id,service_id,trip_id\nBS1,D,NEW\n")
        feed.writestr(
            "stop_times.txt",
            f"trip_id,stop_id,stop_sequence,arrival_time,departure_time\nNEW,ZHANGZHOU,1,{hour}:00:00,{hour}:00:00\n"
            f"NEW,BAISHA,2,{hour}:20:00,{hour}:20:00\n",
        )
        feed.writestr(
            "calendar.txt",
            "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
            "D,1,1,1,1,1,1,1,20260101,20271231\n",
        )
    return path


def test_a_new_timetable_goes_from_its_day_on_and_not_before(stage, tmp_path, settings):
    settings.DRIFTBOX_HOME = tmp_path / "home"
    feed = actions.import_feed(feed_of(tmp_path), DAY + timedelta(days=1), **crew(stage))
    assert next_boats(at(15), 3) == [("16:00", ""), ("17:20", ""), ("10:00", "")]
    assert queries.service_now(MORNING).is_demo
    assert not queries.service_now(MORNING + timedelta(days=1)).is_demo
    (tmp_path / "home" / "timetables" / f"{feed}.zip").unlink()
    now = queries.service_now(MORNING + timedelta(days=1))
    assert now.missing == (feed,)
    assert now.is_demo


def test_a_timetable_of_another_zone_is_not_taken(stage, tmp_path, settings):
    settings.DRIFTBOX_HOME = tmp_path / "home"
    with pytest.raises(BadFeed):
        actions.import_feed(feed_of(tmp_path, zone="Europe/Rome"), DAY, **crew(stage))
    assert queries.load().book.count == 0


def test_rows_equal_a_fresh_fold_and_the_chain_holds(stage):
    actions.suspend("stop", "BAISHA", since=MORNING, cause="repair", **crew(stage))
    actions.resume_all("stop", "BAISHA", since=at(9), **crew(stage, at(9)))
    actions.delay("BS1-0-0900", DAY, 5, **crew(stage))
    assert verify_docket(queries.docket()) == []
    assert queries.differing_rows() == []
    altered = queries.facts()[0]
    altered.minutes = 50
    altered.save()
    assert queries.differing_rows() == [altered.entry]
    actions.rebuild()
    assert queries.differing_rows() == []


def test_every_pier_of_the_pack_can_be_asked(stage):
    for code, pier in current_pack().piers.items():
        if pier.stop:
            queries.next_from(code, "", MORNING, 3)
