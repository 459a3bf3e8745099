"""Checks of the guide to petitions: every answer leads on, none asks more than four questions, every door exists."""

from collections.abc import Iterator
from typing import get_args

from driftbox.domain.consult.matter import Matter
from driftbox.domain.docket.entries import KINDS
from driftbox.domain.docket.petition_entries import Route, Sort
from driftbox.domain.docket.petition_guide import MOST_QUESTIONS, PetitionGuide
from driftbox.domain.text import Text
from driftbox.gateways.pack_faults import Fault, leads_nowhere, said_twice
from driftbox.gateways.pack_rows import Row, Rows
from driftbox.gateways.pack_source import KeyPath


def guide_faults(rows: Rows) -> Iterator[Fault]:
    """What is wrong with the guide of a pack that has one."""
    for row in rows.guides:
        yield from _questions(row)
        yield from _doors(row)
        yield from _reasons(row)
        yield from _matters(row, rows)
        for key in ("question", "route", "door", "ground"):
            names = [getattr(item, "id", getattr(item, "code", "")) for item in getattr(row.value, key)]
            for place, name in enumerate(names):
                if names.index(name) != place:
                    where = f"{row.sheet.file}:{row.sheet.line((key, names.index(name)))}"
                    yield row.fault(*said_twice(name, where), key, place)


def profile_faults(rows: Rows) -> Iterator[Fault]:
    """Profiles that ``clock_profiles`` turns on and that no clock has."""
    known = {row.value.profile for row in rows.clocks}
    for row in rows.heads:
        named = row.value.settings.get("clock_profiles", ())
        if not isinstance(named, tuple):
            what = Text(zh="clock_profiles 要写成一列", en="`clock_profiles` is not a list")
            yield row.fault(what, Text(zh='写成 ["national"]', en='Write ["national"]'), "settings", "clock_profiles")
            continue
        for name in named:
            if name not in known:
                yield row.fault(*leads_nowhere("规定", "profile", name), "settings", "clock_profiles")


def _questions(row: Row[PetitionGuide]) -> Iterator[Fault]:
    guide = row.value
    asked = {question.id for question in guide.question}
    routes = {route.code for route in guide.route}
    if guide.first not in asked:
        yield row.fault(*leads_nowhere("问题", "question", guide.first), "first")
    for place, question in enumerate(guide.question):
        for item, answer in enumerate(question.answer):
            path = ("question", place, "answer", item)
            if bool(answer.next) == bool(answer.route):
                what = Text(zh="这个答案要么接着问，要么定下走哪条路", en="An answer leads to a question or to a route")
                yield row.fault(what, Text(zh="next 和 route 写一个", en="Say `next` or `route`, one of them"), *path)
            if answer.next and answer.next not in asked:
                yield row.fault(*leads_nowhere("问题", "question", answer.next), *path, "next")
            if answer.route and answer.route not in routes:
                yield row.fault(*leads_nowhere("路", "route", answer.route), *path, "route")
    if _longest(guide, guide.first, ()) > MOST_QUESTIONS:
        what = Text(zh=f"最多问 {MOST_QUESTIONS} 句", en=f"At most {MOST_QUESTIONS} questions may be asked in a row")
        yield row.fault(what, Text(zh="把问题并一并", en="Ask fewer"), "first")


def _longest(guide: PetitionGuide, at: str, seen: tuple[str, ...]) -> int:
    """How many questions are asked at most from ``at`` on; a circle counts as too many."""
    if at in seen:
        return MOST_QUESTIONS + 1
    answers = [answer for question in guide.question if question.id == at for answer in question.answer]
    return 1 + max((_longest(guide, answer.next, (*seen, at)) for answer in answers if answer.next), default=0)


def _doors(row: Row[PetitionGuide]) -> Iterator[Fault]:
    doors = {door.code for door in row.value.door}
    for place, ground in enumerate(row.value.ground):
        if ground.door not in doors:
            yield row.fault(*leads_nowhere("门", "door", ground.door), "ground", place, "door")
    for place, route in enumerate(row.value.route):
        if route.door and route.door not in doors:
            yield row.fault(*leads_nowhere("门", "door", route.door), "route", place, "door")
        if route.sort not in get_args(Sort):
            yield row.fault(*leads_nowhere("类别", "sort", route.sort), "route", place, "sort")
        if route.route not in get_args(Route):
            yield row.fault(*leads_nowhere("路", "route", route.route), "route", place, "route")


def _matters(row: Row[PetitionGuide], rows: Rows) -> Iterator[Fault]:
    guide = row.value
    named: list[tuple[str, KeyPath]] = [(guide.review, ("review",)), (guide.rereview, ("rereview",))]
    named += [(route.matter, ("route", place, "matter")) for place, route in enumerate(guide.route)]
    for code, path in named:
        if not rows.has(Matter, code):
            yield row.fault(*leads_nowhere("事项", "matter", code), *path)


def _reasons(row: Row[PetitionGuide]) -> Iterator[Fault]:
    for place, reason in enumerate(row.value.reason):
        for item, kind in enumerate(reason.kinds):
            if kind not in KINDS:
                yield row.fault(*leads_nowhere("条目", "entry kind", kind), "reason", place, "kinds", item)
