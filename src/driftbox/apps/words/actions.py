"""Keep what a search missed, and let directors add it to the word list or put it away."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from driftbox.apps.pack import current_pack
from driftbox.apps.words.models import SayingRow
from driftbox.domain.consult.unnamed import unnamed
from driftbox.domain.errors import NotFound, Refused


def suggest(words: str, matter: str, found: str, *, names: Iterable[str], today: date) -> bool:
    """Keep ``words`` that ended in ``matter`` though the search said ``found``; whether anything was kept.

    Nothing is kept of confidential matters, of words that say who somebody is, and of what the search got right.
    """
    say = unnamed(words, names)
    if not say or matter == found or current_pack().matters[matter].confidential:
        return False
    _row, made = SayingRow.objects.get_or_create(say=say, defaults={"matter": matter, "found": found, "day": today})
    return made


def adopt(row: int, matter: str, since: date, *, by: str) -> None:
    """Add the saying to the word list from ``since`` on, meaning ``matter``. The pack on disk stays as it is.

    Raises:
        NotFound: there is no such suggestion.
        Refused: it is settled already, or there is no such matter.
    """
    if matter not in current_pack().matters:
        raise Refused("words.no_matter", "没有这件事，说法没有动。从单子里选一件。")
    _settle(row, state="adopted", matter=matter, since=since, settled_by=by)


def dismiss(row: int, *, by: str) -> None:
    """Put the suggestion away.

    Raises:
        NotFound: there is no such suggestion.
        Refused: it is settled already.
    """
    _settle(row, state="dismissed", settled_by=by)


@transaction.atomic
def _settle(row: int, **settled: object) -> None:
    if not SayingRow.objects.filter(pk=row).exists():
        raise NotFound("words.no_saying", "没有这一句。回到说法那一页再看看。")
    if not SayingRow.objects.filter(pk=row, state="open").update(**settled):
        raise Refused("words.settled", "这一句别人已经定了，没有再改。")
