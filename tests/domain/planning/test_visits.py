from datetime import date

import pytest
from msgspec import structs

from driftbox.domain.planning.visits import REASONS, Standing, reasons

FRIDAY = date(2026, 5, 15)
QUIET = Standing(is_open=True, to_sign=False, to_deliver=False, wish="", seen=date(2026, 5, 1), next_day=None)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, ()),
        ({"to_sign": True}, ("signature",)),
        ({"to_deliver": True, "wish": "once"}, ("result", "asked")),
        ({"wish": "regular", "is_open": False}, ("alone",)),
        ({"seen": date(2026, 4, 17)}, ("not_seen",)),
        ({"seen": date(2026, 4, 18)}, ()),
        ({"seen": date(2026, 4, 17), "is_open": False}, ()),
        ({"next_day": FRIDAY}, ("agreed",)),
        ({"next_day": date(2026, 5, 8)}, ("agreed",)),
        ({"next_day": date(2026, 5, 22), "to_sign": True}, ()),
    ],
)
def test_each_reason_to_go_is_named_and_none_is_invented(change, why):
    assert reasons(structs.replace(QUIET, **change), FRIDAY, 4) == why


def test_every_reason_is_told_in_both_languages():
    assert all(text.zh and text.en for text in REASONS.values())
