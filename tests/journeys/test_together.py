"""From one's own words to the receipt with two needs, then the form on the phone: both languages, large type."""

import os
import re
from pathlib import Path

import pytest
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.test_night_call import sign_in
from tests.journeys.test_reach import sideways, violations
from tests.journeys.test_signing import draw

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load
from driftbox.domain.docket.form_state import left_to_bring

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DIGITS = re.compile(r"\d{6}")
SHOTS = os.environ.get("DRIFTBOX_SHOTS", "")


class Kept:
    """Text messages that were sent, in memory."""

    sent = []  # noqa: RUF012 - shared by all, as the carrier is

    def send(self, phone, text):
        self.sent.append((phone, text))


@pytest.fixture
def texts(settings):
    settings.DRIFTBOX_SMS = "tests.journeys.test_together.Kept"
    Kept.sent.clear()
    return Kept.sent


def look(page, name):
    """The page has no barrier and does not scroll sideways; a picture of it when somebody wants to look."""
    assert violations(page) == []
    assert not sideways(page), page.url
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def digits(texts, phone):
    return DIGITS.findall(next(text for to, text in reversed(texts) if to == phone))[-1]


def begin(page, texts, phone, *, for_name="", office="C-BS"):
    page.select_option("select[name=office]", office)
    page.fill("input[name=name]", "周敏")
    page.fill("input[name=phone]", phone)
    page.fill("input[name=for_name]", for_name)
    page.click("form button.act")
    page.fill("input[name=code]", digits(texts, phone))
    page.click("form button.act")
    page.wait_for_load_state()


def held(code):
    return left_to_bring(load(CaseRow.objects.get(matter=code).docket).docket)


@pytest.mark.parametrize(
    ("language", "elder", "script", "words"),
    [("zh-CN", False, True, "屋里老人走了，要销户口，丧葬费怎么领"), ("zh-CN", True, False, "老人过世了要销户口"),
     ("en", False, True, "funeral grant")],
)  # fmt: skip
def test_two_needs_from_words_to_receipt(visit, texts, language, elder, script, words):
    tag = f"together-{language}{'-elder' if elder else ''}"
    page = visit(PHONE, language=language, elder=elder, script=script)
    page.goto("/")
    page.fill("input[name=q]", words)
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    page.click("a[href*='bundle=after_a_death']")
    page.wait_for_load_state()
    page.check("input[value=papers_kept]")
    page.click("form[action='#papers'] button")
    page.wait_for_load_state()
    if script:
        look(page, f"{tag}-list")
    page.click("a.act[href*='/together/start/']")
    begin(page, texts, "13800000713", for_name="周大海")
    assert "/track/" in page.url
    assert CaseRow.objects.count() == 2
    assert held("GA-SIWANG")
    assert held("RS-SANGZANG") == ()
    lists = [text for _to, text in texts if re.search("要备|Bring", text)]
    assert len(lists) == 1
    if script:
        look(page, f"{tag}-case")
    page.click(f"a[href='/track/{CaseRow.objects.get(matter='RS-SANGZANG').docket}/']")
    assert page.locator("h1").inner_text()


def test_the_household_signs_on_two_phones_and_the_clerk_sees_it(visit, texts):
    page = visit(PHONE)
    page.goto("/together/?matter=MZ-DIBAO&matter=MZ-CANBU")
    page.click("a.act[href*='/together/start/']")
    begin(page, texts, "13800000713")
    page.click("a[href^='/forms/']")
    look(page, "forms-case")
    page.click("section:has(h2:has-text('社会救助申请表')) a.act")
    page.fill("textarea[name=blank_household]", "沈阿妹 妻子")
    page.fill("input[name=others_count]", "1")
    draw(page, (0.1, 0.5), (0.5, 0.2), (0.8, 0.7))
    look(page, "forms-fill")
    page.click("form button.act")
    page.wait_for_load_state()
    page.locator("input[name=name]").first.fill("沈阿妹")
    page.locator("input[name=phone]").first.fill("13800000798")
    page.click("form[action$='/ask/'] button")
    page.wait_for_load_state()
    link = next(text for to, text in reversed(texts) if to == "13800000798").split("http", 1)[1]
    wife = visit(PHONE, elder=True)
    wife.goto("http" + link)
    look(wife, "forms-prove")
    wife.click("form button.act")
    wife.fill("input[name=code]", digits(texts, "13800000798"))
    wife.click("form button.act")
    wife.wait_for_load_state()
    draw(wife, (0.2, 0.5), (0.6, 0.2), (0.8, 0.7))
    look(wife, "forms-invited")
    wife.click("form button.act")
    wife.wait_for_load_state()
    look(wife, "forms-thanks")
    assert "aid_form" not in {item.code for item in held("MZ-DIBAO")}
    clerk = sign_in(visit(DESK), "lin")
    clerk.goto(f"/desk/cases/{CaseRow.objects.get(matter='MZ-DIBAO').docket}/")
    look(clerk, "forms-desk")
    assert clerk.locator("text=都签好了").count()


def test_the_desk_takes_two_needs_in_one_call(visit, texts):
    clerk = sign_in(visit(DESK), "lin")
    clerk.goto("/desk/call/?q=老人走了要销户口")
    clerk.select_option("select[name=matter]", "GA-SIWANG")
    clerk.check("input[name=also][value=RS-SANGZANG]")
    clerk.fill("input[name=caller_name]", "周敏")
    clerk.fill("input[name=caller_phone]", "13800000713")
    look(clerk, "together-call")
    clerk.click("form button.act")
    clerk.wait_for_load_state()
    look(clerk, "together-desk")
    clerk.click("form[action$='/checklist/'] button.act")
    clerk.wait_for_load_state()
    assert held("RS-SANGZANG") == ()
    case = CaseRow.objects.get(matter="GA-SIWANG").docket
    for large in ("", "?large=1"):
        clerk.goto(f"/desk/cases/{case}/list/{large}")
        look(clerk, f"together-notice{'-large' if large else ''}")
