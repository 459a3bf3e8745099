"""Asking again: a petition, its review and what comes after the last word, on the pages of both sides."""

from datetime import timedelta

import pytest
from tests.apps.conftest import EVENING, WHO

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load, row_of
from driftbox.apps.petitions.carrying import Asking
from driftbox.apps.petitions.chain import request_review
from driftbox.apps.petitions.joining import link
from driftbox.apps.petitions.registering import Petitioning, register
from driftbox.domain.docket import entries as e

pytestmark = pytest.mark.django_db


def answered_then_late(stage, docket):
    """The petition after sixty days of silence, so that a review asked for now is late."""
    asking = Asking(by=docket.beneficiary)
    return request_review(docket.id, "还是不服。", asking, now=EVENING + timedelta(days=60)).docket


def test_a_late_request_is_opened_and_told(played, party):
    docket = played("opinion.served")  # half a year before the pages read the clock
    answer = party(docket.id).post(f"/petition/{docket.id}/review/", {"words": "还是不服。"}, follow=True)
    assert "过了 30 天" in answer.text
    review = load(load(docket.id).docket.petition.review).docket
    assert review.petition.late
    assert review.number in answer.text


def test_a_late_request_without_good_reason_is_declined_with_what_help_remains(stage, played, do, party):
    review = answered_then_late(stage, played("opinion.served"))
    assert do("zhao", review.id, "case.declined", ground="late").status_code == 302
    assert "救助、调解和法律援助" in party(review.id).get(f"/track/{review.id}/").text


def test_old_and_new_show_each_other_on_desk_and_track(as_staff, played, party):
    docket = played("opinion.served")
    as_staff("lin").post(f"/desk/cases/{docket.id}/review/", {"words": "没有写哪年。", "channel": "phone"})
    review = row_of(load(docket.id).docket.petition.review)
    family = party(docket.id)
    assert review.number in as_staff("hu").get(f"/desk/cases/{docket.id}/").text
    assert docket.number in as_staff("zhao").get(f"/desk/cases/{review.docket}/").text
    assert f"/track/{review.docket}/" in family.get(f"/track/{docket.id}/").text
    assert docket.number in family.get(f"/track/{review.docket}/").text


def test_after_the_final_review_the_same_is_declined_and_help_is_named(stage, played, do, party):
    first = played("petition.registered")
    ended = load(first.id).docket
    record(ended.id, [e.CaseDeclined(ground="other_door", door="other_office")], by=stage.staff["lin"].person,
           role="clerk", now=EVENING)  # fmt: skip
    again = register(Petitioning(sort="redress", words="滑道塌了。", office="C-BS", petitioner=WHO),
                     recorder=stage.staff["lin"].person, now=EVENING).docket.id  # fmt: skip
    link(again, ended.id, "repeat", by=stage.staff["lin"].person, role="clerk", now=EVENING)
    assert do("lin", again, "case.declined", ground="ended_after_rereview").status_code == 302
    page = party(again).get(f"/track/{again}/").text
    assert "复核过了" in page
    assert "照样有人帮" in page
