"""Pages of the roster and of the reception log, as staff and residents see them."""

import re
from datetime import timedelta

import pytest
import vobject
from django.test import Client
from tests.apps.conftest import EVENING
from tests.apps.rosters import MONTH, NIGHT, OFFICE, published

from driftbox.apps.agents.squad import authorise
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.roster import queries

MONTH_PAGE = f"/roster/{OFFICE}/{MONTH}/"


@pytest.fixture
def people(stage):
    return published(stage)


class At:
    """A browser at a fixed time, signed in as one of the people or as nobody."""

    def __init__(self, account, now):
        self._client, self._now = Client(), now
        if account:
            self._client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")

    def get(self, path, **data):
        return self._client.get(path, data, **{"driftbox.now": self._now})

    def post(self, path, **data):
        return self._client.post(path, data, **{"driftbox.now": self._now})


def words(answer):
    return answer.content.decode()


def on_shift(people, now):
    person = queries.on_duty(OFFICE, now)[0].people[0]
    return next(account for account in people.values() if account.person == person)


def test_a_resident_reads_which_office_answers_and_never_a_persons_name(people):
    page = words(At(None, NIGHT).get("/"))
    assert "现在接电话的是白沙岛便民服务中心" in page
    assert not [account.name for account in people.values() if account.name in page]
    assert "现在接电话的是白沙岛便民服务中心" in words(At(None, NIGHT).get("/no-such-page/"))


def test_on_a_day_of_rest_the_pack_speaks_for_the_phone(people):
    assert "打电话说，工作日 24 小时有人接" in words(At(None, EVENING - timedelta(days=1)).get("/"))


def test_the_desk_shows_who_is_on_and_the_note_until_it_is_read(people):
    evening, night = on_shift(people, EVENING), on_shift(people, NIGHT)
    slot = queries.on_duty(OFFICE, EVENING)[0].slot
    note = {"slot": f"{slot.day}|{slot.shift.code}", "words": "<b>贺阿根</b>等回话", "back": "/desk/"}
    assert At(evening, EVENING).post(f"/roster/{OFFICE}/act/note/", **note)["Location"] == "/desk/"
    desk = words(At(night, NIGHT).get("/desk/"))
    assert night.name in desk
    assert "&lt;b&gt;贺阿根&lt;/b&gt;等回话" in desk
    entry = re.search(r'name="note" value="([^"]+)"', desk)[1]
    At(night, NIGHT).post(f"/roster/{OFFICE}/act/read/", note=entry, back="/desk/")
    assert "贺阿根" not in words(At(night, NIGHT).get("/desk/"))
    assert f"{night.name}看过了" in words(At(evening, NIGHT).get(f"/roster/{OFFICE}/notes/"))


def test_a_director_makes_checks_and_publishes_a_month(people, settings):
    settings.DRIFTBOX_ROSTER = "driftbox.gateways.roster.PlainRosterMaker"  # the solver has its own tests
    hu = At(people["hu"], EVENING)
    made = hu.post(MONTH_PAGE, do="make")
    rows = dict(re.findall(r'name="(days-[^"]+)" value="([^"]+)"', words(made)))
    assert len(rows) == 6
    assert hu.post(MONTH_PAGE, do="publish", how="solver", **rows)["Location"] == MONTH_PAGE
    assert queries.load(OFFICE).book.months[MONTH].maker == "solver"


def test_what_breaks_a_rule_is_said_and_what_was_typed_is_kept(people):
    days, person = 31, people["lin"].person
    row = {f"days-{person}": ".ED" + "." * (days - 3)}
    answer = At(people["hu"], EVENING).post(MONTH_PAGE, do="publish", **row)
    assert answer.status_code == 400
    assert ".ED" in words(answer)
    short = At(people["hu"], EVENING).post(MONTH_PAGE, do="publish", **{f"days-{person}": "D?"})
    assert "林晓 那一行要 31 个字母或点。" in words(short)
    assert "林晓 那一行的“?”不是班次。" in words(short)


