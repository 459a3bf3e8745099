"""QR codes on a photograph, read with zxing-cpp.

A phone's photograph is large and the code in it small, blurred or turned: it is looked at small first, which is quick,
then larger. What is not a photograph, or would unpack to more than it may, is refused before it is unpacked.
"""

import io
import warnings

import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError

from driftbox.domain.errors import BadPaper

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONGEST_TEXT = 500
_KINDS = ("JPEG", "PNG", "WEBP")
_SIDES = (1000, 2000, 4000)  # longest side in pixels, one try each
_FORMATS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def read_codes(content: bytes) -> tuple[str, ...]:
    """The texts of the codes on a photograph, each once; empty when none can be read.

    Raises:
        BadPaper: over 15 MiB or 50 megapixels, or not a photograph, whatever its name says.
    """
    if len(content) > MAX_BYTES:
        raise BadPaper("too_large", "这张照片太大，超过 15 MB。请拍小一点，或把号填进来。")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is stricter
            with Image.open(io.BytesIO(content), formats=_KINDS) as image:
                return _look(image)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise BadPaper("not_a_photo", "这个文件不是照片，或者传坏了。请再拍一张，或把号填进来。") from None


def _look(image: Image.Image) -> tuple[str, ...]:
    if image.width * image.height > MAX_PIXELS:
        raise BadPaper("too_large", "这张照片太大。请拍小一点，或把号填进来。")
    image.draft("L", image.size)  # a JPEG unpacks straight to grey
    grey = image.convert("L")
    for side in _SIDES:
        smaller = ImageOps.contain(grey, (side, side), Image.Resampling.BOX) if max(grey.size) > side else grey
        found = zxingcpp.read_barcodes(smaller, formats=_FORMATS)
        texts = tuple(dict.fromkeys(code.text[:LONGEST_TEXT] for code in found if code.text))
        if texts or smaller is grey:
            return texts
    return ()
