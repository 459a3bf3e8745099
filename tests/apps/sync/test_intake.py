"""What comes from elsewhere is shown at once, whatever it is about."""

from datetime import timedelta

import pytest
from msgspec import structs
from tests.apps.conftest import EVENING
from tests.cast import story
from tests.nodes import ISLAND, STATION, believe_all, chained, raws_of, story_of

from driftbox.apps.custody.queries import docket_labelled
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load, rows_numbered
from driftbox.apps.figures.models import TodoRow
from driftbox.apps.sync.intake import arrive, revoke
from driftbox.cli.log import faults_of
from driftbox.domain.custody.entries import BoxRegistered
from driftbox.domain.log.ids import build_id, id_millis

LATER = EVENING + timedelta(days=9)
STORY = story()


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


def opened(keys, chance):
    """A case that was given the number of the story by another node."""
    docket = build_id(id_millis(STORY[0].id) - chance, 0, chance)
    return docket, raws_of(chained([structs.replace(STORY[0], docket=docket)], keys))


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_cases_that_were_given_one_number_are_told_apart_alike_everywhere(order):
    cases = [opened(STATION, 3), opened(STATION, 2), opened(ISLAND, 1)]
    for place in order:
        arrive(cases[place][1], now=LATER)
    given = STORY[0].body.number
    assert [load(docket).docket.number for docket, _raws in cases] == [given, f"{given}-2", f"{given}-3"]
    assert rows_numbered(f"{given}-2") == [cases[1][0]]
    assert [fault for docket, _raws in cases for fault in faults_of(docket)] == []


def test_a_number_is_as_given_again_when_its_twin_counts_no_longer():
    first, second = opened(STATION, 2), opened(ISLAND, 1)
    arrive(first[1] + second[1], now=LATER)
    revoke(STATION.node, since=EVENING - timedelta(days=900), now=LATER)
    assert load(second[0]).docket.number == STORY[0].body.number


def test_figures_are_counted_anew_when_something_counts_no_longer():
    arrive(story_of(ISLAND), now=LATER)
    TodoRow.objects.all().delete()
    arrive(story_of(ISLAND), now=LATER)
    assert not TodoRow.objects.exists()
    revoke(ISLAND.node, since=EVENING - timedelta(days=900), now=LATER)
    assert {row.docket for row in TodoRow.objects.all()} == {STORY[0].docket}


def registered(keys, chance):
    """A box of one label that another node put into service without knowing of ours."""
    docket = build_id(id_millis(STORY[0].id) - chance, 0, chance)
    body = BoxRegistered(label="BX-77", pier="BAISHA")
    entry = structs.replace(STORY[0], docket=docket, kind="box.registered", body=body, role="director", for_="")
    return docket, raws_of(chained([entry], keys))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_dockets_for_one_label_the_same_one_has_it_everywhere(order):
    boxes = [registered(STATION, 2), registered(ISLAND, 1)]
    for place in order:
        arrive(boxes[place][1], now=LATER)
    assert docket_labelled("BX-77") == boxes[0][0]
    assert [fault for docket, _raws in boxes for fault in faults_of(docket)] == []


def test_a_parcel_that_two_cases_claim_keeps_nothing_else_out():
    whole = [structs.replace(one, docket=registered(STATION, 9)[0]) for one in STORY]
    arrive(story_of(ISLAND), now=LATER)
    assert arrive(raws_of(chained(whole, STATION)), now=LATER).new == len(STORY)


def test_words_that_no_column_holds_keep_nothing_else_out():
    odd = [structs.replace(STORY[0], body=structs.replace(STORY[0].body, office="X" * 64, matter="Y" * 64)), *STORY[1:]]
    arrive(raws_of(chained(odd, ISLAND)), now=LATER)
    row = CaseRow.objects.get()
    assert (row.office, row.matter) == ("X" * 40, "Y" * 40)
    assert faults_of(row.docket) == []


@pytest.mark.parametrize("said", [{"by": "x" * 37}, {"for_": "a\0b"}, {"role": ""}, {"recorder": "张三"}])
def test_an_envelope_that_names_nobody_who_can_be_is_unreadable(said):
    taken = arrive(raws_of(chained([structs.replace(STORY[0], **said)], ISLAND)), now=LATER)
    assert [code for _digest, code in taken.refused] == ["malformed"]
