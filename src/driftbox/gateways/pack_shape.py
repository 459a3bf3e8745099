"""Is a file of a pack shaped as the house expects? Finds every misfit, where a decoder would stop at the first."""

import re
from collections.abc import Iterator, Mapping
from types import NoneType
from typing import get_args, get_origin

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo

from driftbox.domain.text import Text
from driftbox.gateways.pack_faults import Fault
from driftbox.gateways.pack_source import KeyPath, Sheet

_EXPECTED = re.compile(r"Expected `(.+?)`, got `(.+?)`")
_ZH_KINDS = {
    "str": "文字",
    "int": "整数",
    "bool": "true 或 false",
    "array": "方括号里的一列",
    "object": "一组键和值",
    "float": "小数",
    "date": "日期",
}


def shape_faults(sheet: Sheet, kind: object, value: object, path: KeyPath = ()) -> Iterator[Fault]:
    """Every place under ``path`` where ``value`` is not what ``kind`` (a struct, a tuple of structs …) asks for."""
    kind = _without_none(kind)
    if isinstance(kind, type) and issubclass(kind, Struct):
        if isinstance(value, dict):
            yield from _struct_faults(sheet, kind, value, path)
        else:
            yield _mistyped(sheet, path, f"Expected `object`, got `{_kind_of(value)}`")
    elif _is_list_of_structs(kind) and isinstance(value, list):
        for place, item in enumerate(value):
            yield from shape_faults(sheet, get_args(kind)[0], item, (*path, place))
    elif get_origin(kind) in (dict, Mapping) and isinstance(value, dict):
        for key, item in value.items():
            yield from shape_faults(sheet, get_args(kind)[1], item, (*path, key))
    else:
        try:
            msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            yield _mistyped(sheet, path, str(error))


def _struct_faults(sheet: Sheet, kind: type[Struct], value: dict[str, object], path: KeyPath) -> Iterator[Fault]:
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    for key in value.keys() - fields.keys():
        yield _unknown(sheet, (*path, key), fields)
    for name, field in fields.items():
        if name in value:
            yield from shape_faults(sheet, field.type, value[name], (*path, name))
        elif field.required:
            yield _missing(sheet, path, name)


def _without_none(kind: object) -> object:
    """``Text`` out of ``Text | None``: TOML cannot say none, so a value that stands there must be the other."""
    options = [option for option in get_args(kind) if option is not NoneType]
    is_optional = NoneType in get_args(kind) and len(options) == 1
    return options[0] if is_optional else kind


def _is_list_of_structs(kind: object) -> bool:
    inner = get_args(kind)[:1]
    return get_origin(kind) is tuple and isinstance(inner[0], type) and issubclass(inner[0], Struct)


def _kind_of(value: object) -> str:
    return "array" if isinstance(value, list) else type(value).__name__


def _unknown(sheet: Sheet, path: KeyPath, fields: dict[str, FieldInfo]) -> Fault:
    known = ", ".join(fields)
    return Fault(
        sheet.file,
        sheet.line(path),
        Text(zh=f"不认得“{path[-1]}”这一项", en=f"There is no field `{path[-1]}` here"),
        Text(zh=f"删掉它，或改成其中一个：{known}", en=f"Remove it, or use one of: {known}"),
        path,
    )


def _missing(sheet: Sheet, path: KeyPath, name: str) -> Fault:
    return Fault(
        sheet.file,
        sheet.line(path),
        Text(zh=f"少了“{name}”这一项", en=f"The field `{name}` is missing"),
        Text(zh=f"在这一段里补上 {name} = …", en=f"Add {name} = … to this section"),
        (*path, name),
    )


def _mistyped(sheet: Sheet, path: KeyPath, message: str) -> Fault:
    key = ".".join(str(part) for part in path)
    found = _EXPECTED.search(message)
    zh = message
    if found:
        wanted, got = (_ZH_KINDS.get(word, word) for word in found.groups())
        zh = f"要的是{wanted}，写的是{got}"
    return Fault(
        sheet.file,
        sheet.line(path),
        Text(zh=f"“{key}”写得不对：{zh}", en=f"`{key}` is not right: {message}"),
        Text(zh="照同类文件里的写法改", en="Write it as other files of the same kind do"),
        path,
    )
