"""What waits is listed with its reason; cards, pressing, call-back, mending, a second rating, reopening by another."""

import pytest

from driftbox.apps.dockets.queries import load

BAD, GOOD = {"satisfaction": "5", "solved": "partly"}, {"satisfaction": "2", "solved": "yes"}


@pytest.fixture
def act(as_staff):
    """``act(who, docket, kind, data)`` does one act on its page."""

    def done(who, docket, kind, **data):
        return as_staff(who).post(f"/watch/{docket.id}/act/{kind}/", data)

    return done


def now_of(docket):
    return load(docket.id).docket.petition


def test_what_is_late_is_listed_with_the_reason_to_the_office_and_above(as_staff, raise_one):
    docket = raise_one()
    for who in ("lin", "hu", "zhao"):
        page = as_staff(who).get("/watch/").text
        assert docket.number in page
        assert "分好类，告诉您谁来办" in page
    assert docket.number not in as_staff("wang").get("/watch/").text


def test_a_warning_goes_to_the_window_first_and_then_up_the_tree(as_staff, raise_one):
    raise_one()
    rungs = {who: [rung for rung in ("到您这里", "到站长", "到上一级") if rung in as_staff(who).get("/watch/").text]
             for who in ("lin", "hu", "zhao", "wang")}  # fmt: skip
    assert rungs == {"lin": ["到您这里"], "hu": ["到您这里", "到站长"], "zhao": ["到上一级"], "wang": []}


def test_cards_are_shown_and_taken_back_by_supervisors_only(as_staff, raise_one, act):
    docket = raise_one()
    assert act("lin", docket, "card.issued", colour="yellow", reason="overdue").status_code == 403
    assert act("zhao", docket, "card.issued", colour="red", reason="shirking").status_code == 302
    assert "红牌" in as_staff("hu").get("/watch/").text
    card = now_of(docket).cards[0].entry
    assert act("zhao", docket, "card.withdrawn", card=card, reason="mended").status_code == 302
    assert "红牌" not in as_staff("hu").get("/watch/").text
    assert "已经改好" in as_staff("hu").get(f"/watch/{docket.id}/").text


def test_pressing_names_one_of_the_three_grounds_and_is_answered(as_staff, raise_one, act):
    docket = raise_one()
    page = as_staff("zhao").get(f"/watch/{docket.id}/act/supervision.opened/").text
    assert page.count("（第40条第") == 3
    act("zhao", docket, "supervision.opened", ground="art40-2", words="十天里答复")
    assert "推诿、敷衍、拖延、弄虚作假" in as_staff("lin").get("/watch/").text
    pressed = now_of(docket).pressed[0].entry
    assert act("lin", docket, "supervision.answered", supervision=pressed, words="").status_code == 400
    act("lin", docket, "supervision.answered", supervision=pressed, words="已经定了人")
    assert now_of(docket).pressed[0].answered
    assert "回过话了" in as_staff("zhao").get(f"/watch/{docket.id}/").text


def test_solved_and_content_are_asked_apart_and_discontent_is_called_back_mended_and_rated_once_more(
    answered, act, as_staff
):
    assert act("lin", answered, "case.rated", solved="yes").status_code == 400
    assert act("lin", answered, "case.rated", **BAD).status_code == 302
    assert f"{answered.id}/act/callback.made/" in as_staff("lin").get("/watch/").text
    assert act("lin", answered, "case.rated", **GOOD).status_code == 400
    act("lin", answered, "callback.made", reached="yes", words="他说没有写哪年修")
    assert f"{answered.id}/act/callback.made/" not in as_staff("lin").get("/watch/").text
    act("hu", answered, "mending.reported", words="写上了年份")
    assert act("lin", answered, "case.rated", **GOOD).status_code == 302
    assert act("lin", answered, "case.rated", **GOOD).status_code == 400
    assert now_of(answered).ratings == 2


def test_a_call_that_reached_nobody_is_made_again(answered, act, as_staff):
    act("lin", answered, "case.rated", **BAD)
    act("lin", answered, "callback.made", reached="no")
    assert f"{answered.id}/act/callback.made/" in as_staff("lin").get("/watch/").text


def test_reopening_is_decided_by_somebody_who_did_not_handle_it(answered, act, as_staff):
    act("lin", answered, "reopen.asked", reason="not_done", words="没修")
    assert act("hu", answered, "reopen.decided", verdict="reopened", reason="new_facts").status_code == 400
    assert f"{answered.id}/act/reopen.decided/" not in as_staff("hu").get(f"/watch/{answered.id}/").text
    assert act("zhao", answered, "reopen.decided", verdict="reopened", reason="new_facts").status_code == 302
    assert load(answered.id).docket.stage == "handling"


def test_a_petition_is_not_an_errand_and_an_act_must_be_one(as_staff, played, raise_one):
    errand, docket = played("checklist.given"), raise_one()
    assert as_staff("lin").get(f"/watch/{errand.id}/").status_code == 404
    assert as_staff("lin").get(f"/watch/{docket.id}/act/no.such/").status_code == 404
    assert as_staff("lin").get(f"/watch/{docket.id}/act/reopen.asked/").status_code == 409
