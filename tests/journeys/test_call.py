"""A call in real browsers with cameras that draw: seen, heard, a paper kept, recorded, agreed, cut and found again."""

import re
import time

import pytest
from tests.journeys.calls import CAMERA, LOCAL, REFUSED, Signalling
from tests.journeys.conftest import DESK, FLAGS, PHONE, chromium_path
from tests.journeys.test_night_call import sign_in, take_the_call
from tests.journeys.test_reach import sideways, violations

from driftbox.apps.dockets.queries import load
from driftbox.apps.people.access import staff_viewer
from driftbox.apps.sittings import invitations, recordings, rooms
from driftbox.cli.clock_now import now

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SEEN = """() => {
  const all = [...document.querySelectorAll('.tile:not(.mine) video')];
  return all.length && all.every((one) => one.videoWidth > 0 && one.readyState > 2);
}"""
JOIN_MOST = 3.0  # seconds from pressing to picture


@pytest.fixture(scope="module")
def cameras(chromium):
    """A Chromium whose cameras draw and whose microphones beep."""
    browser = chromium.browser_type.launch(executable_path=chromium_path(), args=[*FLAGS, *LOCAL, *CAMERA])
    yield browser
    browser.close()


@pytest.fixture
def come(cameras, harbour, settings):
    """Open a fresh browser beside running signalling: ``come(viewport, elder=…, language=…)``."""
    signalling = Signalling()
    signalling.start()
    settings.DRIFTBOX_WS_PORT = signalling.port
    contexts = []

    def fresh(viewport, *, elder=False, language="zh-CN", browser=cameras):
        context = browser.new_context(viewport=viewport, locale=language, base_url=harbour[0].url)
        context.set_default_timeout(10_000)
        if elder:
            context.add_cookies([{"name": "driftbox_mode", "value": "elder", "url": harbour[0].url}])
        contexts.append(context)
        return context.new_page()

    yield fresh
    for context in contexts:
        context.close()
    signalling.stop()


@pytest.fixture
def appointed(come, harbour):
    """A clerk with a case whose resident waits: (clerk, resident, room)."""

    def both(**how):
        clerk = sign_in(come(DESK), "lin")
        case = take_the_call(clerk)
        viewer = staff_viewer(harbour[1].staff["lin"])
        room = rooms.start(case.docket, viewer, now=now())
        resident = come(PHONE, **how)
        resident.goto(link(room, viewer, "resident"))
        resident.click("main form button.act")
        resident.wait_for_selector("#ahead")
        return clerk, resident, room

    return both


def link(room, viewer, part, name=""):
    return f"/v/{invitations.invite(room.pk, part, viewer, name=name, now=now()).token}/"


def answer(clerk, room):
    clerk.goto("/desk/video/")
    clerk.click(f"form[action='/desk/video/{room.pk}/answer/'] button")
    clerk.wait_for_url(re.compile("/video/"))


def until(page, script, seconds=15):
    """Ask the page until it says yes. Its own policy stays in force, so nothing is evaluated inside it."""
    end = time.monotonic() + seconds
    while not page.evaluate(script):
        assert time.monotonic() < end, script
        page.wait_for_timeout(40)


def joined(*pages):
    for page in pages:
        until(page, SEEN)


def test_two_meet_and_see_each_other_in_three_seconds(appointed):
    clerk, resident, room = appointed()
    resident.click("#try")
    until(resident, "document.getElementById('level').value > 0")
    until(resident, "document.getElementById('see').videoWidth > 0")
    found = violations(resident)
    answer(clerk, room)
    resident.wait_for_selector("#call")
    joined(clerk, resident)
    began = time.perf_counter()
    resident.reload()
    joined(resident)
    assert time.perf_counter() - began <= JOIN_MOST
    assert not sideways(resident)
    assert found + violations(resident) + violations(clerk) == []


