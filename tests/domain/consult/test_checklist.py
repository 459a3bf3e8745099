"""One list, complete, and nothing on it that need not be asked for."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import driftbox
from driftbox.domain.consult.checklist import Checklist, build_checklist
from driftbox.domain.consult.holdings import Held
from driftbox.domain.consult.matter import Material, Matter
from driftbox.domain.text import Text
from driftbox.gateways.pack_files import load_pack

PACK = load_pack(Path(driftbox.__file__).parent / "packs" / "cn_putuo")
DIBAO = PACK.matters["MZ-DIBAO"]
TODAY = date(2026, 7, 1)
NOBODY = Text(zh="您自己", en="you")


def material(code: str, **more: object) -> Material:
    named = {"code": code, "name": Text(zh=f"材料{code}", en=code), "kind": "copy", "issuer": NOBODY, **more}
    return Material(**named)  # type: ignore[arg-type]  # the fields differ from test to test


def paper(code: str) -> Held:
    return Held(code=code, kind="copy", case="c", number="baisha-2026-0001", given=TODAY)


def matter(*materials: Material) -> Matter:
    one = Text(zh="事", en="matter")
    return Matter(
        code="X",
        procedure="errand",
        name=one,
        plain=one,
        lead=one,
        category=one,
        department="D",
        department_note=one,
        agent_allowed=True,
        materials=materials,
    )


def listed(*materials: Material, answers: str = "", held: tuple[Held, ...] = ()) -> Checklist:
    return build_checklist(matter(*materials), frozenset(answers.split()), held, TODAY)


def codes(materials: tuple[Material, ...]) -> list[str]:
    return [one.code for one in materials]


def test_the_list_keeps_the_order_of_the_matter_and_leaves_to_the_office_what_the_office_can_find() -> None:
    checklist = build_checklist(DIBAO, frozenset(), (), TODAY)
    assert codes(checklist.bring) == ["id_card", "household_register", "aid_form", "bank_card"]
    assert codes(checklist.looked_up) == ["income_proof"]
    assert checklist.signers == ("applicant", "adult_members")
    assert checklist.presence == DIBAO.presence


def test_an_answer_adds_what_it_calls_for() -> None:
    checklist = build_checklist(DIBAO, frozenset({"serious_illness", "someone_acts"}), (), TODAY)
    assert "medical_record" in codes(checklist.bring)
    assert "authority_letter" in codes(checklist.bring)
    assert "disability_card" not in codes(checklist.bring)


def test_one_answer_of_several_is_enough_and_another_may_spare_it() -> None:
    either = material("a", when=("ill", "old"))
    spared = material("b", unless=("insured",))
    assert codes(listed(either, spared, answers="old").bring) == ["a", "b"]
    assert codes(listed(either, spared, answers="old insured").bring) == ["a"]


def test_nobody_is_asked_to_sign_what_need_not_be_brought() -> None:
    signed = material("a", signed_by=("applicant",), valid_months=6)
    assert listed(signed).signers == ("applicant",)
    assert listed(signed, held=(paper("a"),)).signers == ()


def test_what_may_follow_stays_on_the_list_and_says_so() -> None:
    checklist = listed(material("a", may_follow=True))
    assert checklist.bring[0].may_follow
    assert "可以后补" in checklist.as_sms("zh-hans", 200)
    assert "可以以后再补" in checklist.as_speech("zh-hans")


def test_a_text_message_names_every_item_when_there_is_room() -> None:
    text = build_checklist(DIBAO, frozenset(), (), TODAY).as_sms("zh-hans", 300)
    assert text.startswith("要备 4 样：1.身份证（复印件）；2.户口簿（复印件）；3.")
    assert "填好的表 3 份" in text
    assert "别的我们来查，不用您跑。" in text


def test_a_short_text_message_counts_what_it_leaves_out() -> None:
    text = build_checklist(DIBAO, frozenset(), (), TODAY).as_sms("zh-hans", 40)
    assert "还有" in text
    assert "请看回执" in text


@given(st.integers(0, 400), st.sampled_from(["zh-hans", "en"]), st.sampled_from(sorted(PACK.matters)))
def test_a_text_message_never_runs_over(room: int, language: str, code: str) -> None:
    answers = frozenset(question.id for question in PACK.matters[code].questions)
    assert len(build_checklist(PACK.matters[code], answers, (), TODAY).as_sms(language, room)) <= room


def test_on_the_telephone_every_item_has_its_own_sentence() -> None:
    speech = build_checklist(DIBAO, frozenset(), (), TODAY).as_speech("zh-hans")
    assert speech.startswith("一共要备四样，请您记一下。第一样，身份证，复印件")
    assert "第二样，户口簿" in speech
    assert "要三份" in speech
    assert "我们来查，不向您要。" in speech


def test_the_list_is_complete_in_english_too() -> None:
    checklist = build_checklist(DIBAO, frozenset(), (), TODAY)
    assert checklist.as_sms("en", 400).startswith("Bring 4: 1.Identity card (copy); 2.")
    assert "Number 1: Identity card, copy" in checklist.as_speech("en")


def test_a_list_of_nothing_says_so() -> None:
    assert listed().as_sms("zh-hans", 70) == "什么都不用您带。"
    assert listed().as_speech("en") == "There is nothing to bring."


@pytest.mark.parametrize("code", sorted(PACK.matters))
def test_every_matter_of_the_pack_can_be_read_out(code: str) -> None:
    speech = build_checklist(PACK.matters[code], frozenset(), (), TODAY).as_speech("zh-hans")
    assert speech
    assert "。。" not in speech
