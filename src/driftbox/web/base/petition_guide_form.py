"""The guide 分类导引 on a page: one plain question at a time, answered by links, so that it needs no script."""

from collections.abc import Sequence
from urllib.parse import urlencode

from msgspec import Struct

from driftbox.apps.petitions.registering import guide
from driftbox.domain.docket.petition_guide import Door, GuideQuestion, GuideRoute, ask_next, find_route
from driftbox.web.base.telling import said


class Choice(Struct, frozen=True):
    """One answer: its words, and the address that gives it."""

    text: str
    to: str


class Given(Struct, frozen=True):
    """One question that was answered, and how; ``again``: the address that asks it once more."""

    ask: str
    answer: str
    again: str


class Guided(Struct, frozen=True):
    """How far the guide has come: what was answered, what is asked now, and what it finds in the end."""

    answers: tuple[str, ...]
    given: tuple[Given, ...]
    question: GuideQuestion | None
    choices: tuple[Choice, ...]
    way: GuideRoute | None
    door: Door | None
    number: int


def guided(answers: Sequence[str], more: Sequence[tuple[str, str]] = ()) -> Guided:
    """The guide after ``answers`` (codes from an address); what follows the first that fits nothing is forgotten.

    ``more`` is carried along in every address.
    """
    kept: list[str] = []
    given: list[Given] = []
    question = ask_next(guide(), kept)
    for code in answers:
        picked = next((one for one in question.answer if one.code == code), None) if question else None
        if question is None or picked is None:
            break
        given.append(Given(said(question.ask), said(picked.text), _address(kept, more)))
        kept.append(code)
        question = ask_next(guide(), kept)
    way = find_route(guide(), kept)
    choices = [Choice(said(one.text), _address([*kept, one.code], more)) for one in question.answer] if question else []
    door = next((one for one in guide().door if way and one.code == way.door), None)
    return Guided(tuple(kept), tuple(given), question, tuple(choices), way, door, len(kept) + 1)


def first_answer(matter: str) -> str:
    """The address that answers the first question for whoever has chosen ``matter`` already; empty if none fits."""
    first = ask_next(guide(), ())
    ways = {way.code: way.matter for way in guide().route}
    if first is None or matter not in ways.values():
        return ""
    fits = [one.code for one in first.answer if ways.get(one.route) == matter]
    fits += [one.code for one in first.answer if one.next]
    return _address(fits[:1], ()) if fits else ""


def _address(answers: Sequence[str], more: Sequence[tuple[str, str]]) -> str:
    return "?" + urlencode([*((name, value) for name, value in more if value), *(("answer", one) for one in answers)])
