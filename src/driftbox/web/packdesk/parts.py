"""The parts of a matter, by key: which form writes it, which faults are its own, what two versions say differently."""

from collections.abc import Iterable
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import get_language, gettext, gettext_lazy
from msgspec import Struct

from driftbox.domain.consult.matter import Matter
from driftbox.domain.errors import NotFound
from driftbox.gateways.pack_faults import Fault
from driftbox.web.base.telling import said
from driftbox.web.packdesk.forms import (
    BasicsForm,
    LimitForm,
    ListsForm,
    MaterialForm,
    PartForm,
    QuestionForm,
    WordsForm,
)

SINGLE: Final[dict[str, tuple[Any, type[PartForm]]]] = {
    "basics": (gettext_lazy("名称和说明"), BasicsForm),
    "words": (gettext_lazy("大家怎么叫它"), WordsForm),
    "lists": (gettext_lazy("本人在场、我们去查、步骤"), ListsForm),
    "limit": (gettext_lazy("日子和依据"), LimitForm),
}
ROWS: Final[dict[str, tuple[str, type[PartForm]]]] = {
    "question": ("questions", QuestionForm),
    "material": ("materials", MaterialForm),
}
_OTHER: Final = {
    "aliases": "words",
    "presence": "lists",
    "at_home": "lists",
    "looked_up": "lists",
    "steps": "lists",
    "limit": "limit",
}
_CHINESE: Final = ("aliases", "basis", "source", "ground")
_FIELD: Final = {"never_expires": "lasts"}


class Part(Struct, frozen=True):
    """One part of a matter: its key in the address, its title, its form, and which row of which list it is."""

    key: str
    title: str
    form: type[PartForm]
    rows: str = ""
    place: int = 0


class Difference(Struct, frozen=True):
    """One field that two versions say differently."""

    part: str
    label: str
    before: str
    after: str
    chinese: bool = False  # what stands there is Chinese on every page


def part_of(matter: Matter, key: str) -> Part:
    """The part with this key: a name, or the kind and code of a row such as ``material-id_card``.

    Raises:
        NotFound: the matter has no such part.
    """
    if key in SINGLE:
        title, form = SINGLE[key]
        return Part(key, str(title), form)
    kind, _dash, code = key.partition("-")
    if kind in ROWS:
        rows, form = ROWS[kind]
        codes = codes_in(matter, rows)
        if code in codes:
            place = codes.index(code)
            return Part(key, _row_title(matter, rows, place), form, rows, place)
    raise NotFound("pack.no_part", "草稿里没有这一处，可能刚被删掉了。回草稿看一眼。")


def codes_in(matter: Matter, rows: str) -> list[str]:
    """The codes of the questions or papers of a matter, in order."""
    return [one.id for one in matter.questions] if rows == "questions" else [one.code for one in matter.materials]


def _row_title(matter: Matter, rows: str, place: int) -> str:
    if rows == "questions":
        return said(matter.questions[place].ask) or gettext("新的一句")
    return said(matter.materials[place].name) or gettext("新的一样")


def keys_of(matter: Matter) -> list[str]:
    """The keys of every part of the matter."""
    return [*SINGLE, *(f"{kind}-{code}" for kind, (rows, _form) in ROWS.items() for code in codes_in(matter, rows))]


def filled(matter: Matter, part: Part, rev: int) -> PartForm:
    """The form of a part with what the matter says, checked as if it had been sent."""
    data = QueryDict(mutable=True)
    for name, value in part.form.data_of(matter, part.place).items():
        if isinstance(value, list):
            data.setlist(name, value)
        elif value not in (None, False):
            data[name] = "on" if value is True else str(value)
    data["rev"] = str(rev)
    return part.form(matter, part.place, data)


