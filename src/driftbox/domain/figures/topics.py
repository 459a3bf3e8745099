"""What more people ask than before 大家在问什么: counts of matters and of single words, never of anybody's sentence."""

import re
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import Final

from msgspec import Struct

from driftbox.domain.consult.unnamed import unnamed

FEW: Final = 5  # people who said it, before a word is kept in the clear, and cases, before a matter is spoken of
SHORTEST, LONGEST, MOST = 2, 8, 4  # characters of a word, and words of one search
_CUT: Final = re.compile(
    r"[\W\d_]+|怎么样?|什么|哪里|哪儿|多少|能不能|可不可以|可以|有没有|是不是|我们?|阿拉|侬|您|你|他们?|她|想要?|请问|一下|办理?|"
    r"要|的|了|吗|呢|啊|吧|伐|啥|和|跟|在|去|是|有"
)


class Rising(Struct, frozen=True):
    """A topic that more people asked about than in the months before: how many now, and how many a month before."""

    topic: str
    now: int
    before: float


def chunks(words: str) -> tuple[str, ...]:
    """The few short words that carry what was asked; empty for stories. Numbers are taken out first."""
    found = (one for one in _CUT.split(unnamed(words, ())) if SHORTEST <= len(one) <= LONGEST)
    found = (one for one in found if not any(sign.isdigit() for sign in one))
    return tuple(dict.fromkeys(found))[:MOST]


def rising(now: Mapping[str, int], before: Sequence[Mapping[str, int]]) -> tuple[Rising, ...]:
    """Topics of five people or more, by more than chance beyond the mean of the months ``before``; most risen first.

    By chance: more than two root means above the mean, as counts of rare things vary.
    """
    found = []
    for topic, count in now.items():
        mean = sum(month.get(topic, 0) for month in before) / len(before) if before else 0.0
        if count >= FEW and count > mean + 2 * sqrt(mean):
            found.append(Rising(topic, count, mean))
    return tuple(sorted(found, key=lambda one: (one.before - one.now, one.topic)))


class AskedAgain(Struct, frozen=True):
    """How often papers were asked for again in cases of a matter that were done."""

    matter: str
    again: int
    done: int


def asked_again(cells: Iterable[tuple[str, int]]) -> tuple[AskedAgain, ...]:
    """Matters in which at least five cases were done and papers were asked for again, most often first; from counts of
    ``MATTER:yes`` and ``MATTER:no``.
    """
    counted: dict[str, dict[str, int]] = {}
    for bucket, count in cells:
        matter, _colon, again = bucket.partition(":")
        split = counted.setdefault(matter, {"yes": 0, "no": 0})
        split[again] = split.get(again, 0) + count
    found = [AskedAgain(matter, split["yes"], sum(split.values())) for matter, split in counted.items()]
    found = [one for one in found if one.again and one.done >= FEW]
    return tuple(sorted(found, key=lambda one: (-one.again * 1000 // one.done, one.matter)))
