"""Where each key of a TOML file stands, so that a fault can name its line; tomllib itself gives none."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

KeyPath = tuple[str | int, ...]  # such as ("materials", 0, "kind")

_TOKEN = re.compile(
    r"""(?P<skip>[ \t\r]+|\#[^\n]*)
      |(?P<string>\"{3}(?:\\.|[^\\])*?\"{3}(?!\")|'{3}.*?'{3}(?!')|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
      |(?P<mark>[\[\]{},=.\n])
      |(?P<bare>[^\s\[\]{},=.#"']+)""",
    re.VERBOSE | re.DOTALL,
)
_AT_LINE = re.compile(r"\(at line (\d+)")
_TEXT_END = ("\n", ",", "]", "}", "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of a pack: its name inside the pack, what it says, and on which line it says so."""

    file: str
    data: Mapping[str, object]
    lines: Mapping[KeyPath, int]

    def line(self, path: KeyPath) -> int:
        """The line of the key at ``path``, or of the nearest table around it; 1 for the file itself."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return 1


class Folder:
    """The files of a pack: what lies in a folder and, laid over it, the contents of files that were changed since."""

    def __init__(self, path: Path, changed: Mapping[str, bytes]) -> None:
        self._path, self._changed = path, changed

    def names(self, pattern: str) -> list[str]:
        """The names, inside the pack, of the files that fit ``pattern``, in order."""
        lying = {file.relative_to(self._path).as_posix() for file in self._path.glob(pattern)}
        return sorted(lying | {name for name in self._changed if PurePosixPath(name).match(pattern)})

    def content(self, name: str) -> bytes:
        """What the file ``name`` says."""
        return self._changed[name] if name in self._changed else (self._path / name).read_bytes()


def read_sheet(file: str, content: bytes, plurals: Mapping[str, str]) -> Sheet:
    """Read the TOML in ``content``, which the pack has under the name ``file``.

    ``plurals`` turns the name of a repeated table into that of its field: ``[[stage]]`` is one of the ``stages``.

    Raises:
        tomllib.TOMLDecodeError: the file is not TOML 1.0.
        UnicodeDecodeError: the file is not UTF-8.
    """
    text = content.decode("utf-8").replace("\r\n", "\n")
    data = {plurals.get(key, key): value for key, value in tomllib.loads(text).items()}
    lines = {_renamed(path, plurals): line for path, line in key_lines(text).items()}
    return Sheet(file, data, lines)


def _renamed(path: KeyPath, plurals: Mapping[str, str]) -> KeyPath:
    return (plurals.get(str(path[0]), path[0]), *path[1:])


def broken_line(error: tomllib.TOMLDecodeError) -> int:
    """The line a syntax error speaks of; 1 where it names the end of the document."""
    found = _AT_LINE.search(str(error))
    return int(found.group(1)) if found else 1


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line of every table, key and list item of ``text``, which must be valid TOML."""
    return _Scanner(text).document()


class _Scanner:
    """Walks text that tomllib has accepted, so it trusts the grammar and only keeps count."""

    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, int]] = []
        line = 1
        for found in _TOKEN.finditer(text):
            token = found.group()
            if found.lastgroup != "skip":
                self._tokens.append((token, line))
            line += token.count("\n")
        self._next = 0
        self._lines: dict[KeyPath, int] = {}
        self._counts: dict[KeyPath, int] = {}

    def document(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        while self._peek():
            if self._peek() == "\n":
                self._take()
            elif self._peek() == "[":
                table = self._header()
            else:
                self._pair(table)
        return self._lines

    def _peek(self) -> str:
        return self._tokens[self._next][0] if self._next < len(self._tokens) else ""

    def _line(self) -> int:
        return self._tokens[min(self._next, len(self._tokens) - 1)][1]

    def _take(self) -> str:
        token = self._peek()
        self._next += 1
        return token

    def _skip(self, *marks: str) -> None:
        while self._peek() in marks:
            self._take()

    def _key(self) -> list[str]:
        parts: list[str] = []
        while self._peek() not in ("=", "]", ""):
            self._skip(".")
            parts.append(_unquoted(self._take()))
        return parts

    def _header(self) -> KeyPath:
        line = self._line()
        self._take()
        is_item = self._peek() == "["
        self._skip("[")
        parts = self._key()
        self._skip("]")
        path: KeyPath = ()
        for place, part in enumerate(parts):
            path = (*path, part)
            if is_item and place == len(parts) - 1:
                self._lines.setdefault(path, line)
                self._counts[path] = self._counts.get(path, 0) + 1
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        self._lines[path] = line
        return path

    def _pair(self, table: KeyPath) -> None:
        line = self._line()
        path = table
        for part in self._key():
            path = (*path, part)
            self._lines.setdefault(path, line)
        self._take()
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        if self._peek() == "[":
            self._list(path)
        elif self._peek() == "{":
            self._take()
            while self._peek() not in ("}", ""):
                self._pair(path)
                self._skip(",", "\n")
            self._take()
        else:
            while self._peek() not in _TEXT_END:
                self._take()

    def _list(self, path: KeyPath) -> None:
        self._take()
        self._skip("\n")
        place = 0
        while self._peek() not in ("]", ""):
            item = (*path, place)
            self._lines[item] = self._line()
            self._value(item)
            self._skip(",", "\n")
            place += 1
        self._take()


def _unquoted(token: str) -> str:
    if token[0] not in "\"'":
        return token
    return str(next(iter(tomllib.loads(f"{token} = 1"))))
