"""English is complete: every sentence of the house has one, none is kept in vain, and every gap is still there."""

import re

import pytest
from tools.messages import (
    ENGLISH,
    all_messages,
    is_chinese,
    pack_messages,
    source_messages,
    template_messages,
    translations,
)

GAP = re.compile(r"%\(\w+\)s|\{\w+\}|</?\w+")


def written(message):
    """The forms of a message, whether it counts or not."""
    return (message,) if isinstance(message, str) else message


def test_no_sentence_lacks_english():
    assert all_messages() - set(translations()) == set()


def test_no_english_is_kept_for_a_sentence_nobody_says():
    assert set(translations()) - all_messages() == set()


def test_every_translation_says_something_in_full():
    assert [m for m, said in translations().items() if len(said) != len(written(m)) or not all(said)] == []


def test_every_gap_is_kept():
    broken = [
        (form, said)
        for message, forms in translations().items()
        for form, said in zip(written(message), forms, strict=True)
        if sorted(GAP.findall(form)) != sorted(GAP.findall(said))
    ]
    assert broken == []


def test_no_chinese_is_left_in_english():
    assert [
        said for forms in translations().values() for said in forms if is_chinese(said.replace("身份证掉了", ""))
    ] == []


def test_a_planted_template_sentence_is_noticed(tmp_path):
    page = tmp_path / "web/x/templates/x/page.html"
    page.parent.mkdir(parents=True)
    page.write_text(
        "{% load i18n %}{% translate '没人译过' %}{% blocktranslate count n=n %}{{ n }} 只{% plural %}{{ n }} 只"
        "{% endblocktranslate %}",
        encoding="utf-8",
    )
    assert template_messages(tmp_path) == {"没人译过", ("%(n)s 只", "%(n)s 只")}


@pytest.mark.parametrize(
    "code",
    [
        "gettext('没人译过')",
        "label = _('没人译过')",
        "raise NotFound('gone', '没人译过')",
        "NOBODY = '没人译过'\nraise NotFound('gone', NOBODY)",
        "ROLES = {'clerk': '没人译过'}\ngettext(ROLES[role])",
        "sentence = '没人译过' if late else ''\nraise Refused('late', sentence)",
    ],
)
def test_a_planted_source_sentence_is_noticed(tmp_path, code):
    (tmp_path / "view.py").write_text(code, encoding="utf-8")
    assert source_messages(tmp_path) == {"没人译过"}


def test_the_next_act_of_every_stage_is_found(tmp_path):
    law = tmp_path / "packs/cn_x/law/procedures/a.toml"
    law.parent.mkdir(parents=True)
    law.write_text('[[stages]]\nnext_act = { zh = "没人译过", en = "Nobody" }\n', encoding="utf-8")
    assert pack_messages(tmp_path) == {"没人译过"}


def test_the_catalogue_stands_where_the_settings_look_for_it():
    assert ENGLISH.is_file()
