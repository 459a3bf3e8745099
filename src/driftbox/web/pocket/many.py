"""The crew scans once for many: a slip or a bag's label and a seal for each bag, looked at, then put in together."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods
from msgspec import Struct, field

from driftbox.apps.custody.queries import box_labelled
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.deposits import Bag, box_parcel, deposit_many
from driftbox.apps.errands.hands import Hand
from driftbox.apps.errands.sights import row_of, sight
from driftbox.apps.notices.actions import count_attempt
from driftbox.apps.notices.queries import docket_of_receipt
from driftbox.apps.parcels.models import ParcelRow
from driftbox.apps.parcels.queries import under_way_labelled
from driftbox.domain.custody.entries import BoxSighted
from driftbox.domain.custody.scan import clean
from driftbox.domain.errors import DriftboxError, Refused
from driftbox.gateways.codes import read_receipt_code
from driftbox.web.base.deposit_form import items_of, papers_of
from driftbox.web.base.hand import say_notes
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.number_fields import number_of, read_out
from driftbox.web.base.telling import place_name
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.pocket.boxes import CARRIERS, hand_among

ROWS, MOST = 4, 24
SLIPS = 200  # of one member of staff in a quarter of an hour
NOBODYS = "没有对上是哪件事的。回执码、袋上的号都对一对；真没有，也照样放，站里会查。"


class Row(Struct):
    """One bag on the page: as typed, and what it was found to be; ``wrong``: something must be typed again."""

    n: int
    slip: str = ""
    seal: str = ""
    bag: str = ""
    docket: str = ""
    number: str = ""
    parcel: str = ""
    sentence: str = ""
    papers: list[tuple[str, str, bool]] = field(default_factory=list)
    wrong: bool = False
    done: bool = False

    @property
    def spoken(self) -> str:
        """The seal in the groups in which it is read out."""
        return read_out(self.seal)


@staff_page(*CARRIERS)
@require_http_methods(["GET", "POST"])
def many(request: HttpRequest, label: str) -> HttpResponse:
    """Look the bags up, then put them in; whatever becomes of one, the others go in."""
    if request.method != "POST":
        box = box_labelled(label)
        return _page(request, box, [Row(n) for n in range(ROWS)])
    hand = hand_among(request, CARRIERS)
    box = row_of(label, hand)
    rows = [row for row in (_typed(request, n) for n in range(MOST)) if row.slip or row.seal]
    for row in rows:
        _look_up(request, row)
    if not rows:
        return _page(request, box, [Row(n) for n in range(ROWS)], status=400, sentence=gettext("还没填哪一袋。"))
    if request.POST.get("step") != "put" or any(row.wrong for row in rows):
        bad = any(row.sentence for row in rows)
        return _page(request, box, rows, status=400 if bad else 200, look=True)
    _put(box.label, rows, hand)
    say_notes(request, hand)
    return _page(request, box, rows, status=200 if all(row.done for row in rows) else 409, over=True)


def _page(request: HttpRequest, box: Any, rows: list[Row], *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"box": box, "pier": place_name(box.place), "rows": rows, **more}
    return render(request, "pocket/many.html", context, status=status)


def _typed(request: HttpRequest, n: int) -> Row:
    slip, seal = (request.POST.get(f"{name}_{n}", "")[:60].strip() for name in ("slip", "seal"))
    return Row(n, slip, seal)


def _look_up(request: HttpRequest, row: Row) -> None:
    """Find whose bag it is, by the code of its slip or the label on the bag; say what is not right."""
    try:
        row.seal = number_of(row.seal, "seal") if row.seal else ""
        if not row.seal:
            row.wrong, row.sentence = True, gettext("还差封条号。封好袋口，把封条上的号填上。")
        if row.slip:
            _find_case(request, row)
    except DriftboxError as refusal:
        row.wrong, row.sentence = True, sentence_of(refusal)
        if refusal.code == "too_many":
            raise
    if not row.docket:
        row.sentence = row.sentence or gettext(NOBODYS)
        return
    state = load(row.docket).docket
    row.number = state.number
    ticked = request.POST.getlist(f"items_{row.n}") if request.POST.get("step") == "put" else None
    row.papers = [(code, name, ticked is None or code in ticked) for code, name in papers_of(state)]


def _find_case(request: HttpRequest, row: Row) -> None:
    count_attempt("slips", viewer_of(request).person, now=now_of(request), tries=SLIPS)
    try:
        row.docket = docket_of_receipt(read_receipt_code(row.slip))
    except Refused:
        row.bag = number_of(row.slip, "parcel")
        known: list[ParcelRow] = under_way_labelled(row.bag)
        if known:
            row.docket, row.parcel = known[0].docket, known[0].parcel


def _put(label: str, rows: list[Row], hand: Hand) -> None:
    bags = {row.n: _bag(row) for row in rows if row.docket and not row.parcel}
    ended = dict(zip(bags, deposit_many(label, bags.values(), hand), strict=True))
    for row in rows:
        outcome = ended.get(row.n) if row.n in bags else _one(label, row, hand)
        row.done = not isinstance(outcome, DriftboxError)
        row.sentence = sentence_of(outcome) if isinstance(outcome, DriftboxError) else ""


def _bag(row: Row) -> Bag:
    state = load(row.docket).docket
    return Bag(row.docket, items_of(state, [code for code, _name, ticked in row.papers if ticked]), row.seal)


def _one(label: str, row: Row, hand: Hand) -> DriftboxError | None:
    """A bag that is known already and in somebody's hand goes in; one that is nobody's is kept as seen."""
    try:
        if row.parcel:
            box_parcel(label, row.docket, row.parcel, hand)
            return None
        note = sight(label, BoxSighted(claim="parcel", seal=clean(row.seal)), hand)
    except DriftboxError as refusal:
        return refusal
    return Refused(note.code, note.sentence)
