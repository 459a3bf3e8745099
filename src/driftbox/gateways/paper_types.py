"""What a file really is, by its content: a name or a header proves nothing."""

import io
import warnings

from PIL import Image, UnidentifiedImageError

from driftbox.domain.errors import BadPaper

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 60_000_000
_IMAGES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_READ = ("JPEG", "PNG", "WEBP")  # a phone's JPEG with a second picture behind the first is opened as JPEG and named MPO


def media_type(content: bytes) -> str:
    """The media type of a photo or PDF, read from its content.

    Raises:
        BadPaper: empty, over 12 MiB, or not a photo or PDF, whatever its name says.
    """
    if not content:
        raise BadPaper("empty", "这个文件是空的。请重新拍一张。")
    if len(content) > MAX_BYTES:
        raise BadPaper("too_large", "这个文件太大，超过 12 MB。请拍小一点，或分几张拍。")
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    return _image_type(content)


def _image_type(content: bytes) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_READ) as image:
                size, kind = image.size, _IMAGES[image.format or ""]
                image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, KeyError, ValueError, Image.DecompressionBombWarning):
        raise BadPaper("not_a_photo", "这个文件不是照片，也不是 PDF。请换一张照片再传。") from None
    if size[0] * size[1] > MAX_PIXELS:
        raise BadPaper("too_large", "这张照片太大。请拍小一点再传。")
    return kind
