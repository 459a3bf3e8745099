"""Checks of the law in a pack: procedures whose arrows lead on, and clocks with a source and one law at a time."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from driftbox.domain.deadlines.rules import ClockRule
from driftbox.domain.docket.procedure import Arrow, Procedure
from driftbox.domain.docket.table import ALWAYS, EVERYWHERE
from driftbox.domain.text import Text
from driftbox.gateways.pack_faults import Fault, leads_nowhere, no_basis
from driftbox.gateways.pack_rows import Row, Rows


def procedure_faults(rows: Rows) -> Iterator[Fault]:
    """Stages and clocks that are named but not there, that cannot be reached, or that cannot be left."""
    clocks = {(row.value.procedure, row.value.id) for row in rows.clocks}
    for row in rows.procedures:
        known = {stage.id for stage in row.value.stages}
        if row.value.first not in known:
            yield row.fault(*leads_nowhere("环节", "stage", row.value.first), "first")
        for place, arrow in enumerate(row.value.arrows):
            yield from _arrow(row, place, arrow, known)
        yield from _ways(row)
        for place, stage in enumerate(row.value.stages):
            if stage.clock and (row.value.id, stage.clock) not in clocks:
                yield row.fault(*leads_nowhere("时限", "clock", stage.clock), "stages", place, "clock")


def _arrow(row: Row[Procedure], place: int, arrow: Arrow, known: set[str]) -> Iterator[Fault]:
    for item, stage in enumerate(arrow.at):
        if stage not in known and stage not in (EVERYWHERE, ALWAYS):
            yield row.fault(*leads_nowhere("环节", "stage", stage), "arrows", place, "at", item)
    if arrow.to and arrow.to not in known:
        yield row.fault(*leads_nowhere("环节", "stage", arrow.to), "arrows", place, "to")


def _ways(row: Row[Procedure]) -> Iterator[Fault]:
    """Stages no arrow leads to from the first, and stages that are not final and have no arrow out."""
    onward = _onward(row.value)
    reached, waiting = set[str](), [row.value.first]
    while waiting:
        stage = waiting.pop()
        if stage not in reached:
            reached.add(stage)
            waiting += onward.get(stage, ())
    for place, one in enumerate(row.value.stages):
        if one.id not in reached:
            what = Text(zh=f"走不到“{one.id}”这个环节", en=f"No way leads to the stage `{one.id}`")
            remedy = Text(zh="加一条通到它的箭头，或删掉它", en="Add an arrow to it, or remove it")
            yield row.fault(what, remedy, "stages", place)
        if not one.final and not onward.get(one.id):
            what = Text(zh=f"到了“{one.id}”就走不下去了", en=f"There is no way on from the stage `{one.id}`")
            remedy = Text(zh="加一条离开它的箭头，或写 final = true", en="Add an arrow out, or say final = true")
            yield row.fault(what, remedy, "stages", place)


def _onward(procedure: Procedure) -> dict[str, set[str]]:
    """The other stages that arrows lead to from each."""
    every = [stage.id for stage in procedure.stages]
    open_ones = [stage.id for stage in procedure.stages if not stage.final]
    onward: dict[str, set[str]] = {}
    for arrow in procedure.arrows:
        for at in arrow.at:
            for stage in {ALWAYS: every, EVERYWHERE: open_ones}.get(at, [at]):
                onward.setdefault(stage, set()).update({arrow.to} - {"", stage})
    return onward


def clock_faults(rows: Rows) -> Iterator[Fault]:
    """Clocks of no procedure, without figure or source, or in force twice on the same day."""
    for row in rows.clocks:
        rule = row.value
        if not rows.has(Procedure, rule.procedure):
            yield row.fault(*leads_nowhere("程序", "procedure", rule.procedure), "procedure")
        if not rule.basis.strip():
            yield row.fault(*no_basis(), "basis")
        if rule.limit is None and not rule.by_matter:
            what = Text(zh="没有写几天", en="No number of days")
            remedy = Text(zh="写 limit = 几天，或 by_matter = true", en="Say limit = days, or by_matter = true")
            yield row.fault(what, remedy, "limit")
        if rule.in_force_to is not None and rule.in_force_to < rule.in_force_from:
            what = Text(zh="还没开始就结束了", en="It ends before it begins")
            yield row.fault(what, Text(zh="改 in_force_to", en="Mend in_force_to"), "in_force_to")
    for first, second in combinations(rows.clocks, 2):
        if _same_clock(first.value, second.value) and _overlap(first.value, second.value):
            where = f"{first.sheet.file}:{first.sheet.line((*first.path, 'in_force_from'))}"
            what = Text(
                zh=f"“{second.value.id}”在同一天有两条规定，另一条在 {where}",
                en=f"`{second.value.id}` has two rules in force on the same day, the other at {where}",
            )
            remedy = Text(
                zh="旧的一条写 in_force_to，是新的一条生效的前一天",
                en="End the older rule with in_force_to on the day before the newer begins",
            )
            yield second.fault(what, remedy, "in_force_from")


def _same_clock(one: ClockRule, other: ClockRule) -> bool:
    return (one.procedure, one.id, one.profile) == (other.procedure, other.id, other.profile)


def _overlap(one: ClockRule, other: ClockRule) -> bool:
    """Both days of a range are in force (inclusive)."""
    return one.in_force_from <= (other.in_force_to or date.max) and other.in_force_from <= (one.in_force_to or date.max)
