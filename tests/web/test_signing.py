"""Signed for at the door: by name, with a finger, by mark before two witnesses, with a photograph."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from driftbox.apps.dockets.queries import entries_of, load
from driftbox.apps.papers.queries import open_paper, read_text

SIGNED = {"proof": "signature", "signed": "周大海"}


def jpeg():
    out, tags = io.BytesIO(), Image.Exif()
    tags.get_ifd(0x8825)[2] = (29.0, 55.0, 41.0)
    Image.new("RGB", (32, 32)).save(out, "JPEG", exif=tags)
    return SimpleUploadedFile("door.jpg", out.getvalue())


@pytest.fixture
def at_the_door(as_staff, played):
    """Hand over the result with these fields; returns the case, the answer and the agent's browser."""
    docket, agent = played("result.collected"), as_staff("chen")

    def hand_over(**fields):
        answer = agent.post(f"/pocket/cases/{docket.id}/act/result.delivered/", {**SIGNED, **fields})
        return docket, answer, agent

    return hand_over


def proof_of(docket):
    body = entries_of(docket.id)[-1].body
    return body, read_text(docket.id, body.paper)


def test_a_typed_name_is_enough(at_the_door):
    docket, answer, _agent = at_the_door()
    assert answer.status_code == 302
    body, words = proof_of(docket)
    assert (body.proof, words, body.picture) == ("signature", "周大海", None)


def test_a_drawn_signature_is_sealed_as_a_picture_and_shown_with_the_case(at_the_door, as_staff):
    docket, answer, agent = at_the_door(strokes="[[10,20,30,40],[50,60]]")
    assert answer.status_code == 302
    body, _words = proof_of(docket)
    kept = open_paper(docket.id, body.picture)
    assert kept.media_type == "image/svg+xml"
    assert b"M10 20L30 40M50 60L50 60" in kept.content
    for browser, page in ((agent, f"/pocket/cases/{docket.id}/"), (as_staff("lin"), f"/desk/cases/{docket.id}/")):
        (address,) = re.findall(r'<img class="picture" src="([^"]+)"', browser.get(page).text)
        shown = browser.get(address)
        assert shown.headers["Content-Type"] == "image/svg+xml"
        assert "default-src 'self'" in shown.headers["Content-Security-Policy"]
    assert as_staff("fang").get(address).status_code == 403


@pytest.mark.parametrize("strokes", ["<svg/>", "[[1,2,3]]", "[[1,2.5]]", "[[9999,2]]", "{}", "[[1,2]" + ",[1,2]" * 99])
def test_a_drawing_that_is_none_is_told_on_the_form_and_nothing_is_recorded(at_the_door, strokes):
    docket, answer, _agent = at_the_door(strokes=strokes)
    assert answer.status_code == 400
    assert "手写的签名" in answer.text
    assert load(docket.id).docket.count == docket.count


@pytest.mark.parametrize("proof", ["fingerprint", "witness"])
@pytest.mark.parametrize(
    ("names", "sentence"),
    [({}, "要两位见证人的名字"), ({"witness_one": "虞阿良"}, "要两位见证人的名字"),
     ({"witness_one": "虞阿良", "witness_two": "虞阿良"}, "同一个名字")],
)  # fmt: skip
def test_a_mark_needs_two_witnesses_by_name(at_the_door, proof, names, sentence):
    docket, answer, _agent = at_the_door(proof=proof, **names)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert load(docket.id).docket.count == docket.count


def test_the_names_of_the_witnesses_are_sealed_with_the_mark(at_the_door):
    docket, answer, _agent = at_the_door(proof="fingerprint", witness_one="虞阿良", witness_two="林晓")
    assert answer.status_code == 302
    body, words = proof_of(docket)
    assert (body.proof, words) == ("fingerprint", "周大海\n虞阿良\n林晓")


def test_a_photograph_is_sealed_without_its_place(at_the_door):
    docket, answer, _agent = at_the_door(proof="photo", photo=jpeg())
    assert answer.status_code == 302
    kept = open_paper(docket.id, proof_of(docket)[0].picture)
    assert kept.media_type == "image/jpeg"
    assert b"Exif" not in kept.content


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({}, "还差照片"), ({"photo": SimpleUploadedFile("a.jpg", b"no photo")}, "不是照片"),
     ({"photo": SimpleUploadedFile("a.jpg", b"%PDF-1.7")}, "不是 PDF")],
)  # fmt: skip
def test_a_photograph_that_is_none_proves_nothing(at_the_door, fields, sentence):
    docket, answer, _agent = at_the_door(proof="photo", **fields)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert load(docket.id).docket.count == docket.count
