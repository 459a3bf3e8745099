"""Feeds as they come: sound ones are read as GTFS means them, unsound ones are refused with file and line."""

import io
import tracemalloc
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.domain.ferry.exact import Exact, all_ways, boats_of

import driftbox
from driftbox.domain.ferry.plan import Trip, plan_arrival
from driftbox.domain.ferry.service import Call, Sailing, Service
from driftbox.gateways import gtfs_source
from driftbox.gateways.gtfs import BadFeed, load_feed
from driftbox.gateways.gtfs_source import Feed

PUTUO = Path(driftbox.__file__).parent / "packs" / "cn_putuo" / "timetable"
SOUND = {
    "agency.txt": "agency_name,agency_url,agency_timezone\nBoats,https://example.org,Europe/Berlin\n",
    "stops.txt": """\
stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,stop_timezone
HALL,Harbour,54.1,7.8,1,,Europe/London
H1,Berth 1,54.1,7.8,0,HALL,
H2,Berth 2,54.1,7.8,,HALL,
DOOR,Harbour door,54.1,7.8,2,HALL,
ISLE,Isle,54.2,7.9,0,,
SAND,Sand,54.3,7.9,0,,
""",
    "routes.txt": "route_id,route_short_name,route_type\nR,R,4\n",
    "trips.txt": "route_id,service_id,trip_id\nR,W,MORNING\nR,W,NIGHT\nR,X,EXTRA\nR,W,SHUTTLE\n",
    "stop_times.txt": """\
trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type
MORNING,9:00:00,9:00:00,H1,5,0,1
MORNING,,,SAND,6,1,0
MORNING,10:00:00,10:00:00,ISLE,7,1,0
NIGHT,24:30:00,24:30:00,H2,1,,
NIGHT,25:00:00,25:00:00,ISLE,2,,
EXTRA,12:00:00,12:00:00,H2,1,,
EXTRA,12:30:00,12:30:00,ISLE,2,,
SHUTTLE,00:00:00,00:00:00,ISLE,1,,
SHUTTLE,00:10:00,00:10:00,SAND,2,,
""",
    "calendar.txt": """\
service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
W,1,1,1,1,1,1,1,20260301,20261031
""",
    "calendar_dates.txt": "service_id,date,exception_type\nX,20260328,1\nW,20260401,2\n",
    "frequencies.txt": "trip_id,start_time,end_time,headway_secs\nSHUTTLE,10:20:00,11:00:00,1200\n",
    "transfers.txt": "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nISLE,ISLE,2,1800\n",
    "translations.txt": "table_name,field_name,language,translation,record_id\nstops,stop_name,zh,小岛,ISLE\n",
}


