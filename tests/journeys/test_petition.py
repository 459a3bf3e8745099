"""A petition from registration to the final review, clicked through by everybody who takes part."""

import io
import os
import re

import pytest
from PIL import Image
from tests.journeys.conftest import PHONE
from tests.journeys.test_night_call import look_up, sign_in
from tests.journeys.test_reach import sideways, violations

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load
from driftbox.apps.eventlog import queries as log
from driftbox.apps.people.models import Account

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WORDS = "码头边的滑道塌了半边，船拉不上来，问了几家都说不归他管。"
ANSWERS = ("own_matter", "none", "no", "asked")
OPINION = {"facts": "2011 年修的，塌了半边。", "grounds": "该修，列入今年。", "basis": "渔港管理的规定。"}
DESK = {"width": 1280, "height": 900}
SHOTS = os.environ.get("PETITION_SHOTS", "")


class Seen:
    """Whatever a page shows wrong, from every page that was looked at."""

    def __init__(self, *, script=True):
        self.barriers, self.wide, self.script = [], [], script

    def look(self, page, name=""):
        if self.script:  # what measures is script itself
            self.barriers += violations(page)
            self.wide += [page.url] if sideways(page) else []
        if SHOTS and name:
            page.screenshot(path=f"{SHOTS}/{name}-{page.locator('html').get_attribute('lang')}.png", full_page=True)


def office_person(username):
    """The person behind a user name."""
    return Account.objects.get(username=username).person


def letter():
    picture = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(picture, "PNG")
    return {"name": "letter.png", "mimeType": "image/png", "buffer": picture.getvalue()}


def register(page, seen):
    """A letter with its scan, sorted by four questions."""
    page.goto("/desk/petitions/")
    for number, answer in enumerate(ANSWERS):
        seen.look(page, f"ask-{number}")
        page.click(f"main a[href$='answer={answer}']")
    assert page.locator("input[name=way]:checked").get_attribute("value") == "redress"
    seen.look(page, "register")
    page.select_option("select[name=channel]", "letter")
    page.fill("textarea[name=words]", WORDS)
    page.set_input_files("input[name=scan]", letter())
    page.fill("input[name=name]", "周大海")
    page.fill("input[name=phone]", "13800000714")
    for name, words in (("others", "金阿毛 13800000715"), ("complained", "方船长")):
        page.click(f"details:has([name={name}]) summary")
        page.fill(f"[name={name}]", words)
    page.click("main form button.act")
    page.wait_for_url(re.compile("/desk/cases/"))
    seen.look(page, "case")
    return CaseRow.objects.get(tier=0)


def act(page, case, kind, seen=None, **fields):
    """Do one act on the page of its own, found from the page of the case."""
    page.goto(f"/desk/cases/{case.docket}/")
    link = page.locator(f"main a[href$='/do/{kind}/']")
    if not link.first.is_visible():
        page.click("main aside details summary >> nth=0")
    link.first.click()
    for name, value in fields.items():
        if page.locator(f"select[name={name}]").count():
            page.select_option(f"select[name={name}]", value)
        elif page.locator(f"input[type=radio][name={name}]").count():
            page.check(f"[name={name}][value='{value}']")
        else:
            page.fill(f"[name={name}]", value)
    if seen:
        seen.look(page, kind)
    page.click("main form button.act")
    page.wait_for_url(re.compile(f"/desk/cases/{case.docket}/$"))


def answer(page, case, outcome, kind, seen):
    """Write the opinion and hand it over."""
    act(page, case, "opinion.issued", seen, outcome=outcome, **OPINION)
    act(page, case, kind, seen, signed="周大海")
    seen.look(page, f"case-{kind}")


def ask_again(page, case, seen, name):
    """The petitioner looks it up, sees why the day is that day, and asks for a review."""
    look_up(page, case)
    seen.look(page, f"track-{name}")
    page.click("main a[href*='/why/'] >> nth=0")
    seen.look(page, f"why-{name}")
    page.click("main a.back")
    page.click("main a[href$='/review/']")
    page.fill("textarea[name=words]", "没有写哪年修。")
    seen.look(page, f"review-{name}")
    page.click("main form button.act")
    page.wait_for_url(re.compile("/receipt/"))
    seen.look(page, f"receipt-{name}")


