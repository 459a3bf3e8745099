"""A printed label in the hand: read from a photograph without script, on the phone with it, and easy to use by all."""

import pypdfium2 as pdfium
import pytest
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.test_night_call import sign_in
from tests.journeys.test_reach import sideways, violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
# Chromium on Linux has no BarcodeDetector; this one stands in and answers as the one on a phone does.
ON_A_PHONE = """
window.BarcodeDetector = class {
  async detect(image) {
    if (!image.width) throw new Error("not a picture");
    return [{rawValue: "https://elsewhere.example/l/BX-10000108/"}, {rawValue: location.origin + "/b/BX-01/"}];
  }
};
"""


@pytest.fixture
def sheet(visit, tmp_path):
    """The director's browser, and the first box label of a sheet printed at the desk, as a picture."""
    page = visit(DESK)
    sign_in(page, "hu")
    page.goto("/labels/")
    form = {"kind": "box", "count": "1", "csrfmiddlewaretoken": page.input_value("main [name=csrfmiddlewaretoken]")}
    answer = page.request.post("/labels/", form=form, headers={"Referer": page.url})
    picture = tmp_path / "label.png"
    pdfium.PdfDocument(answer.body())[0].render(scale=2).to_pil().save(picture)
    return page, picture


def test_the_director_prints_a_label_photographs_it_and_the_box_is_in_service(sheet):
    page, picture = sheet
    page.goto("/scan/")
    page.set_input_files("input[name=photo]", picture)
    page.get_by_role("button", name="读这张照片").click()
    page.get_by_label("放在哪个码头？").select_option(index=1)
    page.get_by_role("button", name="启用这只箱").click()
    page.wait_for_url("**/b/BX-10000108/")
    assert page.get_by_role("heading", name="放材料").is_visible()


def test_a_neighbour_without_script_comes_to_the_box_by_photograph(sheet, visit):
    _, picture = sheet
    page = visit(PHONE, script=False)
    page.goto("/scan/")
    page.set_input_files("input[name=photo]", picture)
    page.get_by_role("button", name="读这张照片").click()
    page.wait_for_url("**/l/BX-10000108/")
    assert page.get_by_text("还不能往里放材料").is_visible()


def test_where_the_phone_can_read_it_no_photograph_is_sent(sheet, visit):
    _, picture = sheet
    page = visit(PHONE)
    page.add_init_script(ON_A_PHONE)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto("/scan/")
    page.set_input_files("input[name=photo]", picture)
    page.wait_for_url("**/b/BX-01/")
    assert sent == []


@pytest.mark.parametrize("elder", [False, True])
def test_the_scanner_has_no_barrier_and_does_not_scroll_sideways(sheet, visit, elder):
    page = visit({"width": 320, "height": 640}, elder=elder)
    for address in ("/scan/", "/scan/?code=BX-10000109", "/l/BX-10000108/"):
        page.goto(address)
        assert violations(page) == []
        assert not sideways(page), address


def test_the_page_that_prints_has_no_barrier(sheet):
    page, _ = sheet
    for address in ("/labels/", "/l/BX-10000108/"):
        page.goto(address)
        assert violations(page) == []
