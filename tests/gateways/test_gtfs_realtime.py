"""Realtime feeds: what they say of boats is read; junk is refused in a sentence."""

from datetime import UTC, date, datetime

import pytest
from google.transit import gtfs_realtime_pb2 as pb
from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.errors import BadPaper
from driftbox.domain.ferry.delays import CallNews
from driftbox.domain.ferry.realtime import Alert, TripNews
from driftbox.gateways import gtfs_realtime
from driftbox.gateways.gtfs_realtime import parse_realtime, read_realtime

START = datetime(2026, 6, 1, tzinfo=UTC)


def feed(*entities, version="2.0"):
    message = pb.FeedMessage()
    message.header.gtfs_realtime_version = version
    message.header.timestamp = int(START.timestamp())
    for number, entity in enumerate(entities):
        entity.id = entity.id or f"e{number}"
        message.entity.append(entity)
    return message.SerializeToString()


def alert(effect=pb.Alert.NO_SERVICE, cause=pb.Alert.WEATHER, words="", start=0, end=0, **informed):
    entity = pb.FeedEntity()
    entity.alert.effect, entity.alert.cause = effect, cause
    if start or end:
        entity.alert.active_period.add(start=start or None, end=end or None)
    selector = entity.alert.informed_entity.add()
    for name, value in informed.items():
        if name == "trip_id":
            selector.trip.trip_id = value
        else:
            setattr(selector, name, value)
    if words:
        entity.alert.header_text.translation.add(text=words)
    return entity


def trip(state, trip_id="T", day="20260601", delay=None, calls=()):
    entity = pb.FeedEntity()
    update = entity.trip_update
    update.trip.trip_id, update.trip.start_date = trip_id, day
    update.trip.schedule_relationship = getattr(pb.TripDescriptor, state)
    if delay is not None:
        update.delay = delay
    for stop, moment in calls:
        one = update.stop_time_update.add(stop_id=stop)
        one.departure.time = one.arrival.time = moment
    return entity


@pytest.mark.parametrize(
    ("informed", "words", "kind", "cause"),
    [
        ({"route_id": "R"}, "大雾停航", "route", "fog"),
        ({"stop_id": "S"}, "Gale warning: no boats", "stop", "wind"),
        ({"trip_id": "T"}, "台风", "trip", "typhoon"),
        ({"agency_id": "A"}, "", "agency", "other"),
    ],
)
def test_an_alert_without_service_suspends_what_it_names(informed, words, kind, cause):
    told = parse_realtime(feed(alert(words=words, start=1_780_000_000, **informed)))
    found = next(iter(told.alerts))
    assert (found.kind, found.id, found.cause) == (kind, next(iter(informed.values())), cause)
    assert found.periods == ((datetime.fromtimestamp(1_780_000_000, UTC), None),)
    assert told.at == START


def test_what_only_warns_or_cannot_be_said_here_is_left_aside_with_the_reason():
    told = parse_realtime(
        feed(alert(effect=pb.Alert.SIGNIFICANT_DELAYS, route_id="R"), alert(route_id="R", stop_id="S"),
             trip("REPLACEMENT"), trip("SCHEDULED", day="20260231"))
    )  # fmt: skip
    assert told.alerts == told.trips == ()
    assert [one.entity for one in told.aside] == ["e0", "e1", "e2", "e3"]


def test_trips_are_cancelled_late_and_added():
    calls = [("A", 1_780_300_000), ("B", 1_780_300_600)]
    told = parse_realtime(feed(trip("CANCELED"), trip("SCHEDULED", delay=600), trip("NEW", calls=calls)))
    assert [(one.state, one.day, one.delay) for one in told.trips] == [
        ("cancelled", date(2026, 6, 1), None), ("goes", date(2026, 6, 1), 600), ("added", date(2026, 6, 1), None),
    ]  # fmt: skip
    assert told.trips[2].calls[0] == ("A", 1_780_300_000, 1_780_300_000)


def test_single_calls_are_late_skipped_or_unknown():
    entity = trip("SCHEDULED")
    update = entity.trip_update
    update.stop_time_update.add(stop_sequence=3).arrival.delay = 60
    update.stop_time_update.add(stop_id="B", schedule_relationship=pb.TripUpdate.StopTimeUpdate.SKIPPED)
    update.stop_time_update.add(stop_id="C", schedule_relationship=pb.TripUpdate.StopTimeUpdate.NO_DATA)
    update.stop_time_update.add(stop_id="D").departure.time = 1_780_300_000
    (told,) = parse_realtime(feed(entity)).trips
    assert told.stops == (
        CallNews(sequence=3, arrive_late=60), CallNews(stop="B", state="skipped"), CallNews(stop="C", state="unknown"),
        CallNews(stop="D", depart_at=1_780_300_000),
    )  # fmt: skip


@pytest.mark.parametrize(
    "content", [b"", b"\x00", b"GIF89a", b"{}", b"PK\x03\x04", b"\xff" * 4096, feed()[:5], feed(version="3.0")]
)
def test_junk_and_other_versions_are_refused_in_a_sentence(content):
    with pytest.raises(BadPaper) as refusal:
        parse_realtime(content)
    assert "没有收" in str(refusal.value)


@given(st.binary(max_size=300))
def test_no_bytes_whatever_break_it(content):
    try:
        told = parse_realtime(content)
    except BadPaper:
        return
    assert all(isinstance(one, Alert | TripNews) for one in (*told.alerts, *told.trips))


def test_what_is_far_too_large_is_not_even_opened(tmp_path, monkeypatch):
    path = tmp_path / "large.pb"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(BadPaper, match="字节"):
        read_realtime(path)
    with pytest.raises(BadPaper, match="打不开"):
        read_realtime(tmp_path / "missing.pb")
    monkeypatch.setattr(gtfs_realtime, "ENTITIES", 1)
    with pytest.raises(BadPaper, match="太多"):
        parse_realtime(feed(trip("CANCELED"), trip("CANCELED")))
