"""What a sheet of rounds holds: the plan, and what a person has decided about single visits."""

from collections.abc import Iterator

from msgspec import Struct, structs

from driftbox.domain.planning.day import Call, Move, Plan, Round


class Held(Struct, frozen=True, kw_only=True):
    """What a person has fixed for one visit 锁定: who goes (empty: anybody), at which minute (None: any), by how many
    (0: as the pack says). ``struck``: it is not made this time.
    """

    agents: tuple[str, ...] = ()
    begin: int | None = None
    people: int = 0
    struck: bool = False


class Sheet(Struct, frozen=True, kw_only=True):
    """The rounds of one day. ``held`` and ``why`` by docket; ``also``: other cases of the same
    person that one visit is for. ``heres``: where agents under way were when it was made,
    and from which minute on they were free. ``version`` is that of the row; ``sent``: it was sent out just as it is.
    """

    plan: Plan
    held: dict[str, Held] = {}
    why: dict[str, tuple[str, ...]] = {}
    also: dict[str, tuple[str, ...]] = {}
    heres: dict[str, tuple[str, int]] = {}
    version: int = 0
    sent: bool = False

    def calls(self) -> Iterator[tuple[Round, Call]]:
        """Every planned visit with its round."""
        return ((one, call) for one in self.plan.rounds for call in one.calls)

    def agents_of(self, visit: str) -> tuple[str, ...]:
        """Who makes this visit as planned."""
        return tuple(one.agent for one, call in self.calls() if call.visit == visit)

    def holding(self, visit: str, held: Held) -> "Sheet":
        """The sheet with that visit held so."""
        return structs.replace(self, held={**self.held, visit: held})


def steps_of(round_: Round) -> list[Move | Call]:
    """The moves and visits of a round in order of time."""
    moves: list[tuple[int, int, Move | Call]] = [(one.depart, one.arrive, one) for one in round_.moves]
    moves += [(one.begin, one.end, one) for one in round_.calls]
    return [step for _start, _end, step in sorted(moves, key=lambda one: one[:2])]
