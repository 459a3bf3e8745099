"""Who asks for what on a day of a simulation, and when."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from driftbox.domain.simulation.assumptions import Assumptions, Kind, Route
from driftbox.domain.simulation.chance import Chance

PHONES = 10_000


class Asking(Struct, frozen=True, kw_only=True):
    """One ask: when (aware), through what, from which island, by which kind of resident, for which matter.

    ``helper`` is the name of whoever asks for them, empty when they ask themselves. ``number`` counts all asks.
    """

    number: int
    at: datetime
    route: Route
    kind: Kind
    channel: str
    matter: str
    name: str
    phone: str
    helper: str = ""
    helper_phone: str = ""
    enquiry: bool = False


def asks_of(day: datetime, first: int, mean: float, assume: Assumptions, chance: Chance) -> Iterator[Asking]:
    """The asks of the local day that begins at ``day``, in order of time; ``mean`` of them on average."""
    moments = sorted(_moment(day, assume, chance) for _ in range(chance.count(mean)))
    for number, at in enumerate(moments, start=first):
        yield _asking(number, at, assume, chance.apart(f"ask {number}"))


def _moment(day: datetime, assume: Assumptions, chance: Chance) -> datetime:
    hour = chance.weighed(dict(enumerate(assume.hours)))
    return day + timedelta(hours=hour, seconds=chance.below(3600))


def _asking(number: int, at: datetime, assume: Assumptions, chance: Chance) -> Asking:
    kind = assume.kinds[chance.weighed(dict(enumerate(one.share for one in assume.kinds)))]
    helped = chance.yes(kind.helper)
    return Asking(
        number=number, at=at, kind=kind,
        route=assume.routes[chance.weighed(dict(enumerate(one.share for one in assume.routes)))],
        channel=chance.weighed(kind.channels), matter=chance.weighed(assume.matters),
        name=_name(assume, chance), phone=_phone(chance, 0),
        helper=_name(assume, chance) if helped else "", helper_phone=_phone(chance, PHONES) if helped else "",
        enquiry=chance.yes(assume.odds.enquiry),
    )  # fmt: skip


def _name(assume: Assumptions, chance: Chance) -> str:
    return chance.pick(assume.families) + chance.pick(assume.given) + chance.pick(assume.given)


def _phone(chance: Chance, block: int) -> str:
    """A number of the block that the demo's people have; it does not ring."""
    return f"138000{10_000 + block + chance.below(PHONES):05}"
