"""Where random bytes come from: the system's source of chance, and in a rehearsal 演练 a seed.

A rehearsal is a history that may be made again to the digest, so everything that is chance in it follows from its seed,
the keys of its node too. Such keys protect nobody. Hence it is held only in a folder that was empty when it began and
carries a mark from then on; a folder without the mark has no way to it, and a folder with it is never served.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final

from driftbox.domain.errors import Refused

Octets = Callable[[int], bytes]
MARK: Final = "REHEARSAL"
_source: ContextVar[Octets] = ContextVar("source of random bytes", default=secrets.token_bytes)


def octets(length: int) -> bytes:
    """So many random bytes."""
    return _source.get()(length)


def begin_rehearsal(home: Path) -> None:
    """Set a folder aside for a rehearsal.

    Raises:
        Refused: there is something in it; nothing was touched.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise Refused("rehearsal.not_empty", "这个文件夹不是空的，没有动它。模拟要用一个空的，请另外指一个。")
    home.mkdir(parents=True, exist_ok=True)
    (home / MARK).write_text("A simulation. Its keys follow from a seed and protect nothing.\n", encoding="utf-8")


def is_rehearsal(home: Path) -> bool:
    """Whether a folder was set aside for a rehearsal."""
    return (home / MARK).exists()


@contextmanager
def rehearsed(home: Path, source: Octets) -> Iterator[None]:
    """Inside, random bytes come from ``source``.

    Raises:
        Refused: ``home`` was not set aside for it.
    """
    if not is_rehearsal(home):
        raise Refused("rehearsal.real", "这里放着真的东西，不能拿来模拟，什么都没有动。请另外指一个空的文件夹。")
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)
