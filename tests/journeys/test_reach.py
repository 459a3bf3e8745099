"""Everyone can use the pages: screen reader, keyboard alone, a thin link, a small phone, the dark."""

import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.test_night_call import hand_in, look_up, sign_in, take_the_call

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.notices.queries import receipt_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
RESIDENT_PAGES = [
    "/", "/matters/", "/matters/MZ-DIBAO/", "/ask/?q=没钱看病", "/track/find/", "/in/resident/", "/b/BX-01/",
                  "/matters/MZ-DIBAO/start/", "/privacy/", "/nowhere"]  # fmt: skip


def violations(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [(page.url, rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found]


def sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize("elder", [False, True])
def test_resident_pages_have_no_barrier_and_do_not_scroll_sideways(visit, elder):
    page = visit({"width": 320, "height": 640}, elder=elder)
    found = []
    for address in RESIDENT_PAGES:
        page.goto(address)
        found += violations(page)
        assert not sideways(page), address
    assert found == []


@pytest.mark.parametrize("elder", [False, True])
def test_pages_in_english_fit_the_smallest_phone_too(visit, elder):
    page = visit({"width": 320, "height": 640}, language="en-GB", elder=elder)
    for address in RESIDENT_PAGES:
        page.goto(address)
        assert not sideways(page), address
    sign_in(page, "chen").goto("/pocket/")
    assert not sideways(page)


def test_the_dark_has_no_barrier_either(visit):
    page = visit(PHONE)
    page.emulate_media(color_scheme="dark")
    page.goto("/")
    assert violations(page) == []


def test_case_pages_have_no_barrier(visit):
    clerk = sign_in(visit(DESK), "lin")
    case = take_the_call(clerk)
    found = violations(clerk)
    for address in ("/desk/", "/desk/call/?q=低保", f"/desk/cases/{case.docket}/list/"):
        clerk.goto(address)
        found += violations(clerk)
    hand_in(visit(PHONE), case)
    family = visit(PHONE)
    look_up(family, case)
    found += violations(family)
    agent = sign_in(visit(PHONE), "chen")
    for address in ("/pocket/", "/pocket/box/BX-01/", f"/pocket/cases/{case.docket}/"):
        agent.goto(address)
        found += violations(agent)
        assert not sideways(agent), address
    assert found == []


def test_a_case_is_found_with_the_keyboard_alone(visit):
    case = take_the_call(sign_in(visit(DESK), "lin"))
    page = visit(PHONE)
    page.goto("/track/find/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("input[name=number]")
    page.keyboard.type(case.number)
    page.keyboard.press("Tab")
    page.keyboard.type(receipt_of(case.docket))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(case.docket))
    assert CaseRow.objects.get().number in page.inner_text("main")


@pytest.mark.parametrize("address", RESIDENT_PAGES[:6])
def test_a_first_visit_weighs_at_most_sixty_kilobytes_and_asks_nobody_else(visit, harbour, address):
    page = visit(PHONE)
    sizes, hosts = [], set()

    def weigh(response):
        hosts.add(response.url.split("/")[2])
        sizes.append(len(response.body()) + 400)  # headers

    page.on("response", weigh)
    page.goto(address, wait_until="networkidle")
    assert sum(sizes) <= 60 * 1024
    assert hosts == {harbour[0].url.split("/")[2]}


def test_home_can_be_read_on_a_thin_link(visit, record_testsuite_property):
    page = visit(PHONE)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    thin = {"offline": False, "latency": 800, "downloadThroughput": 50_000 / 8, "uploadThroughput": 50_000 / 8}
    session.send("Network.emulateNetworkConditions", thin)
    began = time.monotonic()
    page.goto("/", wait_until="commit")
    page.wait_for_selector("h1")
    page.wait_for_selector("input[name=q]")
    record_testsuite_property("seconds_to_the_question", round(time.monotonic() - began, 1))
