"""One change of a matter, from the first word of a draft to the resident's page: two people, no script."""

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import DESK, PHONE

from driftbox.apps.eventlog.queries import verify_docket
from driftbox.apps.packdesk.queries import changes, docket

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MATTER = "/desk/matters/YB-TESHU/"


def sign_in(page, username):
    page.goto("/in/staff/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", "piaoliuxiang-test")
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/desk/**")


def drafted(page):
    """A draft with another sentence and one paper more, which another matter has."""
    page.get_by_role("link", name="改事项").click()
    page.get_by_role("link", name="办特殊病种卡").click()
    page.get_by_role("button", name="起一份草稿").click()
    page.get_by_role("link", name="名称和说明").click()
    page.fill("[name=lead_zh]", "常年看门诊的病，备个案，门诊也按住院报。")
    page.fill("[name=lead_en]", "")
    page.get_by_role("button", name="存", exact=True).click()
    expect(page.locator(".error")).to_contain_text("没有英文")
    page.fill("[name=lead_en]", "For illnesses with years of outpatient care.")
    page.get_by_role("button", name="存", exact=True).click()
    page.select_option("[name=which] >> nth=-1", "household_register")
    page.get_by_role("button", name="加", exact=True).last.click()
    page.get_by_role("button", name="存", exact=True).click()


def handed_on(page):
    page.fill("[name=note]", "说得好懂些。")
    page.get_by_role("button", name="记下").click()
    page.get_by_role("button", name="交给另一位看").click()
    expect(page.get_by_text("交上去了")).to_be_visible()


def fits(page, path):
    """Whether nothing sticks out at 320 pixels."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    return page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_change_goes_from_one_desk_over_another_to_the_residents_page(visit, tmp_path):
    writer, reader, resident = visit(DESK), visit(PHONE, script=False), visit(PHONE, script=False)
    sign_in(writer, "xu")
    drafted(writer)
    assert all(fits(writer, MATTER + page) for page in ("", "draft/material-pathology/", "draft/lists/", "draft/"))
    handed_on(writer)
    expect(writer.get_by_role("button", name="看过了，发布")).to_have_count(0)
    sign_in(reader, "gu")
    reader.goto(f"{MATTER}draft/")
    reader.get_by_role("link", name="看群众会看到的页面").click()
    expect(reader.get_by_text("常年看门诊的病，备个案")).to_be_visible()
    resident.goto("/matters/YB-TESHU/")
    expect(resident.get_by_text("常年看门诊的病，备个案")).to_have_count(0)
    reader.get_by_role("link", name="回草稿").click()
    assert fits(reader, f"{MATTER}draft/")
    reader.get_by_role("button", name="看过了，发布").click()
    expect(reader.get_by_text("第 1 版")).to_have_count(2)
    resident.reload()
    expect(resident.get_by_text("常年看门诊的病，备个案")).to_be_visible()
    expect(resident.get_by_text(re.compile("就准备这 4 样"))).to_be_visible()
    assert [change.said.version for change in changes()] == [1]
    assert verify_docket(docket()) == []
