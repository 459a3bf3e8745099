"""How far a photograph is, and what was read on it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from django.db.models import Q
from msgspec import Struct

from driftbox.apps.papers.queries import open_paper
from driftbox.apps.recognition.models import RecognitionRow
from driftbox.domain.consult.reading import PaperRead
from driftbox.domain.errors import NotFound
from driftbox.domain.log.ids import is_id
from driftbox.gateways.ocr import Verdict

State = Literal["waiting", "reading", "read", "failed"]
GIVEN_UP = timedelta(minutes=2)  # after which a reader that took a photograph is taken for dead
STEPS = 3  # sent, taken in hand, read


class Result(Struct, frozen=True):
    """What a reader made of one photograph, as it lies sealed."""

    paper: PaperRead
    verdicts: tuple[Verdict, ...] = ()


class Confirmed(Struct, frozen=True):
    """What a person confirmed: which material it is (empty: none of the list), its fields as corrected."""

    kind: str
    material: str
    fields: dict[str, str]


class Progress(Struct, frozen=True):
    """One photograph on its way; ``ahead``: how many wait before it. ``result`` once it was read."""

    id: str
    docket: str
    state: State
    step: int
    ahead: int
    photo: str
    result: Result | None = None
    confirmed: bool = False


def is_waiting(now: datetime) -> bool:
    """Whether a photograph waits to be read, or was left by a reader that died."""
    left = Q(state="reading", taken__lt=now - GIVEN_UP)
    return RecognitionRow.objects.filter(Q(state="waiting") | left).exists()


def progress_of(docket: str, by: str, one: str) -> Progress:
    """How far the photograph ``one`` is: for whoever sent it, and nobody else.

    Raises:
        NotFound: there is none, or somebody else sent it.
        BadPaper: what was read has been erased.
    """
    row = row_for(docket, by, one)
    ahead = RecognitionRow.objects.filter(state="waiting", id__lt=row.id).count() if row.state == "waiting" else 0
    opened = open_paper(docket, row.result).content if row.result else b""
    result = msgspec.json.decode(opened, type=Result) if opened else None
    return Progress(
        row.id,
        row.docket,
        msgspec.convert(row.state, type=State),
        row.step,
        ahead,
        row.photo,
        result,
        bool(row.confirmed),
    )


def row_for(docket: str, by: str, one: str) -> RecognitionRow:
    """The row of the photograph ``one`` that ``by`` sent for ``docket``.

    Raises:
        NotFound: there is none, or somebody else sent it; the two are never told apart.
    """
    row = RecognitionRow.objects.filter(pk=one, docket=docket, by=by).first() if is_id(one) else None
    if row is None:
        raise NotFound("no_photo", "没有这张照片，或者已经删了。请再拍一张。")
    return row


def ticked_by(docket: str, by: str) -> tuple[str, ...]:
    """The materials that ``by`` confirmed from photographs for ``docket``."""
    rows = RecognitionRow.objects.filter(docket=docket, by=by).exclude(material="").order_by("id")
    return tuple(dict.fromkeys(rows.values_list("material", flat=True)))


def ticked_among(docket: str, photos: Iterable[str]) -> tuple[str, ...]:
    """The materials that were confirmed from these photographs of ``docket``."""
    rows = RecognitionRow.objects.filter(docket=docket, pk__in=list(photos)).exclude(material="").order_by("id")
    return tuple(dict.fromkeys(rows.values_list("material", flat=True)))


def confirmed_in(docket: str) -> tuple[Confirmed, ...]:
    """What people confirmed for ``docket``, oldest first: to fill in forms from. Its door was gone through before.

    Raises:
        BadPaper: it has been erased.
    """
    digests = RecognitionRow.objects.filter(docket=docket).exclude(confirmed="").order_by("id")
    opened = (open_paper(docket, digest) for digest in digests.values_list("confirmed", flat=True))
    return tuple(msgspec.json.decode(one.content, type=Confirmed) for one in opened)


class Copy(Struct, frozen=True):
    """A photograph that was kept as a copy: of which material, and its digest."""

    material: str
    digest: str


def copies_in(docket: str) -> tuple[Copy, ...]:
    """The photographs that were kept with ``docket`` as copies, oldest first."""
    rows = RecognitionRow.objects.filter(docket=docket).exclude(material="").exclude(photo="").order_by("id")
    return tuple(Copy(row.material, row.photo) for row in rows)
