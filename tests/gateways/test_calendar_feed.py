"""The calendar feed, read back by a library that had no part in making it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import vobject

from driftbox.gateways.calendar_feed import FeedShift, calendar_of

HERE = ZoneInfo("Asia/Shanghai")
NIGHT = datetime(2026, 5, 12, 0, 0, tzinfo=HERE)


def a_shift(since, title):
    return FeedShift(uid=f"{since:%Y%m%d}@box", since=since, until=since + timedelta(hours=8), title=title,
                     place="白沙岛便民服务中心")  # fmt: skip


def test_a_calendar_program_finds_each_shift_on_its_day_and_time():
    shifts = [a_shift(NIGHT, "夜班"), a_shift(NIGHT + timedelta(hours=40), "晚班，白沙；值班, 带逗号")]
    feed = calendar_of("林晓的班", shifts, now=NIGHT)
    assert feed.startswith(b"BEGIN:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in feed.split(b"\r\n"))
    found = vobject.readOne(feed.decode()).vevent_list
    assert [(one.summary.value, one.dtstart.value, one.dtend.value) for one in found] == [
        (shift.title, shift.since, shift.until) for shift in shifts
    ]
    assert [one.uid.value for one in found] == [shift.uid for shift in shifts]
    assert found[0].location.value == "白沙岛便民服务中心"


def test_an_empty_calendar_is_one_too():
    feed = vobject.readOne(calendar_of("没有班", [], now=NIGHT).decode())
    assert feed.version.value == "2.0"
    assert "vevent" not in feed.contents
