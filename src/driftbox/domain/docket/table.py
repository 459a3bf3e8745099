"""The transition table of a procedure, compiled from the pack's rows for use at speed."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from driftbox.domain.docket.procedure import Arrow, Procedure, Stage

EVERYWHERE = "*"  # any stage that is not final
ALWAYS = "**"  # any stage at all


class Table(Struct, frozen=True):
    """A procedure with its arrows looked up by (kind, stage)."""

    procedure: Procedure
    stages: dict[str, Stage]
    arrows: dict[tuple[str, str], Arrow]
    kinds: dict[str, Arrow]

    def allowed(self, stage: str, role: str) -> tuple[Arrow, ...]:
        """The arrows that ``role`` may follow from ``stage``, in the order of the pack."""
        return tuple(
            arrow
            for arrow in self.procedure.arrows
            if self.arrows.get((arrow.kind, stage)) is arrow and role in arrow.roles
        )


def compile_table(procedure: Procedure) -> Table:
    """The lookups of one procedure. Of two rows for one kind and stage the first in the pack holds."""
    arrows: dict[tuple[str, str], Arrow] = {}
    kinds: dict[str, Arrow] = {}
    for arrow in procedure.arrows:
        kinds.setdefault(arrow.kind, arrow)
        for stage in _stages_of(arrow, procedure.stages):
            arrows.setdefault((arrow.kind, stage), arrow)
    return Table(procedure, {stage.id: stage for stage in procedure.stages}, arrows, kinds)


def _stages_of(arrow: Arrow, stages: Iterable[Stage]) -> tuple[str, ...]:
    if ALWAYS in arrow.at:
        return tuple(stage.id for stage in stages)
    if EVERYWHERE in arrow.at:
        return tuple(stage.id for stage in stages if not stage.final)
    return arrow.at


def compile_tables(procedures: Mapping[str, Procedure]) -> dict[str, Table]:
    """All procedures of a pack, compiled."""
    return {key: compile_table(procedure) for key, procedure in procedures.items()}
