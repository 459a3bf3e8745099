"""Real reading of drawn papers with invented people: whichever way they lie, and what is wrong with a photograph."""

import io
from datetime import date

import pytest
from PIL import Image, ImageFilter
from tests.cast import PACK
from tests.readers import installed, reader  # noqa: F401 - fixtures
from tools.card_drawings import dice, disability_card, id_card, id_card_back, invent, photographed, register_page

from driftbox.domain.consult.reading import read_paper
from driftbox.domain.errors import BadPaper
from driftbox.gateways.photo_prep import take_photo

TODAY = date(2026, 5, 11)


def as_jpeg(image):
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def seen(reader):  # noqa: F811 - pytest hands the fixture in by its name
    def read(photo):
        return reader.read(take_photo(photo if isinstance(photo, bytes) else as_jpeg(photo)))

    return read


def fields_of(told):
    paper = read_paper(told.lines, PACK.papers, TODAY)
    return paper.kind, {field.id: field.value for field in paper.fields}, [remark.code for remark in paper.remarks]


@pytest.mark.parametrize("turn", [0, -10, 10, 90, 180, 270])
def test_an_identity_card_is_read_whichever_way_it_lies(seen, turn):
    chance = dice(turn)
    person = invent(chance)
    kind, fields, _remarks = fields_of(seen(photographed(id_card(person), chance, turn=turn)))
    assert (kind, fields) == ("id_card_front", {"name": person.name, "number": person.number})


@pytest.mark.parametrize(
    ("draw", "kind", "behind"),
    [(register_page, "register_member", ""), (disability_card, "disability_card", "42")],
)
def test_other_papers_are_read(seen, draw, kind, behind):
    chance = dice(8)
    person = invent(chance)
    told, fields, _remarks = fields_of(seen(photographed(draw(person), chance)))
    assert (told, fields["name"], fields["number"]) == (kind, person.name, person.number + behind)


def test_the_side_with_the_emblem_tells_that_it_expired(seen):
    photo = photographed(id_card_back("2005.03.02-2025.03.02"), dice(4))
    kind, fields, remarks = fields_of(seen(photo))
    assert (kind, fields, remarks) == ("id_card_back", {"until": "2025-03-02"}, ["expired"])


def test_two_cards_on_one_photograph_are_told(seen):
    table = Image.new("RGB", (1000, 1300), "#444444")
    table.paste(id_card(invent(dice(1))), (60, 60))
    table.paste(id_card(invent(dice(2))), (60, 680))
    _kind, fields, remarks = fields_of(seen(table))
    assert remarks == ["two_papers"]
    assert not any(fields.values())


@pytest.mark.parametrize("nothing", ["white", "#222222"])
def test_a_photograph_of_nothing_has_no_lines(seen, nothing):
    assert seen(Image.new("RGB", (1200, 900), nothing)).lines == ()


def test_a_dark_and_a_blurred_photograph_say_so(seen):
    photo = Image.open(io.BytesIO(photographed(id_card(invent(dice(5))), dice(5))))
    assert "dark" in seen(photo.point(lambda value: value // 6)).verdicts
    assert "blurred" in seen(photo.filter(ImageFilter.GaussianBlur(5))).verdicts
    assert seen(photo).verdicts == ()


def test_what_is_no_picture_is_refused(reader):  # noqa: F811 - pytest hands the fixture in by its name
    with pytest.raises(BadPaper):
        reader.read(b"no picture")
