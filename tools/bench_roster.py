"""Time a month's roster for 30 people: ``python tools/bench_roster.py [seconds]``; prints how good each maker's is."""

import sys
import time
from datetime import date, timedelta
from datetime import time as clock
from importlib import import_module
from zoneinfo import ZoneInfo

from driftbox.domain.deadlines.calendar import Calendar
from driftbox.domain.planning.roster import Member, RosterRules, Shift, Task
from driftbox.domain.planning.roster_check import shortfalls, spread, violations
from driftbox.domain.text import Text
from driftbox.gateways.roster import PlainRosterMaker, RosterMaker, is_installed

PEOPLE, DAYS, LIMIT = 30, 30, 20.0
FIRST = date(2026, 6, 1)


def _name(words: str) -> Text:
    return Text(zh=words, en=words)


def month() -> Task:
    """Thirty people, three shifts around the clock on working days and one on days of rest, leave and boats."""
    shifts = (
        Shift(code="N", name=_name("夜班"), since=clock(0), until=clock(8), people=2, night=True),
        Shift(code="D", name=_name("白班"), since=clock(8), until=clock(16), people=8, skills={"clerk": 2, "agent": 2}),
        Shift(code="E", name=_name("晚班"), since=clock(16), until=clock(0), people=3, skills={"clerk": 1}),
        Shift(code="W", name=_name("周末"), since=clock(8), until=clock(18), people=3, days="rest"),
    )
    members = tuple(
        Member(
            person=f"p{n:02}", skills=frozenset({"clerk"} if n % 3 else {"agent", "clerk"} if n % 2 else {"agent"}),
            fixed="D" if n % 10 == 0 else "", weekdays=frozenset({1, 2, 3, 4, 5} if n % 7 == 0 else range(1, 8)),
            off=frozenset(FIRST + timedelta(n % 20 + day) for day in range(5 if n % 4 == 0 else 0)),
            nights=n % 4, duties=n % 5,
        )
        for n in range(PEOPLE)
    )  # fmt: skip
    days = tuple(FIRST + timedelta(day) for day in range(DAYS))
    rules = RosterRules(office="C-BS", shifts=shifts, per_week=5, rest_after_night=24)
    return Task(rules=rules, members=members, days=days, calendar=Calendar(ZoneInfo("Asia/Shanghai"), {}, {}))


def _makers() -> list[RosterMaker]:
    found: list[RosterMaker] = [PlainRosterMaker()]
    if is_installed():
        found.append(import_module("driftbox.gateways.roster_cpsat").CpSatRosterMaker())
    return found


def main() -> int:
    """Run each maker once; fails when one breaks a rule or takes longer than 20 seconds."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else LIMIT - 2
    task, slow = month(), False
    for maker in _makers():
        began = time.perf_counter()
        made = maker.make(task, seconds)
        took = time.perf_counter() - began
        broken = [one for one in violations(task, made) if one.rule not in {"people", "skill"}]
        shifts, nights = spread(task, made)
        missing = sum(one.missing for one in shortfalls(task, made))
        sys.stdout.write(
            f"{maker.name:<7}{took:6.2f} s  {len(made)} shifts, {missing} missing, {len(broken)} rules broken, "
            f"apart by {shifts} shifts and {nights} nights\n"
        )
        slow = slow or took > LIMIT or bool(broken)
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
