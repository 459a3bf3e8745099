"""Every worked case of ``tests/vectors/deadlines.toml`` comes out as it was counted by hand."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import driftbox
from driftbox.domain.deadlines.calendar import Calendar
from driftbox.domain.deadlines.clocks import Happening, read_clocks
from driftbox.domain.deadlines.rules import MatterLimit
from driftbox.gateways.pack_files import load_pack

CASES = tomllib.loads((Path(__file__).parents[2] / "vectors" / "deadlines.toml").read_text("utf-8"))["case"]
PACK = load_pack(Path(driftbox.__file__).parent / "packs" / "cn_putuo")
ZONE = ZoneInfo(PACK.zone)
CALENDAR = Calendar(ZONE, {y: d.off for y, d in PACK.years.items()}, {y: d.work for y, d in PACK.years.items()})
SEEN = ("due", "verdict", "days_left", "extended", "paused_days", "provisional", "basis", "days", "stopped", "warnings")


def instant(day: date) -> datetime:
    """An instant as it is written, a bare day as its noon on the island."""
    if isinstance(day, datetime):
        return day
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZONE)


def happening(text: str) -> Happening:
    kind, _, rest = text.partition("=")
    if "T" in rest:
        return Happening(kind, datetime.fromisoformat(rest))
    day, _, days = rest.partition(":")
    return Happening(kind, instant(date.fromisoformat(day)), int(days or 0))


@pytest.mark.parametrize("case", CASES, ids=[case["say"] for case in CASES])
def test_a_worked_case_comes_out_as_counted_by_hand(case: dict[str, Any]) -> None:
    rules = [rule for rule in PACK.clocks if rule.procedure == case["procedure"]]
    limit = None
    if "matter_days" in case:
        limit = MatterLimit(
            days=case["matter_days"],
            unit=case["matter_unit"],
            basis=case["article"],
            promise_days=case.get("matter_promise"),
        )
    readings = read_clocks(
        rules,
        [happening(text) for text in case["entries"]],
        CALENDAR,
        instant(case["at"]),
        limit,
        case.get("profiles", ("national",)),
    )
    reading = next(reading for reading in readings if reading.clock == case["clock"])
    expected = {name: tuple(case[name]) if name == "warnings" else case[name] for name in SEEN if name in case}
    assert {name: getattr(reading, name) for name in expected} == expected


def test_there_are_enough_worked_cases_and_each_names_its_article() -> None:
    assert len(CASES) >= 60
    assert all(case["say"] and case["article"] for case in CASES)
    assert len({case["say"] for case in CASES}) == len(CASES)
