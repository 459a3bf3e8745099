"""The second factor: switched on with the phone, asked for after the password, never twice the same code."""

import html
import re
from datetime import timedelta

import pyotp
import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from tests.apps.conftest import EVENING
from tests.web.doors import PASSWORD

from driftbox.apps.people.actions import begin_factor, confirm_factor, use_factor
from driftbox.apps.people.models import FactorRow, RecoveryRow
from driftbox.apps.people.queries import factor_of, secret_of
from driftbox.domain.errors import Refused

ENTER, CODE, PAGE, RESET = "/in/staff/", "/in/staff/code/", "/in/staff/second-factor/", "/in/staff/second-factor/reset/"
MORNING = EVENING + timedelta(hours=10)


def at(moment):
    """The request's clock: what the pages read instead of the machine's."""
    return {"driftbox.now": moment}


def digits(person, moment):
    return pyotp.TOTP(secret_of(person)).at(moment)


def said(answer):
    return html.unescape(re.sub(r"<svg.*?</svg>", "", answer.content.decode(), flags=re.DOTALL))


@pytest.fixture
def lin(stage):
    return stage.staff["lin"]


@pytest.fixture
def codes(lin):
    """The clerk's second factor is on since the evening; their recovery codes."""
    begin_factor(lin.person)
    return confirm_factor(lin.person, digits(lin.person, EVENING), now=EVENING)


def half(moment=MORNING, username="lin", **more):
    """A browser in which the password was right."""
    client = Client()
    answer = client.post(ENTER, {"username": username, "password": PASSWORD, **more}, **at(moment))
    assert answer.status_code == 302
    assert answer["Location"] == CODE
    return client


def is_in(client):
    return client.get("/in/staff/home/").get("Location", "").startswith(("/desk/", "/pocket/"))


def test_without_a_second_factor_the_password_is_enough(stage):
    client = Client()
    assert client.post(ENTER, {"username": "lin", "password": PASSWORD})["Location"] == "/in/staff/home/"
    assert is_in(client)


def test_it_is_switched_on_with_the_first_code_and_shows_the_recovery_codes_once(as_staff, lin):
    client = as_staff("lin")
    assert "还没开" in said(client.get(PAGE))
    assert client.post(PAGE, {"step": "begin"})["Location"] == PAGE
    begun = client.get(PAGE)
    secret = secret_of(lin.person)
    assert f"{secret[:4]} {secret[4:8]}" in said(begun)
    assert begun.content.count(b"<svg") >= 1
    assert "no-store" in begun["Cache-Control"]
    done = client.post(PAGE, {"step": "confirm", "code": digits(lin.person, EVENING)}, **at(EVENING))
    assert done.status_code == 200
    shown = re.findall(r'<b class="num">([0-9A-Z ]+)</b>', done.content.decode())
    assert len(set(shown)) == 8
    again = said(client.get(PAGE))
    assert "开着" in again
    assert secret[:4] not in again
    assert not any(code in again for code in shown)


def test_until_it_is_confirmed_it_asks_for_nothing(lin):
    begin_factor(lin.person)
    assert factor_of(lin.person).since is None
    assert Client().post(ENTER, {"username": "lin", "password": PASSWORD})["Location"] == "/in/staff/home/"


@pytest.mark.parametrize("code", ["000000", "", "12345", "x" * 500, "\x00", "２８７"])
def test_a_wrong_first_code_leaves_it_off(as_staff, lin, code):
    client = as_staff("lin")
    client.post(PAGE, {"step": "begin"})
    secret = secret_of(lin.person)
    answer = client.post(PAGE, {"step": "confirm", "code": code}, **at(EVENING))
    assert answer.status_code == 400
    assert "field bad" in answer.content.decode()
    assert factor_of(lin.person).since is None
    assert secret_of(lin.person) == secret


def test_a_code_before_it_was_begun_is_told_to_begin(as_staff, lin):
    answer = as_staff("lin").post(PAGE, {"step": "confirm", "code": "000000"})
    assert answer.status_code == 400
    assert factor_of(lin.person).since is None


def test_one_that_is_on_is_not_begun_again(as_staff, lin, codes):
    secret = secret_of(lin.person)
    assert "已经开着" in said(as_staff("lin").post(PAGE, {"step": "begin"}, follow=True))
    assert secret_of(lin.person) == secret
    with pytest.raises(Refused, match="已经开着"):
        confirm_factor(lin.person, digits(lin.person, MORNING), now=MORNING)


