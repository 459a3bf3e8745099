"""The guide 分类导引: at most four plain questions that say of which sort a petition is, and by which door it goes
(Regulation on Petition Work, Arts. 28–31). A decision table of the pack; a clerk confirms what it finds.
"""

from collections.abc import Sequence

from msgspec import Struct

from driftbox.domain.text import Text

MOST_QUESTIONS = 4


class GuideAnswer(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One answer: it leads to the question ``next``, or to the route by which the petition goes."""

    code: str
    text: Text
    next: str = ""
    route: str = ""


class GuideQuestion(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One plain question."""

    id: str
    ask: Text
    hint: Text | None = None
    answer: tuple[GuideAnswer, ...]


class GuideRoute(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One way a petition may go: its sort, for redress the route of Art. 31, the door it leaves by (empty: it stays),
    the matter under which it is registered, and what the person is told.
    """

    code: str
    matter: str
    sort: str
    route: str = ""
    door: str = ""
    name: Text
    told: Text
    article: str


class Door(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A door to knock on instead 该找的门: who, and what is done there."""

    code: str
    name: Text
    told: Text


class Ground(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A ground for not taking a petition on 不予受理的理由, with its article, and the door to name."""

    code: str
    name: Text
    told: Text
    door: str
    article: str


class Reasons(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One reason code that entries of these ``kinds`` may give, in words."""

    code: str
    kinds: tuple[str, ...]
    text: Text


class PetitionGuide(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``law/petition_guide.toml``: questions, routes, doors, grounds and reasons.

    ``first``: the question asked first. ``review`` and ``rereview``: the matters under which those dockets are opened.
    """

    first: str
    review: str
    rereview: str
    question: tuple[GuideQuestion, ...]
    route: tuple[GuideRoute, ...]
    door: tuple[Door, ...]
    ground: tuple[Ground, ...]
    reason: tuple[Reasons, ...] = ()

    def reasons_for(self, kind: str) -> tuple[Reasons, ...]:
        """The reasons that an entry of ``kind`` may give."""
        return tuple(reason for reason in self.reason if kind in reason.kinds)


def ask_next(guide: PetitionGuide, answers: Sequence[str]) -> GuideQuestion | None:
    """The question that follows ``answers`` (codes, in order); None when they lead to a route, or nowhere."""
    at = guide.first
    for code in answers:
        answer = _answer(guide, at, code)
        if answer is None or not answer.next:
            return None
        at = answer.next
    return _question(guide, at)


def find_route(guide: PetitionGuide, answers: Sequence[str]) -> GuideRoute | None:
    """The route to which ``answers`` (codes, in order) lead; None while something is still to be asked."""
    at, found = guide.first, ""
    for code in answers:
        answer = _answer(guide, at, code)
        if answer is None:
            return None
        at, found = answer.next, answer.route
    return next((route for route in guide.route if route.code == found), None)


def route_for(guide: PetitionGuide, sort: str, route: str) -> GuideRoute | None:
    """The way of a sort, and for redress of a route of Art. 31; without a route, that of a handled petition."""
    ways = [way for way in guide.route if way.sort == sort]
    return next((way for way in ways if way.route == route), ways[-1] if ways else None)


def _question(guide: PetitionGuide, wanted: str) -> GuideQuestion | None:
    return next((question for question in guide.question if question.id == wanted), None)


def _answer(guide: PetitionGuide, at: str, code: str) -> GuideAnswer | None:
    question = _question(guide, at)
    return next((answer for answer in question.answer if answer.code == code), None) if question else None