def test_a_bad_file_is_refused_by_line_and_stays_in_the_form(people):
    lines = "2026-05-12,白班,林晓\n2026-05-12,晚班,林晓"
    answer = At(people["hu"], EVENING).post(MONTH_PAGE, do="import", lines=lines)
    assert answer.status_code == 400
    assert "第 2 行：跟第 1 行撞了" in words(answer)
    assert "2026-05-12,晚班,林晓</textarea>" in words(answer)
    assert queries.load(OFFICE).book.months[MONTH].maker == "plain"


def test_only_the_director_sees_the_forms(people):
    assert "改这个月" not in words(At(people["lin"], EVENING).get(MONTH_PAGE))
    assert At(people["lin"], EVENING).post(MONTH_PAGE, do="make").status_code == 403


def test_a_calendar_link_is_shown_once_and_read_by_another_program(people):
    lin = At(people["lin"], EVENING)
    lin.post(f"/roster/{OFFICE}/act/feed_open/", back="/roster/mine/")
    link = re.search(r"http://testserver(/roster/feed/[a-z0-9]+\.ics)", words(lin.get("/roster/mine/")))[1]
    assert link not in words(lin.get("/roster/mine/"))
    answer = At(None, EVENING).get(link)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = vobject.readOne(answer.content.decode()).vevent_list
    own = [duty for duty in queries.load(OFFICE).book.duties if duty.person == people["lin"].person]
    assert len(events) == len(own)
    assert {one.location.value for one in events} == {"白沙岛便民服务中心"}
    lin.post(f"/roster/{OFFICE}/act/feed_close/", back="/roster/mine/")
    assert At(None, EVENING).get(link).status_code == 404


def test_a_form_sends_nobody_to_another_site(people):
    answer = At(people["lin"], EVENING).post(f"/roster/{OFFICE}/act/feed_close/", back="https://evil.example/")
    assert answer["Location"] == "/roster/mine/"


def test_a_contact_is_kept_and_its_codes_are_read_out_letter_by_letter(people):
    lin = At(people["lin"], NIGHT)
    form = {
        "channel": "phone",
        "words": "船停了怎么办",
        "name": "贺阿根",
        "phone": "13800000721",
        "answer": "等复航短信",
    }
    answer = lin.post("/reception/new/", **form)
    page = words(lin.get(answer["Location"].split("?")[0], said=answer["Location"].split("said=")[1]))
    assert re.search(r'class="readout">\w \w \w \w \w \w \w<', page)
    assert "当场答了" in page


def test_a_known_number_fills_the_form_in_and_a_misheard_code_is_caught(people):
    lin = At(people["lin"], NIGHT)
    lin.post("/reception/new/", channel="phone", words="身份证掉了", name="贺阿根", phone="13800000721",
             matter="GA-SHENFEN")  # fmt: skip
    page = words(lin.get("/reception/new/", number="138 0000 0721", code="ABCDEFG"))
    assert 'value="贺阿根"' in page
    assert "回执码有一位不对" in page
    assert "A B C D E F G" in page


def test_an_empty_contact_comes_back_with_what_was_typed(people):
    answer = At(people["lin"], NIGHT).post("/reception/new/", channel="phone", words="", phone="13800000721")
    assert answer.status_code == 400
    assert 'value="13800000721"' in words(answer)


def test_a_petition_is_registered_from_the_log_and_its_code_is_read_out(people):
    lin = At(people["lin"], NIGHT)
    page = words(lin.get("/reception/new/"))
    way = re.search(r'value="(way:[a-z_-]+)"', page)[1]
    answer = lin.post("/reception/new/", channel="sea", words="航标灯坏了", name="贺阿根", matter=way)
    assert answer.status_code == 302
    read = words(lin.get(answer["Location"]))
    assert re.search(r'class="readout">\w \w \w \w \w \w \w<', read)
    assert "海上" in read


def test_a_new_errand_is_given_out_at_once_and_the_desk_reads_to_whom_and_why(people):
    authorise({people["chen"].person: ""}, now=NIGHT)
    lin = At(people["lin"], NIGHT)
    answer = lin.post("/reception/new/", channel="phone", words="身份证掉了", name="贺阿根", matter="GA-SHENFEN")
    assert "派给陈海燕了：" in words(lin.get(answer["Location"]))
    row = CaseRow.objects.get()
    assert row.agent == people["chen"].person
