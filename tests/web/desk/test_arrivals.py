"""What came from elsewhere and does not count: told with its reason, and let in by a decision."""

from datetime import timedelta

import pytest
from django.test import Client
from msgspec import structs
from tests.apps.conftest import EVENING
from tests.cast import story
from tests.nodes import ISLAND, PHONE, STATION, STRANGER, believe_all, believe_node, chained, raws_of, story_of

from driftbox.apps.dockets.queries import load
from driftbox.apps.eventlog.models import AlarmRow, AsideRow, LateRow, ReleaseRow
from driftbox.apps.sync.intake import arrive, revoke, settle
from driftbox.domain.log.ids import build_id, id_millis, instant
from driftbox.domain.log.reasons import WHY, why

LATER = EVENING + timedelta(days=2)
STORY = story()
DOCKET = STORY[0].docket


@pytest.fixture
def hu(stage, as_staff):
    """The director of the station, who looks after what arrives."""
    believe_all()
    return as_staff("hu")


def test_nothing_waits(hu):
    assert "都收进来了" in hu.get("/desk/arrivals/").content.decode()
    assert "先放着" not in hu.get("/desk/").content.decode()


def test_everything_that_waits_is_told_with_why_and_what_to_do(hu, stage):
    believe_node(PHONE, role="phone", person=stage.staff["chen"].person)
    raws = story_of(ISLAND)
    arrive([b"rubbish", *story_of(STRANGER)[:2], raws[0], raws[2]], now=LATER)
    arrive(raws_of(chained([structs.replace(STORY[0], by="p" * 36)], PHONE)), now=LATER)
    page = hu.get("/desk/arrivals/").content.decode()
    for code in ("malformed", "unknown_signer", "waiting", "not_theirs"):
        assert why(code).said in page, code
        assert why(code).remedy in page, code
    assert "陈" in page
    assert "的手机" in page
    assert "外面来的有 5 条先放着" in hu.get("/desk/").content.decode()


def test_what_is_picked_is_shown_once_more_and_then_counts_under_the_directors_name(hu, stage):
    arrive(story_of(ISLAND), now=LATER)
    revoke(ISLAND.node, since=instant(id_millis(STORY[5].id)), now=LATER)
    digests = [row.digest for row in AsideRow.objects.all()]
    page = hu.get("/desk/arrivals/release/", {"d": digests}).content.decode()
    assert "这些放行吗" in page
    assert not ReleaseRow.objects.exists()
    told = hu.post("/desk/arrivals/release/", {"d": digests}, follow=True).content.decode()
    assert f"放进来 {len(digests)} 条" in told
    assert {row.by for row in ReleaseRow.objects.all()} == {stage.staff["hu"].person}
    assert load(DOCKET).docket.count == len(STORY)


@pytest.mark.parametrize("picked", [[], ["x" * 43], ["\0"], ["a" * 5000], ["<b>"] * 300])
def test_picking_nothing_that_can_be_let_in_is_told(hu, picked):
    arrive([b"rubbish"], now=LATER)
    for ask in (hu.get, hu.post):
        assert "没有选中能放行的" in ask("/desk/arrivals/release/", {"d": picked}, follow=True).content.decode()


def test_a_machine_that_is_there_twice_alarms_until_somebody_saw_to_it(hu):
    first = chained(STORY[:6], ISLAND)
    moved = structs.replace(STORY[4], id=build_id(id_millis(STORY[4].id) + 1, 0, 7))
    arrive(raws_of([*first, *chained([moved], ISLAND, first[3].digest)]), now=LATER)
    assert "像是有两台" in hu.get("/desk/").content.decode()
    assert "像是有两台，各记各的" in hu.get("/desk/arrivals/").content.decode()
    hu.post(f"/desk/arrivals/alarms/{AlarmRow.objects.get().pk}/")
    assert "有 1 台机器" not in hu.get("/desk/").content.decode()


def test_what_came_late_is_told_to_whoever_had_decided(hu, as_staff, stage, played):
    docket = played("case.accepted")
    hu_person = stage.staff["hu"].person
    LateRow.objects.create(
        entry=docket.last, docket=docket.id, kind="materials.counted", decided=docket.last,
        decided_kind="case.accepted", decider=hu_person, arrived=LATER,
    )  # fmt: skip
    assert "您决定以后，又有早先的事到了" in hu.get("/desk/").content.decode()
    assert "决定以后才到" in hu.get(f"/desk/cases/{docket.id}/").content.decode()
    assert "决定以后才到" not in as_staff("lin").get(f"/desk/cases/{docket.id}/").content.decode()
    hu.post(f"/desk/cases/{docket.id}/late/")
    assert "决定以后才到" not in hu.get(f"/desk/cases/{docket.id}/").content.decode()


def test_the_page_speaks_english(hu, locale, settings):
    settings.LOCALE_PATHS = [locale]
    arrive([b"rubbish", *story_of(STATION)[1:2]], now=LATER)
    page = hu.get("/desk/arrivals/", headers={"accept-language": "en"}).content.decode()
    assert "The one before it has not arrived yet." in page
    assert all(cause.said not in page for cause in WHY.values())


def test_a_case_with_a_gap_says_so_until_it_is_closed(hu, stage):
    raws = story_of(ISLAND)
    arrive([raws[0], *raws[2:4]], now=LATER)
    settle(now=LATER + timedelta(days=3))
    assert "中间有 1 条还没有到" in hu.get(f"/desk/cases/{DOCKET}/").content.decode()
    arrive([raws[1]], now=LATER)
    assert "还没有到" not in hu.get(f"/desk/cases/{DOCKET}/").content.decode()


def test_a_clerk_is_told_whose_page_it_is(stage, as_staff):
    assert as_staff("lin").get("/desk/arrivals/").status_code == 403
    assert Client().get("/desk/arrivals/").status_code == 302
