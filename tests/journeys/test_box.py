"""The way of a bag with printed labels, out and home; a broken seal until it is settled; a clerk on the telephone."""

import io
import re

import pypdfium2 as pdfium
import pytest
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.test_keyboard import sign_in as sign_in_by_keys
from tests.journeys.test_night_call import at_desk, look_up, sign_in, take_the_call
from tests.journeys.test_reach import sideways, violations

from driftbox.apps.custody.queries import box_labelled, load_box
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import entries_of, load
from driftbox.apps.eventlog import queries as log
from driftbox.apps.notices.queries import receipt_of
from driftbox.gateways.scan import read_codes

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SMALL = {"width": 320, "height": 640}


def printed(page, kind):
    """Print a sheet at the desk; the first number on it as a camera reads it, and the page as a photograph."""
    page.goto("/labels/")
    form = {"kind": kind, "count": "2", "csrfmiddlewaretoken": page.input_value("main [name=csrfmiddlewaretoken]")}
    answer = page.request.post("/labels/", form=form, headers={"Referer": page.url})
    picture = io.BytesIO()
    pdfium.PdfDocument(answer.body())[0].render(scale=3).to_pil().save(picture, "PNG")
    codes = read_codes(picture.getvalue())
    return [code.strip("/").split("/")[-1] for code in codes], picture.getvalue()


@pytest.fixture
def labels(visit, tmp_path):
    """Two printed seals, a label for a bag, and a box put into service from its printed label."""
    page = sign_in(visit(DESK), "hu")
    seals, _ = printed(page, "seal")
    bags, _ = printed(page, "parcel")
    boxes, picture = printed(page, "box")
    page.goto(f"/l/{boxes[0]}/")
    page.select_option("select[name=pier]", "ZHANGZHOU")
    page.click("main form button")
    photograph = tmp_path / "box.png"
    photograph.write_bytes(picture)
    return {"seals": seals, "bag": bags[0], "box": boxes[0], "picture": photograph}


def scan(page, picture, box):
    """Photograph the sheet, and choose the box if several codes are on it."""
    page.goto("/scan/")
    page.set_input_files("input[name=photo]", picture)
    page.click("#scan button")
    page.wait_for_load_state()
    if "/scan/" in page.url:
        page.click(f"a[href*='{box}']")
    page.wait_for_url(f"**/b/{box}/")


def put_in(page, case, seal, bag):
    page.fill("input[name=code]", receipt_of(case.docket))
    page.click("main form button.act")
    for one in page.locator("input[name=items]").all():
        one.check()
    page.fill("input[name=seal]", seal)
    page.fill("input[name=bag]", bag)
    page.click("main form button.act")
    page.wait_for_url(re.compile("/done/"))


def sail(page, box):
    """Aboard the boat that is offered first, and ashore at its end."""
    page.goto(f"/pocket/box/{box}/")
    page.click("form[action$='/move/'] button")
    page.wait_for_load_state()
    page.click("form[action$='/move/'] button.act")
    page.wait_for_load_state()


def take(page, box, seal, intact="yes"):
    page.goto(f"/pocket/box/{box}/")
    page.check(f"input[name=intact][value={intact}]")
    page.fill("input[name=number]", seal)
    page.click("form[action$='/collect/'] button")
    page.wait_for_load_state()


def act(page, kind):
    page.click(f"form[action$='/act/{kind}/'] button:not([type])")
    page.wait_for_load_state()


def to_the_window(page):
    act(page, "task.claimed")
    for field, kind in (("found", "materials.counted"), ("there", "materials.checked")):
        for one in page.locator(f"input[name={field}]").all():
            one.check()
        act(page, kind)


def send_home(page, case, seal, box):
    page.goto(f"/pocket/cases/{case.docket}/")
    form = page.locator("form[action$='/act/return.packed/']")
    form.locator("input[name=seal]").fill(seal)
    form.locator("select[name=box]").select_option(box)
    form.locator("button").click()
    page.wait_for_load_state()


def test_from_the_pier_to_the_window_and_home_to_the_door(visit, labels):
    clerk = sign_in(visit(DESK), "lin")
    case = take_the_call(clerk)
    family = visit(PHONE, script=False)
    scan(family, labels["picture"], labels["box"])
    put_in(family, case, labels["seals"][0], labels["bag"])
    agent, crew = sign_in(visit(PHONE), "chen"), sign_in(visit(PHONE, script=False), "fang")
    sail(crew, labels["box"])
    take(agent, labels["box"], labels["seals"][0])
    to_the_window(agent)
    at_desk(clerk, case, "case.accepted")
    officer = sign_in(visit(DESK), "wang")
    at_desk(officer, case, "decision.made", "符合条件，同意。")
    at_desk(officer, case, "result.issued")
    send_home(agent, case, labels["seals"][1], labels["box"])
    sail(crew, labels["box"])
    look_up(family, case)
    assert "到了朱家尖樟州湾码头，等人来取" in family.inner_text(".bags")
    take(agent, labels["box"], labels["seals"][1])
    agent.fill("input[name=signed]", "周大海")
    act(agent, "result.delivered")
    family.reload()
    assert "送回家的一袋" in family.inner_text(".bags")
    state = load(case.docket).docket
    assert (state.stage, state.open_incidents, state.contested) == ("delivered", (), {})
    assert [one.label for one in state.parcels.values()] == [labels["bag"], ""]
    assert log.verify_docket(case.docket) == []


