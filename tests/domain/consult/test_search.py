"""Own words find the matter they mean, say why, and admit when they do not."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import driftbox
from driftbox.domain.consult.knowledge import Knowledge
from driftbox.domain.consult.search import MatterIndex
from driftbox.domain.consult.sounds import read
from driftbox.domain.consult.words import hear, standard
from driftbox.gateways.pack_files import load_pack

PACK = load_pack(Path(driftbox.__file__).parent / "packs" / "cn_putuo")
SAYINGS = [(saying.say, saying.matters) for saying in PACK.sayings]
ENQUIRY = "QT-ZIXUN"
INDEX = MatterIndex(PACK.matters.values(), SAYINGS, PACK.dialect, ENQUIRY)


def first(words: str) -> str:
    return INDEX.find(words)[0].matter


@pytest.mark.parametrize(
    ("words", "matter"),
    [
        ("低保", "MZ-DIBAO"),
        ("请问低保怎么申请", "MZ-DIBAO"),
        ("我娘年纪大了，眼睛不好，医药费报不了，想咨询低保怎么申请", "MZ-DIBAO"),
        ("身份证过期了哪能办", "GA-SHENFEN"),
        ("我妈癌症化疗门诊能报吗", "YB-TESHU"),
        ("我老公出洋回来手断了，想办个残疾本子", "CL-CANZHENG"),
        ("老头看毛病花了几万,铜钿呒没了,低保好办伐", "MZ-DIBAO"),
        ("村干部贪污", "XF-JUBAO"),
        ("我想给我爸办老年证，他八十了", "LL-YOUDAI"),
    ],
)
def test_whole_sentences_find_what_is_wanted_in_them(words: str, matter: str) -> None:
    assert first(words) == matter


@pytest.mark.parametrize("words", ["底保", "抵保", "dibao", "DiBao", "ｄｉｂａｏ"])
def test_slips_of_the_ear_and_typed_pinyin_find_the_allowance(words: str) -> None:
    assert first(words) == "MZ-DIBAO"


@pytest.mark.parametrize("words", ["sfz", "shenfenzheng", "shenfengzheng", "身分证"])
def test_initials_and_sloppy_pinyin_find_the_identity_card(words: str) -> None:
    assert first(words) == "GA-SHENFEN"


def test_dialect_is_made_standard_before_the_search() -> None:
    assert standard("看毛病没铜钿", PACK.dialect) == "看病没钱"
    assert first("劳保停了") == first("养老金停了") == "RS-RENZHENG"


def test_a_standard_word_is_not_taken_for_dialect_again() -> None:
    assert standard("甲", {"甲": "乙", "乙": "丙"}) == "乙"


@pytest.mark.parametrize(
    ("words", "matter"),
    [
        ("不是低保，是临时救助", "MZ-LINSHI"),
        ("不是低保是临时救助", "MZ-LINSHI"),
        ("勿是身份证掉了，是户口本掉了", "GA-QIANYI"),
        ("是不是可以办低保", "MZ-DIBAO"),
    ],
)
def test_what_is_denied_is_not_asked_for(words: str, matter: str) -> None:
    assert first(words) == matter


def test_what_was_denied_is_set_apart_from_what_was_said() -> None:
    said = hear("不是低保，是临时救助", {})
    assert (said.clauses, said.denied) == (("是临时救助",), ("低保",))


@pytest.mark.parametrize("words", ["", "。。", "你好", "火星旅行", "今天天气不错", "A", "不是低保"])
def test_what_fits_nowhere_goes_to_the_enquiry_and_is_not_sure(words: str) -> None:
    found = INDEX.find(words)[0]
    assert (found.matter, found.sure, found.why) == (ENQUIRY, False, ())


@pytest.mark.parametrize("words", ["😀😀", "!!!???", "，" * 10_000, "<script>alert(1)</script>", "啊" * 10_000, "\x00"])
def test_noise_is_answered_by_a_person(words: str) -> None:
    assert INDEX.find(words)[0].matter == ENQUIRY


def test_of_a_very_long_letter_only_the_beginning_is_read() -> None:
    assert INDEX.find("身份证过期了，" * 2000)[0].matter == "GA-SHENFEN"


@pytest.mark.parametrize("words", ["殘疾證", "老年證", "戶口遷移"])
def test_traditional_characters_are_read_as_simplified(words: str) -> None:
    simplified = {"殘疾證": "残疾证", "老年證": "老年证", "戶口遷移": "户口迁移"}[words]
    assert [(one.matter, one.score) for one in INDEX.find(words)] == [
        (one.matter, one.score) for one in INDEX.find(simplified)
    ]


@pytest.mark.parametrize(
    ("typed", "cut"), [("shenfenzheng", ("shen", "fen", "zheng")), ("dibao", ("di", "bao")), ("sfz", ())]
)
def test_typed_pinyin_is_cut_into_syllables(typed: str, cut: tuple[str, ...]) -> None:
    assert read(typed) == cut


def test_several_needs_in_one_sentence_are_all_found() -> None:
    found = {one.matter for one in INDEX.find("身份证过期了，还有老年证也要办", 3)}
    assert {"GA-SHENFEN", "LL-YOUDAI"} <= found


@pytest.mark.parametrize(
    ("words", "matter"),
    [
        ("我不办身份证，要办老年证", "LL-YOUDAI"),
        ("我没说低保，说的是户口迁移", "GA-QIANYI"),
        ("身份证不要，要老年证", "LL-YOUDAI"),
        ("别说低保了，我是想办残疾证", "CL-CANZHENG"),
    ],
)
def test_what_is_denied_in_other_words_is_not_asked_for_either(words: str, matter: str) -> None:
    assert first(words) == matter


def test_who_asks_for_a_matter_by_its_name_at_the_end_of_a_story_is_given_it() -> None:
    assert "MZ-DIBAO" in {one.matter for one in INDEX.find("老头看毛病花了几万,铜钿呒没了,低保好办伐", 2)}


def test_what_was_learnt_finds_the_same_after_it_was_kept() -> None:
    kept = msgspec.msgpack.decode(msgspec.msgpack.encode(INDEX.knowledge), type=Knowledge)
    again = MatterIndex.of(kept)
    for words in ("家里困难", "dibao", "sfz", "低保"):
        assert again.find(words) == INDEX.find(words)


def test_an_answer_says_which_words_said_so() -> None:
    found = INDEX.find("我身份证过期了")[0]
    assert found.why == ("身份证过期",)
    assert found.sure


def test_words_that_only_sound_alike_are_answered_with_the_word_they_sound_like() -> None:
    assert INDEX.find("抵保")[0].why == ("低保",)


def test_words_that_mean_two_things_are_not_sure() -> None:
    assert not INDEX.find("db")[0].sure


def test_at_most_as_many_as_asked_best_first() -> None:
    found = INDEX.find("户口", 3)
    assert len(found) == 3
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_every_saying_of_the_pack_finds_its_matter_among_the_first_three() -> None:
    lost = [say for say, meant in SAYINGS if not {one.matter for one in INDEX.find(say, 3)} & set(meant)]
    assert lost == []


@given(st.text(max_size=40))
def test_nothing_that_may_be_typed_upsets_it(words: str) -> None:
    found = INDEX.find(words)
    assert found
    assert all(0 <= one.score <= 1000 and one.matter in PACK.matters for one in found)
    assert found == INDEX.find(words)


def test_the_order_of_the_pack_does_not_matter() -> None:
    turned = MatterIndex(reversed([*PACK.matters.values()]), reversed(SAYINGS), PACK.dialect, ENQUIRY)
    for words in ("家里困难", "户口", "看病没钱", "db"):
        assert [(one.matter, one.score) for one in turned.find(words)] == [
            (one.matter, one.score) for one in INDEX.find(words)
        ]


@pytest.mark.parametrize(
    ("words", "matter"),
    [
        ("fishing licence", "YY-BULAO"),
        ("my fishing license please", "YY-BULAO"),
        ("lost my ID card", "GA-SHENFEN"),
        ("80岁老人补贴", "MZ-GAOLING"),
        ("不是本地人能办低保吗", "MZ-DIBAO"),
    ],
)
def test_english_ages_and_questions_with_a_not_in_them_are_understood(words: str, matter: str) -> None:
    assert first(words) == matter


@pytest.mark.parametrize(
    ("words", "matters"),
    [
        ("给老人办身份证和高龄补贴", ("GA-SHENFEN", "MZ-GAOLING")),
        ("想办低保，还要办残疾证", ("MZ-DIBAO", "CL-CANZHENG")),
        ("不是低保，是医保报销", ()),
        ("身份证过期了", ()),
        ("老头看毛病花了几万,铜钿呒没了,低保好办伐", ()),
        ("户口和", ()),
        ("", ()),
    ],
)
def test_what_is_asked_for_side_by_side_is_found_as_several_needs(words: str, matters: tuple[str, ...]) -> None:
    assert INDEX.needs(words) == matters
