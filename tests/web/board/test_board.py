"""The board on the wall: boats, boxes, suspensions; nobody's name; the same without script."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from driftbox.apps.custody.queries import boxes
from driftbox.apps.sailings import actions

ZONE = ZoneInfo("Asia/Shanghai")
DAY = datetime(2026, 5, 13, 9, 45, tzinfo=ZONE)  # a Wednesday; the bag went into the box at 9:40


def look(path="/board/zhangzhou/", at=DAY, **more):
    answer = Client().get(path, **{"driftbox.now": at}, **more)
    assert answer.status_code == 200
    return answer.content.decode()


def crew(stage, now=DAY):
    return {"by": stage.staff["fang"].person, "role": "crew", "now": now}


def rows(page):
    body = page.split("<tbody>")[1]
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in body.split("</tr>")[:-1]]


def test_the_next_boat_takes_the_waiting_box_with_its_bag_and_its_seal(played):
    played("materials.sent")
    first, second, *_more = rows(look())
    assert first.startswith("11:00 白沙 Baisha 11:20 BX-01 1 袋 BS-0413")
    assert "BX-01" not in second


def test_a_suspended_boat_stays_in_sight_with_cause_and_since_when_and_the_box_waits_for_the_next(stage, played):
    played("materials.sent")
    actions.suspend("route", "BS1", since=DAY, until=DAY.replace(hour=13), cause="wind", who="harbour", **crew(stage))
    page = look()
    first, second, *_more = rows(page)
    assert "停航 大风，9:45 起 strong wind, since 9:45" in first
    assert "→ 14:00" in first
    assert second.startswith("14:00")
    assert "BX-01" in second
    assert "樟州湾—白沙：大风，9:45 起（港航管理）" in page


def test_resumed_late_and_extra_boats_are_said_so(stage):
    book = actions.suspend("route", "BS1", since=DAY.replace(hour=8), cause="fog", **crew(stage))
    actions.resume(next(iter(book.halts)), since=DAY, **crew(stage))
    actions.delay("BS1-0-1100", DAY.date(), 20, **crew(stage))
    page = look()
    assert "樟州湾—白沙：9:45 起" in page
    first = rows(page)[0]
    assert first.startswith("11:00 11:20 白沙 Baisha 11:40")
    assert first.endswith("晚 20 分钟 20 minutes late")


def test_a_box_at_sea_is_drawn_where_its_boat_is(stage, played, monkeypatch):
    played("parcel.loaded")
    row = boxes()[0]
    row.sailing, row.moved = "BS1-0-1100", int(DAY.replace(hour=11).timestamp() * 1000)
    row.save()
    page = look(at=DAY.replace(hour=11, minute=10))
    assert "boat at-5" in page
    assert "<b>11:00</b>樟州湾" in page
    assert "<b>11:20</b>" in page
    assert "BX-01" not in "".join(rows(page)), "tomorrow's boat of that name does not have it"
    row.sailing = "boat-1020"
    row.save()
    assert "<b>11:20</b>" not in look(at=DAY.replace(hour=11, minute=10)), "no arrival is invented"


def test_nobody_stands_on_the_board(stage, played):
    played("materials.sent")
    person = stage.staff["fang"].person
    actions.suspend("route", "BS1", since=DAY, cause="wind", who=person, **crew(stage))
    page = look()
    for name in (person, "方船长", "周敏", "周大海", "baisha-2026", "申请低保"):
        assert name not in page


def test_it_renews_itself_without_script_and_says_when_it_was_made(stage):
    page = look("/board/")
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in page
    assert '<time class="clock-now" datetime="2026-05-13T09:45:00+08:00">9:45</time>' in page
    assert "演示数据，船班为虚构" in page


def test_the_rare_boat_is_not_crowded_out_by_the_frequent_one(stage):
    ways = [row.split(" ")[1:3] for row in rows(look("/board/"))]
    assert len(ways) == len({tuple(way) for way in ways})


def test_it_reads_in_english_first_where_the_visitor_reads_english(stage):
    page = look(HTTP_ACCEPT_LANGUAGE="en")
    assert "Drifting Box Sailings" in page.split("<small")[0]
    assert '<span class="en" lang="zh-CN">开船</span>' in page


@pytest.mark.parametrize("path", ["/board/moon/", "/board/%00/", "/board/" + "a" * 500 + "/"])
def test_an_unknown_pier_is_said_so(stage, path):
    assert Client().get(path).status_code == 404


def test_the_next_boat_stands_on_the_label_the_matter_and_the_case(stage, played):
    docket = played("materials.sent")
    pages = ["/b/BX-01/", "/matters/MZ-DIBAO/"]
    client = Client()
    session = client.session
    session["cases"] = [docket.id]
    session.save()
    for path in (*pages, f"/track/{docket.id}/"):
        answer = client.get(path, **{"driftbox.now": DAY})
        assert "下一班 11:00 樟州湾 → 白沙" in answer.content.decode()
        assert "演示时刻表，不是真的船班" in answer.content.decode()
    actions.suspend("route", "BS1", since=DAY, cause="wind", who="harbour", **crew(stage))
    assert "樟州湾 → 白沙 停航：大风，9:45 起" in client.get(pages[0], **{"driftbox.now": DAY}).content.decode()
