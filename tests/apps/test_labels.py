"""Sheets of labels: no number comes twice, the PDF says what is printed, and its codes are read again from the page."""

import io

import pypdfium2 as pdfium
import pytest
from tests.apps.conftest import EVENING

from driftbox.apps.custody.queries import box_labelled
from driftbox.apps.errands.box_start import serves, start_box
from driftbox.apps.labels import actions
from driftbox.apps.labels.actions import MAX_COUNT, print_sheet, set_sheet, take_numbers
from driftbox.apps.labels.models import LabelSerialRow
from driftbox.apps.labels.queries import was_printed
from driftbox.domain.custody.labels import FIRST_SERIAL, KINDS, MAX_SERIAL, Kind, groups, label_code, serial_of
from driftbox.domain.errors import BadFont, Refused
from driftbox.gateways.pdf import TypstPdf
from driftbox.gateways.scan import read_codes

SITE = "https://box.example.cn/"
EACH = {"box": 3, "parcel": 10, "seal": 24}

pytestmark = pytest.mark.django_db


def pages(content: bytes) -> list[tuple[str, tuple[str, ...]]]:
    """The text and the codes of each page, read from the PDF as a printer would draw it."""
    read = []
    for page in pdfium.PdfDocument(content):
        drawn = io.BytesIO()
        page.render(scale=200 / 72).to_pil().save(drawn, "PNG")
        read.append((page.get_textpage().get_text_bounded(), read_codes(drawn.getvalue())))
    return read


@pytest.mark.parametrize("kind", KINDS)
def test_every_code_on_the_page_leads_to_the_number_printed_beside_it(kind: Kind):
    count = EACH[kind] + 2
    codes = [label_code(kind, FIRST_SERIAL + n) for n in range(count)]
    read = pages(print_sheet(kind, count, site=SITE, now=EVENING))
    assert len(read) == 2
    assert sorted(text for _, found in read for text in found) == [f"{SITE}l/{code}/" for code in codes]
    words = "".join(text for text, _ in read)
    assert all(groups(code)[1] in words for code in codes)
    assert "0580-000-0245" in words


def test_no_two_sheets_share_a_number():
    taken = [code for _ in range(3) for code in take_numbers("seal", 40)]
    assert len(set(taken)) == len(taken) == 120
    assert take_numbers("box", 1) == (label_code("box", FIRST_SERIAL),)


def test_only_what_was_printed_is_known():
    (code,) = take_numbers("box", 1)
    kind, serial = serial_of(code) or ("box", 0)
    assert was_printed(code)
    assert not was_printed(label_code(kind, serial + 1))
    assert not was_printed(label_code(kind, 1))
    assert not was_printed(label_code("parcel", serial))
    assert not was_printed("BX-01")


@pytest.mark.parametrize("count", [0, -1, MAX_COUNT + 1])
def test_too_few_or_too_many_are_refused(count: int):
    with pytest.raises(Refused, match="1 到"):
        take_numbers("box", count)


def test_when_the_numbers_run_out_none_is_given_twice():
    LabelSerialRow.objects.create(kind="box", last=MAX_SERIAL - 1)
    with pytest.raises(Refused, match="用完"):
        take_numbers("box", 2)
    assert take_numbers("box", 1) == (label_code("box", MAX_SERIAL),)


def test_a_sheet_that_could_not_be_set_leaves_a_gap_and_never_a_double(monkeypatch, tmp_path):
    monkeypatch.setattr(actions, "pdf", lambda: TypstPdf((tmp_path,)))
    with pytest.raises(BadFont):
        print_sheet("box", 3, site=SITE, now=EVENING)
    assert take_numbers("box", 1) == (label_code("box", FIRST_SERIAL + 3),)


def test_the_same_sheet_again_is_the_same_file():
    codes = take_numbers("box", 2)
    assert set_sheet("box", codes, site=SITE, now=EVENING) == set_sheet("box", codes, site=SITE, now=EVENING)


def test_a_printed_box_is_put_into_service_once(stage):
    (code,) = take_numbers("box", 1)
    director = stage.staff["hu"].person
    assert not serves(code)
    said = code.lower().replace("-", " ")
    assert start_box(said, stage.origin, by=director, role="director", now=EVENING) == code
    assert box_labelled(code).pier == stage.origin
    before = box_labelled(code).docket
    with pytest.raises(Refused, match="已经启用"):
        start_box(code, stage.destination, by=director, role="director", now=EVENING)
    assert box_labelled(code).docket == before


def test_a_box_without_a_printed_label_or_a_pier_is_not_started(stage):
    director = stage.staff["hu"].person
    codes = (label_code("box", FIRST_SERIAL + 7), *take_numbers("parcel", 1), "BX-77")
    for code in codes:
        with pytest.raises(Refused, match="不是这里印的"):
            start_box(code, stage.origin, by=director, role="director", now=EVENING)
    (code,) = take_numbers("box", 1)
    with pytest.raises(Refused, match="码头"):
        start_box(code, "nowhere", by=director, role="director", now=EVENING)
    assert not serves(code)