def write(folder, **changed):
    for name, text in (SOUND | {f"{name}.txt": text for name, text in changed.items()}).items():
        if text is not None:
            (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def packed(folder, path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, file.name)
    return path


@pytest.fixture
def table(tmp_path):
    return load_feed(write(tmp_path))


def arrival(table, origin, target, at):
    return plan_arrival(table, Trip(origin=origin, target=target), datetime.fromisoformat(at)).arrive.isoformat()


@pytest.mark.parametrize(
    ("origin", "target", "at", "arrive"),
    [
        ("Harbour", "小岛", "2026-03-20T08:00+01:00", "2026-03-20T10:00:00+01:00"),
        ("HALL", "Isle", "2026-03-20T09:01+01:00", "2026-03-21T01:00:00+01:00"),
        ("H2", "ISLE", "2026-03-20T20:00+01:00", "2026-03-21T01:00:00+01:00"),
        ("H2", "ISLE", "2026-03-28T09:30+01:00", "2026-03-28T12:30:00+01:00"),
        ("DOOR", "isle", "2026-04-01T02:00+02:00", "2026-04-02T10:00:00+02:00"),
        ("H1", "SAND", "2026-03-20T08:00+01:00", "2026-03-20T09:30:00+01:00"),
        ("ISLE", "SAND", "2026-03-20T10:30+01:00", "2026-03-20T10:50:00+01:00"),
        ("ISLE", "SAND", "2026-03-20T10:41+01:00", "2026-03-21T10:30:00+01:00"),
    ],
)
def test_a_feed_means_what_gtfs_says(table, origin, target, at, arrive):
    assert arrival(table, origin, target, at) == arrive


def test_times_count_from_noon_minus_twelve_hours_when_clocks_change(table):
    # On 29 March 2026 the clocks of Berlin go from 02:00 to 03:00: 24:30 of the 28th is 00:30, 9:00 stays 9:00.
    assert arrival(table, "H2", "ISLE", "2026-03-28T20:00+01:00") == "2026-03-29T01:00:00+01:00"
    assert arrival(table, "H1", "ISLE", "2026-03-29T05:00+02:00") == "2026-03-29T10:00:00+02:00"


def test_a_pier_shows_its_own_clock(table):
    trip = Trip(origin="Harbour", target="ISLE")
    journey = plan_arrival(table, trip, datetime.fromisoformat("2026-06-01T08:00+02:00"))
    assert journey.depart.isoformat() == "2026-06-01T08:00:00+01:00"
    assert journey.arrive.isoformat() == "2026-06-01T10:00:00+02:00"


def test_a_zip_is_read_as_its_folder_is(tmp_path, table):
    zipped = load_feed(packed(write(tmp_path), tmp_path.with_suffix(".zip")))
    assert arrival(zipped, "H2", "ISLE", "2026-03-28T09:30+01:00") == "2026-03-28T12:30:00+01:00"
    assert zipped.runs == table.runs


HEAD = SOUND["stop_times.txt"].split("\n", 1)[0] + "\n"
FREQUENCIES = "trip_id,start_time,end_time,headway_secs\n"
STOPS = "stop_id,stop_name,stop_lat,stop_lon,parent_station\n"
BROKEN = [
    ("agency", None, 0),
    ("stop_times", None, 0),
    ("agency", "agency_name,agency_url,agency_timezone\n", 1),
    ("agency", "agency_name,agency_timezone\nBoats,Europe/Atlantis\n", 2),
    ("agency", "agency_name,agency_timezone\nBoats,../../etc/passwd\n", 2),
    ("agency", "agency_timezone\nEurope/Berlin\nEurope/Paris\n", 3),
    ("agency", b"agency_timezone\n\xff\xfe\n", 1),
    ("stops", "stop_id,stop_name,stop_lat\nA,A,1\nA,A,1\n", 2),
    ("stops", STOPS + "A,A,1,1,\nA,A,1,1,\n", 3),
    ("stops", STOPS + "A,A,91,1,\n", 2),
    ("stops", STOPS + "A,A,1,180.5,\n", 2),
    ("stops", STOPS + "A,A,nan,1,\n", 2),
    ("stops", STOPS + "A,A,1,,\n", 2),
    ("stops", STOPS + "A,A,1,1,B\n", 2),
    ("stops", STOPS + "A,A,1,1,,,more\n", 2),
    ("stops", "stop_id,stop_id\nA,B\n", 1),
    ("routes", "route_name\nR\n", 1),
    ("trips", "route_id,service_id,trip_id\nR,W,T\nR,W,T\n", 3),
    ("trips", "route_id,service_id,trip_id\nQ,W,T\n", 2),
    ("trips", "route_id,service_id,trip_id\nR,NEVER,T\n", 2),
    ("stop_times", HEAD + "NOBODY,9:00:00,9:00:00,H1,1,0,0\n", 2),
    ("stop_times", HEAD + "MORNING,9:00:00,9:00:00,HALL,1,0,0\n", 2),
    ("stop_times", HEAD + "MORNING,9:00,9:00,H1,1,0,0\n", 2),
    ("stop_times", HEAD + "MORNING,9:61:00,9:61:00,H1,1,0,0\n", 2),
    ("stop_times", HEAD + "MORNING,9:00:00,9:00:00,H1,x,0,0\n", 2),
    ("stop_times", HEAD + "MORNING,9:00:00,9:00:00,H1,1,7,0\n", 2),
    ("stop_times", HEAD + "MORNING,9:00:00,9:00:00,H1,1,,\nMORNING,8:00:00,8:00:00,ISLE,2,,\n", 3),
    ("stop_times", HEAD + "MORNING,9:00:00,8:00:00,H1,1,,\n", 2),
    ("stop_times", HEAD + "MORNING,9:00:00,9:00:00,H1,1,,\nMORNING,9:10:00,9:10:00,ISLE,1,,\n", 3),
    ("stop_times", HEAD + "MORNING,9:00:00,9:00:00,H1,1,,\nMORNING,,,ISLE,2,,\n", 3),
    ("stop_times", HEAD + 'MORNING,"9:00:00\n', 2),
    ("calendar", SOUND["calendar.txt"].replace("20260301", "20260231"), 2),
    ("calendar", SOUND["calendar.txt"].replace("W,1", "W,2"), 2),
    ("calendar_dates", "service_id,date,exception_type\nX,tomorrow,1\n", 2),
    ("frequencies", FREQUENCIES + "SHUTTLE,10:20:00,11:00:00,0\n", 2),
    ("frequencies", FREQUENCIES + "SHUTTLE,11:00:00,10:00:00,60\n", 2),
    ("frequencies", FREQUENCIES + "SHUTTLE,00:00:00,240:00:00,1\n", 2),
    ("transfers", "from_stop_id,to_stop_id,transfer_type\nISLE,ATLANTIS,0\n", 2),
    ("transfers", "from_stop_id,to_stop_id,transfer_type\nISLE,H1,9\n", 2),
]


@pytest.mark.parametrize(("name", "text", "line"), BROKEN)
def test_a_fault_is_named_with_its_file_and_line(tmp_path, name, text, line):
    with pytest.raises(BadFeed) as fault:
        load_feed(write(tmp_path, **{name: text}))
    assert (fault.value.file, fault.value.line) == (f"{name}.txt", line)
    assert f"{name}.txt 第 {line} 行" in str(fault.value)


def test_a_feed_without_any_calendar_is_refused(tmp_path):
    with pytest.raises(BadFeed, match="calendar_dates"):
        load_feed(write(tmp_path, calendar=None, calendar_dates=None))


def test_what_is_no_feed_at_all_is_refused(tmp_path):
    (tmp_path / "junk.zip").write_bytes(b"PK\x03\x04 no zip")
    for path in (tmp_path / "junk.zip", tmp_path / "missing.zip"):
        with pytest.raises(BadFeed):
            load_feed(path)


def test_a_damaged_zip_is_refused(tmp_path):
    whole = bytearray(packed(write(tmp_path), tmp_path.with_suffix(".zip")).read_bytes())
    whole[60:90] = b"x" * 30
    (tmp_path / "damaged.zip").write_bytes(whole)
    with pytest.raises(BadFeed):
        load_feed(tmp_path / "damaged.zip")


def test_a_zip_that_would_burst_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(gtfs_source, "FILE_LIMIT", 1_000_000)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("agency.txt", SOUND["agency.txt"])
        archive.writestr("stops.txt", b"0" * 1_000_001)
    (tmp_path / "bomb.zip").write_bytes(held.getvalue())
    with pytest.raises(BadFeed, match="太大"), Feed(tmp_path / "bomb.zip"):
        pass


def test_a_zip_that_lies_about_its_size_is_refused(tmp_path):
    write(tmp_path, stops=b"stop_id,stop_name\n" + b"A,A\n" * 50_000)
    path = packed(tmp_path, tmp_path.with_suffix(".zip"))
    real = (tmp_path / "stops.txt").stat().st_size.to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(real, (100).to_bytes(4, "little")))
    with pytest.raises(BadFeed):
        load_feed(path)


