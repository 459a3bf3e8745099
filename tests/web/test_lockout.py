"""Guessing a colleague's password is slowed down; the colleague, elsewhere, is not (GB/T 22239-2019 §8.1.4)."""

import pytest
from django.test import Client
from tests.web.doors import PASSWORD

HERE, ELSEWHERE = "192.0.2.10", "192.0.2.11"


def sign_in(username, password, address):
    data = {"username": username, "password": password}
    return Client().post("/in/staff/", data, REMOTE_ADDR=address)


@pytest.fixture
def locked(stage):
    """Five wrong passwords for one colleague from one address; the last answer."""
    answers = [sign_in("lin", f"wrong-{number}", HERE) for number in range(5)]
    assert [answer.status_code for answer in answers[:4]] == [200] * 4
    return answers[-1]


def test_the_fifth_wrong_password_locks_this_name_at_this_address(locked):
    assert locked.status_code == 429
    assert sign_in("lin", PASSWORD, HERE).status_code == 429


def test_the_lock_is_a_page_with_a_sentence_and_a_way_on(locked):
    page = locked.content.decode()
    assert "试得太多了，先歇一歇" in page
    assert "急的话打电话" in page
    assert "lin" not in page.split("<main", 1)[-1].split("</main", 1)[0].split()


def test_the_right_password_still_works_elsewhere(locked):
    answer = sign_in("lin", PASSWORD, ELSEWHERE)
    assert answer.status_code == 302
    assert answer["Location"] == "/in/staff/home/"


def test_a_colleague_at_the_same_address_still_comes_in(locked):
    assert sign_in("hu", PASSWORD, HERE).status_code == 302


def test_four_wrong_passwords_do_not_lock_yet(stage):
    for number in range(4):
        assert sign_in("lin", f"wrong-{number}", HERE).status_code == 200
    assert sign_in("lin", PASSWORD, HERE).status_code == 302


def test_a_right_password_makes_the_count_begin_anew(stage):
    for _round in range(2):
        for number in range(4):
            assert sign_in("lin", f"wrong-{number}", HERE).status_code == 200
        assert sign_in("lin", PASSWORD, HERE).status_code == 302


def test_coming_in_under_ones_own_name_frees_no_other_name(stage):
    for number in range(4):
        assert sign_in("lin", f"wrong-{number}", HERE).status_code == 200
        assert sign_in("hu", PASSWORD, HERE).status_code == 302
    assert sign_in("lin", "wrong-again", HERE).status_code == 429


def test_coming_in_elsewhere_frees_nobody_here(locked):
    assert sign_in("lin", PASSWORD, ELSEWHERE).status_code == 302
    assert sign_in("lin", PASSWORD, HERE).status_code == 429


def test_a_name_that_nobody_has_is_answered_like_any_other(stage):
    answers = [sign_in("nobody", "wrong", HERE) for _number in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429]
