"""A photograph is kept without saying where, when and by whom it was taken."""

import io

import pytest
from PIL import Image, PngImagePlugin

from driftbox.domain.errors import BadPaper
from driftbox.gateways.paper_types import media_type
from driftbox.gateways.photos import ORIENTATION, without_metadata

GPS = 0x8825
MAKER = "Phone of Zhou"
SECRETS = (MAKER.encode(), b"Exif", b"http://ns.adobe.com/xap", b"a film", b"by Zhou")


def picture():
    """Grey on the left, white on the right, so that a turn shows."""
    image = Image.new("RGB", (64, 32), "white")
    image.paste((90, 90, 90), (0, 0, 32, 32))
    return image


def exif(orientation=1):
    tags = Image.Exif()
    tags[0x010F] = MAKER
    tags[ORIENTATION] = orientation
    tags.get_ifd(GPS)[2] = (29.0, 55.0, 41.0)
    return tags


def saved(kind, **how):
    out = io.BytesIO()
    picture().save(out, kind, **how)
    return out.getvalue()


def cleaned(content):
    clean = without_metadata(content, media_type(content))
    assert media_type(clean) == media_type(content)
    assert not any(secret in clean for secret in SECRETS)
    with Image.open(io.BytesIO(clean)) as image:
        assert dict(image.getexif()) == {}
    return clean


def pixels(content):
    with Image.open(io.BytesIO(content)) as image:
        return image.convert("RGB").tobytes()


def with_text():
    note = PngImagePlugin.PngInfo()
    note.add_text("Author", "by Zhou")
    return note


PHOTOS = {
    "jpeg": lambda: saved("JPEG", exif=exif(), comment=b"by Zhou"),
    "progressive jpeg": lambda: saved("JPEG", exif=exif(), progressive=True),
    "jpeg with a film behind it": lambda: saved("JPEG", exif=exif()) + b"a film by Zhou",
    "jpeg with xmp": lambda: saved("JPEG", xmp=b"<x>by Zhou</x>"),
    "png": lambda: saved("PNG", exif=exif(), pnginfo=with_text()) + b"a film",
    "webp": lambda: saved("WEBP", exif=exif(), lossless=True, xmp=b"<x>by Zhou</x>"),
}


@pytest.mark.parametrize("kind", PHOTOS)
def test_what_the_camera_wrote_is_gone_and_not_one_pixel_is_changed(kind):
    photo = PHOTOS[kind]()
    assert any(secret in photo for secret in SECRETS)
    assert pixels(cleaned(photo)) == pixels(photo)


def test_the_place_was_really_in_the_photo():
    with Image.open(io.BytesIO(PHOTOS["jpeg"]())) as image:
        assert image.getexif().get_ifd(GPS)[2] == (29.0, 55.0, 41.0)


def test_a_photo_without_metadata_stays_as_it_is():
    plain = saved("JPEG")
    assert without_metadata(plain, "image/jpeg") == plain


@pytest.mark.parametrize(("kind", "slack"), [("JPEG", 3), ("PNG", 0), ("WEBP", 0)])
def test_a_photo_on_its_side_is_turned(kind, slack):
    how = {"lossless": True} if kind == "WEBP" else {}
    clean = cleaned(saved(kind, exif=exif(orientation=6), **how))
    with Image.open(io.BytesIO(clean)) as image:
        assert image.size == (32, 64)
        assert abs(image.convert("L").getpixel((16, 8)) - 90) <= slack
        assert image.convert("L").getpixel((16, 56)) >= 255 - slack


def test_a_phone_s_second_picture_behind_the_first_goes():
    out = io.BytesIO()
    picture().save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (64, 32), "black")])
    with Image.open(io.BytesIO(cleaned(out.getvalue()))) as image:
        assert image.format == "JPEG"


def test_a_film_becomes_its_first_picture():
    out = io.BytesIO()
    picture().save(out, "WEBP", save_all=True, append_images=[Image.new("RGB", (64, 32), "black")], lossless=True)
    assert pixels(cleaned(out.getvalue())) == pixels(saved("WEBP", lossless=True))


def test_the_colours_profile_stays():
    profile = b"\0" * 128
    clean = cleaned(saved("JPEG", exif=exif(), icc_profile=profile))
    with Image.open(io.BytesIO(clean)) as image:
        assert image.info["icc_profile"] == profile


def test_a_document_comes_back_as_it_is():
    assert without_metadata(b"%PDF-1.7 words", "application/pdf") == b"%PDF-1.7 words"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_cut_off_anywhere_is_cleaned_or_refused_and_never_a_fault(kind):
    whole = saved(kind, exif=exif())
    for length in range(1, len(whole)):
        try:
            clean = without_metadata(whole[:length], f"image/{kind.lower()}")
        except BadPaper:
            continue
        assert MAKER.encode() not in clean
