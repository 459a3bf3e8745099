"""Whether two petitions may be the same 重复件、同一件事: who raised them, what they tell, and why we think so.

It speaks of two petitions, never of a person: whoever raises many things is not found by it, only the same thing raised
again. A person decides; this offers.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from typing import Final

from msgspec import Struct
from pypinyin import lazy_pinyin
from rapidfuzz.distance import Hamming

from driftbox.domain.text import Text

WORD_MARKS: Final = 16
TAIL: Final = 4
FULL_PHONE: Final = 8  # digits; shorter is no number to compare
LONG_AGO: Final = 400  # days
FEW: Final = 6  # pairs of sounds; shorter texts hold too little to be contained in each other
MOST_SHOWN: Final = 3
LONGEST_SYLLABLE: Final = 6  # letters; one more, and it is a whole name typed in pinyin
NEEDED: Final = {3: 0.19, 2: 0.27, 1: 0.33, 0: 0.37}  # what the words must share, by how sure the person is the same

_NOT_HEARD: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"))
_TITLES: Final = re.compile("^[老小阿]|(先生|女士|同志|师傅|大伯|阿姨|婶|叔|伯|嫂|公|婆|老大)$")
_HELD: Final = re.compile(r"[\u4e00-\u9fff]+|[a-z]+|[0-9]+")
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]+")
# What every petition says; two that share only this share nothing.
_EVERYBODY_SAYS: Final = re.compile(
    "我们|我家|我要|你们|他们|大家|自己|反映|投诉|举报|要求|请求|希望|请问|解决|处理|答复|没有人|没人管|没人|没有|不管|一直|已经|"
    "现在|这个|那个|这件事|事情|问题|情况|政府|部门|单位|领导|有关|村里|岛上|有人|多次|好几次|几次|怎么|什么|为什么|可以|应该|"
    "到底|请你|谢谢|尽快|帮忙|给个说法|说法|因为|所以|还是|就是|的时候|至今|两年|一年|今年|去年|最近"
)


class Told(Struct, frozen=True, kw_only=True):
    """One petition, as far as whoever compares may read it: words, local day, petitioner, place, who is complained of.

    ``place``: code of the office where it was raised. ``complained``: codes of offices and persons.
    """

    words: str
    day: date
    name: str = ""
    phone: str = ""
    id_number: str = ""
    place: str = ""
    complained: frozenset[str] = frozenset()


class Alike(Struct, frozen=True, kw_only=True):
    """Two petitions may be the same: by the same person or not, how much their words share (0–100), and why."""

    same_person: bool
    shared: int
    why: tuple[Text, ...]


def compare(one: Told, other: Told) -> Alike | None:
    """Whether the two may be the same; None when what they tell is not alike, whoever tells it."""
    sure, persons = _person(one, other)
    shared = _shared(one.words, other.words)
    around = list(_around(one, other))
    needed = NEEDED[sure] - 0.04 * sum(helps for helps, _why in around)
    if abs((one.day - other.day).days) > LONG_AGO:
        needed += 0.06
    if shared < needed:
        return None
    why = (*persons, *_what(one.words, other.words), *(text for _helps, text in around))
    return Alike(same_person=sure > 1, shared=min(round(shared * 100), 100), why=why)


def marks(told: Told) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """By what a petition is found among many: marks of its petitioner, and of its words. Keep them blinded only.

    The marks of the words are a fixed sample of pairs of sounds, so that texts alike share marks in the measure in
    which they share words, however many petitions there are.
    """
    name = name_sound(told.name)
    joined = name.replace(" ", "")
    persons = [f"name {joined}"] if " " in name or len(joined) > LONGEST_SYLLABLE else []
    persons += [f"phone {told.phone}"] if len(told.phone) >= FULL_PHONE else []
    persons += [f"id {told.id_number[-TAIL:]} {name.split()[0]}"] if told.id_number and name else []
    words = sorted(_sounds(told.words), key=lambda pair: sha256(pair.encode()).digest())[:WORD_MARKS]
    return tuple(persons), tuple(f"words {pair}" for pair in words)


@lru_cache(maxsize=4096)
def name_sound(name: str) -> str:
    """How a name sounds, syllables apart, titles such as 老 and 师傅 left away; typed pinyin reads alike."""
    plain = _TITLES.sub("", name.strip().lower())
    spoken = [syllable for part in plain.split() for syllable in lazy_pinyin(part)]
    return " ".join(_heard(syllable) for syllable in spoken if syllable.isalpha())


def _heard(syllable: str) -> str:
    for sound, same in _NOT_HEARD:
        syllable = syllable.replace(sound, same)
    return syllable


def _person(one: Told, other: Told) -> tuple[int, list[Text]]:
    """How sure it is that one person raised both, 0 to 3, and why."""
    numbers = one.id_number, other.id_number
    if all(numbers) and numbers[0][-TAIL:] != numbers[1][-TAIL:]:
        return 0, []
    named, names = _names(one.name, other.name)
    proofs = [*_proofs(one, other), *(_near(one.phone, other.phone) if named else ())]
    if proofs:
        return (3 if named else 2), [*proofs, *names]
    return named, names


def _proofs(one: Told, other: Told) -> Iterator[Text]:
    if one.id_number and other.id_number:
        if one.id_number == other.id_number:
            yield Text(zh="身份证号一样", en="The same identity number")
        else:
            yield Text(zh="身份证后四位一样", en="The last four of the identity number agree")
    if len(one.phone) >= FULL_PHONE and one.phone == other.phone:
        yield Text(zh="电话一样", en="The same phone number")


def _near(one: str, other: str) -> Iterator[Text]:
    """A number heard wrongly says something only when the names agree."""
    if len(one) == len(other) >= FULL_PHONE and Hamming.distance(one, other) == 1:
        yield Text(zh="电话只差一位", en="The phone numbers differ in one digit")


def _names(one: str, other: str) -> tuple[int, list[Text]]:
    if not one or not other:
        return 0, []
    if one == other:
        return 2, [Text(zh="名字一样", en="The same name")]
    mine, theirs = name_sound(one), name_sound(other)
    if mine and theirs and mine.replace(" ", "") == theirs.replace(" ", ""):
        sure = 2 if " " in mine or " " in theirs else 1
        return sure, [Text(zh=f"名字读起来一样：{one}、{other}", en=f"The names sound alike: {one}, {other}")]
    if mine and theirs and mine.split()[0] == theirs.split()[0] and " " not in min(mine, theirs, key=len):
        return 1, [Text(zh=f"姓一样：{one}、{other}", en=f"The same surname: {one}, {other}")]
    return 0, []


def _shared(one: str, other: str) -> float:
    """How much two texts share, 0 to 1: by characters or sounds, whichever is more; a short one may lie in a long."""
    return max(_measure(_characters(one), _characters(other)), _measure(_sounds(one), _sounds(other)))


def _measure(one: frozenset[str], other: frozenset[str]) -> float:
    least = min(len(one), len(other))
    if not least:
        return 0.0
    both = len(one & other)
    dice = 2 * both / (len(one) + len(other))
    return max(dice, 0.8 * both / least) if least >= FEW else dice


def _runs(words: str) -> list[str]:
    return _HELD.findall(_EVERYBODY_SAYS.sub(" ", words.lower()))


@lru_cache(maxsize=512)
def _characters(words: str) -> frozenset[str]:
    return frozenset(a + b for run in _runs(words) for a, b in pairwise(run))


@lru_cache(maxsize=512)
def _sounds(words: str) -> frozenset[str]:
    spoken = (lazy_pinyin(run) if _CHINESE.fullmatch(run) else [run] for run in _runs(words))
    pairs = (f"{_heard(a)} {_heard(b)}" for syllables in spoken for a, b in pairwise(syllables))
    return frozenset(pairs) | frozenset(run for run in _runs(words) if not _CHINESE.fullmatch(run))


def _what(one: str, other: str) -> Iterator[Text]:
    """What both tell, in the words of the first; said to be by sound when the characters differ."""
    found = _common(one, other)
    if found:
        said = "、".join(found)
        yield Text(zh=f"说的是一样的：{said}", en=f"Both say: {said}")
    elif _sounds(one) & _sounds(other):
        yield Text(zh="字不一样，读起来一样", en="Other characters, the same sounds")


def _common(one: str, other: str) -> list[str]:
    runs = [run for run in _runs(one) if _CHINESE.fullmatch(run)]
    theirs = _characters(other)
    found = dict.fromkeys(piece for run in runs for piece in _pieces(run, theirs))
    return sorted(found, key=len, reverse=True)[:MOST_SHOWN]


def _pieces(run: str, pairs: Iterable[str]) -> Iterator[str]:
    """The stretches of ``run`` whose neighbouring characters all stand in ``pairs``."""
    held, piece = frozenset(pairs), ""
    for a, b in pairwise(run):
        if a + b in held:
            piece = piece + b if piece else a + b
            continue
        if piece:
            yield piece
        piece = ""
    if piece:
        yield piece


def _around(one: Told, other: Told) -> Iterator[tuple[int, Text]]:
    """What lies around both and how much it helps: the place, who is complained of, the days."""
    if one.place and one.place == other.place:
        yield 1, Text(zh="同一个地方", en="The same place")
    if one.complained & other.complained:
        yield 2, Text(zh="说到的是同一个单位或同一个人", en="The same body or person is complained of")
    days = abs((one.day - other.day).days)
    zh = "同一天" if not days else f"前后差 {days} 天"
    yield 0, Text(zh=zh, en="The same day" if not days else f"{days} days apart")
