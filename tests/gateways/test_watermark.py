"""A copy that leaves the house bears what it is for, all over."""

import io

import pytest
from PIL import Image, ImageChops

from driftbox.domain.errors import BadPaper
from driftbox.gateways.watermark import watermarked

WORDS = "只用于老年优待证 baisha-2026-0005 2026-05-11"


def picture(size=(900, 600), colour="white", kind="PNG"):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("colour", ["white", "black", "#7a6f60"])
@pytest.mark.parametrize("size", [(900, 600), (600, 900), (120, 90), (1600, 200)])
def test_every_quarter_of_the_picture_is_marked(colour, size):
    marked = Image.open(io.BytesIO(watermarked(picture(size, colour), WORDS))).convert("RGB")
    assert marked.size == size
    changed = ImageChops.difference(marked, Image.new("RGB", size, colour)).convert("L").point(lambda v: 255 * (v > 40))
    half = (size[0] // 2, size[1] // 2)
    for left in (0, half[0]):
        for top in (0, half[1]):
            assert changed.crop((left, top, left + half[0], top + half[1])).getbbox() is not None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_it_comes_as_jpeg_without_what_stood_beside_the_picture(kind):
    marked = Image.open(io.BytesIO(watermarked(picture(kind=kind), WORDS)))
    assert marked.format == "JPEG"
    assert not marked.getexif()


@pytest.mark.parametrize("broken", [b"", b"no picture", picture()[:60]])
def test_what_is_no_picture_is_refused(broken):
    with pytest.raises(BadPaper):
        watermarked(broken, WORDS)