@pytest.mark.parametrize("step", ["", "no-such", "\x00"])
def test_a_button_that_does_not_exist_changes_nothing(as_staff, lin, codes, step):
    assert "什么都没变" in said(as_staff("lin").post(PAGE, {"step": step}, follow=True))
    assert factor_of(lin.person).since == EVENING


def test_after_the_password_the_code_of_the_phone_lets_in(lin, codes):
    client = half(next="/desk/find/")
    assert not is_in(client)
    assert client.get(CODE, **at(MORNING)).status_code == 200
    answer = client.post(CODE, {"code": digits(lin.person, MORNING)}, **at(MORNING))
    assert answer["Location"] == "/desk/find/"
    assert is_in(client)


@pytest.mark.parametrize("away", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_it_never_leads_out_of_the_house(lin, codes, away):
    client = half(next=away)
    assert client.post(CODE, {"code": codes[0]}, **at(MORNING))["Location"] == "/in/staff/home/"


def test_a_wrong_code_is_told_and_lets_nobody_in(lin, codes):
    client = half()
    answer = client.post(CODE, {"code": "000000"}, **at(MORNING))
    assert answer.status_code == 400
    assert "数字不对" in said(answer)
    assert not is_in(client)


def test_a_code_is_never_accepted_twice(lin, codes):
    code = digits(lin.person, MORNING)
    assert half().post(CODE, {"code": code}, **at(MORNING)).status_code == 302
    answer = half().post(CODE, {"code": code}, **at(MORNING + timedelta(seconds=20)))
    assert answer.status_code == 400
    assert "刚用过" in said(answer)


def test_the_code_that_switched_it_on_does_not_let_in(lin, codes):
    with pytest.raises(Refused, match="刚用过"):
        use_factor(lin.person, digits(lin.person, EVENING), now=EVENING)


def test_an_older_code_is_not_accepted_after_a_newer_one(lin, codes):
    use_factor(lin.person, digits(lin.person, MORNING), now=MORNING)
    with pytest.raises(Refused, match="刚用过"):
        use_factor(lin.person, digits(lin.person, MORNING - timedelta(seconds=30)), now=MORNING)


def test_a_recovery_code_works_once(lin, codes):
    client = half()
    assert client.post(CODE, {"code": f"{codes[0][:4]} {codes[0][4:]}".lower()}, **at(MORNING)).status_code == 302
    assert is_in(client)
    assert factor_of(lin.person).left == 7
    answer = half().post(CODE, {"code": codes[0]}, **at(MORNING))
    assert answer.status_code == 400
    assert "用过了" in said(answer)
    assert half().post(CODE, {"code": codes[1]}, **at(MORNING)).status_code == 302


def test_the_recovery_code_of_a_colleague_is_no_use(stage, lin, codes):
    hu = stage.staff["hu"]
    begin_factor(hu.person)
    confirm_factor(hu.person, digits(hu.person, EVENING), now=EVENING)
    assert half(username="hu").post(CODE, {"code": codes[0]}, **at(MORNING)).status_code == 400
    assert factor_of(lin.person).left == 8


def test_the_half_of_a_sign_in_is_over_after_five_minutes(lin, codes):
    client = half()
    soon, late = MORNING + timedelta(minutes=4, seconds=59), MORNING + timedelta(minutes=5)
    assert client.get(CODE, **at(soon)).status_code == 200
    assert client.post(CODE, {"code": codes[0]}, **at(late))["Location"] == ENTER
    assert not is_in(client)
    assert factor_of(lin.person).left == 8


@pytest.mark.parametrize("change", ["password", "closed"])
def test_the_half_of_a_sign_in_ends_when_the_account_changes(lin, codes, change):
    client = half()
    if change == "password":
        lin.set_password("piaoliuxiang-anew")
    else:
        lin.is_active = False
    lin.save()
    assert client.post(CODE, {"code": codes[0]}, **at(MORNING))["Location"] == ENTER
    assert not is_in(client)


def test_guessing_is_slowed_down_in_whatever_browser(lin, codes):
    for _try in range(10):
        assert half().post(CODE, {"code": "000000"}, **at(MORNING)).status_code == 400
    client = half()
    answer = client.post(CODE, {"code": digits(lin.person, MORNING)}, **at(MORNING))
    assert answer.status_code == 429
    assert "试得太多了" in said(answer)
    assert not is_in(client)


def test_the_secret_and_the_codes_stand_nowhere_in_the_database_in_clear(as_staff, lin):
    client = as_staff("lin")
    client.post(PAGE, {"step": "begin"})
    client.get(PAGE)
    secret = secret_of(lin.person)
    codes = confirm_factor(lin.person, digits(lin.person, EVENING), now=EVENING)
    half().get(CODE, **at(MORNING))
    rows = [row for model in apps.get_models() for row in model._default_manager.values_list()]
    rows += [session.get_decoded().items() for session in Session.objects.all()]
    text = b"\n".join(bytes(v) if isinstance(v, memoryview | bytes) else str(v).encode() for row in rows for v in row)
    assert b"lin" in text
    assert secret.encode() not in text
    assert not any(code.encode() in text for code in codes)


def test_it_is_switched_off_with_password_and_code(as_staff, lin, codes):
    client = as_staff("lin")
    wrong = [{"password": "wrong", "code": codes[0]}, {"password": PASSWORD, "code": "000000"}, {"code": codes[0]}]
    for data in wrong:
        assert client.post(PAGE, {"step": "off", **data}, **at(MORNING)).status_code == 400
    assert factor_of(lin.person).left == 8
    assert client.post(PAGE, {"step": "off", "password": PASSWORD, "code": codes[0]}, **at(MORNING)).status_code == 302
    assert factor_of(lin.person).since is None
    assert not FactorRow.objects.exists()
    assert not RecoveryRow.objects.exists()


def test_a_director_takes_a_lost_one_off_and_the_colleague_begins_anew(as_staff, lin, codes):
    client = as_staff("hu")
    assert 'value="lin"' in said(client.get(PAGE))
    assert client.post(RESET, {"username": "lin"})["Location"] == PAGE
    assert factor_of(lin.person).since is None
    assert 'value="lin"' not in said(client.get(PAGE))
    assert Client().post(ENTER, {"username": "lin", "password": PASSWORD})["Location"] == "/in/staff/home/"


@pytest.mark.parametrize("username", ["nobody", "", "\x00", "zhao", "a" * 500])
def test_a_director_reaches_only_their_own_office_and_those_below(as_staff, stage, username):
    zhao = stage.staff["zhao"]
    begin_factor(zhao.person)
    confirm_factor(zhao.person, digits(zhao.person, EVENING), now=EVENING)
    answer = as_staff("hu").post(RESET, {"username": username})
    assert answer.status_code == 404
    assert factor_of(zhao.person).since == EVENING


def test_when_it_is_taken_off_half_way_the_code_no_longer_counts(as_staff, lin, codes):
    client = half()
    as_staff("hu").post(RESET, {"username": "lin"})
    answer = client.post(CODE, {"code": "000000"}, **at(MORNING))
    assert answer.status_code == 400
    assert "从头登录" in said(answer)


@pytest.mark.parametrize("address", ["/desk/", "/in/staff/home/", "/desk/find/?q=1", "/", "/pocket/"])
def test_where_it_is_required_it_comes_before_anything_else(as_staff, stage, settings, address):
    settings.DRIFTBOX_SECOND_FACTOR = "required"
    assert as_staff("hu").get(address)["Location"] == PAGE
    assert as_staff("hu").post(address)["Location"] == PAGE


def test_where_it_is_required_the_page_itself_and_the_way_out_stay_open(as_staff, stage, lin, settings):
    settings.DRIFTBOX_SECOND_FACTOR = "required"
    client = as_staff("lin")
    assert "人人都要开" in said(client.get(PAGE))
    client.post(PAGE, {"step": "begin"})
    assert client.post(PAGE, {"step": "confirm", "code": digits(lin.person, EVENING)}, **at(EVENING)).status_code == 200
    assert client.get("/desk/").status_code == 200
    assert as_staff("hu").post("/in/staff/out/")["Location"] == ENTER
    assert Client().get("/").status_code == 200


def test_the_pages_need_no_script(as_staff, lin):
    client = as_staff("lin")
    client.post(PAGE, {"step": "begin"})
    page = client.get(PAGE).content.decode()
    assert "<script" not in page
    assert " style=" not in page