def key_of(fault: Fault, file: str, matter: Matter) -> str:
    """The part that a fault of the draft's own file is about; empty for another file."""
    if fault.file != file:
        return ""
    head, *rest = fault.path or ("",)
    for kind, (rows, _form) in ROWS.items():
        if head == rows and rest and isinstance(rest[0], int):
            return f"{kind}-{codes_in(matter, rows)[rest[0]]}"
    return _OTHER.get(str(head), "basics")


def field_of(fault: Fault) -> str:
    """The name of the field that a fault is about; it may be one that the form does not have."""
    words = [str(step) for step in fault.path if isinstance(step, str) and step not in ("questions", "materials")]
    words = words[1:] if words[:1] == ["limit"] else words
    return "_".join(_FIELD.get(word, word) for word in words)


def sentence(fault: Fault) -> str:
    """What is wrong and how to mend it, with the line in the file."""
    language = get_language() or "zh-hans"
    return gettext("{what}。{remedy}（第 {line} 行）").format(
        what=fault.what.in_language(language), remedy=fault.remedy.in_language(language), line=fault.line
    )


def show_faults(form: PartForm, faults: Iterable[Fault]) -> None:
    """Say each fault beside the field that it is about, or above them all."""
    form.is_valid()
    for fault in faults:
        name = field_of(fault)
        form.add_error(name if name in form.fields else None, sentence(fault))


def differences(before: Matter, after: Matter) -> list[Difference]:
    """Everything that ``after`` says differently, part by part; rows are the same ones by their code."""
    old, new = keys_of(before), keys_of(after)
    found = []
    for key in [*old, *(key for key in new if key not in old)]:
        if key in old and key in new:
            found += _in_part(_said_in(before, key), _said_in(after, key))
        else:
            matter = after if key in new else before
            whole = _whole(_said_in(matter, key))
            label, values = (gettext("加的"), ("", whole)) if key in new else (gettext("删掉的"), (whole, ""))
            found.append(Difference(part_of(matter, key).title, label, *values))
    return found + _moved(before, after)


class _Said(Struct, frozen=True):
    """What one field says, in words."""

    part: str
    field: str
    label: str
    value: str
    told: bool  # more than an empty field or an unticked box


def _said_in(matter: Matter, key: str) -> list[_Said]:
    part = part_of(matter, key)
    form, data = filled(matter, part, 0), part.form.data_of(matter, part.place)
    return [
        _Said(part.title, name, str(form.fields[name].label), _shown(form, name, value), value not in (None, False, ""))
        for name, value in data.items()
    ]


def _in_part(old: list[_Said], new: list[_Said]) -> list[Difference]:
    return [
        Difference(other.part, other.label, one.value, other.value, chinese=_is_chinese(one.field))
        for one, other in zip(old, new, strict=True)
        if one.value != other.value
    ]


def _is_chinese(field: str) -> bool:
    return field in _CHINESE or field.endswith("_zh")


def _whole(fields: list[_Said]) -> str:
    """A paper or question that was added or removed, whole, a line for each field."""
    return "\n".join(f"{one.label}{gettext('：')}{one.value}" for one in fields if one.told and one.value)


def _moved(before: Matter, after: Matter) -> list[Difference]:
    """The order of papers, where those that stayed changed places."""
    names = {row.code: said(row.name) for row in (*before.materials, *after.materials)}
    stayed = set(codes_in(before, "materials")) & set(codes_in(after, "materials"))
    old, new = ([code for code in codes_in(one, "materials") if code in stayed] for one in (before, after))
    if old == new:
        return []
    before_now, after_now = (gettext("、").join(names[code] for code in order) for order in (old, new))
    return [Difference(gettext("材料"), gettext("先后"), before_now, after_now)]


def _shown(form: PartForm, field: str, value: object) -> str:
    """A value as the form shows it."""
    choices = {str(code): str(word) for code, word in getattr(form.fields[field], "choices", ())}
    if isinstance(value, list):
        return gettext("、").join(choices.get(str(one), str(one)) for one in value)
    if isinstance(value, bool):
        return gettext("是") if value else gettext("不是")
    return choices.get(str(value), "" if value is None else str(value))
