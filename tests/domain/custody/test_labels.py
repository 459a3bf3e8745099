"""Numbers on labels: whatever slips on a bad line is noticed, whatever does not matter is forgiven."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.custody.labels import (
    KINDS,
    MAX_SERIAL,
    Kind,
    groups,
    label_code,
    read_label,
    serial_of,
    wrong_check,
)
from driftbox.domain.errors import Refused

kinds = st.sampled_from(KINDS)
serials = st.integers(1, MAX_SERIAL)
CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTUVWXYZ"  # O, I and L are read as the digits they look like


@given(kinds, serials)
def test_a_printed_number_reads_back_as_its_kind_and_serial(kind: Kind, serial: int):
    code = label_code(kind, serial)
    assert read_label(code) == code
    assert serial_of(code) == (kind, serial)


@given(kinds, serials, st.integers(0, 9), st.sampled_from(CHARACTERS))
def test_any_one_wrong_character_is_noticed(kind: Kind, serial: int, place: int, other: str):
    code = label_code(kind, serial).replace("-", "")
    heard = code[:place] + other + code[place + 1 :]
    if heard != code:
        with pytest.raises(Refused):
            read_label(heard)


@given(kinds, serials, st.integers(0, 8))
def test_any_two_neighbours_swapped_are_noticed(kind: Kind, serial: int, place: int):
    code = label_code(kind, serial).replace("-", "")
    heard = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if heard != code:
        with pytest.raises(Refused):
            read_label(heard)


@given(kinds, serials, st.integers(2, 9))
def test_a_digit_left_out_or_said_twice_is_noticed(kind: Kind, serial: int, place: int):
    code = label_code(kind, serial).replace("-", "")
    for heard in (code[:place] + code[place + 1 :], code[:place] + code[place] + code[place:]):
        with pytest.raises(Refused):
            read_label(heard)


@given(
    kinds, serials, st.sampled_from(["", " ", "-", "·", "　", " - ", "—"]), st.sets(st.sampled_from(["wide", "alike"]))
)
def test_case_width_spaces_and_look_alikes_do_not_matter(
    kind: Kind,
    serial: int,
    joint: str,
    manner: set[str],
):
    code = label_code(kind, serial)
    digits = code[3:].translate(str.maketrans("01", "Ol")) if "alike" in manner else code[3:]
    said = joint.join([code[:2].lower(), digits[:4], digits[4:]])
    if "wide" in manner:
        said = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in said)
    assert read_label(said) == code


@given(kinds, serials)
def test_digits_written_in_chinese_or_alone_are_enough_where_the_kind_is_known(kind: Kind, serial: int):
    code = label_code(kind, serial)
    assert read_label(code[3:].translate(str.maketrans("0123456789", "零幺二三四五六七八九")), kind) == code
    assert read_label(code[3:7] + " " + code[7:], kind) == code


@pytest.mark.parametrize("before", ["BX-01", "BS-0413", "BS-0777", "PTZ-12"])
def test_numbers_from_before_pass_as_they_are(before: str):
    assert read_label(before) == before
    assert read_label(f" {before.lower()} ") == before
    assert serial_of(before) is None


@given(st.text(max_size=80))
def test_anything_else_is_a_sentence_or_a_number_and_reading_twice_changes_nothing(text: str):
    try:
        code = read_label(text)
    except Refused:
        return
    assert read_label(code) == code


def test_it_is_read_out_in_groups():
    assert groups("BX-10000130") == ("BX", "1000 0130")
    assert groups("BX-01") == ("BX-01",)


def test_no_two_labels_share_a_number_and_neighbours_differ_in_more_than_one_digit():
    codes = [label_code("seal", serial) for serial in range(100_001, 102_001)]
    assert len(set(codes)) == len(codes)
    assert all(sum(a != b for a, b in zip(one, other, strict=True)) > 1 for one, other in pairwise(codes))
    assert not any(wrong_check(code) for code in codes)


def test_there_is_no_label_nought_and_none_after_the_last():
    for serial in (0, MAX_SERIAL + 1):
        with pytest.raises(ValueError, match="serial"):
            label_code("box", serial)
