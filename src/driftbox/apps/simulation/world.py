"""Who and what a simulation is played with: staff, boxes, residents, and what is still to come."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from msgspec import Struct, field

from driftbox.apps.custody.actions import register_box
from driftbox.apps.custody.models import BoxRow
from driftbox.apps.errands.casting import cast_staff
from driftbox.apps.errands.hands import Hand
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.people.actions import write_account
from driftbox.apps.people.models import Account
from driftbox.domain.docket.items import Item
from driftbox.domain.errors import NotFound
from driftbox.domain.simulation.agenda import Agenda
from driftbox.domain.simulation.arrivals import Asking
from driftbox.domain.simulation.assumptions import Assumptions, Route, Spread
from driftbox.domain.simulation.chance import Chance
from driftbox.domain.simulation.hours import Opening, next_open
from driftbox.domain.simulation.policy import Policy

NAMES: Final = "石林海波阿潮小汐建港晓岚"


class Plan(Struct, frozen=True, kw_only=True):
    """What is to be simulated. ``start``: local midnight of the first day; ``fresh``: nobody was here before, so that
    the roster is made as well. ``password``: of the staff of the stories.
    """

    start: datetime
    end: datetime
    seed: str
    policy: Policy
    assume: Assumptions
    per_day: float
    fresh: bool = True
    password: str


class Life(Struct):
    """One case and the people around it, as the driver knows them; everything else stands in the docket."""

    asking: Asking
    chance: Chance
    docket: str = ""
    way: str = ""
    items: tuple[Item, ...] = ()
    left_out: bool = False
    tries: int = 0
    claimed: datetime | None = None


class Line(Struct):
    """One route and its box: ``side`` where the box stands (``sea`` while aboard); ``to_go`` are results that wait
    across for it, ``planned`` whether it is to sail already.
    """

    route: Route
    side: str = "island"
    planned: bool = False
    outbound: list[Life] = field(default_factory=list)
    inbound: list[Life] = field(default_factory=list)
    to_go: list[Life] = field(default_factory=list)
    offline_until: datetime | None = None

    def pier(self, side: str) -> str:
        """The pier of a side."""
        return self.route.island if side == "island" else self.route.across


class World:
    """Everything a simulation knows; the acts are in the other modules."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.policy, self.assume = plan, plan.policy, plan.assume
        self.chance, self.agenda = Chance(plan.seed), Agenda()
        self.lives: list[Life] = []
        self.counts: Counter[str] = Counter()
        self.refusals: Counter[str] = Counter()
        self.lines = {one.office: Line(one) for one in plan.assume.routes}
        self.cast: dict[str, Account] = {}
        self.people: dict[tuple[str, str], Account] = {}
        self.sayings = {code: [s.say for s in current_pack().sayings if s.matters[:1] == (code,)]
                        for code in plan.assume.matters}  # fmt: skip
        self.is_rest = calendar().is_rest_day

    def staff_up(self) -> None:
        """Staff and boxes that the simulation needs; who is there already stays.

        Raises:
            NotFound: the assumptions name an office, a pier or a matter that the pack does not have.
        """
        _require_known(self.assume)
        now = self.plan.start
        self.cast = cast_staff(self.plan.password, now=now)
        departments = sorted({current_pack().matters[code].department for code in self.assume.matters})
        wanted = [(one.office, "clerk") for one in self.assume.routes]
        wanted += [(one.office, "agent") for one in self.assume.routes]
        wanted += [(one, "officer") for one in departments]
        known = {row.username: row for row in Account.objects.filter(username__startswith="sim-")}
        for number, (office, role) in enumerate(wanted):
            username = f"sim-{office.lower()}-{role}"
            self.people[office, role] = known.get(username) or write_account(
                username, None, name=NAMES[number % len(NAMES)] + NAMES[-1 - number // len(NAMES)], office=office,
                roles=[role], kind="volunteer" if self.policy.volunteers_only else "full_time", phone="", now=now,
            )  # fmt: skip
        director = self.cast["hu"].person
        for one in self.assume.routes:
            if self.policy.box and not BoxRow.objects.filter(pk=one.box).exists():
                register_box(one.box, one.island, by=director, role="director", now=now)

    def person(self, office: str, role: str) -> str:
        """Whoever works in this role at this office."""
        return self.people[office, role].person

    def hand(self, life: Life, role: str, at: datetime) -> Hand:
        """A hand of the staff around a case; what was done out of reach is handed in with the time it was done."""
        office, claimed = life.asking.route.office, life.claimed
        life.claimed = None
        return Hand(by=self.person(office, role), role=role, now=at, claimed=claimed, sent=at if claimed else None)

    def line_of(self, life: Life) -> Line:
        """The route of a case."""
        return self.lines[life.asking.route.office]

    def later(self, at: datetime, spread: Spread, chance: Chance) -> datetime:
        """``at`` and a while of so many hours."""
        return at + timedelta(hours=chance.between(spread.low, spread.usual, spread.high))

    def in_office(self, at: datetime) -> datetime:
        """The next moment at which windows and departments are open."""
        return next_open(at, self.assume.office_hours, self.is_rest)

    def on_foot(self, at: datetime) -> datetime:
        """The next moment at which an agent is about."""
        return next_open(at, self._agent_hours(), self.is_rest)

    def _agent_hours(self) -> Sequence[Opening]:
        volunteers = self.policy.volunteers_only
        return self.assume.volunteer_hours if volunteers else self.assume.full_time_hours

    def put(self, at: datetime, what: str, who: Any = None) -> None:
        """Put something on the agenda."""
        self.agenda.put(at, what, who)

    def today(self, at: datetime) -> date:
        """The local day of an instant."""
        return at.astimezone(self.plan.start.tzinfo).date()


def _require_known(assume: Assumptions) -> None:
    pack = current_pack()
    missing = [code for code in assume.matters if code not in pack.matters]
    for one in assume.routes:
        missing += [one.office] * (one.office not in pack.offices)
        missing += [pier for pier in (one.island, one.across) if pier not in pack.piers]
    if missing:
        raise NotFound("simulation.unknown", "模拟的假设里写了 {what}，资料包里没有。请改好再来。", what=missing[0])
