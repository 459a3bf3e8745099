"""A photograph waits, is read, and holds only when a person says so; nothing of it outlives its use."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from tests.apps.conftest import EVENING
from tests.cast import key
from tests.readers import installed  # noqa: F401 - a fixture

from driftbox.apps.node import paper_store
from driftbox.apps.papers.actions import destroy_key
from driftbox.apps.papers.models import PaperRow
from driftbox.apps.recognition.actions import (
    MOST_A_DAY,
    MOST_WAITING,
    confirm,
    discard,
    forget_unconfirmed,
    read_next,
    send_photo,
)
from driftbox.apps.recognition.models import RecognitionRow
from driftbox.apps.recognition.queries import (
    GIVEN_UP,
    Confirmed,
    confirmed_in,
    copies_in,
    is_waiting,
    progress_of,
    ticked_by,
)
from driftbox.domain.consult.reading import Line
from driftbox.domain.errors import BadPaper, NotFound, Refused
from driftbox.gateways.ocr import MemoryOcr, Seen

pytestmark = pytest.mark.usefixtures("installed")

CLERK = key(11)
CARD = Seen(tuple(Line(text, (40, 60 * n, 400, 60 * n + 36), 97) for n, text in enumerate(
    ("姓名周敏", "性别女民族汉", "住址浙江省舟山市", "公民身份号码33090319490622002X"))))  # fmt: skip
MADE = Confirmed("id_card_front", "id_card", {"name": "周敏"})


class Dies:
    """A reader that takes its process with it, as far as a test can show that."""

    def read(self, photo):
        assert photo
        raise MemoryError


def jpeg(colour="white"):
    out = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def docket(played):
    return played("checklist.given")


@pytest.fixture
def sent(docket):
    return send_photo(docket.id, CLERK, jpeg(), persons=docket.parties, now=EVENING)


def test_a_photograph_waits_and_then_is_read(docket, sent):
    assert is_waiting(EVENING)
    assert progress_of(docket.id, CLERK, sent).state == "waiting"
    assert read_next(MemoryOcr(CARD), now=EVENING)
    told = progress_of(docket.id, CLERK, sent)
    assert (told.state, told.result.paper.kind) == ("read", "id_card_front")
    assert not is_waiting(EVENING)
    assert not read_next(MemoryOcr(), now=EVENING)


def test_whose_paper_it_is_is_compared_with_the_people_of_the_case(docket, sent):
    read_next(MemoryOcr(CARD), now=EVENING)
    remarks = {remark.code for remark in progress_of(docket.id, CLERK, sent).result.paper.remarks}
    assert remarks <= {"name_differs"}


def test_nothing_in_the_rows_says_what_stands_on_the_paper(docket, sent):
    read_next(MemoryOcr(CARD), now=EVENING)
    confirm(docket.id, CLERK, sent, MADE, keep=True, now=EVENING)
    row = RecognitionRow.objects.values().get()
    assert "周敏" not in str(row)
    assert "330903" not in str(row)
    sealed = paper_store().get(row["result"])
    assert b"330903" not in sealed


def test_the_longest_waiting_is_read_first_and_the_next_knows_how_many_are_before_it(docket, sent):
    later = send_photo(docket.id, CLERK, jpeg("grey"), now=EVENING + timedelta(seconds=1))
    assert progress_of(docket.id, CLERK, later).ahead == 1
    read_next(MemoryOcr(CARD), now=EVENING)
    assert progress_of(docket.id, CLERK, sent).state == "read"
    assert progress_of(docket.id, CLERK, later).state == "waiting"


def test_a_photograph_that_a_dead_reader_had_waits_again_and_is_given_up_after_the_second(docket, sent):
    for turn in range(2):
        now = EVENING + turn * (GIVEN_UP + timedelta(seconds=1))
        with pytest.raises(MemoryError):
            read_next(Dies(), now=now)
        assert progress_of(docket.id, CLERK, sent).state == "reading"
        assert not is_waiting(now)
        assert is_waiting(now + GIVEN_UP + timedelta(seconds=1))
    assert not read_next(MemoryOcr(CARD), now=EVENING + 3 * GIVEN_UP)
    assert progress_of(docket.id, CLERK, sent).state == "failed"
    assert not RecognitionRow.objects.get().photo


def test_what_a_person_confirmed_ticks_the_list_and_is_kept_sealed(docket, sent):
    read_next(MemoryOcr(CARD), now=EVENING)
    assert ticked_by(docket.id, CLERK) == ()
    confirm(docket.id, CLERK, sent, MADE, keep=False, now=EVENING)
    assert ticked_by(docket.id, CLERK) == ("id_card",)
    assert ticked_by(docket.id, key(12)) == ()
    assert confirmed_in(docket.id) == (MADE,)
    assert copies_in(docket.id) == ()


def test_a_photograph_is_kept_as_a_copy_only_when_asked(docket, sent, django_capture_on_commit_callbacks):
    photo = RecognitionRow.objects.get().photo
    read_next(MemoryOcr(CARD), now=EVENING)
    with django_capture_on_commit_callbacks(execute=True):
        confirm(docket.id, CLERK, sent, MADE, keep=True, now=EVENING)
    assert [copy.digest for copy in copies_in(docket.id)] == [photo]
    other = send_photo(docket.id, CLERK, jpeg(), now=EVENING)
    photo = RecognitionRow.objects.get(pk=other).photo
    read_next(MemoryOcr(CARD), now=EVENING)
    with django_capture_on_commit_callbacks(execute=True):
        confirm(docket.id, CLERK, other, MADE, keep=False, now=EVENING)
    assert not PaperRow.objects.filter(digest=photo).exists()
    with pytest.raises(BadPaper):
        paper_store().get(photo)


def test_what_is_not_read_yet_and_what_was_confirmed_cannot_be_confirmed(docket, sent):
    with pytest.raises(Refused):
        confirm(docket.id, CLERK, sent, MADE, keep=False, now=EVENING)
    read_next(MemoryOcr(CARD), now=EVENING)
    confirm(docket.id, CLERK, sent, MADE, keep=False, now=EVENING)
    before = PaperRow.objects.count()
    with pytest.raises(Refused):
        confirm(docket.id, CLERK, sent, MADE, keep=False, now=EVENING)
    assert PaperRow.objects.count() == before


@pytest.mark.parametrize("who", ["", key(12)])
def test_a_photograph_is_nobody_else_s(docket, sent, who):
    for act in (progress_of, discard):
        with pytest.raises(NotFound):
            act(docket.id, who, sent)
    with pytest.raises(NotFound):
        progress_of(key(99), CLERK, sent)


def test_what_nobody_confirmed_for_a_day_is_forgotten(docket, sent, django_capture_on_commit_callbacks):
    row = RecognitionRow.objects.get()
    read_next(MemoryOcr(CARD), now=EVENING)
    assert forget_unconfirmed(now=EVENING + timedelta(hours=23)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_unconfirmed(now=EVENING + timedelta(hours=25)) == 1
    assert not RecognitionRow.objects.exists()
    with pytest.raises(BadPaper):
        paper_store().get(row.photo)


def test_what_was_confirmed_is_not_forgotten(docket, sent):
    read_next(MemoryOcr(CARD), now=EVENING)
    confirm(docket.id, CLERK, sent, Confirmed("", "", {}), keep=False, now=EVENING)
    assert forget_unconfirmed(now=EVENING + timedelta(days=30)) == 0
    assert ticked_by(docket.id, CLERK) == ()


def test_a_case_that_was_erased_meanwhile_is_not_read(docket, sent):
    destroy_key(docket.id, now=EVENING)
    ocr = MemoryOcr(CARD)
    assert read_next(ocr, now=EVENING)
    assert ocr.photos == []
    assert progress_of(docket.id, CLERK, sent).state == "failed"


def test_too_many_waiting_or_too_many_in_a_day_are_refused_and_nothing_is_kept(docket):
    row = {"docket": key(98), "by": "", "persons": "", "photo": "x", "made": EVENING}
    RecognitionRow.objects.bulk_create(RecognitionRow(id=key(500 + n), **row) for n in range(MOST_WAITING))
    with pytest.raises(Refused, match="排着认"):
        send_photo(docket.id, CLERK, jpeg(), now=EVENING)
    RecognitionRow.objects.update(state="read")
    day = {**row, "docket": docket.id, "state": "read"}
    RecognitionRow.objects.bulk_create(RecognitionRow(id=key(700 + n), **day) for n in range(MOST_A_DAY))
    with pytest.raises(Refused, match="拍得够多"):
        send_photo(docket.id, CLERK, jpeg(), now=EVENING)
    assert not PaperRow.objects.filter(docket=docket.id, media_type="image/jpeg").exists()


def test_without_a_reader_nothing_is_taken(docket, settings):
    settings.DRIFTBOX_OCR = ""
    with pytest.raises(Refused, match="没装认字的"):
        send_photo(docket.id, CLERK, jpeg(), now=EVENING)
