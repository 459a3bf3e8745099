"""Documents set in type: Chinese that can be read out and copied, the same bytes twice, and no empty boxes."""

from datetime import UTC, datetime
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from driftbox.domain.errors import BadFont
from driftbox.gateways.pdf import FONT_FOLDERS, TypstPdf, font_folders

MADE = datetime(2026, 5, 11, 9, 30, tzinfo=UTC)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><path d="M0 0h2v2z"/></svg>'


def sheet(sentence: str = "扫一扫。", **other: object) -> dict[str, object]:
    label = {"groups": ["BX", "1000 0137"], "svg": SVG, "alt": "BX-10000137"}
    return {"kind": "box", "name": "漂流箱", "sentence": sentence, "labels": [label], **other}


def text_of(content: bytes) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(content))


def made(sentence: str = "扫一扫。", title: str = "箱标签") -> bytes:
    return TypstPdf().render("labels", sheet(sentence), title=title, made=MADE)


def test_chinese_and_rare_characters_of_names_come_out_as_text():
    text = text_of(made("𬍛㛃䶮，放材料"))
    assert "𬍛㛃䶮，放材料" in text
    assert "1000 0137" in text


def test_the_same_input_makes_the_same_bytes_and_another_day_other_bytes():
    assert made() == made()
    assert made() != TypstPdf().render("labels", sheet(), title="箱标签", made=datetime(2026, 5, 12, tzinfo=UTC))


def test_the_file_bears_title_language_date_and_tags_and_one_embedded_font():
    content = made()
    about = pdfium.PdfDocument(content).get_metadata_dict()
    assert about["Title"] == "箱标签"
    assert about["CreationDate"].startswith("D:20260511")
    assert b"/Lang(zh-CN)" in content
    assert b"/MarkInfo" in content
    assert b"/FontFile3" in content


def test_english_says_so():
    content = TypstPdf().render("labels", sheet("Scan me"), title="Box labels", made=MADE, language="en")
    assert b"/Lang(en)" in content


@pytest.mark.parametrize("hostile", ['#panic("x")', "*a* $x$ <b> @c", '"), evil: ("', "= 标题\n- 项", "\\u{41} // */"])
def test_a_hostile_name_stays_a_name(hostile: str):
    text = text_of(made(hostile))
    assert "".join(hostile.split()) in "".join(text.split())


def test_what_turns_or_hides_text_is_left_out():
    assert "甲乙" in text_of(made("甲\u202e\u200b\x00乙"))


def test_a_character_that_no_font_has_is_refused_by_name():
    with pytest.raises(BadFont, match="😀"):
        made("😀")


def test_without_a_font_nothing_is_made_and_the_sentence_says_what_to_install(tmp_path: Path):
    with pytest.raises(BadFont, match="fonts-noto-cjk"):
        TypstPdf((tmp_path,)).render("labels", sheet(), title="箱标签", made=MADE)


def test_the_font_comes_with_us_so_that_a_bare_machine_can_print():
    own = tuple(folder for folder in font_folders() if folder not in FONT_FOLDERS)
    assert TypstPdf(own).render("labels", sheet(), title="箱标签", made=MADE) == made()
