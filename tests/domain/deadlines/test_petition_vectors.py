"""Every worked case of ``tests/vectors/petitions.toml``: dates in, dates out, and no clock that should not be there."""

import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.cast import PACK

from driftbox.domain.deadlines.calendar import Calendar
from driftbox.domain.deadlines.clocks import Happening, Reading, read_clocks

CASES = tomllib.loads((Path(__file__).parents[2] / "vectors" / "petitions.toml").read_text("utf-8"))["case"]
ZONE = ZoneInfo(PACK.zone)
CALENDAR = Calendar(ZONE, {y: d.off for y, d in PACK.years.items()}, {y: d.work for y, d in PACK.years.items()})
RULES = [rule for rule in PACK.clocks if rule.procedure == "petition"]


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZONE)


def happening(text: str) -> Happening:
    kind, _, rest = text.partition("=")
    day, _, days = rest.partition(":")
    return Happening(kind, noon(date.fromisoformat(day)), int(days or 0))


def read(case: dict[str, Any], entries: Sequence[str]) -> dict[str, Reading]:
    profiles = tuple(case.get("profiles", ("national",)))
    found = read_clocks(RULES, [happening(text) for text in entries], CALENDAR, noon(case["at"]), None, profiles)
    return {reading.clock: reading for reading in found}


@pytest.mark.parametrize("case", CASES, ids=[case["say"] for case in CASES])
def test_the_days_come_out_as_counted_on_a_wall_calendar(case: dict[str, Any]) -> None:
    found = read(case, case["entries"])
    assert {clock: reading.due for clock, reading in found.items()} == case["due"]
    assert not set(found) & set(case.get("none", ()))
    assert {clock: found[clock].verdict for clock in case.get("verdicts", {})} == case.get("verdicts", {})
    assert {clock for clock, reading in found.items() if reading.provisional} == set(case.get("provisional", ()))


@pytest.mark.parametrize("case", CASES, ids=[case["say"] for case in CASES])
def test_the_order_in_which_things_are_told_never_matters(case: dict[str, Any]) -> None:
    assert read(case, case["entries"][::-1]) == read(case, case["entries"])


@pytest.mark.parametrize("case", CASES, ids=[case["say"] for case in CASES])
def test_a_clock_that_was_stopped_is_not_stopped_again(case: dict[str, Any]) -> None:
    found = read(case, case["entries"])
    stops = {kind for rule in RULES for kind in rule.stops}
    again = [f"{kind}={case['at'].isoformat()}" for kind in sorted(stops)]
    for clock, reading in read(case, [*case["entries"], *again]).items():
        if clock in found and found[clock].stopped is not None:
            assert reading == found[clock]


def test_each_case_names_its_article_and_its_counting() -> None:
    assert len(CASES) >= 60
    assert all(case["say"] and case["article"] for case in CASES)
    assert all(len(case["count"]) == len(case["due"]) for case in CASES)
    assert len({case["say"] for case in CASES}) == len(CASES)


def test_the_law_cited_is_the_law_that_applied() -> None:
    for case in CASES:
        for reading in read(case, case["entries"]).values():
            year = 2005 if "2005" in reading.basis else 2016 if "2016" in reading.basis else 2022
            old = reading.starts < date(2022, 5, 1)
            if reading.clock != "confirmation":
                assert (year == 2022) != old, case["say"]
