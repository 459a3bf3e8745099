"""A matter as a file of a pack, and back: what a form changed is written as a person would have written it."""

import json
import tomllib

import msgspec
from msgspec import Struct, structs

from driftbox.domain.consult.matter import Matter
from driftbox.domain.errors import BadPack
from driftbox.domain.text import Text
from driftbox.gateways.pack import Saying
from driftbox.gateways.pack_rows import PLURALS

_LONG = 100  # characters; a longer list takes a line for each item


def matter_file(matter: Matter) -> bytes:
    """The file that says ``matter``: its fields in order, those left at their default not written."""
    plain = {name: value for name, value in _said(matter) if not _is_table(value)}
    lines = [f"{name} = {_value(value)}" for name, value in plain.items()]
    if matter.limit is not None:
        lines += ["", "[limit]", *_fields(matter.limit)]
    for heading, rows in (("question", matter.questions), ("material", matter.materials)):
        for row in rows:
            lines += ["", f"[[{heading}]]", *_fields(row)]
    return ("\n".join(lines) + "\n").encode()


def read_matter(content: bytes) -> Matter:
    """The matter that a file of a pack says.

    Raises:
        BadPack: it is no matter.
    """
    try:
        data = tomllib.loads(content.decode())
        return msgspec.convert({PLURALS[Matter].get(key, key): value for key, value in data.items()}, Matter)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadPack("pack.no_matter", "这个文件读不成一件事，没有用它。", ()) from error


def sayings_file(sayings: tuple[Saying, ...]) -> bytes:
    """Ways of saying, as a file of a pack has them."""
    blocks = ["\n".join(["[[saying]]", *_fields(saying)]) + "\n" for saying in sayings]
    return "\n".join(blocks).encode()


def _said(value: Struct) -> list[tuple[str, object]]:
    fields = ((field, getattr(value, field.name)) for field in structs.fields(value))
    return [(field.name, held) for field, held in fields if field.required or held != field.default]


def _fields(value: Struct) -> list[str]:
    return [f"{name} = {_value(held)}" for name, held in _said(value)]


def _is_table(value: object) -> bool:
    first = value[0] if isinstance(value, tuple) and value else value
    return isinstance(first, Struct) and not isinstance(first, Text)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Text):
        return f"{{ zh = {_value(value.zh)}, en = {_value(value.en)} }}"
    if isinstance(value, tuple):
        items = [_value(one) for one in value]
        short = f"[{', '.join(items)}]"
        return short if len(short) <= _LONG else "[\n" + "".join(f"  {item},\n" for item in items) + "]"
    if isinstance(value, int):
        return str(value)
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
