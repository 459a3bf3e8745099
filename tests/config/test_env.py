"""A wrong value in the environment stops the start and says what to set."""

import pytest

from driftbox.config.env import BadEnvironment, choice

NAME = "DRIFTBOX_SECOND_FACTOR"


@pytest.mark.parametrize(("value", "read"), [("", "optional"), ("optional", "optional"), ("required", "required")])
def test_a_choice_is_one_of_what_is_allowed_and_the_first_when_nothing_is_said(monkeypatch, value, read):
    monkeypatch.setenv(NAME, value)
    assert choice(NAME, "optional", "required") == read


def test_a_choice_that_does_not_exist_stops_the_start(monkeypatch):
    monkeypatch.setenv(NAME, "yes")
    with pytest.raises(BadEnvironment, match="DRIFTBOX_SECOND_FACTOR must be one of optional, required, not 'yes'"):
        choice(NAME, "optional", "required")
