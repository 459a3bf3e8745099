"""A procedure 程序 as a pack states it: who may do what, from where to where, and why.

The table is compiled once into lookups that the fold can use at speed.
"""

from collections.abc import Mapping

from msgspec import Struct

from driftbox.domain.text import Text


class Stage(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One stage 环节 of a case, and the one thing that comes next.

    ``next_act`` and ``next_role`` answer "who does what next"; ``clock`` names the clock that says until when.
    ``stop`` is where the box stands on the drawn line (pier, ship, landing, window, office, door).
    """

    id: str
    name: Text
    next_act: Text
    next_role: str = ""
    clock: str = ""
    stop: str = ""
    final: bool = False


class Arrow(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One row of the table: ``roles`` may record ``kind`` at one of ``at``, which leads to ``to`` (empty: stays).

    ``every_parcel``: it leads on only once it is so of every parcel that the case waits for.
    """

    kind: str
    roles: tuple[str, ...]
    at: tuple[str, ...]
    to: str = ""
    reason: Text
    article: str = ""
    every_parcel: bool = False


class Procedure(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One of the procedures of a pack: errand 代办, petition 信访, enquiry 咨询.

    ``limits``: counts that the law sets and guards ask for, such as ``representatives`` of a joint visit.
    """

    id: str
    name: Text
    first: str
    stages: tuple[Stage, ...]
    arrows: tuple[Arrow, ...]
    limits: Mapping[str, int] = {}
