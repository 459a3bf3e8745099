"""Why a matter was found: the words that what was said has in common with a way to ask for it."""

from collections.abc import Iterable
from itertools import pairwise
from operator import itemgetter
from typing import Final

from driftbox.domain.consult.sounds import pair_sound, syllables
from driftbox.domain.consult.words import stem, tokens

EASY: Final = 2  # pairs: of two phrases said in full the longer one is shown


def reason(said: str, phrases: Iterable[str]) -> tuple[str, ...]:
    """What ``said`` has in common with the most alike of ``phrases``, longest first.

    The phrase itself when it was only said in other signs, such as pinyin or characters that sound so; empty when
    nothing is in common.
    """
    pairs = _pairs(said)
    cut = [(text, _pairs(text)) for text in phrases]
    common = ((len(own & pairs) / (EASY + len(own)), text) for text, own in cut)
    most, best = max(common, key=itemgetter(0), default=(0.0, ""))
    if not most:
        heard = {pair_sound(a, b) for a, b in pairs if not a.isascii()}
        alike = ((sum(pair_sound(*pair) in heard for pair in own) / (EASY + len(own)), text) for text, own in cut)
        most, best = max(alike, key=itemgetter(0), default=(0.0, ""))
    return _shared(said, best) if most else ()


def typed_reason(run: str, phrases: Iterable[str]) -> tuple[str, ...]:
    """The phrase that ``run`` is the pinyin or the initials of, or begins or ends like; empty when none is."""
    for text in sorted(phrases, key=len):
        sound = syllables(text)
        for typed in ("".join(sound), "".join(one[0] for one in sound)):
            if len(run) > 1 and (typed in run or run in typed):
                return (text,)
    return ()


def _pairs(text: str) -> set[tuple[str, str]]:
    """Pairs of characters; words in letters by their stems."""
    parts = tokens(text)
    return {*pairwise(parts)} | {(part, "") for part in parts if len(part) > 1}


def _shared(said: str, phrase: str) -> tuple[str, ...]:
    if phrase.isascii():
        stems = set(tokens(said))
        return tuple(dict.fromkeys(word for word in phrase.split() if stem(word) in stems)) or (phrase,)
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
