"""Who asks for English reads no Chinese, but for names, words that people said, and what says it is Chinese."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from tools.messages import SOURCE, is_chinese

from driftbox.apps.errands.casting import CAST
from driftbox.apps.errands.night_call import DAUGHTER, FATHER, WORDS
from driftbox.apps.pack import current_pack

PAGES = [
    "/", "/matters/", "/ask/?q=dibao", "/ask/?q=没钱看病", "/track/find/", "/in/staff/", "/in/resident/", "/privacy/",
    "/accessibility/", "/b/BX-01/", "/matters/MZ-DIBAO/start/", "/petition/", "/petition/?answer=own_matter",
    "/petition/?answer=wrongdoing",
]  # fmt: skip
MATTERS = sorted(current_pack().matters)
STAGES = ["case.opened", "checklist.given", "materials.sent", "materials.checked", "case.accepted",
          "publicity.opened", "result.issued", "result.delivered", "case.closed"]  # fmt: skip
SAID = (WORDS, "滑道塌了。", "没钱看病", FATHER.name, DAUGHTER.name, FATHER.address, *(role.name for role in CAST))
WORDED = {"alt", "title", "aria-label", "placeholder", "value", "content", "data-read", "data-stop", "data-pad",
          "data-clear"}  # fmt: skip
UNSAID = re.compile(  # what is translated, a comment, or says of itself that it is Chinese
    r'{% comment %}.*?{% endcomment %}|{#.*?#}|{% blocktranslate.*?{% endblocktranslate %}|{% translate .*?%}'
    r'|lang="zh-CN"[^<]*>[^<]*<', re.DOTALL
)  # fmt: skip
EMPTY = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Reader(HTMLParser):
    """Collects the Chinese that a reader or a screen reader would meet as English."""

    def __init__(self):
        super().__init__()
        self.languages, self.found = ["en"], []

    def meet(self, words):
        for said in SAID:
            words = words.replace(said, "")
        if self.languages[-1] == "en" and is_chinese(words):
            self.found.append(words.strip())

    def handle_starttag(self, tag, attrs):
        self.languages.append(dict(attrs).get("lang") or self.languages[-1])
        for name, value in attrs:
            if name in WORDED and value:
                self.meet(value)
        if tag in EMPTY:
            self.languages.pop()

    def handle_endtag(self, tag):
        if tag not in EMPTY:
            self.languages.pop()

    def handle_data(self, data):
        self.meet(data)


@pytest.fixture
def visitor(locale, settings, db):
    settings.LOCALE_PATHS = [locale]
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.fixture
def english(locale, settings, as_staff):
    """A member of staff who reads English."""
    settings.LOCALE_PATHS = [locale]

    def signed_in(username):
        client = as_staff(username)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        return client

    return signed_in


def chinese_in(page):
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader.found


def read(client, address, **data):
    """The Chinese on an English page, by address; what is sent makes it a POST."""
    answer = client.post(address, data) if data else client.get(address)
    assert answer.status_code in {200, 400}, address
    assert '<html lang="en"' in answer.text
    return [(address, words) for words in chinese_in(answer.text)]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_in_english_has_no_chinese_left(visitor, stage, address):
    assert read(visitor, address) == []


def test_no_matter_in_english_has_chinese_left(visitor):
    assert [found for code in MATTERS for found in read(visitor, f"/matters/{code}/")] == []


@pytest.mark.parametrize("until", STAGES)
def test_a_case_in_english_has_no_chinese_left_at_any_stage(english, played, until):
    docket = played(until)
    found = []
    for who in ("lin", "hu", "wang"):
        found += read(english(who), f"/desk/cases/{docket.id}/") + read(english(who), "/desk/")
    found += read(english("chen"), f"/pocket/cases/{docket.id}/") + read(english("chen"), "/pocket/")
    family = english("lin")
    family.logout()
    family.cookies["django_language"] = "en"
    session = family.session
    session["cases"] = [docket.id]
    session.save()
    assert found + read(family, f"/track/{docket.id}/") == []


def test_the_pages_of_the_window_and_the_pocket_have_no_chinese_left(english, played):
    docket = played("materials.sent")
    clerk, agent = english("lin"), english("chen")
    found = read(clerk, "/desk/call/?q=没钱看病") + read(clerk, f"/desk/cases/{docket.id}/list/")
    found += read(clerk, "/desk/find/?q=13800000713") + read(agent, "/pocket/box/BX-01/")
    found += read(clerk, f"/desk/cases/{docket.id}/act/note.written/", words="")
    assert found + read(agent, f"/pocket/cases/{docket.id}/act/result.delivered/", proof="photo") == []


def test_what_does_not_agree_has_no_chinese_left(english, played, client, settings):
    docket = played("incident.photographed")
    odd, clerk, crew = docket.open_incidents[0].entry, english("lin"), english("fang")
    found = read(clerk, f"/desk/cases/{docket.id}/deposit/") + read(clerk, "/incidents/")
    for address in (f"/incidents/{docket.id}/{odd}/", f"/incidents/open/{docket.id}/"):
        found += read(clerk, address) + read(english("chen"), address)
    found += read(crew, "/pocket/box/BX-01/many/") + read(crew, "/pocket/box/BX-01/many/", step="look", seal_0="BS-1")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    session = client.session
    session.update({"deposit": docket.id, "cases": [docket.id]})
    session.save()
    assert found + read(client, "/b/BX-01/deposit/") + read(client, f"/track/{docket.id}/") == []


@pytest.mark.parametrize("until", ["petition.registered", "opinion.served"])
def test_a_petition_in_english_has_no_chinese_left(english, played, client, settings, until):
    docket, clerk = played(until), english("lin")
    found = read(clerk, "/desk/petitions/") + read(clerk, "/desk/petitions/?answer=idea")
    found += read(clerk, "/desk/petitions/", way="redress", scan="")
    for who in ("lin", "hu", "he", "zhao"):
        page = english(who).get(f"/desk/cases/{docket.id}/").text
        acts = sorted(set(re.findall(r'href="(/desk/cases/[^"]+/(?:do/[^"]+|aid|review|petition)/?)"', page)))
        found += [one for address in acts for one in read(english(who), address)]
        found += read(english(who), f"/desk/cases/{docket.id}/")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    session = client.session
    session["cases"] = [docket.id]
    session.save()
    pages = [f"/track/{docket.id}/", f"/petition/{docket.id}/receipt/", f"/petition/{docket.id}/review/"]
    pages += [f"/why/{docket.id}/{clock}/" for clock in ("notice", "handling")[: 1 + (until == "opinion.served")]]
    assert found + [one for address in pages for one in read(client, address)] == []


def test_no_template_says_chinese_past_the_translator():
    """Also on the pages that no test above opens."""
    for template in (SOURCE / "web").glob("**/templates/**/*.html"):
        said = UNSAID.sub("", template.read_text("utf-8"))
        assert not is_chinese(said), f"{template.name}: {[line for line in said.splitlines() if is_chinese(line)]}"


def test_chinese_that_does_not_say_so_is_noticed():
    assert chinese_in('<html lang="en"><p>a，b</p><p lang="zh-CN">文</p><img alt="图"><p>周大海</p></html>') == [
        "a，b",
        "图",
    ]


def test_a_refusal_is_told_in_english(visitor):
    answer = visitor.get("/matters/NO-SUCH/")
    assert answer.status_code == 404
    assert "There is no such matter." in answer.text


def test_the_same_page_is_chinese_for_who_wants_chinese(visitor):
    visitor.cookies["django_language"] = "zh-hans"
    assert "Everything" not in visitor.get("/").text
    assert "您要办什么事？" in visitor.get("/ask/").text
