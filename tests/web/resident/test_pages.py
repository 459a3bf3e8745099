"""What a resident reads: every page answers, is light, asks nobody else for anything, and obeys the switches."""

import re
from importlib.resources import files

import pytest
from django.test import Client

from driftbox.apps.pack import current_pack

PAGES = [
    "/",
    "/ask/",
    "/ask/?q=低保",
    "/ask/?q=看病没钱",
    "/ask/?q=zzzz",
    "/matters/",
    "/matters/MZ-DIBAO/",
    "/matters/XF-JUBAO/",
    "/matters/MZ-DIBAO/list/",
    "/privacy/",
    "/accessibility/",
]
pytestmark = pytest.mark.django_db
LIGHT = 40_000  # bytes of HTML and CSS, uncompressed
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7|add:7 }}{% debug %}",
    "' OR 1=1 --",
    "\x00\x00",
    "\u202e\ufeff\u200b",
    "%00%ff",
    "低" * 5000,
    "   ",
    "。，？！",
    "👵🏻🚢",
    "\ud7ff\ue000",
]


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "zh-CN"})


def in_english() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


@pytest.mark.parametrize("page", PAGES)
def test_a_page_answers_in_the_language_that_was_asked_for(visitor: Client, page: str) -> None:
    chinese, english = visitor.get(page), in_english().get(page)
    assert (chinese.status_code, english.status_code) == (200, 200)
    assert '<html lang="zh-CN"' in chinese.text
    assert '<html lang="en"' in english.text


@pytest.mark.parametrize("page", [*PAGES, "/nowhere/", "/matters/NONE/"])
def test_a_page_has_no_inline_style_or_script_and_no_address_of_others(visitor: Client, page: str) -> None:
    html = visitor.get(page).text
    assert not re.search(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|javascript:", html)
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", html)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_weighs_little_with_its_style_sheets(visitor: Client, page: str) -> None:
    html = visitor.get(page).text
    sheets = re.findall(r'<link rel="stylesheet" href="/static/(\w+)/(\w+\.css)"', html)
    assert sheets
    css = sum(len((files("driftbox") / "web" / app / "static" / app / name).read_bytes()) for app, name in sheets)
    assert len(html.encode()) + css <= LIGHT


def test_every_matter_of_the_pack_has_its_page_and_its_printed_list(visitor: Client) -> None:
    for matter in current_pack().matters.values():
        for page in (f"/matters/{matter.code}/", f"/matters/{matter.code}/list/"):
            answer = visitor.get(page)
            assert answer.status_code == 200, page
            assert matter.plain.zh in answer.text


def test_a_matter_that_does_not_exist_is_a_sentence_with_the_phone(visitor: Client) -> None:
    for page in ("/matters/NONE/", "/matters/NONE/list/"):
        answer = visitor.get(page)
        assert answer.status_code == 404
        assert "没有这件事" in answer.text
        assert current_pack().hotline in answer.text


def test_a_page_that_does_not_exist_says_what_to_do_next(visitor: Client) -> None:
    answer = visitor.get("/nowhere/")
    assert answer.status_code == 404
    assert "没有找到这一页" in answer.text
    assert "什么都没丢" in answer.text


@pytest.mark.parametrize("question", HOSTILE)
def test_whatever_is_asked_comes_back_as_words_only(visitor: Client, question: str) -> None:
    answer = visitor.get("/ask/", {"q": question})
    assert answer.status_code == 200
    assert "<script>" not in answer.text
    assert "<img" not in answer.text
    assert current_pack().hotline in answer.text


def test_clear_words_find_one_matter_and_say_why(visitor: Client) -> None:
    html = visitor.get("/ask/", {"q": "吃低保"}).text
    assert 'href="/matters/MZ-DIBAO/"' in html
    assert "因为您说了" in html


def test_words_that_fit_nothing_lead_to_the_catch_all_and_the_phone(visitor: Client) -> None:
    html = visitor.get("/ask/", {"q": "zzzz"}).text
    assert 'href="/matters/QT-ZIXUN/"' in html
    assert "让人来听您说" in html


def test_an_answer_changes_the_list_without_script(visitor: Client) -> None:
    before = visitor.get("/matters/MZ-DIBAO/").text
    after = visitor.get("/matters/MZ-DIBAO/", {"answer": ["disabled_member"]}).text
    assert "<b>残疾人证</b>" not in before
    assert "<b>残疾人证</b>" in after
    assert 'value="disabled_member" checked' in after
    assert "/matters/MZ-DIBAO/list/?answer=disabled_member" in after


def test_an_answer_that_was_not_asked_for_is_ignored(visitor: Client) -> None:
    answer = visitor.get("/matters/MZ-DIBAO/", {"answer": ["<b>x", "nonsense"]})
    assert answer.status_code == 200
    assert " checked" not in answer.text
    assert 'href="/matters/MZ-DIBAO/list/"' in answer.text


def test_a_limit_that_no_source_gives_is_not_shown_as_a_number(visitor: Client) -> None:
    html = visitor.get("/matters/JT-DAOMIN/").text
    assert "没有查到规定的天数" in html


def test_a_confidential_matter_goes_past_agents_unopened(visitor: Client) -> None:
    html = visitor.get("/matters/XF-JUBAO/").text
    assert "谁也不拆" in html
    assert "到码头取材料" not in html


def test_the_figures_at_the_foot_are_those_of_the_pack(visitor: Client) -> None:
    offices = [office.kind for office in current_pack().offices.values()]
    html = visitor.get("/").text
    assert f"{offices.count('station')} 个代办站、{offices.count('point')} 个代办点" in html
    assert "260 名代办员" in html
    assert "15 天内告诉您谁来办，60 天内给您答复" in html


@pytest.mark.parametrize("page", [page for page in PAGES if not page.endswith("/list/")])  # paper has one size
def test_large_type_is_one_link_away_and_stays(visitor: Client, page: str) -> None:
    assert "/mode/elder/?next=" in visitor.get(page).text
    visitor.get("/mode/elder/", {"next": page})
    html = visitor.get(page).text
    assert 'data-mode="elder"' in html
    assert "/mode/standard/?next=" in html


def test_the_switches_come_back_to_the_page_they_were_pressed_on(visitor: Client) -> None:
    html = visitor.get("/ask/", {"q": "低保&x=1"}).text
    link = re.search(r'href="(/language/en/\?next=[^"]+)"', html)
    assert link
    answer = visitor.get(link[1])
    assert answer.status_code == 302
    again = visitor.get(answer["Location"]).text
    assert '<html lang="en"' in again
    assert 'value="低保&amp;x=1"' in again


@pytest.mark.parametrize(
    "away",
    ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)", "", "x"],
)
def test_a_switch_never_leads_out_of_the_house(visitor: Client, away: str) -> None:
    for switch in ("/mode/elder/", "/language/en/"):
        assert visitor.get(switch, {"next": away})["Location"] == "/"


@pytest.mark.parametrize("switch", ["/mode/huge/", "/language/fr/", "/language/zh-hans/x/"])
def test_there_is_no_other_mode_or_language(visitor: Client, switch: str) -> None:
    assert visitor.get(switch).status_code == 404


def test_pages_are_only_read(visitor: Client) -> None:
    for page in ("/", "/ask/", "/matters/", "/matters/MZ-DIBAO/", "/mode/elder/"):
        assert visitor.post(page).status_code == 405
