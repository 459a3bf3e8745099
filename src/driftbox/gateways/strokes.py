"""A signature drawn with a finger 手写签名: strokes of whole numbers come in, a picture goes out.

The picture is drawn here, so nothing but lines can be in it, whatever was sent.
"""

import re
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from driftbox.domain.errors import BadPaper

WIDTH: Final = 600  # units of the pad, whatever its size on the screen
HEIGHT: Final = 240
MAX_CHARACTERS: Final = 24_000
MAX_STROKES: Final = 80
MAX_NUMBERS: Final = 5_000  # two to a point
INK: Final = "#0E2234"

Number = Annotated[int, Meta(ge=0, le=WIDTH)]
Stroke = Annotated[tuple[Number, ...], Meta(min_length=2, max_length=MAX_NUMBERS)]
Strokes = Annotated[tuple[Stroke, ...], Meta(min_length=1, max_length=MAX_STROKES)]
_PATH: Final = re.compile(rb"(M\d{1,3} \d{1,3}L\d{1,3} \d{1,3}(?: \d{1,3} \d{1,3})*)+")
_DECODER = msgspec.json.Decoder(Strokes, strict=True, float_hook=str)  # a float becomes text, which is no number


def read_strokes(sent: str) -> tuple[tuple[int, ...], ...]:
    """The strokes of a drawing: ``[[x,y,x,y,…],…]``, whole numbers inside a pad of 600 by 240.

    Raises:
        BadPaper: anything else, or more than a signature can be.
    """
    fault = BadPaper("no_drawing", "手写的签名没有认出来，什么都没有记。请擦掉重签，或只写名字。")
    if len(sent) > MAX_CHARACTERS:
        raise BadPaper("long_drawing", "手写的签名画得太多，什么都没有记。请擦掉，只签名字。")
    try:
        strokes = _DECODER.decode(sent)
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError):
        raise fault from None
    if any(len(stroke) % 2 or max(stroke[1::2]) > HEIGHT for stroke in strokes):
        raise fault
    if sum(map(len, strokes)) > MAX_NUMBERS:
        raise BadPaper("long_drawing", "手写的签名画得太多，什么都没有记。请擦掉，只签名字。")
    return strokes


def strokes_svg(strokes: tuple[tuple[int, ...], ...]) -> bytes:
    """The drawing as an SVG, dark ink on white so that it reads on every page and on paper."""
    path = "".join(map(_line, strokes))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
        f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="5" stroke-linecap="round"'
        ' stroke-linejoin="round"/></svg>'
    ).encode()


def is_drawing(content: bytes) -> bool:
    """Whether this is a drawing as ``strokes_svg`` makes it, and nothing else: another device made it the same way."""
    before, after = strokes_svg(((0, 0),)).split(b"M0 0L0 0")
    path = content.removeprefix(before).removesuffix(after)
    return content == before + path + after and len(content) <= MAX_CHARACTERS and bool(_PATH.fullmatch(path))


def _line(stroke: tuple[int, ...]) -> str:
    """One stroke as path data; a dot is a line to where it began, which round caps make visible."""
    points = list(zip(stroke[::2], stroke[1::2], strict=True))
    (x, y), rest = points[0], points[1:] or points
    return f"M{x} {y}L" + " ".join(f"{a} {b}" for a, b in rest)
