"""Checks of the places of a pack: one tree of offices, and piers that lead to it."""

import re
from collections.abc import Iterator

from driftbox.domain.text import Text
from driftbox.gateways.pack import Office, Pier
from driftbox.gateways.pack_faults import Fault, leads_nowhere, said_twice
from driftbox.gateways.pack_rows import Row, Rows

_SLUG = re.compile(r"[a-z][a-z0-9]*")


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
    yield from _slugs(rows)


def _slugs(rows: Rows) -> Iterator[Fault]:
    """Slugs that cannot stand in a case number, or would give two cases the same one."""
    seen: dict[str, Row[Office]] = {}
    for row in rows.offices:
        slug = row.value.slug
        if slug and not _SLUG.fullmatch(slug):
            what = Text(zh=f"“{slug}”不能放进办件编号", en=f"`{slug}` cannot stand in a case number")
            yield row.fault(what, Text(zh="只用小写字母和数字", en="Use small letters and digits only"), "slug")
        if slug and seen.setdefault(slug, row) is not row:
            first = seen[slug]
            yield row.fault(*said_twice(slug, f"{first.sheet.file}:{first.sheet.line((*first.path, 'slug'))}"), "slug")


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


def opening_faults(rows: Rows) -> Iterator[Fault]:
    """Hours of offices that are not there, on no weekday, or that end before they begin."""
    for row in rows.openings:
        hours = row.value
        if not rows.has(Office, hours.office):
            yield row.fault(*leads_nowhere("机构", "office", hours.office), "office")
        if not hours.weekdays:
            what = Text(zh="没有写星期几", en="No weekday is named")
            remedy = Text(zh="写 weekdays = [1, 2, …]，1 是星期一", en="Say weekdays = [1, 2, …]; 1 is Monday")
            yield row.fault(what, remedy, "weekdays")
        if hours.until <= hours.since:
            what = Text(zh="还没开门就关门了", en="It shuts before it opens")
            remedy = Text(zh="改 until，要比 since 晚；过夜的分成两段写", en="Mend `until`; write a night as two rows")
            yield row.fault(what, remedy, "until")
