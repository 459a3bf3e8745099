"""Finding a matter 事项 in somebody's own words: no model, no network, the same answer every time, and a reason."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log
from typing import Final

from msgspec import Struct
from rapidfuzz import fuzz

from driftbox.domain.consult.matter import Matter
from driftbox.domain.consult.senses import senses
from driftbox.domain.consult.words import essence, hear, letters, pieces, sounds, standard, stem, syllables, wishes

# Tuned on the pack's sayings by leaving each third out in turn; see tests/domain/consult/test_quality.py.
SAID_MORE: Final = 0.25  # what the asker said beyond the phrase costs little
SAID_LESS: Final = 0.5  # what the phrase has and the asker did not say costs more
PHRASE_SHARE: Final = 0.5  # of a score; the rest is how much of what was said the matter knows at all
SINGLE: Final = 0.4  # a character weighs less than a pair
SOUND: Final = 0.5  # and so does a pair that only sounds alike
SENSE: Final = 0.7  # or a word that only means much the same
ENGLISH: Final = 0.9  # names in English speak a little less: they were translated, not said
SPEAKS: Final = 0.5  # from this share on a text is a way to ask
TELLS: Final = 3  # a lone character counts when it asks for at most so many matters
RANK_STEP: Final = 0.1  # a saying means its first matter most
FLOOR: Final = 100  # below this nothing fits
SURE: Final = 450
SURE_LEAD: Final = 90
CONTAINED: Final = 0.6  # a phrase said in full fits at least so well, and better the less was said beside it
IN_FULL: Final = 0.9  # and is worth that much of a score by itself
STORY_SHARE: Final = 0.75
HOMOPHONE: Final = 0.85  # said in full, but in characters that only sound so
FALLBACK_SHARE: Final = 0.85  # the matter for what fits nowhere does not outbid one that fits
DENIED_SHARE: Final = 0.8
TYPED_ALIKE: Final = 85  # percent of letters that agree
TYPED_LEAST: Final = 4  # letters
TYPED_SHARE: Final = 0.9
PART_SHARE: Final = 0.5
INITIALS_SHARE: Final = 0.7


class Found(Struct, frozen=True):
    """One matter that the words may mean: its code, a score of 0–1000, and which of the words said so."""

    matter: str
    score: int
    why: tuple[str, ...]
    sure: bool


class Phrase(Struct, frozen=True):
    """One way to ask for a matter, with its pieces and their weight in all."""

    matter: str
    text: str
    share: float  # 0–1: how far the phrase speaks for the matter
    pieces: frozenset[str]
    weight: float
    sound: str  # pinyin in one run, as it is typed
    initials: str
    heard: str  # as it sounds on the coast


class Fit(Struct, frozen=True):
    """How well the best phrase of a matter fits, and how much of that is being said in full."""

    fit: float = 0.0
    complete: float = 0.0
    text: str = ""


class MatterIndex:
    """All matters of a pack, ready to be found. ``fallback`` is the code of the matter for what fits nowhere."""

    def __init__(
        self,
        matters: Iterable[Matter],
        sayings: Iterable[tuple[str, tuple[str, ...]]],
        dialect: Mapping[str, str],
        fallback: str,
    ) -> None:
        self._dialect = dict(dialect)
        self._fallback = fallback
        known = tuple(matters)
        codes = {matter.code for matter in known}
        said = [*_own_words(known), *_sayings(sayings, codes)]
        spoken = [(code, essence(standard(text, self._dialect)), share) for code, text, share in said]
        self._knows: dict[str, dict[str, float]] = defaultdict(dict)
        for code, text, share in spoken:
            for piece in _pieces(text):
                self._knows[piece][code] = max(share, self._knows[piece].get(code, 0.0))
        self._rarest_of = len(codes)
        self._rarest = log(1 + len(codes))
        self._telling = log(1 + len(codes) / TELLS)
        self._rarity = {piece: self._rare(where) for piece, where in self._knows.items()}
        self._phrases = [self._phrase(code, text, share) for code, text, share in spoken if share >= SPEAKS]
        self._where: dict[str, list[int]] = defaultdict(list)
        for place, phrase in enumerate(self._phrases):
            for piece in sorted(phrase.pieces):
                self._where[piece].append(place)

    def find(self, words: str, limit: int = 5) -> tuple[Found, ...]:
        """At most ``limit`` matters that ``words`` may mean, best first; the fallback, not sure, when nothing fits."""
        said = hear(words, self._dialect)
        scores, why = self._scores(said.clauses)
        for denied in said.denied:
            against, _ = self._scores((denied,))
            most = max(against.values(), default=0.0)
            for code, score in against.items():
                if code in scores and score == most:
                    scores[code] -= DENIED_SHARE * score
        ranked = sorted(((round(1000 * score), code) for code, score in scores.items()), key=lambda r: (-r[0], r[1]))
        fitting = [(score, code) for score, code in ranked if score >= FLOOR][:limit]
        if not fitting:
            return (Found(self._fallback, 0, (), sure=False),)
        rivals = [score for score, code in fitting[1:] if code != self._fallback]
        lead = fitting[0][0] - max(rivals, default=0)
        return tuple(
            Found(code, min(score, 1000), why.get(code, ()), sure=not n and score >= SURE and lead >= SURE_LEAD)
            for n, (score, code) in enumerate(fitting)
        )

    def _phrase(self, code: str, text: str, share: float) -> Phrase:
        own = frozenset(_pieces(text))
        sound = () if text.isascii() else syllables(text)
        return Phrase(
            code,
            text,
            share,
            own,
            self._weight(own),
            "".join(sound),
            "".join(one[0] for one in sound if one),
            sounds(text),
        )

    def _rare(self, where: Mapping[str, float]) -> float:
        """How far a piece tells matters apart; one that is only mentioned in passing tells no less."""
        asked_with = sum(share >= SPEAKS for share in where.values())
        return log(1 + (self._rarest_of / max(asked_with, 1)))

    def _weight(self, found: Iterable[str]) -> float:
        return sum(map(self._weigh, sorted(found)))

    def _weigh(self, piece: str) -> float:
        kind = SENSE if piece.startswith("sense ") else SOUND if " " in piece else SINGLE if len(piece) == 1 else 1.0
        return kind * self._rarity.get(piece, self._rarest)

    def _scores(self, clauses: Sequence[str]) -> tuple[dict[str, float], dict[str, tuple[str, ...]]]:
        """The best of the whole and of each clause, for every matter touched, and the words that said so."""
        scores: dict[str, float] = {}
        why: dict[str, tuple[str, ...]] = {}
        for asked, share in _parts(clauses):
            for code, full, text in self._score(asked):
                score = share * full
                if score > scores.get(code, 0.0):
                    scores[code] = score
                    why[code] = _shared("\n".join(clauses), text)
        for code, score, text in self._typed(clauses):
            if score > scores.get(code, 0.0):
                scores[code], why[code] = score, (text,)
        return scores, why

    def _score(self, said: str) -> Iterator[tuple[str, float, str]]:
        asked = frozenset(_pieces(said))
        total = self._weight(asked)
        best: dict[str, Fit] = {}
        overlap: dict[int, float] = defaultdict(float)
        known: dict[str, float] = defaultdict(float)
        paired: set[str] = set()
        heard = sounds(said)
        for piece in sorted(asked):
            weight = self._weigh(piece)
            for place in self._where.get(piece, ()):
                overlap[place] += weight
            for code, share in self._knows.get(piece, {}).items():
                known[code] += weight * share
                if len(piece) > 1 or self._rarity[piece] >= self._telling:
                    paired.add(code)
        for place, common in overlap.items():
            phrase = self._phrases[place]
            apart = SAID_LESS * (phrase.weight - common) + SAID_MORE * (total - common)
            likeness = common / (common + apart)
            complete = _contained(phrase, said, heard) * (CONTAINED + (1 - CONTAINED) * common / total)
            if phrase.share * max(likeness, complete) > best.get(phrase.matter, Fit()).fit:
                best[phrase.matter] = Fit(phrase.share * max(likeness, complete), phrase.share * complete, phrase.text)
        for code in sorted(paired):
            fit = best.get(code, Fit())
            score = max(PHRASE_SHARE * fit.fit + (1 - PHRASE_SHARE) * known[code] / total, IN_FULL * fit.complete)
            yield code, score * (FALLBACK_SHARE if code == self._fallback else 1.0), fit.text

    def _typed(self, clauses: Sequence[str]) -> Iterator[tuple[str, float, str]]:
        """Pinyin and initials that somebody typed: dibao, shenfenzheng, sfz."""
        for run in (run for clause in clauses for run in letters(essence(clause)) if stem(run) not in self._knows):
            for phrase in self._phrases:
                if phrase.initials and phrase.initials.startswith(run):
                    yield phrase.matter, INITIALS_SHARE * phrase.share * len(run) / len(phrase.initials), phrase.text
                elif len(run) >= TYPED_LEAST:
                    alike = fuzz.ratio(run, phrase.sound, score_cutoff=TYPED_ALIKE) / 100
                    part = PART_SHARE if run in phrase.sound else 0.0
                    if alike or part:
                        yield phrase.matter, phrase.share * max(TYPED_SHARE * alike, part), phrase.text


def _pieces(text: str) -> Iterator[str]:
    yield from pieces(text)
    yield from sorted(senses(text))


def _parts(clauses: Sequence[str]) -> Iterator[tuple[str, float]]:
    """The whole, and each clause; where one clause says what is wanted, the others are the story around it."""
    yield "\n".join(map(essence, clauses)), 1.0
    if len(clauses) > 1:
        wanted = [clause for clause in clauses if wishes(clause)]
        for clause in clauses:
            yield essence(clause), STORY_SHARE if wanted and clause not in wanted else 1.0


def _own_words(matters: Iterable[Matter]) -> Iterator[tuple[str, str, float]]:
    """What a matter says of itself: aliases and names speak as sayings do, the rest only lends its words."""
    for matter in matters:
        yield from ((matter.code, alias, 1.0) for alias in matter.aliases)
        yield matter.code, matter.plain.zh, 1.0
        yield matter.code, matter.name.zh, 0.8
        yield matter.code, matter.plain.en, ENGLISH
        yield matter.code, matter.name.en, ENGLISH
        yield matter.code, matter.lead.en, 0.4
        yield matter.code, matter.lead.zh, 0.4
        yield matter.code, matter.result.zh, 0.3
        if matter.eligibility is not None:
            yield matter.code, matter.eligibility.zh, 0.25
        yield from ((matter.code, step.zh, 0.2) for step in matter.steps)
        yield from ((matter.code, material.name.zh, 0.2) for material in matter.materials)


def _sayings(sayings: Iterable[tuple[str, tuple[str, ...]]], codes: set[str]) -> Iterator[tuple[str, str, float]]:
    for say, meant in sayings:
        for rank, code in enumerate(one for one in meant if one in codes):
            yield code, say, max(0.5, 1.0 - RANK_STEP * rank)


def _contained(phrase: Phrase, said: str, heard: str) -> float:
    """1 when the phrase was said in full, less when it only sounded so, 0 when neither."""
    if len(phrase.text) == 1:
        return 0.0
    if phrase.text in said:
        return 1.0
    return HOMOPHONE if phrase.heard in heard else 0.0


def _shared(said: str, phrase: str) -> tuple[str, ...]:
    """The stretches of ``phrase`` that were said, longest first; the phrase itself when it was said in other signs."""
    runs: list[str] = []
    start = 0
    while start < len(phrase):
        end = start
        while end < len(phrase) and phrase[start : end + 1] in said:
            end += 1
        if end - start > 1:
            runs.append(phrase[start:end])
        start = max(end, start + 1)
    whole = (phrase,) if phrase else ()
    return tuple(sorted(dict.fromkeys(runs), key=lambda run: (-len(run), phrase.index(run)))) or whole
