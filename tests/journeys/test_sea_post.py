"""A fisherman at the kiosk: he speaks, takes a photograph, signs with a finger and goes with a receipt."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect
from tests.journeys.calls import CAMERA
from tests.journeys.conftest import FLAGS, chromium_path

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load
from driftbox.apps.papers.queries import open_paper

KIOSK = {"width": 1280, "height": 900}
WORDS = "蟹笼被拖走了十二只。"


def photo():
    made = io.BytesIO()
    Image.new("RGB", (320, 240), "#86B5AE").save(made, "JPEG")
    return {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


@pytest.fixture
def kiosk(playwright_with_mic, harbour):
    context = playwright_with_mic.new_context(viewport=KIOSK, locale="zh-CN", base_url=harbour[0].url)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def playwright_with_mic(chromium):
    browser = chromium.browser_type.launch(executable_path=chromium_path(), args=[*FLAGS, *CAMERA])
    yield browser
    browser.close()


def test_he_speaks_photographs_signs_and_takes_his_receipt(kiosk):
    kiosk.goto("/post/")
    kiosk.get_by_role("button", name="说一件事").click()
    kiosk.get_by_role("button", name="请帮我办一件事").click()
    kiosk.get_by_role("button", name="点一下，开始说").click()
    expect(kiosk.locator("[data-sound] output")).to_have_text("0:01")
    kiosk.get_by_role("button", name="说完了，点一下").click()
    expect(kiosk.locator("[data-sound] output")).to_contain_text("录好了，锁好了")
    kiosk.get_by_label("写几句").fill(WORDS)
    kiosk.get_by_role("button", name="下一步").click()
    kiosk.locator("input[type=file]").set_input_files([photo()])
    kiosk.get_by_role("button", name="放进来，再拍一张").click()
    expect(kiosk.locator(".pictures img")).to_have_count(1)
    kiosk.get_by_role("button", name="下一步").click()
    kiosk.get_by_label("您怎么称呼").fill("周大海")
    kiosk.get_by_label("您在哪条船").fill("浙普渔 00245")
    kiosk.get_by_role("button", name="下一步").click()
    pad = kiosk.locator("svg.pad").bounding_box()
    kiosk.mouse.move(pad["x"] + 40, pad["y"] + 40)
    kiosk.mouse.down()
    kiosk.mouse.move(pad["x"] + 200, pad["y"] + 90, steps=5)
    kiosk.mouse.up()
    kiosk.get_by_role("button", name="下一步").click()
    kiosk.get_by_role("button", name="对，交给驿站").click()
    expect(kiosk.get_by_role("heading", level=1)).to_have_text("收到了，一字不少")
    docket = load(CaseRow.objects.get(channel="sea").docket).docket
    expect(kiosk.locator(".slip dd").first).to_have_text(docket.number)
    assert open_paper(docket.id, docket.sea.recording).media_type in {"audio/webm", "audio/mp4", "audio/ogg"}
    assert open_paper(docket.id, docket.sea.signature).media_type == "image/svg+xml"
    assert len(docket.sea.photos) == 1
    kiosk.get_by_role("link", name="记下了，收起来").click()
    expect(kiosk.get_by_role("heading", level=1)).to_contain_text("跟船走")
