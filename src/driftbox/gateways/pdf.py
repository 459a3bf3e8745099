"""Documents as PDF: a template of the house (``typeset/``) and data in, tagged PDF (PDF/UA-1, ISO 14289-1) out.

Data goes to the template as JSON and is never read as markup, so a hostile name stays a name. The same input makes the
same bytes. Chinese is set in a static font: a variable one is embedded wrongly. A character that the font lacks is
refused by name, because an empty box on a notice helps nobody.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, Protocol

import typst

from driftbox.domain.errors import BadFont

Language = Literal["zh", "en"]
TYPESET = Path(__file__).resolve().parent.parent / "typeset"
FONT_WHEEL = "cvttf_NotoSansCJK_Regular"
FONT_FOLDERS = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/truetype/wqy"))  # Debian
FAMILIES = ("Noto Sans CJK SC", "Noto Sans CJK TC", "WenQuanYi Micro Hei")
_LACKS = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)


class Pdf(Protocol):
    """Sets one document in type."""

    def render(
        self, template: str, data: Mapping[str, object], *, title: str, made: datetime, language: Language = "zh"
    ) -> bytes: ...


class TypstPdf:
    """Sets documents with typst, with the fonts of ``folders`` (the wheel's, else Debian's)."""

    def __init__(self, folders: tuple[Path, ...] | None = None) -> None:
        self._folders = font_folders() if folders is None else folders

    def render(
        self, template: str, data: Mapping[str, object], *, title: str, made: datetime, language: Language = "zh"
    ) -> bytes:
        """The PDF that ``template`` (``labels`` is ``typeset/labels.typ``) makes of ``data``.

        ``data`` is anything that JSON can hold; ``title`` is what readers show and speak first; ``made`` is the date
        that the file bears.

        Raises:
            BadFont: no Chinese font is there, or it lacks a character of ``data``; nothing was made.
        """
        compiler = self._compiler(template, data, title, language)
        try:
            content = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=int(made.timestamp()))
        except typst.TypstError as fault:
            raise _lacking(fault) from fault
        if not isinstance(content, bytes):
            raise TypeError("a PDF is one file")
        return content

    def _compiler(self, template: str, data: Mapping[str, object], title: str, language: Language) -> typst.Compiler:
        fonts, family = _fonts(self._folders)
        given = {
            "data": json.dumps(_plain(data), ensure_ascii=False),
            "title": visible(title),
            "lang": language,
            "font": family,
        }
        source = TYPESET / f"{template}.typ"
        return typst.Compiler(source, root=TYPESET, font_paths=fonts, ignore_system_fonts=True, sys_inputs=given)


def font_folders() -> tuple[Path, ...]:
    """Where a static Chinese font may lie: the wheel that was installed with us, then Debian's own folders."""
    wheel = find_spec(FONT_WHEEL)
    own = (Path(wheel.origin).parent,) if wheel and wheel.origin else ()
    return own + FONT_FOLDERS


@cache
def _fonts(folders: tuple[Path, ...]) -> tuple[typst.Fonts, str]:
    for folder in folders:
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
        family = next((name for name in FAMILIES if name in fonts.families()), "")
        if family:
            return fonts, family
    raise BadFont("no_font", "这台机器上没有中文字体，打不出来。请装 fonts-noto-cjk，再试一次。")


def visible(text: str) -> str:
    """``text`` without characters that show nothing but turn, hide or break what stands beside them."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})


def _plain(value: object) -> object:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(held) for held in value]
    return value


def _lacking(fault: typst.TypstError) -> Exception:
    found = _LACKS.search(fault.message)
    if found is None:
        return fault  # the template itself is wrong: ours to mend, nobody's to read
    return BadFont("no_glyph", "字体里没有“{what}”这个字，打不出来。请换一个写法，或打好以后手写。", what=found[1])
