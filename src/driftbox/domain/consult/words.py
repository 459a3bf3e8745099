"""Words as they are said: dialect to standard, clauses, what is denied, and the pieces that are compared."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Final

from msgspec import Struct
from pypinyin import lazy_pinyin

# A blank between two words in Latin letters does not end what is said.
_STOPS: Final = re.compile(r"(?:(?<![a-z])\s|\s(?![a-z])|[,，。.!！?？;；:：、…~—\-“”\"'‘’()（）\[\]【】/])+")
_DENIED: Final = re.compile(
    r"(?<!是)(?:不是|勿是|弗是|唔是|不要|不办|不想办|别办)([^\n]+?)(?:\n+|(?=而是|就是|只是|是|要办))"
)
_ASKS: Final = re.compile("能|可以|吗|怎么|要什么")
_YEARS: Final = re.compile(r"(?<!\d)[1-9]\d(?=多?岁)")
_DIGITS: Final = "零一二三四五六七八九"
_DENIED_LAST: Final = re.compile(r"(?<!是)(?:不是|勿是|弗是|唔是)([^\n]+)$")
# What people say around the thing they ask for; the longest first.
_FILLERS: Final = re.compile(
    "我想问一下|我想问问|想问一下|想问问|麻烦问|问一下|问一声|请问|你好|您好|喂|谢谢|麻烦|"
    "怎么办理|怎么办|怎么弄|怎么搞|怎么|哪能办|哪能|能不能|可不可以|是不是|有没有|可以|"
    "我想办|我想|我要办|我要|想要办|想要|想办|要办|要什么|什么|一下|今天|昨天|现在|一个|我们|我|你|吗|呢|啊|呀|吧|哦|的|"
    r"\b(?:i|my|me|want|need|to|an?|the|of|for|how|do|can|get|please|about|is|in|on|and|where|what)\b"
)
_WISH: Final = re.compile("想|要办|要申请|申请|咨询|请问|办个|办一|怎么办|怎么弄|哪能办")
STEM: Final = 5
_TOKEN: Final = re.compile(r"[a-z]+|[0-9]+|[^\W_]")
_LATIN: Final = re.compile(r"[a-z]+")
# Ends and beginnings that the ear of the coast does not keep apart.
_ALIKE: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"))


class Said(Struct, frozen=True):
    """What somebody said: ``clauses`` in standard words, and what they said it is not."""

    clauses: tuple[str, ...]
    denied: tuple[str, ...] = ()


def standard(text: str, dialect: Mapping[str, str]) -> str:
    """Full-width forms, capitals and dialect words made standard; the longest dialect word is replaced first.

    Each place is replaced once, so that a standard word is never taken for dialect again.
    """
    plain = _YEARS.sub(_in_characters, unicodedata.normalize("NFKC", text).lower())
    if not dialect:
        return plain
    words = "|".join(re.escape(word) for word in sorted(dialect, key=lambda word: (-len(word), word)))
    return re.sub(words, lambda found: dialect[found.group()], plain)


def _in_characters(found: re.Match[str]) -> str:
    """An age as it is said: 80岁 is 八十岁."""
    tens, ones = divmod(int(found.group()), 10)
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"


def hear(text: str, dialect: Mapping[str, str]) -> Said:
    """Split what was said into clauses, and set apart what was denied: in 不是X，是Y only Y is asked for."""
    whole = _STOPS.sub("\n", standard(text, dialect)).strip("\n")
    denied: list[str] = []

    def set_apart(found: re.Match[str]) -> str:
        if _ASKS.search(found.group(1)):  # 不是本地人能办低保吗 denies where they come from, not what they ask for
            return found.group()
        denied.append(found.group(1))
        return "\n"

    rest = _DENIED_LAST.sub(set_apart, _DENIED.sub(set_apart, whole))
    return Said(tuple(clause for clause in rest.split("\n") if clause), tuple(denied))


def essence(clause: str) -> str:
    """The clause without greetings and helping words, which say nothing about what is asked for; never empty."""
    return _FILLERS.sub("", clause) or clause


def wishes(clause: str) -> bool:
    """Whether the clause says what is wanted, rather than what happened."""
    return _WISH.search(clause) is not None


def tokens(text: str) -> list[str]:
    """Chinese characters one by one; runs of letters or digits as one, words in letters by their stem."""
    return [stem(one) for one in _TOKEN.findall(text)]


def stem(word: str) -> str:
    """The first letters of a word, which complain and complaint have in common."""
    return word[:STEM]


def pieces(text: str) -> Iterator[str]:
    """What texts are compared by: characters, pairs of characters, and pairs of syllables as they sound."""
    parts = tokens(text)
    yield from parts
    yield from (a + b for a, b in pairwise(parts))
    heard = sounds("".join(parts)).split()
    yield from (f"{a} {b}" for a, b in pairwise(heard))


@lru_cache(maxsize=4096)
def syllables(text: str) -> tuple[str, ...]:
    """Toneless pinyin, one per character; letters stay as they are."""
    return tuple(lazy_pinyin(text))


def sounds(text: str) -> str:
    """How ``text`` sounds on the coast, as one string in which every syllable stands between blanks."""
    return f" {' '.join(_alike(syllable) for syllable in syllables(text))} "


def _alike(syllable: str) -> str:
    for sound, same in _ALIKE:
        syllable = syllable.replace(sound, same)
    return syllable


def letters(text: str) -> tuple[str, ...]:
    """Runs of two Latin letters or more: pinyin or initials somebody typed."""
    return tuple(run for run in _LATIN.findall(text) if len(run) > 1)