@pytest.mark.parametrize(
    ("script", "language", "elder"), [(True, "zh-CN", False), (False, "en-GB", True)], ids=["zh", "en elder, no script"]
)
def test_from_registration_to_the_final_review(visit, script, language, elder):
    ways, seen = {"script": script, "language": language}, Seen(script=script)
    desk, office, upper = (sign_in(visit(DESK, **ways), name) for name in ("lin", "he", "zhao"))
    case = register(desk, seen)
    act(desk, case, "petition.transferred", seen, office="D-MZ")
    body = sign_in(visit(DESK, **ways), "wang")
    act(body, case, "transfer.received")
    act(body, case, "petition.objected", seen, words="滑道归渔业管，不是我们修的。")
    act(desk, case, "petition.returned", seen)
    act(desk, case, "petition.transferred", office="D-XF", how="assign", report_by="2099-01-04")
    act(office, case, "transfer.received")
    act(office, case, "petition.accepted")
    act(office, case, "handler.named", seen, handler=office_person("he"))
    act(office, case, "petitioner.heard", seen, words="到滑道边听他说，看了塌的地方。")
    act(office, case, "petition.investigated", words="图纸在库里。")
    answer(office, case, "supported", "opinion.served", seen)
    family = visit(PHONE, **ways, elder=elder)
    ask_again(family, case, seen, "first")
    review = CaseRow.objects.get(tier=1)
    act(upper, review, "handler.named", handler=office_person("zhao"))
    answer(upper, review, "upheld", "review.served", seen)
    ask_again(family, review, seen, "again")
    last = CaseRow.objects.get(tier=2)
    act(upper, last, "handler.named", handler=office_person("wang"))
    act(body, last, "hearing.opened")
    act(body, last, "hearing.closed")
    answer(body, last, "changed", "rereview.served", seen)
    look_up(family, last)
    seen.look(family, "track-ended")
    assert family.locator("main a[href$='/review/']").count() == 0
    assert family.locator("#told").count() == 1  # nothing more is taken, and who still helps
    assert [row.stage for row in CaseRow.objects.order_by("tier")] == ["answered", "review_answered", "ended"]
    assert all(row.contested == 0 and log.verify_docket(row.docket) == [] for row in CaseRow.objects.all())
    first = load(case.docket).docket
    assert (first.petition.review, load(review.docket).docket.petition.reviewed) == (review.docket, case.docket)
    assert (seen.barriers, seen.wide) == ([], [])


@pytest.mark.parametrize(("script", "language", "elder"), [(True, "en-GB", True), (False, "zh-CN", True)])
def test_a_resident_tells_it_on_the_web(visit, capsys, script, language, elder):
    seen, page = Seen(script=script), visit(PHONE, script=script, language=language, elder=elder)
    page.goto("/matters/XF-QIUJUE/start/")
    for answer in ANSWERS[1:]:
        seen.look(page, f"tell-{answer}")
        page.click(f"main a[href$='answer={answer}']")
    page.fill("textarea[name=words]", WORDS)
    page.fill("input[name=name]", "周大海")
    page.fill("input[name=phone]", "13800000714")
    page.click("main form button.act")
    seen.look(page, "tell-form")
    page.fill("input[name=code]", re.search(r"\D(\d{6})\D", capsys.readouterr().out)[1])
    page.set_input_files("input[name=scan]", letter())
    page.click("main form button.act")
    page.wait_for_url(re.compile("/receipt/"))
    seen.look(page, "tell-receipt")
    page.click("main a[href^='/track/']")
    seen.look(page, "tell-track")
    row = CaseRow.objects.get()
    assert (row.channel, row.sort, row.route) == ("web", "redress", "art31-6")
    assert (seen.barriers, seen.wide) == ([], [])
