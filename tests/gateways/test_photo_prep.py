"""Whatever is sent as a photograph becomes a plain one, or a sentence."""

import io

import pypdfium2 as pdfium
import pytest
from PIL import Image

from driftbox.domain.errors import BadPaper
from driftbox.gateways.photo_prep import LONGEST_SIDE, MAX_BYTES, take_photo


def picture(kind="JPEG", size=(400, 300), mode="RGB", **how):
    out = io.BytesIO()
    Image.new(mode, size, "white" if mode != "RGBA" else (0, 0, 0, 0)).save(out, kind, **how)
    return out.getvalue()


def film(kind):
    frames = [Image.new("RGB", (300, 300), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def pdf(pages):
    document = pdfium.PdfDocument.new()
    for _ in range(pages):
        document.new_page(200, 200)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def opened(content):
    image = Image.open(io.BytesIO(take_photo(content)))
    assert image.format == "JPEG"
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_becomes_a_plain_jpeg(kind):
    assert opened(picture(kind)).size == (400, 300)


def test_a_large_photograph_becomes_small():
    assert max(opened(picture(size=(6000, 4000))).size) <= LONGEST_SIDE


def test_a_photograph_of_50_megapixels_is_taken_and_one_more_row_is_not():
    assert max(opened(picture(size=(10_000, 5_000))).size) <= LONGEST_SIDE
    with pytest.raises(BadPaper, match="太大"):
        take_photo(picture(size=(10_000, 5_001)))


def test_what_the_camera_says_of_turning_is_followed():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(picture(size=(400, 300), exif=exif)).size == (300, 400)


def test_what_is_clear_becomes_white_paper():
    assert opened(picture("PNG", mode="RGBA")).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK", "I;16"])
def test_pictures_of_other_colours_are_taken(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    out = io.BytesIO()
    Image.new(mode, (300, 300)).save(out, kind)
    assert opened(out.getvalue()).mode == "RGB"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "空的"),
        (b"x" * (MAX_BYTES + 1), "超过 15 MB"),
        (b"no picture", "不是照片"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不是照片"),
        (picture()[:300], "不是照片"),
        (picture("BMP"), "不是照片"),
        (picture("TIFF"), "不是照片"),
        (picture("GIF"), "不是照片"),
        (film("GIF"), "会动的图"),
        (film("WEBP"), "会动的图"),
        (film("PNG"), "会动的图"),
        (picture(size=(199, 400)), "太小"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "HEIC"),
        (b"%PDF-1.7 cut off", "PDF"),
        (b"\n %PDF-1.7\n1 0 obj<</Type/Encrypt>>", "PDF"),
        (pdf(1), "PDF"),
        (pdf(80), "PDF"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do_instead(content, sentence):
    with pytest.raises(BadPaper, match=sentence) as refusal:
        take_photo(content)
    assert "请" in str(refusal.value)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_cut_off_or_altered_anywhere_is_taken_or_refused_and_never_a_fault(kind):
    whole = picture(kind, size=(260, 240))
    for at in range(0, len(whole), max(1, len(whole) // 120)):
        for broken in (whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]):
            try:
                take_photo(broken)
            except BadPaper:
                continue


def test_a_small_file_that_would_unpack_to_gigapixels_is_refused_by_its_head():
    bomb = bytearray(picture("PNG", size=(300, 300)))
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    with pytest.raises(BadPaper):
        take_photo(bytes(bomb))
