"""Burns into a copy what it may be used for 仅供…使用: a copy that wanders off is then worth nothing elsewhere."""

import io
from functools import cache
from typing import Final

from PIL import Image, ImageDraw, ImageFont, UnidentifiedImageError

from driftbox.domain.errors import BadFont, BadPaper
from driftbox.gateways.pdf import font_folders, visible

MARKED_TYPES: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
_ROWS: Final = 7  # of the line across the picture
_SLANT: Final = 24  # degrees
_INK: Final = (176, 42, 32, 105)  # red, of which the paper shows through
_HALO: Final = (255, 255, 255, 70)  # so that it can be read on a dark ground, too
_QUALITY: Final = 85
_LONGEST: Final = 3000  # pixels


def watermarked(content: bytes, words: str) -> bytes:
    """The picture as JPEG with ``words`` slanting across it again and again.

    Raises:
        BadPaper: not a picture that can be unpacked.
        BadFont: no Chinese font is on this machine; without a mark no copy goes out.
    """
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as image:
            picture = image.convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise BadPaper("not_a_photo", "这个文件不是照片，或者传坏了。请再拍一张。") from None
    picture.thumbnail((_LONGEST, _LONGEST))
    marked = Image.alpha_composite(picture.convert("RGBA"), _veil(picture.size, visible(words)))
    out = io.BytesIO()
    marked.convert("RGB").save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _veil(size: tuple[int, int], words: str) -> Image.Image:
    """A clear sheet with the words on it."""
    side = int((size[0] ** 2 + size[1] ** 2) ** 0.5) + 1
    sheet = Image.new("RGBA", (side, side))
    drawing = ImageDraw.Draw(sheet)
    letters = max(14, min(size) // 24)
    font = ImageFont.truetype(_font(), letters)
    step = max(int(drawing.textlength(words, font=font)) + 3 * letters, 1)
    for row in range(_ROWS * 2):
        y = row * side // (_ROWS * 2)
        for x in range(-step + (row % 2) * step // 2, side, step):
            drawing.text((x, y), words, font=font, fill=_INK, stroke_width=1, stroke_fill=_HALO)
    turned = sheet.rotate(_SLANT, Image.Resampling.BICUBIC)
    left, top = (side - size[0]) // 2, (side - size[1]) // 2
    return turned.crop((left, top, left + size[0], top + size[1]))


@cache
def _font() -> str:
    for folder in font_folders():
        for path in sorted(folder.glob("*.[ot]t[fc]")):
            if "CJK" in path.name or path.name.startswith("wqy"):
                return str(path)
    raise BadFont("no_font", "这台机器上没有中文字体，打不出来。请装 fonts-noto-cjk，再试一次。")
