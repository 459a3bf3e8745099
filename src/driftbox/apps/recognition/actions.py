"""Send a photograph to be read, read those that wait, confirm what was read, and forget what nobody confirmed."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
from django.db import transaction
from django.db.models import F

from driftbox.apps.node import can_read
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.papers.actions import drop_paper, seal_file, seal_text
from driftbox.apps.papers.queries import open_paper
from driftbox.apps.people.queries import GONE, particulars_of_all
from driftbox.apps.recognition.models import RecognitionRow
from driftbox.apps.recognition.queries import GIVEN_UP, STEPS, Confirmed, Result, row_for
from driftbox.domain.consult.reading import read_paper
from driftbox.domain.errors import BadPaper, NotFound, Refused
from driftbox.domain.log.ids import next_id
from driftbox.gateways.keys import chance
from driftbox.gateways.ocr import Ocr
from driftbox.gateways.photo_prep import take_photo

MOST_WAITING = 30
MOST_A_DAY = 40  # photographs for one docket
MOST_TRIES = 2  # a photograph on which the reader died twice is left alone
KEPT_UNCONFIRMED = timedelta(hours=24)


def send_photo(docket: str, by: str, content: bytes, *, persons: Iterable[str] = (), now: datetime) -> str:
    """Seal a photograph with ``docket`` and let it wait to be read; returns its id. ``persons``: whose it may be.

    Raises:
        Refused: no reader is installed, or too many photographs wait.
        BadPaper: not a photograph, or one that cannot be read.
    """
    if not can_read():
        raise Refused("no_reader", "这台机器没装认字的，照样能办：材料自己打勾就行。")
    plain = take_photo(content)
    if RecognitionRow.objects.filter(state="waiting").count() >= MOST_WAITING:
        raise Refused("many_waiting", "排着认的照片太多了，这张没有收。材料自己打勾，一样能办。")
    with transaction.atomic():
        if RecognitionRow.objects.filter(docket=docket, made__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
            raise Refused("enough_today", "这件事今天拍得够多了，这张没有收。材料自己打勾，一样能办。")
        row = RecognitionRow.objects.create(
            id=next_id("", now, chance()), docket=docket, by=by, persons=" ".join(dict.fromkeys(filter(None, persons))),
            photo=seal_file(docket, plain, now=now), made=now,
        )  # fmt: skip
    return row.id


def read_next(reader: Ocr, *, now: datetime) -> bool:
    """Read the photograph that has waited longest; False when none waits.

    A photograph on which the process dies is tried once more, and then left alone: nothing is kept but that it failed.
    """
    row = _take(now)
    if row is None:
        return False
    try:
        photo = open_paper(row.docket, row.photo).content
        result = _made_out(reader, photo, row.persons.split(), now)
    except (BadPaper, NotFound):  # erased by now, or no picture after all
        _fail(row)
        return True
    with transaction.atomic():
        digest = seal_text(row.docket, msgspec.json.encode(result).decode(), now=now)
        RecognitionRow.objects.filter(pk=row.id).update(state="read", step=STEPS, result=digest)
    return True


def _take(now: datetime) -> RecognitionRow | None:
    left = RecognitionRow.objects.filter(state="reading", taken__lt=now - GIVEN_UP)
    for row in left.filter(tries__gte=MOST_TRIES):
        _fail(row)
    left.update(state="waiting", step=0)
    for row in RecognitionRow.objects.filter(state="waiting").order_by("id"):
        mine = RecognitionRow.objects.filter(pk=row.id, state="waiting")
        if mine.update(state="reading", step=1, taken=now, tries=F("tries") + 1):
            return row
    return None


def _made_out(reader: Ocr, photo: bytes, persons: list[str], now: datetime) -> Result:
    seen = reader.read(photo)
    known = particulars_of_all(persons).values()
    names = [who.name for who in known if who != GONE]
    return Result(read_paper(seen.lines, current_pack().papers, calendar().local_date(now), names), seen.verdicts)


def _fail(row: RecognitionRow) -> None:
    with transaction.atomic():
        RecognitionRow.objects.filter(pk=row.id).update(state="failed", step=STEPS, photo="")
        drop_paper(row.docket, row.photo)


def confirm(docket: str, by: str, one: str, made: Confirmed, *, keep: bool, now: datetime) -> None:
    """Seal what a person made of a photograph; the photograph itself goes unless it is to be kept as a copy.

    Raises:
        NotFound: there is none, or somebody else sent it.
        Refused: it has not been read yet, or was confirmed before.
    """
    row = row_for(docket, by, one)
    with transaction.atomic():
        digest = seal_text(docket, msgspec.json.encode(made).decode(), now=now)
        waiting = RecognitionRow.objects.filter(pk=row.id, state="read", confirmed="")
        if not waiting.update(confirmed=digest, material=made.material, photo=row.photo if keep else ""):
            raise Refused("not_now", "这张已经记过了，或者还没认好。请回去看看。")
        if not keep:
            drop_paper(docket, row.photo)


def discard(docket: str, by: str, one: str) -> None:
    """Forget a photograph and what was read on it, at the wish of whoever sent it.

    Raises:
        NotFound: there is none, or somebody else sent it.
    """
    _forget(row_for(docket, by, one))


def forget_unconfirmed(*, now: datetime) -> int:
    """Forget what nobody confirmed for a day (PIPL Art. 19: no longer than needed); returns how many photographs."""
    old = RecognitionRow.objects.filter(confirmed="", made__lt=now - KEPT_UNCONFIRMED)
    for row in old:
        _forget(row)
    return len(old)


def _forget(row: RecognitionRow) -> None:
    with transaction.atomic():
        RecognitionRow.objects.filter(pk=row.id).delete()
        for digest in filter(None, (row.photo, row.result, row.confirmed)):
            drop_paper(row.docket, digest)
