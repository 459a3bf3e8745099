"""Photographs without what the camera wrote beside the picture: place, time, device, owner, earlier versions.

What a picture needs to look the same stays (its colours, its resolution); everything else is dropped, and the picture's
own bytes are not touched. Only a photograph lying on its side is turned and written anew: JPEG with its own tables.
"""

import io
import struct
from collections.abc import Callable, Iterator
from typing import Final

from PIL import Image, ImageOps, JpegImagePlugin

from driftbox.domain.errors import BadPaper

ORIENTATION: Final = 0x0112  # Exif 2.32, 4.6.4 A: how the picture is to be turned
UPRIGHT: Final = 1
_JPEG_KEPT: Final = {0xE0: b"JFIF", 0xE2: b"ICC_PROFILE", 0xEE: b"Adobe"}  # of the application segments and comments
_PNG_KEPT: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"pHYs"}
)
_WEBP_KEPT: Final = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"})
_WEBP_FLAGS: Final = 0x30  # of VP8X: colour profile and alpha stay; Exif, XMP and animation go
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_STANDALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_MARK, _SOI, _EOI, _SOS = 0xFF, 0xD8, 0xD9, 0xDA
_BESIDE: Final = frozenset({*range(0xE0, 0xF0), 0xFE})  # what applications wrote, and comments


def without_metadata(content: bytes, media_type: str) -> bytes:
    """The photograph without metadata and upright; any other media type comes back as it is.

    Raises:
        BadPaper: broken so that it cannot be read as a picture.
    """
    strip = _STRIPPERS.get(media_type)
    if strip is None:
        return content
    try:
        with Image.open(io.BytesIO(content)) as image:
            turned = image.getexif().get(ORIENTATION, UPRIGHT) != UPRIGHT
            film = image.format == "WEBP" and getattr(image, "n_frames", 1) > 1
        return _written_anew(content) if film or turned else strip(content)
    except (OSError, SyntaxError, ValueError, struct.error, IndexError, EOFError, Image.DecompressionBombError):
        raise BadPaper("not_a_photo", "这个文件不是照片，也不是 PDF。请换一张照片再传。") from None


def _written_anew(content: bytes) -> bytes:
    """The first picture in the file, upright, in the same format and as near to the old one as the format allows."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(content)) as image:
        kind, profile = image.format or "", image.info.get("icc_profile")
        how: dict[str, object] = {"icc_profile": profile} if profile else {}
        if isinstance(image, JpegImagePlugin.JpegImageFile):
            how |= {"qtables": image.quantization, "subsampling": JpegImagePlugin.get_sampling(image)}
        elif kind == "WEBP":
            how |= {"lossless": True}
        upright = ImageOps.exif_transpose(image)
        upright.info.clear()
        upright.save(out, "JPEG" if kind == "MPO" else kind, **how)
    return out.getvalue()


def _jpeg(content: bytes) -> bytes:
    """ISO/IEC 10918-1 Annex B: segments up to the end of the image; what follows it (a second picture, a film) goes."""
    return bytes((_MARK, _SOI)) + b"".join(_jpeg_segments(content))


def _jpeg_segments(content: bytes) -> Iterator[bytes]:
    at = 2
    while at + 1 < len(content):
        if content[at] != _MARK:
            raise ValueError("no marker where one must be")
        marker = content[at + 1]
        if marker == _MARK:  # fill bytes may stand before a marker
            at += 1
            continue
        if marker == _EOI:
            break
        if marker in _STANDALONE:
            at += 2
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if end > len(content):
            raise ValueError("cut off inside a segment")
        if marker == _SOS:
            end = _end_of_scan(content, end)
        if _is_kept(marker, content[at + 4 : at + 16]):
            yield content[at:end]
        at = end
    yield bytes((_MARK, _EOI))


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands that is not part of the picture's own bytes."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            return len(content)
        if content[at + 1] not in {0x00, *_STANDALONE}:
            return at
        at += 2


def _is_kept(marker: int, begins: bytes) -> bool:
    if marker in _JPEG_KEPT:
        return begins.startswith(_JPEG_KEPT[marker])
    return marker not in _BESIDE


def _png(content: bytes) -> bytes:
    """PNG (ISO/IEC 15948): chunks up to the end of the image, of the kinds that make how it looks."""
    kept, at = [_SIGNATURE], len(_SIGNATURE)
    while True:
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        end = at + 12 + length
        if kind in _PNG_KEPT:
            kept.append(content[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end


def _webp(content: bytes) -> bytes:
    """WebP (RFC 9649): a RIFF file; its size and its flags are written to match what is left."""
    size = int.from_bytes(content[4:8], "little") + 8
    kept, at = [b"WEBP"], 12
    while at + 8 <= min(size, len(content)):
        kind, length = struct.unpack("<4sI", content[at : at + 8])
        end = at + 8 + length + length % 2
        chunk = content[at:end]
        if kind == b"VP8X":
            chunk = chunk[:8] + bytes((chunk[8] & _WEBP_FLAGS,)) + chunk[9:]
        if kind in _WEBP_KEPT:
            kept.append(chunk)
        at = end
    body = b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


_STRIPPERS: Final[dict[str, Callable[[bytes], bytes]]] = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}
