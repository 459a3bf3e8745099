"""What a pack tells about asking: every way to ask for a matter, cut into pieces and weighed, ready to be kept."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from driftbox.domain.consult.evidence import Evidence, learn
from driftbox.domain.consult.matter import Matter
from driftbox.domain.consult.sounds import heard_pieces, initial_pieces, syllables
from driftbox.domain.consult.words import essence, pieces, standard

ENGLISH: Final = 0.9  # names in English speak a little less: they were translated, not said
SPEAKS: Final = 0.5  # from this share on a text is a way to ask
RANK_STEP: Final = 0.1  # a saying means its first matter most


class Knowledge(Struct, frozen=True):
    """All that finding needs of a pack. Places are places in ``codes``; ``fallback`` is for what fits nowhere.

    ``words``, ``heard`` and ``typed`` are the evidence in what is said, in pinyin and in initials; ``phrases`` the
    ways to ask for each matter; ``names`` what the matters are called.
    """

    codes: tuple[str, ...]
    fallback: int
    dialect: dict[str, str]
    words: Evidence
    heard: Evidence
    typed: Evidence
    phrases: dict[int, tuple[str, ...]]
    names: dict[str, tuple[int, ...]]


def know(
    matters: Iterable[Matter],
    sayings: Iterable[tuple[str, tuple[str, ...]]],
    dialect: Mapping[str, str],
    fallback: str,
) -> Knowledge:
    """Learn a pack; the order of its parts does not matter. ``fallback``: the code of the matter for the rest."""
    known = sorted(matters, key=lambda matter: matter.code)
    codes = tuple(matter.code for matter in known)
    place = {code: n for n, code in enumerate(codes)}
    said = sorted({*_own_words(known), *_sayings(sayings, set(place))})
    spoken = [(place[code], share, essence(standard(text, dialect))) for code, text, share in said]
    asking = [(n, share, text, _sound(text)) for n, share, text in spoken if share >= SPEAKS]
    phrases: dict[int, list[str]] = defaultdict(list)
    for n, _share, text, _ in asking:
        phrases[n].append(text)
    return Knowledge(
        codes,
        place[fallback],
        dict(dialect),
        learn(((n, share, pieces(text)) for n, share, text in spoken), len(known)),
        learn(((n, share, dict.fromkeys(heard_pieces(sound), 1.0)) for n, share, _, sound in asking), len(known)),
        learn(((n, share, initials("".join(one[0] for one in sound))) for n, share, _, sound in asking), len(known)),
        {n: tuple(texts) for n, texts in phrases.items()},
        _names(known, dialect, fallback),
    )


def initials(typed: str) -> dict[str, float]:
    """The pieces of initials and their weights: longer stretches tell more."""
    return {piece: len(piece) / 4 for piece in initial_pieces(typed)}


def _sound(text: str) -> tuple[str, ...]:
    return () if text.isascii() else tuple(one for one in syllables(text) if one.isalpha())


def _names(matters: Iterable[Matter], dialect: Mapping[str, str], fallback: str) -> dict[str, tuple[int, ...]]:
    names: dict[str, list[int]] = defaultdict(list)
    for n, matter in enumerate(matters):
        for name in (matter.name.zh, *matter.aliases):
            if matter.code != fallback and len(name) > 1:
                names[standard(name, dialect)].append(n)
    return {name: tuple(places) for name, places in names.items()}


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
