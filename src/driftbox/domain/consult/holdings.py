"""Papers handed in before 交过的材料: whether one still will do, and until when, so that it is not asked for again.

What is already held and good is not asked for (Zhejiang 最多跑一次 rules Art. 7). Using it again is for its owner
to say: they are told, may object (PIPL Art. 15), and an objection is an answer like any other.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Final

from msgspec import Struct

from driftbox.domain.consult.matter import Material, MaterialKind, Matter

AFRESH: Final = "ask_afresh"  # the answer: use none of the old papers; with ".CODE" after it: not that one
FOREVER: Final = date.max


class Held(Struct, frozen=True, kw_only=True):
    """A paper that stayed with us: as what, since which day, in which case (docket id and number)."""

    code: str
    kind: MaterialKind
    case: str
    number: str
    given: date


class Reuse(Struct, frozen=True, kw_only=True):
    """A paper of an earlier case that does for ``material``, good up to and including ``until``."""

    material: Material
    held: Held
    until: date

    @property
    def code(self) -> str:
        """The code of the material asked for; ``held.code`` may be another that does instead."""
        return self.material.code


def find_reuse(material: Material, held: Iterable[Held], answers: frozenset[str], today: date) -> Reuse | None:
    """The paper among ``held`` that does for ``material`` longest; None when there is none or the person objects."""
    if not answers.isdisjoint({AFRESH, objection(material.code)}):
        return None
    good = [paper for paper in held if does_for(material, paper) and today <= good_until(material, paper.given)]
    if not good:
        return None
    best = max(good, key=lambda paper: (paper.given, paper.case))
    return Reuse(material=material, held=best, until=good_until(material, best.given))


def does_for(material: Material, paper: Held) -> bool:
    """Whether ``paper`` is what ``material`` asks for: the same, or one that does instead, and of the same kind."""
    return paper.kind == material.kind and paper.code in (material.code, *material.instead)


def good_until(material: Material, given: date) -> date:
    """The last day on which a paper handed in on ``given`` is good.

    ``FOREVER`` when it never expires; the first day of the calendar when ``material`` must be fresh.
    """
    if material.never_expires:
        return FOREVER
    if material.valid_months is None:
        return date.min
    return months_after(given, material.valid_months)


def may_be_reused(material: Material) -> bool:
    """Whether a paper of this material is of use in a later case at all."""
    return material.never_expires or material.valid_months is not None


def objection(code: str) -> str:
    """The answer of a person who would rather hand in ``code`` anew."""
    return f"{AFRESH}.{code}"


def known_answers(matter: Matter) -> frozenset[str]:
    """Every answer that means something for ``matter``: its questions, and the objections to old papers."""
    asked = {question.id for question in matter.questions}
    return frozenset(asked | {AFRESH} | {objection(material.code) for material in matter.materials})


def months_after(day: date, months: int) -> date:
    """The same day of the month ``months`` later, or that month's last day (Civil Code Art. 202)."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
