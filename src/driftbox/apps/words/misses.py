"""Words that a search found nothing for: counted without people, readable only when five said them."""

from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import F

from driftbox.apps.node import keys
from driftbox.apps.words.models import MissMarkRow, MissRow
from driftbox.domain.figures.topics import FEW, chunks

MOST: Final = 20_000  # marks of a month; who fills that is no neighbour asking


def note_miss(words: str, who: str, *, today: date) -> None:
    """Count the words of a search that found nothing. ``who`` tells one asker from another for this month and is kept
    as a keyed hash together with the word, so that neither can be looked up by the other.
    """
    month = f"{today:%Y-%m}"
    if MissMarkRow.objects.filter(month=month).count() >= MOST:
        return
    with transaction.atomic():
        for word in chunks(words):
            _count(word, who, month)


def _count(word: str, who: str, month: str) -> None:
    signer = keys()
    mark = signer.blind("search miss by", f"{month}\0{word}\0{who}")
    _row, is_new = MissMarkRow.objects.get_or_create(mark=mark, defaults={"month": month})
    if not is_new:
        return
    blinded = signer.blind("search miss", word)
    row, _made = MissRow.objects.get_or_create(month=month, blinded=blinded)
    MissRow.objects.filter(pk=row.pk).update(count=F("count") + 1)
    MissRow.objects.filter(pk=row.pk, count__gte=FEW).update(word=word)


def forget_marks(today: date) -> int:
    """Drop the marks of months that are over, and counts older than a year; returns how many."""
    year_ago = f"{today.year - 1:04}-{today.month:02}"
    gone, _by_model = MissMarkRow.objects.filter(month__lt=f"{today:%Y-%m}").delete()
    old, _by_model = MissRow.objects.filter(month__lt=year_ago).delete()
    return gone + old


def missed(month: str) -> dict[str, int]:
    """How many said each word that at least five said in a month and that the search did not find."""
    rows = MissRow.objects.filter(month=month, count__gte=FEW).exclude(word="")
    return dict(rows.order_by("-count", "word").values_list("word", "count"))
