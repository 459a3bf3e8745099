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

    @property
    def holds_back(self) -> bool:
        """Whether some sentence would tell of fewer than five."""
        return len(self.sentences) < len(SENTENCES)


def _trips(split: Split) -> str:
    return _put(gettext("{yes} 件，本人一趟没有跑；{other} 件跑过。"), split)


def _asked(split: Split) -> str:
    return _put(gettext("{yes} 件，材料一次说全，没有再要；{other} 件后来又要了材料。"), split)


def _kept(split: Split) -> str:
    return _put(gettext("{yes} 件按答应的日子送到；{other} 件晚了，或停航改过日子；{none} 件没有说过日子。"), split)


def _solved(split: Split) -> str:
    return _put(gettext("{yes} 家说解决了，{other} 家说没有或只解决了一部分；{none} 家没有评。"), split)


def _satisfied(split: Split) -> str:
    return _put(gettext("{yes} 家满意或非常满意，{other} 家没有那么满意；{none} 家没有评。"), split)


def _put(sentence: str, split: Split) -> str:
    return sentence.format(**{bucket: split.get(bucket, 0) for bucket in ("yes", "other", "none")})


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
