"""A visitor who asks for English reads no Chinese, but for names and the switch back."""

import html
import re

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.test import Client
from tools.messages import ENGLISH, is_chinese

PAGES = ["/", "/matters/", "/matters/MZ-DIBAO/", "/ask/?q=dibao", "/track/find/", "/in/staff/", "/in/resident/"]
SWITCH = "中文"
LAW = r'<p class="basis">[^<]*</p>'  # texts of law stand as they were made; the accessibility page says so
ASKED = r'(?<=Because you said: )[^<]*|<b class="nb">[^<]*</b>'  # the pack's words that matched the question


@pytest.fixture(scope="session")
def locale(tmp_path_factory):
    """The English catalogue, compiled afresh."""
    folder = tmp_path_factory.mktemp("locale")
    compiled = folder / "en" / "LC_MESSAGES" / "django.mo"
    compiled.parent.mkdir(parents=True)
    with ENGLISH.open("rb") as words, compiled.open("wb") as file:
        write_mo(file, read_po(words, locale="en"))
    return folder


@pytest.fixture
def visitor(locale, settings, db):
    settings.LOCALE_PATHS = [locale]
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def chinese_in(page):
    """The Chinese that a reader would meet, in words and in labels."""
    shown = re.sub(f"{LAW}|{ASKED}", "", page)
    parts = re.findall(r">([^<]+)<", shown) + re.findall(r'="([^"]*)"', shown)
    return [html.unescape(part).strip() for part in parts if is_chinese(part.replace(SWITCH, ""))]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_in_english_has_no_chinese_left(visitor, address):
    answer = visitor.get(address)
    assert answer.status_code == 200
    assert '<html lang="en"' in answer.text
    assert chinese_in(answer.text) == []


def test_a_refusal_is_told_in_english(visitor):
    answer = visitor.get("/matters/NO-SUCH/")
    assert answer.status_code == 404
    assert "There is no such matter." in answer.text


def test_the_same_page_is_chinese_for_who_wants_chinese(visitor):
    visitor.cookies["django_language"] = "zh-hans"
    assert "Everything" not in visitor.get("/").text
    assert "您要办什么事？" in visitor.get("/ask/").text
