"""Which sentences the house says, and which of them English lacks (missing) or still carries in vain (stale).

A sentence is found where it is written: in a template, in a gettext call, in a refusal, in a constant that is
looked up through gettext, and in what a pack calls the next act of a stage (a refusal names it).
"""

import ast
import io
import sys
import tomllib
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parent.parent / "src" / "driftbox"
ENGLISH = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
GETTEXT = {"gettext": 1, "gettext_lazy": 1, "_": 1, "ngettext": 2}
REFUSALS = {"Refused", "NotAllowed", "NotFound", "BadBundle", "BadEntry", "BadFont", "BadPaper", "BadPack", "Note"}
FEED, WHAT = "BadFeed", 2  # says what is wrong in its third argument
CAUSE = "Cause"  # says what happened and what to do in its first two
KEYWORDS = {"gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "_": None}

Message = str | tuple[str, ...]


def template_messages(folder: Path = SOURCE) -> set[Message]:
    """Every sentence of every template; a pair where the template counts."""
    found: set[Message] = set()
    for path in sorted(folder.glob("**/templates/**/*.html")):
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        for _line, _function, said, _comments in extract_python(io.BytesIO(code.encode()), KEYWORDS, [], {}):
            found.add(_message(said))
    return found


def source_messages(folder: Path = SOURCE) -> set[Message]:
    """Every sentence of the Python sources, refusals and looked-up constants among them."""
    return set(chain.from_iterable(_said_in(path) for path in sorted(folder.rglob("*.py"))))


def pack_messages(folder: Path = SOURCE) -> set[Message]:
    """What the packs call the next act of a stage, in Chinese: a refusal puts it into its gap ``{next}``."""
    tables = [tomllib.loads(p.read_text(encoding="utf-8")) for p in folder.glob("packs/*/law/procedures/*.toml")]
    return {stage["next_act"]["zh"] for table in tables for stage in _stages(table)}


def all_messages(folder: Path = SOURCE) -> set[Message]:
    """Everything that English must have."""
    return template_messages(folder) | source_messages(folder) | pack_messages(folder)


def translations(path: Path = ENGLISH) -> dict[Message, tuple[str, ...]]:
    """What stands in a ``.po`` file: each message with its translation, or with its plural forms."""
    with path.open("rb") as file:
        catalog = read_po(file, locale="en")
    return {_message(one.id): _forms(one.string or "") for one in catalog if one.id}


def _forms(said: str | Iterable[str | None]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(form for form in said if form)


def _message(said: str | Iterable[str | None]) -> Message:
    return said if isinstance(said, str) else _forms(said)


def _stages(table: object) -> Iterator[dict[str, dict[str, str]]]:
    """Every table inside ``table`` that names a next act."""
    if isinstance(table, dict):
        if "next_act" in table:
            yield table
        table = list(table.values())
    if isinstance(table, list):
        for inner in table:
            yield from _stages(inner)


def _said_in(path: Path) -> Iterator[Message]:
    module = ast.parse(path.read_text(encoding="utf-8"))
    yield from _constants(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            yield from _call(node)


def _call(node: ast.Call) -> Iterator[Message]:
    """The sentence inside a call of gettext, or the second argument of a refusal."""
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name in GETTEXT:
        words = [text for argument in node.args[: GETTEXT[name]] for text in _literals(argument)]
        yield from [tuple(words)] if name == "ngettext" else words
    elif name in REFUSALS and len(node.args) > 1:
        yield from _literals(node.args[1])
    elif name == CAUSE:
        yield from (text for argument in node.args[:2] for text in _literals(argument))
    elif name == FEED and len(node.args) > WHAT:
        yield from _literals(node.args[WHAT])
    elif isinstance(node.func, ast.Attribute) and node.func.attr == "fail" and node.args:  # of a row of a timetable
        yield from _literals(node.args[0])


def _constants(module: ast.Module) -> Iterator[Message]:
    """Chinese in the constants that a module looks up through gettext or hands to a refusal by name."""
    asked = {
        inner.id
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {*GETTEXT, *REFUSALS}
        for argument in node.args
        for inner in ast.walk(argument)
        if isinstance(inner, ast.Name)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id in asked for target in targets):
                yield from (text for text in _literals(node.value) if is_chinese(text))


def _literals(node: ast.expr) -> list[str]:
    """The strings written in an expression; keys of a dictionary are names, not sentences."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.Dict):
        return [text for value in node.values for text in _literals(value)]
    if isinstance(node, ast.Subscript | ast.Call):
        return []
    return [text for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr) for text in _literals(child)]


def is_chinese(text: str) -> bool:
    """Whether a Chinese character or full-width mark stands in ``text``."""
    return any("\u3000" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef" for character in text)


def main() -> int:
    """List what is missing and what is stale; 1 when anything is."""
    said, known = all_messages(), set(translations())
    for word, messages in (("missing", said - known), ("stale", known - said)):
        for message in sorted(messages, key=str):
            print(f"{word}: {message}")
    return int(said != known)


if __name__ == "__main__":
    settings.configure()
    sys.exit(main())
