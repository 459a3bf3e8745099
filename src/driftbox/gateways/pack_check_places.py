"""Checks of the places of a pack: one tree of offices, and piers that lead to it."""

from collections.abc import Iterator

from driftbox.domain.text import Text
from driftbox.gateways.pack import Office, Pier
from driftbox.gateways.pack_faults import Fault, leads_nowhere
from driftbox.gateways.pack_rows import Rows


def office_faults(rows: Rows) -> Iterator[Fault]:
    """Parents and piers named but not there, and offices above themselves."""
    parents = {row.value.code: row.value.parent for row in rows.offices}
    for row in rows.offices:
        office = row.value
        if office.parent and not rows.has(Office, office.parent):
            yield row.fault(*leads_nowhere("上级机构", "parent office", office.parent), "parent")
        if office.pier and not rows.has(Pier, office.pier):
            yield row.fault(*leads_nowhere("码头", "pier", office.pier), "pier")
        if _is_its_own_ancestor(office.code, parents):
            what = Text(zh=f"“{office.code}”往上走又绕回自己", en=f"`{office.code}` is above itself")
            remedy = Text(zh="改 parent，让每一处都归到最上面那一处", en="Mend `parent` so that all lead to the top")
            yield row.fault(what, remedy, "parent")


def _is_its_own_ancestor(code: str, parents: dict[str, str]) -> bool:
    above, seen = parents[code], set[str]()
    while above in parents and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = parents[above]
    return False


def pier_faults(rows: Rows) -> Iterator[Fault]:
    """Piers that are home to offices that are not there."""
    for row in rows.piers:
        for place, office in enumerate(row.value.home_of):
            if not rows.has(Office, office):
                yield row.fault(*leads_nowhere("机构", "office", office), "home_of", place)
