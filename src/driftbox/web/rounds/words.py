"""A sheet of rounds in words: each round step by step, each visit with who, why and when."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext
from msgspec import Struct

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.pack import current_pack
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import GONE, Colleague, Particulars, colleagues, particulars_of_all
from driftbox.apps.rounds.sheet import Held, Sheet, steps_of
from driftbox.apps.rounds.world import WHY_NOT, Crew
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound
from driftbox.domain.planning.day import Call, Move, Round
from driftbox.domain.planning.visits import REASONS
from driftbox.web.base.telling import place_name, said


class VisitLine(Struct, frozen=True, kw_only=True):
    """One visit: whom, for what, why, where and when. ``left``: why it is not planned. ``outcome``: made today."""

    docket: str
    number: str
    name: str
    phone: str
    title: str
    place: str
    why: tuple[str, ...]
    begin: str = ""
    end: str = ""
    agents: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    people: int = 1
    held: Held = Held()
    left: str = ""


class Step(Struct, frozen=True, kw_only=True):
    """One step of a round: a way in words, or a visit."""

    at: str
    until: str
    way: str = ""
    how: str = ""
    visit: VisitLine | None = None


class RoundLines(Struct, frozen=True, kw_only=True):
    """One agent's round."""

    agent: str
    name: str
    leave: str
    back: str
    visits: int
    steps: tuple[Step, ...]


class SheetLines(Struct, frozen=True, kw_only=True):
    """A whole sheet. ``struck``: visits that a person left out this time; ``stuck``: agents who cannot come home."""

    rounds: tuple[RoundLines, ...]
    left: tuple[VisitLine, ...]
    struck: tuple[VisitLine, ...]
    stuck: tuple[str, ...]


def clock(minute: int) -> str:
    """A minute of the day as people read it."""
    return f"{minute // 60}:{minute % 60:02d}"


def sheet_lines(viewer: Viewer, sheet: Sheet) -> SheetLines:
    """The sheet for somebody at the desk."""
    ids = [*(call.visit for _one, call in sheet.calls()), *(one.visit for one in sheet.plan.left), *sheet.held]
    teller = Teller(viewer, sheet, ids)
    planned = {call.visit for _round, call in sheet.calls()}
    left = {one.visit: said(one.why) for one in sheet.plan.left}
    struck = [id_ for id_, held in sheet.held.items() if held.struck and id_ not in planned and id_ not in left]
    return SheetLines(
        rounds=tuple(teller.round(one) for one in sheet.plan.rounds),
        left=tuple(teller.visit(id_, left=why) for id_, why in left.items()),
        struck=tuple(teller.visit(id_) for id_ in struck),
        stuck=tuple(teller.name(person) for person in sheet.plan.stuck),
    )


def round_lines(viewer: Viewer, one: Round, sheet: Sheet) -> RoundLines:
    """One round of a sheet for the agent whose it is."""
    return Teller(viewer, sheet, [call.visit for call in one.calls]).round(one)


class OffLine(Struct, frozen=True):
    """An agent who does not go out on that day: the hours of their shift, or why they are on none."""

    person: str
    name: str
    words: str


def idle_lines(crew: Crew, lines: SheetLines) -> tuple[OffLine, ...]:
    """Who is on shift and has no round."""
    busy = {one.agent for one in lines.rounds}
    return tuple(
        OffLine(one.known.person, one.known.name, f"{clock(one.since)}–{clock(one.until)}")
        for one in crew.on
        if one.known.person not in busy
    )


def off_lines(crew: Crew) -> tuple[OffLine, ...]:
    """Who is not on shift, each with the reason."""
    return tuple(OffLine(one.known.person, one.known.name, said(WHY_NOT[one.why])) for one in crew.off)


class Teller:
    """Puts a sheet into words for one viewer; of a case that they do not reach it says nothing."""

    def __init__(self, viewer: Viewer, sheet: Sheet, ids: Iterable[str]) -> None:
        self.sheet = sheet
        cases = [case for id_ in ids for case in (id_, *sheet.also.get(id_, ()))]
        self._dockets: dict[str, Docket] = dict(_reached(viewer, cases))
        self._people: Mapping[str, Particulars] = particulars_of_all(
            docket.beneficiary or docket.applicant for docket in self._dockets.values()
        )
        self._staff: Mapping[str, Colleague] = colleagues()

    def name(self, person: str) -> str:
        """An agent's name."""
        return self._staff[person].name if person in self._staff else GONE.name

    def round(self, one: Round) -> RoundLines:
        """A round step by step."""
        walked = steps_of(one)
        last = max((place for place, step in enumerate(walked) if isinstance(step, Call)), default=-1)
        steps = tuple(self._step(step, home=place > last) for place, step in enumerate(walked))
        return RoundLines(agent=one.agent, name=self.name(one.agent), leave=clock(one.leave), back=clock(one.back),
                          visits=len(one.calls), steps=steps)  # fmt: skip

    def visit(self, id_: str, call: Call | None = None, left: str = "") -> VisitLine:
        """One visit."""
        docket = self._dockets.get(id_, Docket())
        person = self._people.get(docket.beneficiary or docket.applicant, GONE)
        agents = self.sheet.agents_of(id_)
        return VisitLine(
            docket=id_, number=docket.number, name=person.name, phone=person.phone,
            title=self._titles(id_), place=place_name(docket.office) if docket.office else "",
            why=tuple(said(REASONS[code]) for code in self.sheet.why.get(id_, ()) if code in REASONS),
            begin=clock(call.begin) if call else "", end=clock(call.end) if call else "", agents=agents,
            names=tuple(map(self.name, agents)), people=max(len(agents), self.sheet.held.get(id_, Held()).people, 1),
            held=self.sheet.held.get(id_, Held()), left=left,
        )  # fmt: skip

    def _titles(self, id_: str) -> str:
        """What it is about: the matters of all cases that the visit is for."""
        matters = current_pack().matters
        codes = [self._dockets[case].matter for case in (id_, *self.sheet.also.get(id_, ())) if case in self._dockets]
        return gettext("、").join(dict.fromkeys(said(matters[code].plain) for code in codes if code in matters))

    def _step(self, step: Move | Call, *, home: bool) -> Step:
        if isinstance(step, Call):
            return Step(at=clock(step.begin), until=clock(step.end), visit=self.visit(step.visit, step))
        words = {
            "boat": gettext("坐船，从{origin}到{target}"),
            "foot": gettext("走路，从{origin}到{target}"),
            "wheels": gettext("坐车，从{origin}到{target}"),
        }
        way = words[step.how].format(origin=said(step.names[0]), target=said(step.names[1]))
        if step.ends[0] == step.ends[1]:
            way = gettext("回到{target}").format(target=said(step.names[1])) if home else gettext("到下一家")
        return Step(at=clock(step.depart), until=clock(step.arrive), way=way, how=step.how)


def _reached(viewer: Viewer, ids: Iterable[str]) -> Iterable[tuple[str, Docket]]:
    for id_ in dict.fromkeys(ids):
        try:
            yield id_, docket_for(viewer, id_)
        except NotFound:
            continue
