"""Results that everybody may read: one quarter, office by office, in plain sentences; small numbers held back."""

from collections.abc import Callable, Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from msgspec import Struct

from driftbox.apps.figures import queries
from driftbox.apps.pack import calendar, current_pack
from driftbox.domain.errors import NotFound
from driftbox.domain.figures.disclosure import FEW, Published
from driftbox.domain.figures.disclosure import Row as Shown
from driftbox.web.base.middleware import now_of
from driftbox.web.base.telling import place_name

QUARTERS: Final = 4
Split = Mapping[str, int]


class Place(Struct, frozen=True):
    """One office, or all of them: how many errands were done there, and sentences of how they went."""

    name: str
    count: int | None
    sentences: tuple[str, ...]


def _trips(split: Split) -> str:
    text = gettext("{none} 件，本人一趟没有跑；{one} 件跑了一趟；{more} 件跑了两趟或更多。")
    return text.format(none=split.get("0", 0), one=split.get("1", 0), more=split.get("2", 0))


def _asked(split: Split) -> str:
    text = gettext("{yes} 件，材料一次说全，没有再要；{no} 件后来又要了材料。")
    return text.format(yes=split.get("yes", 0), no=split.get("no", 0))


def _kept(split: Split) -> str:
    text = gettext(
        "{yes} 件按答应的日子送到；{boats} 件停航改过日子，按改过的送到；{no} 件晚了；{none} 件没有说过日子。"
    )
    return text.format(**{one: split.get(one, 0) for one in ("yes", "boats", "no", "none")})


def _solved(split: Split) -> str:
    text = gettext("{yes} 家说解决了，{partly} 家说解决了一部分，{no} 家说没有解决；{none} 家没有评。")
    return text.format(**{one: split.get(one, 0) for one in ("yes", "partly", "no", "none")})


def _satisfied(split: Split) -> str:
    text = gettext("{good} 家满意或非常满意，{fair} 家基本满意，{bad} 家不满意；{none} 家没有评。")
    return text.format(**{one: split.get(one, 0) for one in ("good", "fair", "bad", "none")})


SENTENCES: Final[Mapping[str, Callable[[Split], str]]] = {
    "trips_per_case": _trips, "asked_once": _asked, "kept_promises": _kept, "solved": _solved, "satisfied": _satisfied,
}  # fmt: skip


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """One quarter that is over, the last one unless another is asked for."""
    quarters = queries.last_quarters(calendar().local_date(now_of(request)), QUARTERS)
    asked = request.GET.get("quarter", quarters[0][0])
    quarter = next((one for one in quarters if one[0] == asked), None)
    if quarter is None:
        raise NotFound("results.none", "没有这一季的数。请从下面的季里选。")
    shown = {code: queries.published(code, current_pack().offices, quarter) for code in SENTENCES}
    context = {"whole": _whole(shown), "places": _places(shown), "quarter": quarter, "quarters": quarters, "few": FEW}
    return render(request, "figures/results.html", context)


def _whole(shown: Mapping[str, Published]) -> Place:
    first = next(iter(shown.values()))
    return Place("", first.count, _told({code: Shown(one.count, one.split) for code, one in shown.items()}))


def _places(shown: Mapping[str, Published]) -> list[Place]:
    """Offices in the order of the pack that had any errand done, also those of which nothing may be said."""
    first = next(iter(shown.values()))
    return [
        Place(place_name(code), first.rows[code].count, _told({name: one.rows[code] for name, one in shown.items()}))
        for code in current_pack().offices
        if first.rows[code].count != 0
    ]


def _told(rows: Mapping[str, Shown]) -> tuple[str, ...]:
    return tuple(SENTENCES[code](row.split) for code, row in rows.items() if row.split)
