"""Checks of what a pack says of agents: kinds told apart, matters and stages that are there, every procedure served."""

from collections.abc import Iterator

from driftbox.domain.consult.matter import Matter
from driftbox.domain.docket.procedure import Procedure
from driftbox.domain.planning.agents import AgentRules
from driftbox.domain.text import Text
from driftbox.gateways.pack_faults import Fault, leads_nowhere, said_twice
from driftbox.gateways.pack_rows import Row, Rows


def agent_faults(rows: Rows) -> Iterator[Fault]:
    """Everything in ``law/agents.toml`` that leads nowhere, stands twice, or leaves a procedure without a kind."""
    for row in rows.agent_rules:
        yield from _twice(row)
        yield from _nowhere(rows, row)
        yield from _unserved(row)


def _twice(row: Row[AgentRules]) -> Iterator[Fault]:
    rules = row.value
    lists: tuple[tuple[str, list[str]], ...] = (
        ("kinds", [one.code for one in rules.kinds]),
        ("skills", [one.code for one in rules.skills]),
        ("tongues", [one.code for one in rules.tongues]),
        ("order", list(rules.order)),
    )
    for key, codes in lists:
        for place, code in enumerate(codes):
            if codes.index(code) != place:
                where = f"{row.sheet.file}:{row.sheet.line((key, codes.index(code)))}"
                yield row.fault(*said_twice(code, where), key, place)


def _nowhere(rows: Rows, row: Row[AgentRules]) -> Iterator[Fault]:
    stages = {one.value.id: {stage.id for stage in one.value.stages} for one in rows.procedures}
    for place, skill in enumerate(row.value.skills):
        for code in skill.matters:
            if not rows.has(Matter, code):
                yield row.fault(*leads_nowhere("事项", "matter", code), "skills", place, "matters")
    for place, need in enumerate(row.value.needs):
        if not rows.has(Procedure, need.procedure):
            yield row.fault(*leads_nowhere("程序", "procedure", need.procedure), "needs", place, "procedure")
        for stage in need.stages:
            if stage not in stages.get(need.procedure, {stage}):
                yield row.fault(*leads_nowhere("环节", "stage", stage), "needs", place, "stages")


def _unserved(row: Row[AgentRules]) -> Iterator[Fault]:
    may = {ability for kind in row.value.kinds for ability in kind.may}
    for place, need in enumerate(row.value.needs):
        if need.needs not in may:
            what = Text(zh=f"没有一类代办员能做“{need.needs}”", en=f"No kind of agent may do `{need.needs}`")
            remedy = Text(zh="给一类代办员的 may 加上它", en="Add it to `may` of a kind")
            yield row.fault(what, remedy, "needs", place, "needs")
