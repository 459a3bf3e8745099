"""The desk for matters: a draft on forms, checked beside the field, previewed, handed on, published, taken back."""

from datetime import datetime, time

import pytest
from msgspec import structs
from tests.apps.conftest import EVENING
from tests.web.test_english import english, read  # noqa: F401 - a fixture shared with the tests of English

from driftbox.apps.pack import disk_pack, pack_files
from driftbox.apps.packdesk import actions
from driftbox.apps.packdesk.queries import changes, draft_of
from driftbox.domain.text import Text

CODE = "YB-TESHU"
PAGE = f"/desk/matters/{CODE}/"
DRAFT = f"{PAGE}draft/"
LIMIT = {"days": "20", "promise_days": "", "unit": "working", "basis": "演示用的依据 第1条"}


@pytest.fixture
def xu(stage, as_staff):
    return as_staff("xu")


@pytest.fixture
def gu(stage, as_staff):
    return as_staff("gu")


def begun(browser):
    assert browser.post(PAGE, follow=True).status_code == 200
    return draft_of(CODE)


def test_a_change_goes_from_the_form_to_the_residents_page(xu, gu, client):
    draft = begun(xu)
    answer = xu.post(f"{DRAFT}limit/", LIMIT | {"rev": draft.rev}, follow=True)
    assert "存好了" in answer.text
    rev = draft_of(CODE).rev
    today = answer.context["today"].isoformat()
    xu.post(DRAFT, {"do": "terms", "since": today, "note": "查到了天数。", "rev": rev})
    assert "交上去了" in xu.post(DRAFT, {"do": "submit"}, follow=True).text
    assert "20" not in client.get(f"/matters/{CODE}/").text.split("收下材料后")[-1][:200]
    assert "另一位来看过" in xu.post(DRAFT, {"do": "publish", "rev": draft_of(CODE).rev}, follow=True).text
    assert changes() == ()
    done = gu.post(DRAFT, {"do": "publish", "rev": draft_of(CODE).rev}, follow=True)
    assert "发布了，是第 1 版" in done.text
    assert "查到了天数。" in done.text
    assert "徐安澜" in done.text
    assert "演示用的依据 第1条" in client.get(f"/matters/{CODE}/").text


