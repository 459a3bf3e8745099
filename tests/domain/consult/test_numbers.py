"""Numbers that prove themselves: one wrong digit, or two swapped, and they do not hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.consult.numbers import (
    bank_card_holds,
    born_on,
    check_letter_holds,
    disability_number_holds,
    id_number_holds,
)

EXAMPLE = "11010519491231002X"  # the example of GB 11643-1999


def checked(body):
    return next(body + letter for letter in "0123456789X" if check_letter_holds(body + letter))


def test_the_example_of_the_standard_holds():
    assert id_number_holds(EXAMPLE)
    assert born_on(EXAMPLE).isoformat() == "1949-12-31"


@given(st.from_regex(r"\A[0-9]{17}\Z"), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(body, place, by):
    number = checked(body)
    wrong = str((int(number[place]) + by) % 10)
    assert not check_letter_holds(number[:place] + wrong + number[place + 1 :])


@given(st.from_regex(r"\A[0-9]{17}\Z"), st.integers(0, 15))
def test_two_neighbours_swapped_are_always_found(body, place):
    number = checked(body)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or not check_letter_holds(swapped)


@pytest.mark.parametrize(
    "number", ["", "11010519491331002X"[:17], "110105194912310021", "１1010519491231002X", "x" * 18]
)
def test_what_is_no_number_does_not_hold(number):
    assert not id_number_holds(number)


def test_a_day_of_birth_that_does_not_exist_does_not_hold():
    assert not id_number_holds(checked("33090319490231002"))


@given(st.from_regex(r"\A[0-9]{15,18}\Z"), st.data())
def test_a_bank_card_holds_until_one_digit_is_wrong(body, data):
    card = next(body + str(digit) for digit in range(10) if bank_card_holds(body + str(digit)))
    place = data.draw(st.integers(0, len(card) - 1))
    wrong = str((int(card[place]) + data.draw(st.integers(1, 9))) % 10)
    assert not bank_card_holds(card[:place] + wrong + card[place + 1 :])


@pytest.mark.parametrize("number", ["", "0" * 15, "0" * 20, "６" * 16])
def test_what_is_no_bank_card_does_not_hold(number):
    assert not bank_card_holds(number)


def test_a_disability_certificate_is_an_identity_number_with_kind_and_grade():
    assert disability_number_holds(EXAMPLE + "42")
    assert disability_number_holds(EXAMPLE + "42B1")
    assert not disability_number_holds(EXAMPLE + "85")
    assert not disability_number_holds("11010519491231003X42")
