"""Find matters in somebody's own words, with the pack's index learnt once."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from msgspec import Struct

from driftbox.apps.pack import current_pack, laid_now
from driftbox.apps.words.queries import added_sayings
from driftbox.domain.consult.apart import Choice, tell_apart
from driftbox.domain.consult.bundle import MOST_MATTERS, may_go_together
from driftbox.domain.consult.matter import Matter
from driftbox.domain.consult.search import MatterIndex
from driftbox.domain.log.entry import digest_of
from driftbox.gateways.pack import Saying
from driftbox.gateways.word_index import index_of


class FoundMatter(Struct, frozen=True):
    """One matter that the words may mean, and which words said so."""

    matter: Matter
    why: tuple[str, ...]
    sure: bool
    urgent: bool = False

    @property
    def nowhere(self) -> bool:
        """Whether nothing done here fits, so that a person answers."""
        return self.matter.procedure == "enquiry"


@lru_cache(maxsize=4)
def _index(_pack: Path, _changed: frozenset[str], home: Path, added: tuple[Saying, ...]) -> MatterIndex:
    return index_of(current_pack(), home / "words", added)


def find_matters(words: str, today: date, limit: int = 5) -> list[FoundMatter]:
    """Matters for ``words``, best first, by the pack and by what directors have added up to ``today``."""
    matters = current_pack().matters
    return [FoundMatter(matters[one.matter], one.why, one.sure, one.urgent) for one in _now(today).find(words, limit)]


def needs_in(words: str, today: date) -> list[Matter]:
    """The matters that ``words`` ask for in one go and that can be taken together; none unless several."""
    needed = [current_pack().matters[code] for code in _now(today).needs(words)][:MOST_MATTERS]
    return needed if len(needed) > 1 and may_go_together(needed) else []


def _now(today: date) -> MatterIndex:
    changed = frozenset(digest_of(content) for content in laid_now().contents.values())
    return _index(settings.DRIFTBOX_PACK, changed, settings.DRIFTBOX_HOME, added_sayings(today))


def either(found: list[FoundMatter]) -> tuple[Choice, ...]:
    """One question with two answers, when the two best matters are not sure enough; otherwise none."""
    match found:
        case [one, other, *_] if not (one.sure or one.nowhere or other.nowhere):
            return tell_apart(one.matter, other.matter)
    return ()
