"""Words as they sound and as they are typed: pinyin 拼音 run together, and initials."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from pypinyin import lazy_pinyin

# Ends and beginnings that the ear of the coast does not keep apart.
_ALIKE: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"))
# Read in several ways by the words around them; all others sound the same wherever they stand.
_MANY_SOUNDS: Final = frozenset(
    "长行重乐调会还得地觉朝传弹当都发干更降角教解卷空累量率落省失识似数宿为相压应载着只中种转"
)
# The syllables of the table of 汉语拼音方案, by what they begin with.
_TABLE: Final = {
    "": "a ai an ang ao e ei en eng er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo v ve",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
_SYLLABLES: Final = frozenset(begin + end for begin, ends in _TABLE.items() for end in ends.split())
_LONGEST: Final = 6  # letters
MOST_INITIALS: Final = 12
_LATIN: Final = re.compile(r"[a-z]+")


@lru_cache(maxsize=16_384)
def _sound(character: str) -> str:
    return lazy_pinyin(character)[0]


def syllables(text: str) -> tuple[str, ...]:
    """Toneless pinyin, one per character; letters stay as they are."""
    if _MANY_SOUNDS.isdisjoint(text):
        return tuple(map(_sound, text))
    return tuple(lazy_pinyin(text))


@lru_cache(maxsize=1024)
def alike(syllable: str) -> str:
    """The syllable as the coast hears it: zheng, zhen and zen are one."""
    for sound, same in _ALIKE:
        syllable = syllable.replace(sound, same)
    return syllable


def sounds(text: str) -> str:
    """How ``text`` sounds on the coast, as one string in which every syllable stands between blanks."""
    return f" {' '.join(map(alike, syllables(text)))} "


def pair_sound(one: str, other: str) -> str:
    """How two characters sound together: the piece that words in other characters share with them."""
    return " ".join(sounds(one + other).split())


def letters(text: str) -> tuple[str, ...]:
    """Runs of two Latin letters or more: pinyin or initials somebody typed."""
    return tuple(run for run in _LATIN.findall(text) if len(run) > 1)


@lru_cache(maxsize=4096)
def read(run: str) -> tuple[str, ...]:
    """``run`` cut into syllables, as few as will do: shenfenzheng is shen fen zheng; empty when it is not pinyin."""
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(run) + 1):
        ways = (
            (*before, run[start:end])
            for start in range(max(0, end - _LONGEST), end)
            if (before := best[start]) is not None and run[start:end] in _SYLLABLES
        )
        best.append(min(ways, key=len, default=None))
    return best[-1] or ()


def are_initials(run: str) -> bool:
    """Whether ``run`` may be the first letters of syllables: none begins with i, u or v, few with a, e or o."""
    return 1 < len(run) <= MOST_INITIALS and not set(run) & set("iuv") and sum(map(run.count, "aeo")) * 3 <= len(run)


def heard_pieces(said: tuple[str, ...]) -> Iterator[str]:
    """What typed pinyin is compared by: syllables as they sound, pairs and threes of them."""
    heard = tuple(map(alike, said))
    yield from (f"{one} " for one in heard)
    yield from (f"{a} {b}" for a, b in pairwise(heard))
    yield from (f"{a} {b} {c}" for a, b, c in zip(heard, heard[1:], heard[2:], strict=False))


def initial_pieces(initials: str) -> Iterator[str]:
    """What typed initials are compared by: twos, threes and fours, and all of them."""
    for size in (2, 3, 4):
        yield from (initials[start : start + size] for start in range(len(initials) - size + 1))
    yield f"={initials}"
