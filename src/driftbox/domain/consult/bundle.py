"""Several needs, one ask 一件事: one list over several matters that asks for nothing twice, and what each paper serves.

One set of papers for all of them: Zhejiang 最多跑一次 rules Arts. 6–8. The list equals the union of the lists of its
matters for the same answers: whatever one of them asks for, exactly one line covers.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from driftbox.domain.consult.checklist import Checklist
from driftbox.domain.consult.matter import Material, MaterialKind, Matter, Question
from driftbox.domain.text import Text

FEWEST: Final = 2
MOST_MATTERS: Final = 5  # of one conversation; more is not one thing any more
MOST_QUESTIONS: Final = 5
_DEMAND: Final[Mapping[MaterialKind, int]] = {"original": 5, "form": 4, "photo": 3, "copy": 2, "shown": 1}
_USED_UP: Final = frozenset({"form", "photo"})  # each case keeps its own, so their numbers add up
_ALSO_SHOWN: Final = Text(zh="原件也给我们看一眼，当场还您", en="The original is shown too, and returned at once")


class Bundle(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Matters of one event of life 一件事, such as after a death; ``answers`` go without saying in it."""

    code: str
    name: Text
    lead: Text
    matters: tuple[str, ...]
    answers: tuple[str, ...] = ()
    source: str = ""


class Line(Struct, frozen=True, kw_only=True):
    """One line of a merged list: the paper as the most demanding matter wants it, and the matters that it serves.

    ``does_for``: codes of other papers that need not come because this one does.
    """

    material: Material
    serves: tuple[str, ...]
    does_for: tuple[str, ...] = ()


class Merged(Struct, frozen=True, kw_only=True):
    """The one list over several matters: its lines, and the same as an ordinary checklist to read out or to text."""

    lines: tuple[Line, ...]
    checklist: Checklist

    def line_for(self, material: Material) -> Line | None:
        """The line that covers what a matter asks for; None when nothing on this list does."""
        return next((line for line in self.lines if material.code in (line.material.code, *line.does_for)), None)


def merge(lists: Mapping[str, Checklist], once: frozenset[str] = frozenset()) -> Merged:
    """One list out of the lists of several matters, given by matter code, in their order.

    Each paper is asked for once, as the highest demand has it: an original before a copy. Copies count once, because
    one will do for all; forms and photographs stay with each case, so they add up, unless ``once`` names the paper.
    """
    asked: dict[str, list[tuple[str, Material]]] = {}
    for matter, listed in lists.items():
        for material in listed.bring:
            asked.setdefault(material.code, []).append((matter, material))
    lines = _without_doubles({code: _line(wanted, once) for code, wanted in asked.items()})
    return Merged(lines=lines, checklist=_as_checklist(lists.values(), lines, frozenset(asked)))


def _line(wanted: Sequence[tuple[str, Material]], once: frozenset[str]) -> Line:
    materials = [material for _matter, material in wanted]
    most = max(materials, key=lambda one: _DEMAND[one.kind])
    adds_up = most.kind in _USED_UP and most.code not in once
    same = [one.copies for one in materials if one.kind == most.kind]
    shown = most.kind == "copy" and any(one.kind == "shown" for one in materials)
    return Line(
        material=msgspec.structs.replace(
            most,
            copies=sum(same) if adds_up else max(one.copies for one in materials),
            signed_by=tuple(dict.fromkeys(signer for one in materials for signer in one.signed_by)),
            instead=_common(one.instead for one in materials),
            note=_and_shown(most.note) if shown else most.note,
            may_follow=all(one.may_follow for one in materials),
        ),
        serves=tuple(dict.fromkeys(matter for matter, _material in wanted)),
    )


def _common(instead: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """What does for the paper in every matter that asks for it."""
    first, *others = instead
    return tuple(code for code in first if all(code in other for other in others))


def _and_shown(note: Text | None) -> Text:
    if note is None:
        return _ALSO_SHOWN
    return Text(zh=f"{note.zh}。{_ALSO_SHOWN.zh}", en=f"{note.en}. {_ALSO_SHOWN.en}")


def _without_doubles(lines: dict[str, Line]) -> tuple[Line, ...]:
    """Leave out what another line does for, such as one page when the whole register comes anyway."""
    needed: set[str] = set()
    for code in list(lines):
        line = lines[code]
        does = [other for other in line.material.instead if other in lines and _covers(lines[other], line)]
        if code in needed or not does:
            continue
        needed.add(does[0])
        lines[does[0]] = _with(lines[does[0]], line)
        del lines[code]
    return tuple(lines.values())


def _with(line: Line, other: Line) -> Line:
    """``line``, which does for ``other`` as well."""
    copies = max(line.material.copies, other.material.copies)
    return Line(
        material=msgspec.structs.replace(line.material, copies=copies),
        serves=tuple(dict.fromkeys(line.serves + other.serves)),
        does_for=(*line.does_for, other.material.code),
    )


def _covers(one: Line, other: Line) -> bool:
    """Whether handing in ``one`` leaves nothing of ``other`` to ask for."""
    return (
        one is not other
        and _DEMAND[one.material.kind] >= _DEMAND[other.material.kind]
        and not ({one.material.kind, other.material.kind} & _USED_UP)
    )


def _as_checklist(lists: Iterable[Checklist], lines: tuple[Line, ...], asked: frozenset[str]) -> Checklist:
    every = list(lists)
    held = {one.code: one for listed in every for one in listed.held if one.code not in asked}
    known = asked | set(held)
    looked_up = {one.code: one for listed in every for one in listed.looked_up if one.code not in known}
    bring = tuple(line.material for line in lines)
    return Checklist(
        bring=bring,
        looked_up=tuple(looked_up.values()),
        held=tuple(held.values()),
        presence=tuple(dict.fromkeys(said for listed in every for said in listed.presence)),
        signers=tuple(dict.fromkeys(signer for material in bring for signer in material.signed_by)),
    )


def questions_of(matters: Iterable[Matter], known: frozenset[str]) -> tuple[Question, ...]:
    """The questions of several matters, each asked once, without those whose answer is ``known``."""
    asked = {one.id: one for matter in matters for one in matter.questions if one.id not in known}
    return tuple(asked.values())


def may_go_together(matters: Sequence[Matter]) -> bool:
    """Whether one conversation may open all of these: errands that others may see; petitions go their own way."""
    return all(matter.procedure == "errand" and not matter.confidential for matter in matters)


def suggested(bundles: Iterable[Bundle], found: Iterable[str]) -> tuple[Bundle, ...]:
    """The bundles in which a matter that was ``found`` takes part, the one most spoken of first."""
    codes = tuple(found)
    fits = [bundle for bundle in bundles if set(bundle.matters) & set(codes)]
    return tuple(sorted(fits, key=lambda one: -len(set(one.matters) & set(codes))))
