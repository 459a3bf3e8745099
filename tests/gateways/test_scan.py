"""Codes are read from photographs as people take them: far, turned, blurred; and what is no photograph is refused."""

import io

import pytest
import segno
from PIL import Image, ImageFilter

from driftbox.domain.errors import BadPaper
from driftbox.gateways.scan import MAX_BYTES, read_codes

TEXT = "https://box.example.cn/l/BX-10000108/"
PHONE = (4000, 3000)  # 12 megapixels


def code(side: int, text: str = TEXT) -> Image.Image:
    drawn = io.BytesIO()
    segno.make(text, error="q", micro=False).save(drawn, kind="png", scale=20, border=4)
    return Image.open(drawn).convert("L").resize((side, side))


def photographed(*codes: Image.Image, size: tuple[int, int] = PHONE, turn: float = 0, blur: float = 0) -> Image.Image:
    photo = Image.linear_gradient("L").resize(size).point(lambda v: 90 + v // 3)
    for place, each in enumerate(codes):
        around = Image.new("L", (each.width * 3 // 2,) * 2, 215)
        around.paste(each, (each.width // 4,) * 2)
        turned = around.rotate(turn, expand=True, fillcolor=150, resample=Image.Resampling.BICUBIC)
        photo.paste(turned, (300 + place * (turned.width + 60), 400))
    return photo.filter(ImageFilter.GaussianBlur(blur)) if blur else photo


def saved(photo: Image.Image, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    photo.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("side", [2000, 800, 300, 200])
def test_near_and_far(side: int):
    assert read_codes(saved(photographed(code(side)))) == (TEXT,)


@pytest.mark.parametrize("turn", [0, 17, 45, 90, 180, 261])
def test_turned_and_blurred(turn: int):
    assert read_codes(saved(photographed(code(600), turn=turn, blur=2))) == (TEXT,)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_kind_of_photograph(kind: str):
    assert read_codes(saved(photographed(code(400), size=(1200, 1600)), kind)) == (TEXT,)


def test_in_colour_with_transparency_and_on_its_side():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by the camera
    out = io.BytesIO()
    photographed(code(400), size=(1200, 1600)).convert("RGB").save(out, "JPEG", exif=exif)
    assert read_codes(out.getvalue()) == (TEXT,)
    assert read_codes(saved(photographed(code(400), size=(1200, 1600)).convert("RGBA"), "PNG")) == (TEXT,)


def test_several_codes_each_once():
    other = TEXT.replace("0108", "0205")
    photo = photographed(code(500), code(500, other), code(500))
    assert sorted(read_codes(saved(photo))) == [TEXT, other]


def test_nothing_is_found_where_there_is_no_code():
    assert read_codes(saved(photographed())) == ()


@pytest.mark.parametrize(
    "content",
    [b"", b"x" * 999, b"%PDF-1.7", b"\xff\xd8\xff" + b"0" * 99, saved(photographed(code(300)))[:-9000], b"GIF89a" * 9],
)
def test_what_is_no_photograph_is_a_sentence(content: bytes):
    with pytest.raises(BadPaper):
        read_codes(content)


def test_a_bomb_is_refused_before_it_unpacks():
    bomb = saved(Image.new("1", (20_000, 20_000)), "PNG")
    assert len(bomb) < 100_000
    with pytest.raises(BadPaper):
        read_codes(bomb)
    with pytest.raises(BadPaper, match="太大"):
        read_codes(saved(Image.new("1", (10_000, 6_000)), "PNG"))


def test_a_huge_file_is_not_even_opened():
    with pytest.raises(BadPaper, match="15 MB"):
        read_codes(b"x" * (MAX_BYTES + 1))
