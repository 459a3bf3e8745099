"""After the answer, by the petitioner: asked to be taken up again, word left and answered, one further rating."""

import pytest
from django.test import Client

from driftbox.apps.dockets.queries import load


@pytest.fixture
def family(answered):
    """A browser of whoever has the receipt of the answered petition."""
    client = Client()
    session = client.session
    session["cases"] = [answered.id]
    session.save()
    return client


def test_reopening_is_asked_on_the_tracking_page_and_decided_elsewhere(family, answered, as_staff):
    assert "请求重办" in family.get(f"/track/{answered.id}/").text
    assert family.post(f"/track/{answered.id}/reopen/", {"reason": ""}).status_code == 400
    assert family.post(f"/track/{answered.id}/reopen/", {"reason": "not_done", "words": "没修"}).status_code == 302
    assert family.post(f"/track/{answered.id}/reopen/", {"reason": "not_done"}).status_code == 400
    assert "等没经手的人来定" in family.get(f"/track/{answered.id}/").text
    assert "答应的没办到" in as_staff("zhao").get("/watch/").text


def test_the_petitioner_asks_that_the_handler_step_aside_and_somebody_else_decides(family, answered, as_staff):
    ask = f"/track/{answered.id}/recusal/"
    assert "请他回避" in family.get(f"/track/{answered.id}/").text
    assert family.post(ask, {"reason": "no_interest"}).status_code == 400
    assert family.post(ask, {"reason": "kin", "words": "是他表哥。"}).status_code == 302
    known = load(answered.id).docket.petition
    assert [(one.person, one.reason) for one in known.recusals] == [(known.handler, "kin")]
    assert "等别人来定" in family.get(f"/track/{answered.id}/").text
    assert family.get(ask).status_code == 409
    assert "有人申请回避，等着定" in as_staff("hu").get("/desk/").text


def test_word_goes_both_ways_with_a_name_too(family, answered, as_staff):
    assert family.post(f"/track/{answered.id}/letters/", {"words": ""}).status_code == 400
    assert family.post(f"/track/{answered.id}/letters/", {"words": "哪年修？"}).status_code == 302
    assert answered.number in as_staff("lin").get("/watch/").text
    as_staff("lin").post(f"/watch/{answered.id}/act/message.answered/", {"words": "明年春天。"})
    page = family.get(f"/track/{answered.id}/letters/").text
    assert "哪年修？" in page
    assert "明年春天。" in page


def test_a_second_rating_is_offered_once_it_is_mended(family, answered, as_staff):
    bad, good = {"satisfaction": "5", "solved": "no"}, {"satisfaction": "2", "solved": "yes"}
    family.post(f"/track/{answered.id}/rate/", bad)
    assert "satisfaction" not in family.get(f"/track/{answered.id}/").text
    as_staff("lin").post(f"/watch/{answered.id}/act/callback.made/", {"reached": "yes"})
    as_staff("hu").post(f"/watch/{answered.id}/act/mending.reported/", {"words": "修了"})
    assert "satisfaction" in family.get(f"/track/{answered.id}/").text
    family.post(f"/track/{answered.id}/rate/", good)
    assert load(answered.id).docket.petition.ratings == 2
    assert "satisfaction" not in family.get(f"/track/{answered.id}/").text


def test_nobody_else_comes_in_and_an_errand_has_neither_page(client, answered, played):
    for page in ("reopen", "letters"):
        assert client.get(f"/track/{answered.id}/{page}/").status_code == 404
    errand = played("checklist.given")
    session = client.session
    session["cases"] = [errand.id]
    session.save()
    for page in ("reopen", "letters"):
        assert client.get(f"/track/{errand.id}/{page}/").status_code == 404
