"""Takes in a photograph of a paper: bounded before it is unpacked, upright, small enough to be read in a second or two.

What cannot be read is refused here, at once and with what to do instead. A PDF is refused too: it would have to be
drawn by a large library that strangers feed, and a phone photographs the same sheet.
"""

import io
import warnings
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from driftbox.domain.errors import BadPaper

MAX_BYTES: Final = 15 * 1024 * 1024
MAX_PIXELS: Final = 50_000_000
LONGEST_SIDE: Final = 2000  # pixels: print on an A4 sheet is still legible
SMALLEST_SIDE: Final = 200
_QUALITY: Final = 90
_KINDS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")  # the last three only to say what is wrong with them
_READ: Final = frozenset({"JPEG", "MPO", "PNG", "WEBP"})
_FILMS: Final = frozenset({"PNG", "WEBP", "GIF"})
_HEIC: Final = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1"})
_NOT_A_PHOTO: Final = "这个文件不是照片，或者传坏了。请用手机对着纸再拍一张。"


def take_photo(content: bytes) -> bytes:
    """The photograph as a plain JPEG, upright as the camera says, its longest side at most ``LONGEST_SIDE`` pixels.

    Raises:
        BadPaper: empty, over 15 MiB or 50 megapixels, moving, a PDF, or no photograph; the sentence says what to do.
    """
    _refuse_by_its_bytes(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is stricter
            with Image.open(io.BytesIO(content), formats=_KINDS) as image:
                _refuse_by_its_head(image)
                return _made_plain(image)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, Image.DecompressionBombError):
        raise BadPaper("not_a_photo", _NOT_A_PHOTO) from None


def _refuse_by_its_bytes(content: bytes) -> None:
    if not content:
        raise BadPaper("empty", "这个文件是空的。请重新拍一张。")
    if len(content) > MAX_BYTES:
        raise BadPaper("too_large", "这张照片太大，超过 15 MB。请拍小一点再传。")
    if content.lstrip()[:5] == b"%PDF-":
        raise BadPaper("a_pdf", "这里只认照片，PDF 不拆开看。请用手机对着纸拍一张；PDF 照样能当材料交。")
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise BadPaper("heic", "这是苹果手机的 HEIC 照片，这里打不开。请截一张屏再传，或在相机设置里选“兼容性最佳”。")


def _refuse_by_its_head(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise BadPaper("too_large", "这张照片太大。请拍小一点再传。")
    if image.format in _FILMS and getattr(image, "n_frames", 1) > 1:
        raise BadPaper("moving", "这是会动的图，认不了。请拍一张不动的照片。")
    if image.format not in _READ:
        raise BadPaper("not_a_photo", _NOT_A_PHOTO)
    if min(image.size) < SMALLEST_SIDE:
        raise BadPaper("too_small", "这张照片太小，字看不清。请走近一点再拍一张。")


def _made_plain(image: Image.Image) -> bytes:
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG unpacks small
    upright = ImageOps.exif_transpose(image)
    if upright.has_transparency_data:
        paper = Image.new("RGBA", upright.size, "white")
        paper.alpha_composite(upright.convert("RGBA"))
        upright = paper
    plain = upright.convert("RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