def test_a_paper_is_kept_all_agree_it_is_recorded_and_read_back(appointed, harbour, come):
    clerk, resident, room = appointed(elder=True)
    answer(clerk, room)
    resident.wait_for_selector("#call")
    joined(clerk, resident)
    keep_a_paper(clerk, resident)
    record_a_little(clerk, resident)
    clerk.fill("#agreed-words", "明天九点前，窗口给周大海家打电话。")
    clerk.click("#read-back")
    resident.wait_for_selector("#agreeing:not([hidden])")
    found = violations(resident) + violations(clerk)
    resident.click("#agree-yes")
    until(clerk, "document.querySelectorAll('#agrees .yes').length === 1")
    clerk.select_option("#end select[name=next]", "nothing")
    clerk.click("#end button")
    clerk.wait_for_url(re.compile("/desk/cases/"))
    resident.wait_for_selector("main .button[href*='track']")
    found += violations(resident)
    (sitting,) = load(room.docket).docket.sittings
    assert not sitting.open
    assert len(sitting.shown) == 1
    assert {seat for _, seat in sitting.agreed} == {one.seat for one in sitting.sitters if one.part == "resident"}
    (kept,) = sitting.recordings
    played = recordings.play(staff_viewer(harbour[1].staff["lin"]), room.docket, kept.id)
    assert played.whole
    assert set(kept.consented) == {one.seat for one in sitting.sitters}
    assert found == []


def keep_a_paper(clerk, resident):
    clerk.click("#ask-paper")
    resident.wait_for_selector("#hold:not([hidden])")
    resident.wait_for_timeout(300)
    resident.click("#snap")
    resident.click("#keep")
    clerk.wait_for_selector("#looking:not([hidden])")
    clerk.click("#look", position={"x": 60, "y": 60})
    until(resident, "!document.getElementById('look-mark').hasAttribute('hidden')")


def record_a_little(clerk, resident):
    """Nobody is recorded before all agreed; whoever takes it back ends it."""
    clerk.click("#record")
    resident.click("#consent-yes")
    clerk.click("#consent-yes")
    clerk.wait_for_selector("#record:has-text('开始录')")
    clerk.click("#record")
    resident.wait_for_selector("#recording:not([hidden])")
    resident.wait_for_timeout(3500)
    resident.click("#consent-back")
    resident.wait_for_selector("#recording", state="hidden")
    until(clerk, "document.getElementById('consent-said').textContent.includes('封进卷里')")


def test_refusing_to_be_recorded_changes_nothing_else(appointed):
    clerk, resident, room = appointed()
    answer(clerk, room)
    joined(clerk, resident)
    clerk.click("#record")
    clerk.click("#consent-yes")
    resident.click("#consent-no")
    until(clerk, "document.querySelectorAll('#consents .no').length === 1")
    clerk.click("#record")
    resident.wait_for_timeout(300)
    assert resident.locator("#recording").is_hidden()
    clerk.fill("#typed", "听得见吗")
    clerk.press("#typed", "Enter")
    resident.wait_for_selector("#captions:has-text('听得见吗')")
    assert load(room.docket).docket.sittings[0].recordings == ()


CUT = """() => {
  const Real = WebSocket;
  window.WebSocket = class extends Real {
    constructor(...all) { super(...all); window.wires = [...(window.wires ?? []), this]; if (window.cut) this.close(); }
    send(what) { if (!window.cut) super.send(what); }
  };
  Object.assign(window.WebSocket, {OPEN: 1});
}"""


def test_a_tunnel_is_got_over_without_a_press(appointed):
    clerk, resident, room = appointed()
    resident.add_init_script(f"({CUT})()")
    answer(clerk, room)
    joined(clerk, resident)
    resident.evaluate("() => { window.cut = true; window.wires.at(-1).close(3001); }")
    resident.wait_for_selector("#said:has-text('断了')")
    clerk.wait_for_selector("figcaption:has-text('视频')", state="detached")
    resident.wait_for_timeout(2000)
    resident.evaluate("() => { window.cut = false; }")
    resident.wait_for_selector("#said", state="hidden")
    until(resident, "document.getElementById('call').dataset.connected === '1'")
    joined(clerk, resident)


def test_whoever_has_no_camera_is_told_so_and_still_comes_in(chromium, come, appointed):
    dark = chromium.browser_type.launch(executable_path=chromium_path(), args=[*FLAGS, *LOCAL, *REFUSED])
    clerk, resident, room = appointed(browser=dark)
    resident.click("#try")
    resident.wait_for_selector("#trouble:has-text('摄像头没让用')")
    answer(clerk, room)
    resident.wait_for_selector("#call[data-connected='1']")
    resident.wait_for_selector("#said:has-text('摄像头没让用')")
    dark.close()


def test_somebody_without_a_seat_gets_in_nowhere(appointed, come):
    _clerk, _resident, room = appointed()
    outsider = come(PHONE)
    assert outsider.goto(f"/video/{room.pk}/").status == 404
    assert outsider.locator("#call").count() == 0
