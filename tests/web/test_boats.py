"""The page of sailings: a captain without script records what stops, and everybody on the staff sees who said so."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from driftbox.apps.sailings.queries import load, service_now

NOW = datetime(2026, 6, 1, 8, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
HALT = {
    "what": "suspend", "suspend-which": "route:BS1", "suspend-cause": "wind", "suspend-since": "2026-06-01T08:00",
    "suspend-until": "", "suspend-who": "harbour", "suspend-source": "phone",
}  # fmt: skip
EXTRA = {
    "what": "extra", "extra-origin": "ZHANGZHOU", "extra-target": "BAISHA", "extra-depart": "2026-06-01T08:30",
    "extra-arrive": "2026-06-01T08:50", "extra-who": "me", "extra-source": "operator",
}  # fmt: skip
LATE = {"what": "delay", "delay-boat": "2026-06-01|BS1-0-0900", "delay-minutes": "15", "delay-who": "master",
        "delay-source": "phone"}  # fmt: skip


@pytest.fixture
def captain(as_staff):
    return as_staff("fang")


def send(client, data):
    return client.post("/desk/boats/", data, **{"driftbox.now": NOW})


def page(client, query=""):
    return client.get(f"/desk/boats/{query}", **{"driftbox.now": NOW}).content.decode()


def test_a_suspension_is_recorded_shown_corrected_and_lifted(captain):
    assert send(captain, HALT).status_code == 302
    shown = page(captain)
    for words in ("停航：樟州湾—白沙", "大风，8:00 起", "港航管理说的，电话里说的，方船长记的"):
        assert words in shown
    first = next(iter(load().book.halts))
    assert f'value="{first}"' in page(captain, f"?change={first}")
    again = HALT | {"suspend-until": "2026-06-01T12:00", "suspend-replaces": first}
    assert send(captain, again).status_code == 302
    assert "（后来改过）" in page(captain)
    second = service_now(NOW).halts[0].said.entry
    lifted = {"what": "resume", "resume-suspension": second, "resume-since": "2026-06-01T08:10",
              "resume-who": "me", "resume-source": "operator"}  # fmt: skip
    assert send(captain, lifted).status_code == 302
    assert service_now(NOW).halts == ()
    assert "方船长说的" in page(captain)


def test_one_boat_stands_still_and_tomorrows_goes(captain):
    assert send(captain, HALT | {"suspend-which": "trip:2026-06-01|BS1-0-0900"}).status_code == 302
    halt = next(iter(load().book.halts.values()))
    assert (halt.since.astimezone(NOW.tzinfo).hour, (halt.until - halt.since).days) == (3, 1)


def test_an_extra_boat_and_a_delay(captain):
    assert send(captain, EXTRA).status_code == send(captain, LATE).status_code == 302
    now = service_now(NOW)
    assert [one.trip for one in now.added] == ["extra-0830-ZHANGZHOU-BAISHA"]
    assert [(one.trip, one.minutes) for one in now.delays] == [("BS1-0-0900", 15)]
    assert "8:30 樟州湾 → 08:50 白沙" in page(captain)
    assert "晚 15 分钟" in page(captain)


@pytest.mark.parametrize(
    "wrong",
    [
        HALT | {"suspend-which": "route:MOON"},
        HALT | {"suspend-which": ""},
        HALT | {"suspend-since": "soon"},
        HALT | {"suspend-since": ""},
        HALT | {"suspend-who": "x" * 500},
        EXTRA | {"extra-target": "ZHANGZHOU"},
        EXTRA | {"extra-arrive": "2026-06-01T08:20"},
        LATE | {"delay-minutes": "99999"},
        LATE | {"delay-boat": "2026-06-01|\x00"},
    ],
)
def test_a_form_that_is_wrong_says_where_and_nothing_is_recorded(captain, wrong):
    answer = send(captain, wrong)
    assert answer.status_code == 400
    assert 'class="error"' in answer.content.decode()
    assert load().book.count == 0


@pytest.mark.parametrize(
    "wrong",
    [{}, {"what": "moon"}, HALT | {"suspend-until": "2026-06-01T07:00"}, HALT | {"suspend-since": "2036-06-01T07:00"}],
)
def test_what_cannot_be_is_refused_in_a_sentence_on_the_page(captain, wrong):
    answer = send(captain, wrong)
    assert answer.status_code == 302
    assert "没有记" in page(captain)
    assert load().book.count == 0


def test_an_agent_may_look_and_not_record(as_staff):
    client = as_staff("chen")
    assert "请告诉站里" in page(client)
    assert 'name="what"' not in page(client)
    assert send(client, HALT).status_code == 403
    assert load().book.count == 0
