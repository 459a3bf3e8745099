"""Case numbers that two nodes gave apart: never an error. The docket with the smaller id is shown with the number as it
was given, the next with ``-2`` behind it: the same on every node that holds both, whichever came first.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

from django.db.models import F

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.eventlog.standing import turn


def is_given(number: str) -> bool:
    """Whether some case here has been given this number."""
    return CaseRow.objects.filter(given=number).exists()


def shown_numbers(dockets: Sequence[str]) -> dict[str, str]:
    """Those of ``dockets`` that are shown with another number than was given."""
    rows = CaseRow.objects.filter(docket__in=list(dockets)).exclude(number=F("given"))
    return dict(rows.values_list("docket", "number"))


def tell_apart(numbers: Iterable[str]) -> None:
    """Show each case that was given one of ``numbers`` with a number of its own; the caller holds the transaction."""
    rows = CaseRow.objects.filter(given__in=list(numbers)).order_by("given", "docket")
    for given, same in groupby(rows.values_list("given", "docket", "number"), key=itemgetter(0)):
        for place, (_given, docket, shown) in enumerate(same, start=1):
            wanted = given if place == 1 else f"{given}-{place}"
            if shown != wanted:
                CaseRow.objects.filter(pk=docket).update(number=wanted)
                turn(docket)  # whoever keeps its folded state knows another number
