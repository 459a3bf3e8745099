"""Papers and questions of a draft: moved up and down, removed, added from those that other matters have, or new."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct, structs

from driftbox.domain.consult.matter import Material, Matter, Question
from driftbox.domain.errors import Refused
from driftbox.domain.text import Text
from driftbox.gateways.pack import Pack
from driftbox.web.base.telling import said
from driftbox.web.packdesk.parts import codes_in, part_of

EMPTY: Final = Text(zh="", en="")
NEW: Final = "new"
MOST: Final = 30  # papers of one matter: a longer list is no list any more


class NewRows(Struct, frozen=True):
    """What can be added, by code and name: papers and questions that other matters have."""

    materials: list[tuple[str, str]]
    questions: list[tuple[str, str]]


def new_rows(matter: Matter, pack: Pack) -> NewRows:
    """The papers and questions of the whole pack that ``matter`` does not have."""
    materials, questions = _known(pack)
    have = {one.code for one in matter.materials} | {one.id for one in matter.questions}
    papers = [(code, said(row.name)) for code, row in materials.items() if code not in have]
    asked = [(code, said(row.ask)) for code, row in questions.items() if code not in have]
    return NewRows(sorted(papers, key=lambda row: row[1]), sorted(asked, key=lambda row: row[1]))


def _known(pack: Pack) -> tuple[Mapping[str, Material], Mapping[str, Question]]:
    every = [row for matter in pack.matters.values() for row in matter.materials]
    materials = {row.code: row for row in sorted(every, key=lambda row: row.supplied_by == "resident")}
    return materials, {row.id: row for matter in pack.matters.values() for row in matter.questions}


def change_rows(matter: Matter, what: str, which: str, pack: Pack) -> tuple[Matter, str]:
    """The matter after ``up``, ``down``, ``remove``, ``material`` or ``question`` (add), and the part to go to.

    Raises:
        NotFound: there is no such row.
        Refused: not one of these, nothing known by that code, or too many papers.
    """
    if what in ("material", "question"):
        return _added(matter, what, which, pack)
    if what not in ("up", "down", "remove"):
        raise Refused("pack.what", "没看懂要做哪一样，草稿没有动。请再按一次。")
    part = part_of(matter, which)
    if not part.rows:
        raise Refused("pack.what", "没看懂要做哪一样，草稿没有动。请再按一次。")
    rows: list[Any] = list(getattr(matter, part.rows))
    row = rows.pop(part.place)
    if what != "remove":
        rows.insert(max(0, part.place + (1 if what == "down" else -1)), row)
    return _with(matter, part.rows, rows), ""


def _with(matter: Matter, name: str, rows: list[Any]) -> Matter:
    return structs.replace(matter, **{name: tuple(rows)})


def _added(matter: Matter, what: str, which: str, pack: Pack) -> tuple[Matter, str]:
    name = f"{what}s"
    rows: list[Any] = list(getattr(matter, name))
    if len(rows) >= MOST:
        raise Refused("pack.many", "已经有 {n} 样了，没有再加。先删掉几样。", n=MOST)
    known: Mapping[str, Any] = dict(zip(("material", "question"), _known(pack), strict=True))[what]
    if which == NEW:
        taken = {*known, *codes_in(matter, name)}
        rows.append(_fresh(what, _free(f"{matter.code.lower().replace('-', '_')}_{what}", taken)))
    elif which in known and known[which] not in rows:
        alike = known[which]
        rows.append(structs.replace(alike, when=(), unless=()) if isinstance(alike, Material) else alike)
    else:
        raise Refused("pack.which", "没有这一样，草稿没有动。从单子里选。")
    after = _with(matter, name, rows)
    return after, f"{what}-{codes_in(after, name)[-1]}"


def _free(stem: str, taken: set[str]) -> str:
    return next(name for n in range(1, len(taken) + 2) if (name := f"{stem}_{n}") not in taken)


def _fresh(what: str, code: str) -> Material | Question:
    if what == "material":
        return Material(code=code, name=EMPTY, kind="copy", issuer=EMPTY)
    return Question(id=code, ask=EMPTY)