def test_the_check_says_what_is_wrong_beside_the_field_with_its_line(xu):
    draft = begun(xu)
    answer = xu.post(f"{DRAFT}limit/", LIMIT | {"rev": draft.rev, "basis": ""}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{DRAFT}limit/"
    (told,) = answer.context["form"].errors["basis"]
    assert "时限没有写依据" in told
    assert "行）" in told
    page = xu.get(DRAFT)
    assert "有 1 处要改" in page.text
    assert "时限没有写依据" in page.text
    assert "还有要改的地方" in _ready(xu, page).post(DRAFT, {"do": "submit"}, follow=True).text


def _ready(browser, page):
    day = page.context["today"].isoformat()
    browser.post(DRAFT, {"do": "terms", "since": day, "note": "为什么。", "rev": draft_of(CODE).rev})
    return browser


def test_a_fault_of_a_paper_stands_at_that_paper(xu):
    draft = begun(xu)
    form = xu.get(f"{DRAFT}material-pathology/").context["form"]
    data = form.data.copy()
    data["name_en"] = ""
    xu.post(f"{DRAFT}material-pathology/", data)
    page = xu.get(f"{DRAFT}material-pathology/")
    assert "没有英文" in page.context["form"].errors["name_en"][0]
    assert draft_of(CODE).rev == draft.rev + 1


@pytest.mark.parametrize("key", ["basics", "words", "lists", "limit", "question-someone_acts", "material-pathology"])
def test_what_a_form_shows_and_is_sent_back_changes_nothing(xu, key):
    begun(xu)
    data = xu.get(f"{DRAFT}{key}/").context["form"].data
    assert xu.post(f"{DRAFT}{key}/", data).status_code == 302
    assert draft_of(CODE).matter == disk_pack().matters[CODE]


def test_what_a_home_visit_can_replace_is_edited_beside_what_needs_the_person(xu):
    begun(xu)
    data = xu.get(f"{DRAFT}lists/").context["form"].data.copy()
    data["at_home_zh"], data["at_home_en"] = "评定医生上门", "The assessor comes to the house"
    assert xu.post(f"{DRAFT}lists/", data).status_code == 302
    assert [one.zh for one in draft_of(CODE).matter.at_home] == ["评定医生上门"]


def test_papers_are_moved_removed_and_added(xu):
    begun(xu)
    codes = [row.code for row in draft_of(CODE).matter.materials]

    def does(what, which):
        return xu.post(DRAFT, {"do": what, "which": which, "rev": draft_of(CODE).rev}, follow=True)

    does("down", f"material-{codes[0]}")
    does("remove", f"material-{codes[2]}")
    does("material", "household_register")
    page = does("material", "new")
    now = [row.code for row in draft_of(CODE).matter.materials]
    assert now == [codes[1], codes[0], *codes[3:], "household_register", "yb_teshu_material_1"]
    assert "没有英文" in page.text
    does("question", "new")
    assert draft_of(CODE).matter.questions[-1].ask.zh == ""


def test_a_preview_is_the_residents_page_with_the_draft_and_no_way_to_begin(xu, client):
    draft = begun(xu)
    data = xu.get(f"{DRAFT}basics/").context["form"].data.copy()
    data["lead_zh"] = "换个说法。"
    xu.post(f"{DRAFT}basics/", data | {"rev": draft.rev})
    page = xu.get(f"{DRAFT}preview/").text
    assert "换个说法。" in page
    assert "这是草稿的样子" in page
    assert "/start/" not in page
    assert "换个说法。" not in client.get(f"/matters/{CODE}/").text


def test_two_who_write_at_once_see_both_and_lose_nothing(xu, gu):
    draft = begun(xu)
    hers, his = (browser.get(f"{DRAFT}basics/").context["form"].data.copy() for browser in (xu, gu))
    hers["lead_zh"], his["lead_zh"] = "徐写的。", "顾写的。"
    xu.post(f"{DRAFT}basics/", hers)
    answer = gu.post(f"{DRAFT}basics/", his)
    assert answer.status_code == 409
    for words in ("别人先存了", "徐写的。", "顾写的。", "徐安澜"):
        assert words in answer.text
    assert draft_of(CODE).matter.lead.zh == "徐写的。"
    again = answer.context["form"].data
    assert again["rev"] == str(draft.rev + 1)
    assert gu.post(f"{DRAFT}basics/", again).status_code == 302
    assert draft_of(CODE).matter.lead.zh == "顾写的。"


def test_two_who_say_why_at_once_see_both(xu, gu):
    draft = begun(xu)
    day = xu.get(DRAFT).context["today"].isoformat()
    for browser, note in ((xu, "徐说的。"), (gu, "顾说的。")):
        answer = browser.post(DRAFT, {"do": "terms", "since": day, "note": note, "rev": draft.rev})
    assert answer.status_code == 409
    assert draft_of(CODE).note == "徐说的。"
    assert all(words in answer.text for words in ("徐说的。", "顾说的。", "别人先存了"))
    assert gu.post(DRAFT, {"do": "terms", **answer.context["terms"].data.dict()}).status_code == 302
    assert draft_of(CODE).note == "顾说的。"


def test_a_row_is_not_moved_under_somebody_who_looks_at_an_older_draft(xu, gu):
    draft = begun(xu)
    move = {"do": "down", "which": "material-pathology", "rev": draft.rev}
    xu.post(DRAFT, move)
    assert "别人刚动过" in gu.post(DRAFT, move, follow=True).text
    assert draft_of(CODE).rev == draft.rev + 1


def test_what_is_written_in_a_draft_that_is_gone_is_kept_in_a_new_one(xu, gu):
    begun(xu)
    data = gu.get(f"{DRAFT}basics/").context["form"].data.copy()
    data["lead_zh"] = "顾写的。"
    xu.post(DRAFT, {"do": "withdraw"})
    answer = gu.post(f"{DRAFT}basics/", data)
    assert answer.status_code == 409
    assert "顾写的。" in answer.text
    assert gu.post(f"{DRAFT}basics/", answer.context["form"].data).status_code == 302
    assert draft_of(CODE).matter.lead.zh == "顾写的。"


def test_what_is_written_in_a_draft_that_waits_is_not_saved_and_not_lost(xu, gu):
    draft = begun(xu)
    xu.post(f"{DRAFT}limit/", LIMIT | {"rev": draft.rev})
    data = gu.get(f"{DRAFT}basics/").context["form"].data.copy()
    _ready(xu, xu.get(DRAFT)).post(DRAFT, {"do": "submit"})
    answer = gu.post(f"{DRAFT}basics/", data | {"lead_zh": "顾写的。"})
    assert (answer.status_code, "顾写的。" in answer.text) == (409, True)
    assert "拿回来" in answer.text


@pytest.mark.parametrize(
    ("key", "data"),
    [
        ("limit", {"days": "0"}), ("limit", {"days": "many"}), ("limit", {"unit": "moons"}),
        ("lists", {"steps_zh": "一\n二", "steps_en": "one"}), ("basics", {"lead_zh": "长" * 601}),
        ("basics", {"lead_zh": "a\x00b"}), ("basics", {"rev": "-"}), ("basics", {}),
        ("material-pathology", {"lasts": "months"}), ("material-pathology", {"kind": "kept"}),
        ("material-pathology", {"when": "no_such"}),
    ],
)  # fmt: skip
def test_bad_input_gets_a_sentence_and_saves_nothing(xu, key, data):
    draft = begun(xu)
    sent = xu.get(f"{DRAFT}{key}/").context["form"].data.copy() if data else {}
    for name, value in data.items():
        sent[name] = value
    answer = xu.post(f"{DRAFT}{key}/", sent)
    assert answer.status_code == 400
    assert answer.context["form"].errors
    assert draft_of(CODE).rev == draft.rev


@pytest.mark.parametrize(
    "data",
    [
        {"do": "dance"}, {}, {"do": "up", "which": "basics"}, {"do": "material", "which": "no_such"},
        {"do": "publish"}, {"do": "publish", "rev": "x" * 90}, {"do": "take-back"}, {"do": "submit"},
        {"do": "terms", "since": "2026-02-30", "note": "x"},
    ],
)  # fmt: skip
def test_a_step_that_cannot_be_taken_gets_a_sentence(xu, data):
    draft = begun(xu)
    answer = xu.post(DRAFT, data, follow=True)
    assert answer.status_code in {200, 400}
    assert "没有" in answer.text or answer.status_code == 400
    assert draft_of(CODE) == draft


def test_a_former_version_is_brought_back_through_a_draft(xu, gu):
    test_a_change_goes_from_the_form_to_the_residents_page(xu, gu, gu)
    page = xu.post(PAGE, {"version": "0"}, follow=True)
    assert "照那一版起了草稿" in page.text
    assert draft_of(CODE).matter == disk_pack().matters[CODE]
    assert xu.post(PAGE, {"version": "x"}).status_code in {302, 409}


@pytest.mark.parametrize("name", ["hu", "lin", "zhao", "chen"])
def test_nobody_but_directors_of_the_bureau_comes_in(stage, as_staff, name):
    for path in ("/desk/matters/", PAGE, DRAFT, f"{DRAFT}basics/", f"{DRAFT}preview/"):
        assert as_staff(name).get(path).status_code == 403


def test_the_desk_shows_the_way_to_directors_of_the_bureau_only(xu, as_staff):
    assert "/desk/matters/" in xu.get("/desk/").text
    assert "/desk/matters/" not in as_staff("hu").get("/desk/").text


def test_the_pages_read_in_english(xu, gu, english):  # noqa: F811 - a fixture shared with the tests of English
    test_a_change_goes_from_the_form_to_the_residents_page(xu, gu, gu)
    draft = begun(xu)
    xu.post(DRAFT, {"do": "material", "which": "household_register", "rev": draft.rev})
    browser = english("gu")
    parts = ("", "basics/", "words/", "lists/", "limit/", "question-someone_acts/", "material-pathology/", "preview/")
    for path in ("/desk/matters/", PAGE, *(DRAFT + part for part in parts)):
        assert read(browser, path) == []
    assert read(browser, f"{DRAFT}limit/", days="0") == []


def published(stage, code, today):
    """Another sentence for a matter, published for today."""
    who = [stage.staff[name].person for name in ("xu", "gu")]
    now = datetime.combine(today, time(9), EVENING.tzinfo)
    draft = actions.begin(code, by=who[0], now=now)
    matter = structs.replace(draft.matter, lead=Text(zh="换个说法。", en="Put another way."))
    draft = actions.save(code, matter, rev=draft.rev, by=who[0], now=now)
    actions.set_terms(code, since=today, note="清楚些。", rev=draft.rev, by=who[0], now=now)
    draft = actions.submit(code, by=who[0], now=now)
    return actions.publish(code, rev=draft.rev, by=who[1], now=now)


def test_a_case_that_began_before_says_so_at_the_desk(stage, played, as_staff):
    docket = played("case.opened")
    page = f"/desk/cases/{docket.id}/"
    clerk = as_staff("lin")
    before = clerk.get(page)
    assert "那天的版本办" not in before.text
    published(stage, docket.matter, before.context["today"])
    told = "".join(clerk.get(page).text.split())
    assert "这件事照2026年5月11日那天的版本办" in told


def test_a_version_that_cannot_be_used_is_said_on_the_first_page_of_the_desk(stage, as_staff, xu, client):
    change = published(stage, CODE, xu.get("/desk/").context["today"])
    assert "换个说法。" in client.get(f"/matters/{CODE}/").text
    pack_files().drop(change.said.digest)
    assert "用不上，先照前一版" in as_staff("lin").get("/desk/").text
    assert "不在这台机器上" in xu.get("/desk/matters/").text
    assert "不在这台机器上" in xu.get(PAGE).text
    answer = client.get(f"/matters/{CODE}/")
    assert (answer.status_code, "换个说法。" in answer.text) == (200, False)