@pytest.mark.parametrize(("language", "elder"), [("zh-CN", False), ("en-GB", True)])
def test_a_broken_seal_from_the_pier_until_it_is_settled(visit, language, elder, tmp_path, labels):
    ways = {"language": language, "elder": elder}
    case = take_the_call(sign_in(visit(DESK), "lin"))
    depositor = visit(PHONE, **ways)
    depositor.goto("/b/BX-01/")
    put_in(depositor, case, labels["seals"][0], "")
    agent = sign_in(visit(PHONE, **ways), "chen")
    take(agent, "BX-01", "", intact="no")
    agent.wait_for_url(re.compile("/incidents/"))
    agent.set_input_files("input[name=photo]", labels["picture"])
    agent.click("form[action$='/photograph/'] button")
    clerk, family = sign_in(visit(DESK, **ways), "lin"), visit(SMALL, **ways)
    look_up(family, case)
    told = family.inner_text(".sea .note.act")
    assert ("有一处对不上" in told) == (language == "zh-CN")
    clerk.goto("/incidents/")
    clerk.click(f"a[href*='{case.docket}']")
    clerk.click("form[action$='/notify/'] button")
    director = sign_in(visit(DESK, **ways), "hu")
    director.goto(clerk.url)
    director.select_option("select[name=how]", "accepted")
    director.click("form[action$='/settle/'] button")
    director.wait_for_load_state()
    assert load(case.docket).docket.open_incidents == ()
    family.reload()
    assert family.locator(".sea .note.act").count() == 0


def test_a_clerk_on_the_telephone_puts_it_in_for_somebody_who_cannot_read(visit, labels):
    clerk = sign_in_by_keys(visit(DESK), "lin")
    case = take_the_call(clerk.page)
    clerk.press("a[href$='/deposit/']")
    clerk.type("input[name=box]", "BX01")
    clerk.tick_all("input[name=items]")
    seal = labels["seals"][0]
    clerk.type("input[name=seal]", "".join("零幺二三四五六七八九"[int(digit)] for digit in seal[3:]))
    clerk.press("main form button.act")
    assert f"{seal[3:7]} {seal[7:]}" in clerk.page.inner_text(".said")
    sent = next(one for one in entries_of(case.docket) if one.kind == "materials.sent")
    assert (sent.role, bool(sent.recorder), sent.body.seal) == ("depositor", True, seal)


def test_the_crew_hands_in_for_many_with_the_keyboard_alone(visit, labels):
    case = take_the_call(sign_in(visit(DESK), "lin"))
    crew = sign_in_by_keys(visit(PHONE), "fang")
    crew.page.goto("/pocket/box/BX-01/many/")
    crew.type("input[name=slip_0]", receipt_of(case.docket))
    crew.type("input[name=seal_0]", labels["seals"][0])
    crew.press("button[value=look]")
    crew.press("button[value=put]")
    assert len(load_box(box_labelled("BX-01").docket).parcels) == 1
    assert CaseRow.objects.get().stage == "sent"


@pytest.mark.parametrize("elder", [False, True])
def test_the_pages_of_the_box_have_no_barrier_and_do_not_scroll_sideways(visit, labels, elder):
    case = take_the_call(sign_in(visit(DESK), "lin"))
    family, agent = visit(SMALL, elder=elder), sign_in(visit(SMALL, elder=elder), "chen")
    clerk, found = sign_in(visit(SMALL, elder=elder), "lin"), []

    def look(page, address):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found.extend(violations(page))
        assert not sideways(page), address

    look(clerk, f"/desk/cases/{case.docket}/deposit/")
    family.goto("/b/BX-01/")
    family.fill("input[name=code]", receipt_of(case.docket))
    family.click("main form button.act")
    look(family, "/b/BX-01/deposit/")
    family.goto("/b/BX-01/")
    put_in(family, case, labels["seals"][0], labels["bag"])
    for address in ("/pocket/", "/pocket/box/BX-01/", "/pocket/box/BX-01/many/"):
        look(agent, address)
    take(agent, "BX-01", "", intact="no")
    odd = agent.url
    for address in (odd, "/incidents/", f"/incidents/open/{case.docket}/", f"/pocket/cases/{case.docket}/"):
        look(agent, address)
    for address in (odd, "/incidents/", f"/incidents/open/{case.docket}/"):
        look(clerk, address)
    look_up(family, case)
    look(family, family.url)
    assert found == []
