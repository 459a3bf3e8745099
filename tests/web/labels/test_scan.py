"""A code photographed, scanned by the phone or typed leads to its page, and never anywhere else."""

import io

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.apps.conftest import played, stage  # noqa: F401 - fixtures shared with the actions' tests

from driftbox.apps.custody.queries import box_labelled
from driftbox.apps.labels.actions import take_numbers
from driftbox.domain.custody.labels import FIRST_SERIAL, label_code

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


def photo(text, kind="png"):
    drawn = io.BytesIO()
    segno.make(text, micro=False).save(drawn, kind=kind, scale=8, border=4)
    return SimpleUploadedFile("label.png", drawn.getvalue())


def shot(text):
    return Client().post("/scan/", {"photo": photo(text)})


@pytest.mark.parametrize("way", ["/l/BX-10000108/", "/b/BX-01/", "/track/find/?number=LHD-1&code=ABC"])
def test_a_photographed_code_of_ours_leads_to_its_page(way):
    answer = shot(f"{SITE}{way}")
    assert answer.status_code == 302
    assert answer["Location"] == way


def test_a_code_that_holds_only_the_number_does_too():
    assert shot("BX-10000108")["Location"] == "/l/BX-10000108/"


def test_the_printed_address_counts_as_ours_wherever_it_is_scanned(settings):
    settings.DRIFTBOX_SITE = "https://box.example.cn/"
    assert shot("https://box.example.cn/l/BX-10000108/")["Location"] == "/l/BX-10000108/"


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example/l/BX-10000108/",
        f"{SITE}/in/staff/",
        f"{SITE}//evil.example/",
        f"{SITE}/l//evil.example/",
        "javascript:alert(1)",
        "https://[not-an-address/l/BX-01/",
        "微信支付",
    ],
)
def test_a_code_of_somebody_else_is_a_sentence_and_leads_nowhere(text):
    answer = shot(text)
    assert answer.status_code == 400
    assert "不是漂流箱的码" in answer.text


def test_what_is_no_photograph_is_a_sentence():
    answer = Client().post("/scan/", {"photo": SimpleUploadedFile("a.jpg", b"<svg>")})
    assert answer.status_code == 400
    assert "不是照片" in answer.text
    assert "还没有照片" in Client().post("/scan/").text


def test_who_tries_without_end_is_asked_to_rest(monkeypatch):
    monkeypatch.setattr("driftbox.web.labels.views.SCANS", 2)
    client = Client()
    statuses = [client.post("/scan/", {"photo": photo("BX-10000108")}).status_code for _ in range(4)]
    assert statuses[:2] == [302, 302]
    assert statuses[-1] == 429


@pytest.mark.parametrize(
    "typed", ["bx-10000108", "ＢＸ １０００ ０１０８", "1000 0108", "bx 1OOO olO8", "幺零零零零幺零八"]
)
def test_a_typed_number_is_read_as_it_comes(typed):
    assert Client().get("/scan/", {"code": typed})["Location"] == "/l/BX-10000108/"


def test_a_wrong_digit_is_noticed_before_anything_is_looked_up():
    answer = Client().get("/scan/", {"code": "BX 1000 0109"})
    assert answer.status_code == 400
    assert "有一位不对" in answer.text


def test_the_page_needs_no_account_and_no_script_and_scans_on_the_phone_where_it_can():
    page = Client().get("/scan/").text
    assert 'enctype="multipart/form-data"' in page
    assert "labels/scan" in page
    assert "打印标签" not in page


def test_the_label_of_a_box_in_service_goes_on_to_the_box(stage):  # noqa: F811 - pytest hands it in by its name
    assert Client().get(f"/l/{stage.box}/")["Location"] == f"/b/{stage.box}/"


def test_a_number_never_printed_is_not_there():
    assert Client().get(f"/l/{label_code('box', FIRST_SERIAL)}/").status_code == 404


@pytest.mark.parametrize(("kind", "said"), [("parcel", "不要打开"), ("seal", "别拆"), ("box", "还不能往里放")])
def test_a_printed_label_says_what_it_is_on(kind, said):
    (code,) = take_numbers(kind, 1)
    answer = Client().get(f"/l/{code.lower()}/")
    assert answer.status_code == 200
    assert said in answer.text
    assert "启用这只箱" not in answer.text


def test_the_director_puts_a_printed_box_into_service_on_its_page(as_staff, stage):  # noqa: F811
    (code,) = take_numbers("box", 1)
    director = as_staff("hu")
    assert "启用这只箱" in director.get(f"/l/{code}/").text
    refused = director.post(f"/l/{code}/start/", {"pier": "nowhere"})
    assert refused.status_code == 400
    assert "还没选放在哪个码头" in refused.text
    assert director.post(f"/l/{code}/start/", {"pier": stage.origin})["Location"] == f"/b/{code}/"
    assert box_labelled(code).pier == stage.origin
    again = director.post(f"/l/{code}/start/", {"pier": stage.destination}, follow=True)
    assert "已经启用过了" in again.text
    assert box_labelled(code).pier == stage.origin


def test_a_parcel_label_is_no_box(as_staff, stage):  # noqa: F811
    (code,) = take_numbers("parcel", 1)
    answer = as_staff("hu").post(f"/l/{code}/start/", {"pier": stage.origin})
    assert answer.status_code == 400
    assert "不是这里印的箱标签" in answer.text


def test_the_desk_prints_a_sheet(as_staff):
    answer = as_staff("lin").post("/labels/", {"kind": "box", "count": "3"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize("data", [{}, {"kind": "box"}, {"kind": "cat", "count": "3"}, {"kind": "box", "count": "0"},
                                  {"kind": "box", "count": "1001"}, {"kind": "box", "count": "x" * 999}])  # fmt: skip
def test_a_sheet_asked_for_wrongly_is_a_sentence(as_staff, data):
    answer = as_staff("lin").post("/labels/", data)
    assert answer.status_code == 400
    assert 'class="error"' in answer.text
