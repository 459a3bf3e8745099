"""GTFS-Realtime feeds (protobuf, versions 1.0 and 2.0): alerts and trip updates become news, or the feed is refused.

Read: alerts whose effect is that nothing goes, and trips that are cancelled, added or late. Vehicle positions are
passed over; every other entity is named with the reason why it makes no fact.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from google.protobuf.message import DecodeError
from google.transit import gtfs_realtime_pb2 as pb
from msgspec import structs

from driftbox.domain.errors import BadPaper, Refused
from driftbox.domain.ferry.delays import CallNews
from driftbox.domain.ferry.facts import Cause
from driftbox.domain.ferry.realtime import Alert, Aside, News, Period, TripNews

LIMIT: Final = 16 * 1024 * 1024  # bytes; a district's feed has some thousand
ENTITIES: Final = 5_000
VERSIONS: Final = {"1.0", "2.0"}
_REPAIRS: Final = {pb.Alert.TECHNICAL_PROBLEM, pb.Alert.MAINTENANCE, pb.Alert.CONSTRUCTION}
_WEATHER: Final[tuple[tuple[Cause, tuple[str, ...]], ...]] = (
    ("typhoon", ("台风", "颱風", "typhoon")),
    ("fog", ("雾", "霧", "fog")),
    ("wind", ("风", "風", "wind", "gale")),
)
_TRIP: Final = pb.TripDescriptor
_CANCELLED: Final = {_TRIP.CANCELED, _TRIP.DELETED}
_ADDED: Final = {_TRIP.ADDED, _TRIP.NEW}


def read_realtime(path: Path) -> News:
    """Read the feed in the file ``path``.

    Raises:
        BadPaper: it cannot be opened, or see ``parse_realtime``.
    """
    try:
        if path.stat().st_size > LIMIT:
            raise BadPaper("realtime.size", "这个文件有 {size} 字节，不像实时信息，没有收", size=path.stat().st_size)
        return parse_realtime(path.read_bytes())
    except OSError as error:
        raise BadPaper("realtime.open", "打不开文件“{file}”，看看名字", file=path.name) from error


def parse_realtime(content: bytes) -> News:
    """Read a feed.

    Raises:
        BadPaper: too large, not GTFS-Realtime, or of a version that is not known here.
    """
    if len(content) > LIMIT:
        raise BadPaper("realtime.size", "这个文件有 {size} 字节，不像实时信息，没有收", size=len(content))
    feed = pb.FeedMessage()
    try:
        feed.ParseFromString(content)
    except DecodeError as error:
        raise BadPaper("realtime.junk", "这不是 GTFS-Realtime 文件，没有收") from error
    if not feed.IsInitialized():
        raise BadPaper("realtime.junk", "这不是 GTFS-Realtime 文件，没有收")
    version = feed.header.gtfs_realtime_version
    if version not in VERSIONS:
        raise BadPaper("realtime.version", "GTFS-Realtime {version} 版还读不懂，没有收", version=version[:20])
    if len(feed.entity) > ENTITIES:
        raise BadPaper("realtime.many", "有 {count} 条，太多了，没有收", count=len(feed.entity))
    return _news(feed)


def _news(feed: pb.FeedMessage) -> News:
    alerts: list[Alert] = []
    trips: list[TripNews] = []
    aside: list[Aside] = []
    for entity in feed.entity:
        for one in () if entity.is_deleted else _told(entity):
            if isinstance(one, Alert):
                alerts.append(one)
            elif isinstance(one, TripNews):
                trips.append(one)
            else:
                aside.append(Aside(entity.id, one))
    return News(
        at=_instant(feed.header.timestamp),
        alerts=tuple(alerts),
        trips=tuple(trips),
        deleted=tuple(entity.id for entity in feed.entity if entity.is_deleted),
        entities=frozenset(entity.id for entity in feed.entity if not entity.is_deleted),
        aside=tuple(aside),
    )


def _told(entity: pb.FeedEntity) -> Iterator[Alert | TripNews | Refused]:
    if entity.HasField("alert"):
        yield from _alert(entity)
    if entity.HasField("trip_update"):
        yield _trip(entity)


def _alert(entity: pb.FeedEntity) -> Iterator[Alert | TripNews | Refused]:
    alert = entity.alert
    if alert.effect != pb.Alert.NO_SERVICE:
        yield Refused("realtime.effect", "这条公告没有说停航，只是提醒")
        return
    periods = tuple(_period(one) for one in alert.active_period)
    for chosen in alert.informed_entity:
        if chosen.HasField("trip") and chosen.trip.trip_id:
            yield from _alert_on_trip(entity, chosen.trip, periods)
        elif chosen.stop_id and (chosen.route_id or chosen.HasField("trip")):
            yield Refused("realtime.narrow", "只停一条线在一个码头的，这里记不了，请人来记")
        elif chosen.stop_id:
            yield Alert(entity=entity.id, kind="stop", id=chosen.stop_id, periods=periods, cause=_cause(alert))
        elif chosen.route_id:
            yield Alert(entity=entity.id, kind="route", id=chosen.route_id, periods=periods, cause=_cause(alert))
        else:
            yield Alert(entity=entity.id, kind="agency", id=chosen.agency_id, periods=periods, cause=_cause(alert))


def _alert_on_trip(
    entity: pb.FeedEntity, trip: pb.TripDescriptor, periods: tuple[Period, ...]
) -> Iterator[Alert | TripNews]:
    """One trip on its day is a cancellation; without a day it stands still in all the periods."""
    day = _day(trip.start_date)
    if day is not None:
        yield TripNews(entity=entity.id, trip=trip.trip_id, state="cancelled", day=day)
    else:
        yield Alert(entity=entity.id, kind="trip", id=trip.trip_id, periods=periods, cause=_cause(entity.alert))


def _cause(alert: pb.Alert) -> Cause:
    if alert.cause in _REPAIRS:
        return "repair"
    if alert.cause != pb.Alert.WEATHER:
        return "other"
    words = " ".join(
        part.text for said in (alert.header_text, alert.description_text) for part in said.translation
    ).casefold()
    return next((cause for cause, signs in _WEATHER if any(sign in words for sign in signs)), "other")


def _trip(entity: pb.FeedEntity) -> TripNews | Refused:
    update = entity.trip_update
    trip, state = update.trip, update.trip.schedule_relationship
    if not trip.trip_id:
        return Refused("realtime.which", "没有写是哪一班")
    if trip.start_date and _day(trip.start_date) is None:
        return Refused("realtime.date", "日子写得不对：{day}", day=trip.start_date[:20])
    news = TripNews(entity=entity.id, trip=trip.trip_id, day=_day(trip.start_date), state="goes")
    if state in _CANCELLED:
        return structs.replace(news, state="cancelled")
    if state in _ADDED:
        return structs.replace(news, state="added", route=trip.route_id, calls=_calls(update))
    return _going(update, news)


def _going(update: pb.TripUpdate, news: TripNews) -> TripNews | Refused:
    if update.trip.schedule_relationship != _TRIP.SCHEDULED:
        return Refused("realtime.state", "这一种变动这里还记不了，请人来记")
    delay = int(update.delay) if update.HasField("delay") else None
    return structs.replace(news, delay=delay, stops=tuple(_call_news(stop) for stop in update.stop_time_update))


def _call_news(stop: pb.TripUpdate.StopTimeUpdate) -> CallNews:
    news = CallNews(sequence=stop.stop_sequence if stop.HasField("stop_sequence") else None, stop=stop.stop_id)
    if stop.schedule_relationship == stop.SKIPPED:
        return structs.replace(news, state="skipped")
    if stop.schedule_relationship == stop.NO_DATA:
        return structs.replace(news, state="unknown")
    arrive, depart = stop.arrival, stop.departure
    return structs.replace(
        news,
        arrive_late=arrive.delay if arrive.HasField("delay") else None,
        arrive_at=arrive.time if arrive.HasField("time") else None,
        depart_late=depart.delay if depart.HasField("delay") else None,
        depart_at=depart.time if depart.HasField("time") else None,
    )


def _calls(update: pb.TripUpdate) -> tuple[tuple[str, int, int], ...]:
    calls = []
    for stop in update.stop_time_update:
        arrive = stop.arrival.time or stop.departure.time
        calls.append((stop.stop_id, arrive, stop.departure.time or arrive))
    return tuple(calls) if all(stop and arrive for stop, arrive, _depart in calls) else ()


def _period(period: pb.TimeRange) -> Period:
    return _instant(period.start), _instant(period.end)


def _instant(seconds: int) -> datetime | None:
    """Unix seconds as an instant; None for 0 and for what no clock shows."""
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < 4_102_444_800 else None  # noqa: PLR2004 - year 2100


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("20260101") and text.isdigit() else None
    except ValueError:
        return None