@pytest.mark.parametrize("rubbish", [b"\0", b"0", b"\xe8\x88\xb9", b'"', b"stop_id,"])
def test_a_hundred_megabytes_of_rubbish_are_refused_without_being_held_in_memory(tmp_path, rubbish):
    write(tmp_path)
    with (tmp_path / "stops.txt").open("wb") as file:
        for _ in range(100):
            file.write(rubbish * (1024 * 1024 // len(rubbish)))
    tracemalloc.start()
    with pytest.raises(BadFeed) as fault:
        load_feed(tmp_path)
    assert tracemalloc.get_traced_memory()[1] < 40_000_000
    tracemalloc.stop()
    assert (fault.value.file, fault.value.line) == ("stops.txt", 1)


def test_a_zip_of_very_many_files_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for number in range(1001):
            archive.writestr(f"{number}.txt", "")
    with pytest.raises(BadFeed, match="太多"):
        load_feed(tmp_path / "many.zip")


def test_a_name_in_chinese_and_a_byte_order_mark_are_read(tmp_path):
    table = load_feed(write(tmp_path, agency=b"\xef\xbb\xbf" + SOUND["agency.txt"].encode()))
    assert table.places("小岛") == table.places("ISLE")


def test_the_islands_timetable_answers_as_the_exact_search_does():
    table = load_feed(PUTUO)
    with Feed(PUTUO) as feed:
        calls, ways = {}, {}
        for row in feed.rows("stop_times.txt"):
            hour, minute, second = map(int, row.get("arrival_time").split(":"))
            instant = hour * 3600 + minute * 60 + second
            calls.setdefault(row.get("trip_id"), []).append(Call(row.get("stop_id"), instant, instant))
        for row in feed.rows("transfers.txt"):
            ways[row.get("from_stop_id"), row.get("to_stop_id")] = row.number("min_transfer_time", 0)
        trips = {row.get("trip_id"): row.get("service_id") for row in feed.rows("trips.txt")}
    boats = [Sailing(trip=id_, route="", service=service, calls=tuple(calls[id_])) for id_, service in trips.items()]
    every, weekend = frozenset(range(7)), frozenset({5, 6})
    days = {"since": date(2026, 1, 1), "until": date(2027, 12, 31)}
    services = {"DAILY": Service(weekdays=every, **days), "WEEKEND": Service(weekdays=weekend, **days)}
    stops = [stop.id for stop in table.stops]
    spelled = boats_of(boats, services, table.midnight, date(2026, 6, 5), date(2026, 6, 7))
    exact = Exact(spelled, dict.fromkeys(stops, 300), all_ways(stops, ways, set()))
    at = datetime(2026, 6, 5, 9, 15, tzinfo=table.zone)
    for origin in ("BAISHA", "DUNTOU", "DONGFUSHAN", "HULU"):
        for target in stops:
            arrive = exact.arrival([origin], [target], int(at.timestamp()))
            assert arrive == plan_arrival(table, Trip(origin=origin, target=target), at).arrive.timestamp()
