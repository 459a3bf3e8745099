"""Words as they are said: dialect to standard, clauses, what is denied, and the pieces that are compared."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final

from msgspec import Struct
from opencc import OpenCC

from driftbox.domain.consult.senses import senses
from driftbox.domain.consult.sounds import sounds

# A blank between two words in Latin letters does not end what is said.
_STOPS: Final = re.compile(r"(?:(?<![a-z])\s|\s(?![a-z])|[,，。.!！?？;；:：、…~—\-“”\"'‘’()（）\[\]【】/])+")
# What is said to be wanted instead; it ends what was denied.
_BUT: Final = "我?(?:而是|就是|只是|才是|是|要办|要问|要的|要|想|就要|就想|只要|只办|只问|问的|说的|办的|来办)"
_NOT: Final = "不是|勿是|弗是|唔是|呒是|不要|勿要|弗要|覅|不办|不想办|别办|不问|不是问|不找"
_DENIED: Final = re.compile(rf"(?<!是)(?:又|我|也)?(?:{_NOT})([^\n]+?)(?:\n+|(?=而是|就是|只是|是|要办))")
# Weaker words deny only when what is wanted comes right after.
_DENIED_BEFORE: Final = re.compile(
    rf"(?:我|又|也)?(?:没说|没有说|没讲|没问|别说|别提|不说|不提|不想|不用|不去|不为|没要)([^\n]+)\n+(?={_BUT})"
)
_DENIED_AFTER: Final = re.compile(rf"(?:^|(?<=\n))([^\n]+?)(?:不要|勿要|不办|不是|不用|不问)[了的嘛啦]?\n+(?={_BUT})")
_ASKS: Final = re.compile("能|可以|吗|怎么|要什么|[户人](?:但|$)")
_MARKUP: Final = re.compile(r"<[^<>]*>")
_YEARS: Final = re.compile(r"(?<!\d)[1-9]\d(?=多?岁)")
_DIGITS: Final = "零一二三四五六七八九"
_DENIED_LAST: Final = re.compile(r"(?<!是)(?:不是|勿是|弗是|唔是)([^\n]+)$")
# What people say around the thing they ask for; the longest first.
_FILLERS: Final = re.compile(
    "我想问一下|我想问问|想问一下|想问问|麻烦问|问一下|问一声|请问|你好|您好|喂|谢谢|麻烦|"
    "怎么办理|怎么办|怎么弄|怎么搞|怎么|哪能办|哪能|能不能|可不可以|是不是|有没有|可以|"
    "我要的是|要的是|问的是|说的是|讲的是|办的是|只要办|只办|只问|就想|就要|而是|只是|"
    "我想办|我想|我要办|我要|想要办|想要|想办|要办|要什么|什么|一下|今天|昨天|现在|一个|我们|我|你|吗|呢|啊|呀|吧|哦|的|"
    r"\b(?:i|me|my|we|us|our|you|your|he|she|his|her|they|their|it|its|this|that|there|an?|the|of|for|to|in|on|at|by|"
    r"from|with|and|or|but|so|if|as|am|is|are|was|were|be|been|has|have|had|do|does|did|can|could|will|would|should|"
    r"want|need|get|got|please|about|how|what|where|when|who|which|why|some|any|very|just|like)\b"
)
_WISH: Final = re.compile(
    "想|要办|要申请|申请|咨询|请问|办个|办一|怎么办|怎么弄|哪能办|好办|能办|能不能|可不可以|哪里办|want|need|apply|how"
)
STEM: Final = 5
_TOKEN: Final = re.compile(r"[a-z]+|[0-9]+|[^\W_]")
# Weights of the pieces, tuned on the pack's sayings by leaving each third out in turn.
ALONE: Final = 0.8  # a character, or a word in letters
PAIR: Final = 0.6
THREE: Final = 0.4
SOUND: Final = 0.2  # a pair as it sounds
SENSE: Final = 1.1  # a word that means much the same
SENSES: Final = 0.2  # two of them in one phrase
_SIMPLIFIED: Final = OpenCC("t2s")


class Said(Struct, frozen=True):
    """What somebody said: ``clauses`` in standard words, and what they said it is not."""

    clauses: tuple[str, ...]
    denied: tuple[str, ...] = ()


def standard(text: str, dialect: Mapping[str, str]) -> str:
    """Full-width forms, capitals and dialect words made standard; the longest dialect word is replaced first.

    Each place is replaced once, so that a standard word is never taken for dialect again.
    """
    plain = _YEARS.sub(_in_characters, _SIMPLIFIED.convert(unicodedata.normalize("NFKC", text).lower()))
    if not dialect:
        return plain
    return _any_of(tuple(dialect)).sub(lambda found: dialect[found.group()], plain)


@lru_cache(maxsize=8)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


def _in_characters(found: re.Match[str]) -> str:
    """An age as it is said: 80岁 is 八十岁."""
    tens, ones = divmod(int(found.group()), 10)
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"


def hear(text: str, dialect: Mapping[str, str]) -> Said:
    """Split what was said into clauses, and set apart what was denied: in 不是X，是Y only Y is asked for."""
    whole = _STOPS.sub("\n", standard(_MARKUP.sub("\n", text), dialect)).strip("\n")
    denied: list[str] = []

    def set_apart(found: re.Match[str]) -> str:
        if _ASKS.search(found.group(1)):  # 不是本地人能办低保吗 denies where they come from, not what they ask for
            return found.group()
        denied.append(found.group(1))
        return "\n"

    rest = whole
    for pattern in (_DENIED, _DENIED_BEFORE, _DENIED_AFTER, _DENIED_LAST):
        rest = pattern.sub(set_apart, rest)
    return Said(tuple(clause for clause in rest.split("\n") if clause and not clause.isdigit()), tuple(denied))


def essence(clause: str) -> str:
    """The clause without greetings and helping words, which say nothing about what is asked for."""
    return _FILLERS.sub("", clause)


def wishes(clause: str) -> bool:
    """Whether the clause says what is wanted, rather than what happened."""
    return _WISH.search(clause) is not None


def tokens(text: str) -> list[str]:
    """Chinese characters one by one; runs of letters or digits as one, words in letters by their stem."""
    return [stem(one) for one in _TOKEN.findall(text)]


def stem(word: str) -> str:
    """The first letters of a word, which complain and complaint have in common."""
    return word[:STEM]


def pieces(text: str) -> dict[str, float]:
    """What texts are compared by, each with its weight: characters, pairs and threes of them, sounds, senses."""
    parts = tokens(text)
    found = dict.fromkeys(parts, ALONE)
    found |= dict.fromkeys(map("".join, pairwise(parts)), PAIR)
    found |= dict.fromkeys(map("".join, zip(parts, parts[1:], parts[2:], strict=False)), THREE)
    heard = sounds("".join(parts)).split()
    found |= dict.fromkeys((f"{a} {b}" for a, b in pairwise(heard)), SOUND)
    meant = sorted(senses(text))
    found |= dict.fromkeys(meant, SENSE)
    found |= dict.fromkeys((f"{a} {b}" for a, b in combinations(meant, 2)), SENSES)
    return found
