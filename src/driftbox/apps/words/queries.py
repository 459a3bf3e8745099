"""What directors added to the word list, and what waits for them."""

from datetime import date

from msgspec import Struct

from driftbox.apps.pack import current_pack
from driftbox.apps.words.models import SayingRow
from driftbox.domain.consult.matter import Matter
from driftbox.gateways.pack import Saying


class Suggestion(Struct, frozen=True):
    """One saying: what was said, the matter it ended in, what the search had said, and since when it counts."""

    row: int
    say: str
    matter: Matter
    found: Matter | None
    day: date
    since: date | None


def added_sayings(today: date) -> tuple[Saying, ...]:
    """The sayings that directors added and that count today; of matters that the pack still has."""
    rows = SayingRow.objects.filter(state="adopted", since__lte=today).order_by("say").values_list("say", "matter")
    return tuple(Saying(say=say, matters=(matter,)) for say, matter in rows if matter in current_pack().matters)


def suggestions(state: str) -> list[Suggestion]:
    """Sayings that are ``open``, ``adopted`` or ``dismissed``, the newest first, two hundred at most."""
    matters = current_pack().matters
    rows = SayingRow.objects.filter(state=state).order_by("-day", "-pk")[:200]
    return [
        Suggestion(row.pk, row.say, matters[row.matter], matters.get(row.found), row.day, row.since)
        for row in rows
        if row.matter in matters
    ]
