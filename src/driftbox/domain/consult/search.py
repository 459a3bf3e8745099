"""Finding a matter 事项 in somebody's own words: no network, the same answer every time, and a reason."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import pairwise
from math import exp
from operator import itemgetter
from typing import Final

from msgspec import Struct

from driftbox.domain.consult.distress import Distress, tells_distress
from driftbox.domain.consult.knowledge import Knowledge, initials, know
from driftbox.domain.consult.matter import Matter
from driftbox.domain.consult.sounds import (
    are_initials,
    heard_pieces,
    letters,
    pair_sound,
    read,
)
from driftbox.domain.consult.why import reason, typed_reason
from driftbox.domain.consult.words import essence, hear, pieces, stem, tokens, wishes

# Tuned on the pack's sayings by leaving each third out in turn; see tests/domain/consult/test_quality.py.
HOMOPHONE: Final = 2.0  # a pair that nobody ever said counts by its sound
COOL: Final = 3.0  # pieces overlap, so that log odds are this many times too sure
STRANGE: Final = 4.5  # log odds that what nobody ever said here belongs nowhere
STRANGE_LEAST: Final = -0.5
HALF_STRANGE: Final = 0.5  # a pair that only sounds like what was said
AROUND_SHARE: Final = 0.35  # and least beside a clause that asks for a matter by its name
NAMED: Final = 5.0  # log odds for what a clause asks for by its name
DENIED: Final = 6.0  # log odds against what somebody says it is not
CLAUSE_SHARE: Final = 0.9  # of what the whole may say
STORY_SHARE: Final = 0.8  # and less for a clause that only tells what happened
SURE: Final = 600
MOST: Final = 400  # characters; who says more has said what it is about
MOST_CLAUSES: Final = 12
RIVALS: Final = 40  # matters whose shares are worth working out
LONGEST_NAME: Final = 24
AHEAD: Final = 2.0  # times as likely as the next: what one of several needs has to be
_BESIDE: Final = re.compile("以及|还有|还要|另外|顺便|顺带|和|跟|同|与|再")  # between two things that are asked for
LEAST: Final = 8  # what is less likely is not worth a line


class Found(Struct, frozen=True):
    """One matter that the words may mean: its code, a score of 0–1000, and which of the words said so.

    The score is how likely the matter is among all, in thousandths.
    """

    matter: str
    score: int
    why: tuple[str, ...]
    sure: bool
    urgent: bool = False  # a person, before anything else


class MatterIndex:
    """All matters of a pack, ready to be found. ``fallback`` is the code of the matter for what fits nowhere."""

    def __init__(
        self,
        matters: Iterable[Matter],
        sayings: Iterable[tuple[str, tuple[str, ...]]],
        dialect: Mapping[str, str],
        fallback: str,
        distress: Distress | None = None,
    ) -> None:
        self.knowledge = know(matters, sayings, dialect, fallback)
        self.distress = distress

    @classmethod
    def of(cls, knowledge: Knowledge, distress: Distress | None = None) -> "MatterIndex":
        """The index over what was learnt before."""
        index = cls.__new__(cls)
        index.knowledge, index.distress = knowledge, distress
        return index

    def find(self, words: str, limit: int = 5) -> tuple[Found, ...]:
        """At most ``limit`` matters that ``words`` may mean, best first; the fallback, not sure, when nothing fits.

        Words of distress are answered by the fallback, where a person listens, whatever else they may mean.
        """
        found = self._find(words, limit)
        if not tells_distress(words, self.distress):
            return found
        person = self.knowledge.codes[self.knowledge.fallback]
        others = (one for one in found if one.matter != person)
        return (Found(person, 1000, (), sure=False, urgent=True), *others)[:limit]

    def needs(self, words: str) -> tuple[str, ...]:
        """The matters that ``words`` ask for side by side, as they come; none unless several are clear.

        A clause counts when it says what is wanted, or names a matter; what only tells what happened asks for nothing.
        """
        if tells_distress(words, self.distress):
            return ()
        said = hear(words[:MOST], self.knowledge.dialect)
        found: dict[str, None] = {}
        for clause in said.clauses[:MOST_CLAUSES]:
            wanted = wishes(clause)
            for part in filter(None, _BESIDE.split(clause)[:MOST_CLAUSES]):
                likely = self._likely([part], said.denied) if wanted or self._named(part) else {}
                if (n := self._clear(part, likely)) is not None:
                    found[self.knowledge.codes[n]] = None
        return tuple(found) if len(found) > 1 else ()

    def _clear(self, part: str, likely: Mapping[int, float]) -> int | None:
        """The one matter that a part of what was said means: well ahead of the next, or the only one it names."""
        best, *others = *nlargest(2, likely, key=lambda n: likely[n]), self.knowledge.fallback
        ahead = likely.get(best, 0.0) >= AHEAD * sum(likely[n] for n in others if n in likely and n != best)
        meant = best != self.knowledge.fallback and (ahead or self._named(part) == {best})
        return best if meant else None

    def _find(self, words: str, limit: int) -> tuple[Found, ...]:
        said = hear(words[:MOST], self.knowledge.dialect)
        likely = self._likely(said.clauses[:MOST_CLAUSES], said.denied)
        ranked = sorted(((round(1000 * share), n) for n, share in likely.items()), key=lambda r: (-r[0], r[1]))
        fitting = [(score, n) for score, n in ranked if score >= LEAST][:limit]
        if not fitting:
            return (Found(self.knowledge.codes[self.knowledge.fallback], 0, (), sure=False),)
        whole = "\n".join(said.clauses)
        return tuple(
            Found(
                self.knowledge.codes[n],
                min(score, 1000),
                () if n == self.knowledge.fallback else self._why(whole, n),
                sure=not rank and score >= SURE and n != self.knowledge.fallback,
            )
            for rank, (score, n) in enumerate(fitting)
        )

    def _likely(self, clauses: Sequence[str], denied: Sequence[str]) -> dict[int, float]:
        """How likely each matter is: by the whole or by the clause that says most; nowhere only if every clause is."""
        against: dict[int, float] = {}
        for one in denied:
            _keep_most(against, _shares(self._odds(essence(one))))
        best: dict[int, float] = {}
        nowhere = 1.0
        for asked, weight, named in self._parts(clauses):
            odds = self._odds(asked)
            for n in named:
                odds[n] += NAMED / len(named)
            for n, share in against.items():
                if n in odds:
                    odds[n] -= DENIED * share
            shares = _shares(odds)
            nowhere = min(nowhere, shares.pop(self.knowledge.fallback, 0.0))
            _keep_most(best, {n: weight * share for n, share in shares.items()})
        if best or nowhere:
            best[self.knowledge.fallback] = nowhere
        total = sum(best.values())
        return {n: share / total for n, share in best.items()} if total else {}

    def _parts(self, clauses: Sequence[str]) -> Iterator[tuple[str, float, frozenset[int]]]:
        """The whole, and each clause, how much it weighs, and the matters that it asks for by their names.

        What only tells what happened weighs less than what says what is wanted.
        """
        asking = {clause for clause in clauses if wishes(clause)}
        named = {clause: self._named(clause) for clause in asking}
        around = AROUND_SHARE if any(named.values()) else STORY_SHARE if asking else 1.0
        several = len(clauses) > 1
        yield "\n".join(map(essence, clauses)), around if several and any(named.values()) else 1.0, frozenset()
        for clause in clauses if several else ():
            wanted = named.get(clause, frozenset()) if any(named.values()) else clause in asking
            yield essence(clause), CLAUSE_SHARE * (1.0 if wanted else around), named.get(clause, frozenset())

    def _named(self, clause: str) -> frozenset[int]:
        """The matters whose longest names are in ``clause``."""
        names = self.knowledge.names
        ends = range(len(clause) + 1)
        found = {
            clause[start:end] for end in ends for start in range(max(0, end - LONGEST_NAME), end - 1)
            if clause[start:end] in names
        }  # fmt: skip
        longest = [name for name in found if not any(name != other and name in other for other in found)]
        return frozenset(place for name in longest for place in names[name])

    def _strange(self, piece: str) -> bool:
        """Whether nobody says this of anything done here."""
        return self.knowledge.words.only(piece, self.knowledge.fallback)

    def _odds(self, asked: str) -> dict[int, float]:
        """Log odds, by the words and by what was typed in letters."""
        odds: dict[int, float] = defaultdict(float)
        if not asked.isascii() or self._typed_pinyin(asked):
            for typed in self._typed_odds(letters(asked)):
                _add(odds, typed)
            asked = "".join(one for one in asked if not (one.isascii() and one.isalpha()))
        known = pieces(asked)
        parts = tokens(asked)
        strange = float(len(parts) == 1 and not odds and self._strange(parts[0]))
        for a, b in pairwise(parts):
            if a.isascii() and b.isascii():  # words in letters stand for themselves; few pairs of them come twice
                strange += (self._strange(a)) / 2 + (self._strange(b)) / 2
            elif self._strange(a + b):
                sound = pair_sound(a, b)
                strange += 1.0 if self._strange(sound) else HALF_STRANGE
                known[sound] = HOMOPHONE
        _add(odds, self.knowledge.words.weigh(known))
        if self._named(asked):  # who names a matter is not elsewhere
            strange = 0.0
        if odds or parts:
            odds[self.knowledge.fallback] += STRANGE * strange / max(1, len(parts) - 1) + STRANGE_LEAST
        return odds

    def _typed_pinyin(self, asked: str) -> bool:
        """Whether letters alone are pinyin or initials, not English."""
        runs = letters(asked)
        known = sum(len(run) for run in runs if stem(run) in self.knowledge.words)
        if known * 2 >= sum(map(len, runs)):
            return False
        return all(map(read, runs)) or (len(runs) == 1 and are_initials(runs[0]))

    def _typed_odds(self, runs: Sequence[str]) -> Iterator[dict[int, float]]:
        said: list[str] = []
        for run in runs:
            if cut := read(run):
                said.extend(cut)
            elif are_initials(run):
                yield self.knowledge.typed.weigh(initials(run))
        if said:
            yield self.knowledge.heard.weigh(dict.fromkeys(heard_pieces(tuple(said)), 1.0))

    def _why(self, said: str, place: int) -> tuple[str, ...]:
        """The words that said so; none when the matter was only guessed by the sense of what was said."""
        phrases = self.knowledge.phrases.get(place, ())
        why = reason(said, phrases)
        return why or next(filter(None, (typed_reason(run, phrases) for run in letters(said))), ())


def _shares(odds: Mapping[int, float]) -> dict[int, float]:
    """Log odds as shares of one, less sure than they claim."""
    if not odds:
        return {}
    likely = nlargest(RIVALS, odds.items(), key=itemgetter(1))
    most = likely[0][1]
    raised = {n: exp((one - most) / COOL) for n, one in likely}
    total = sum(raised.values())
    return {n: one / total for n, one in raised.items()}


def _add(odds: dict[int, float], gains: Mapping[int, float]) -> None:
    for n, gain in gains.items():
        odds[n] += gain


def _keep_most(best: dict[int, float], shares: Mapping[int, float]) -> None:
    for n, share in shares.items():
        best[n] = max(share, best.get(n, 0.0))
