"""What comes from elsewhere is shown at once, whatever it is about."""

from datetime import timedelta

import pytest
from tests.apps.conftest import EVENING
from tests.nodes import ISLAND, believe_all, story_of

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load
from driftbox.apps.sync.intake import arrive

LATER = EVENING + timedelta(days=9)


@pytest.fixture(autouse=True)
def _known(db):
    believe_all()


def test_a_case_that_arrives_is_in_the_lists():
    taken = arrive(story_of(ISLAND), now=LATER)
    assert taken.touched
    row = CaseRow.objects.get()
    assert (row.docket, row.last) == (taken.touched[0], load(row.docket).docket.last)


def test_a_case_that_arrives_in_pieces_backwards_is_the_same(db):
    for raw in reversed(story_of(ISLAND)):
        arrive([raw], now=LATER)
    assert CaseRow.objects.get().stage == load(CaseRow.objects.get().docket).docket.stage
