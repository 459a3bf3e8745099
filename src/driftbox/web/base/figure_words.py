"""A figure in words: its value with its unit, and what its buckets are called."""

from django.utils.translation import gettext, ngettext

from driftbox.apps.pack import current_pack
from driftbox.domain.figures.definition import Figure
from driftbox.domain.figures.listed import CHANNELS
from driftbox.domain.figures.tally import ENOUGH, Tally
from driftbox.web.base.telling import said

HOUR = 60  # minutes
NOTHING = "—"


def value_of(figure: Figure, tally: Tally) -> str:
    """The value of a figure as it is read; below five cases a share or a median is not told."""
    if figure.how == "count":
        return f"{tally.count:,}"
    if not tally.count:
        return NOTHING
    if figure.how == "total":
        return _total(figure, tally)
    if figure.how == "share":
        mille = tally.per_mille(figure.good)
        return few() if mille is None else f"{mille // 10}.{mille % 10}%"
    if figure.code == "trips_per_case":
        mean = tally.hundredths()
        return few() if mean is None else f"{mean // 100}.{mean % 100:02}"
    quartiles = tally.quartiles()
    return few() if quartiles is None else f"{quartiles[1]:,}"


def spread_of(figure: Figure, tally: Tally) -> str:
    """The middle half of a spread, in words; nothing for other figures."""
    quartiles = tally.quartiles() if figure.how == "spread" else None
    if quartiles is None:
        return ""
    return gettext("一半在 {low} 到 {high} 之间").format(low=quartiles[0], high=quartiles[2])


def few() -> str:
    """What stands for a number that would tell of fewer than five."""
    return gettext("不到 {few} 件").format(few=ENOUGH)


def _total(figure: Figure, tally: Tally) -> str:
    amount = sum(cell.amount for bucket, cell in tally.cells.items() if not figure.good or bucket in figure.good)
    if figure.code == "volunteer_hours":
        return f"{amount // HOUR:,}:{amount % HOUR:02}"
    return f"{amount:,}"


def with_unit(figure: Figure, tally: Tally) -> str:
    """The unit behind a value of this tally; nothing where no number is told."""
    is_told = figure.how in {"count", "total"} or tally.known >= ENOUGH
    return unit_of(figure) if is_told and tally.count else ""


def unit_of(figure: Figure) -> str:
    """The unit of a figure; a share has none."""
    if figure.how == "share":
        return ""
    return gettext("小时") if figure.code == "volunteer_hours" else said(figure.unit)


def bucket_name(figure: Figure, bucket: str) -> str:
    """What a bucket is called; matters and clocks by their names in the pack."""
    pack, (first, _colon, second) = current_pack(), bucket.partition(":")
    if figure.code in {"matters", "asked_again"}:
        matter = said(pack.matters[first].plain) if first in pack.matters else first
        again = gettext("又要了") if second == "yes" else gettext("没有再要")
        return f"{matter} · {again}" if second else matter
    if figure.code == "on_time":
        rule = next((one for one in pack.clocks if one.id == first), None)
        verdict = gettext("按时") if second == "met" else gettext("晚了")
        return f"{said(rule.name) if rule else _promise(first)} · {verdict}"
    if figure.code == "reception":
        return f"{said(CHANNELS[first])} {second}:00" if first in CHANNELS else bucket
    if figure.code == "trips_per_case":
        return ngettext("{n} 趟", "{n} 趟", int(bucket)).format(n=bucket)
    if figure.code == "boats_saved":
        return " → ".join(said(pack.piers[one].short) if one in pack.piers else one for one in bucket.split(">"))
    return said(figure.bucket_name(bucket)) if bucket else gettext("合计")


def _promise(clock: str) -> str:
    return gettext("答应的日子") if clock == "promise" else clock
