"""The real maker of rosters: OR-Tools CP-SAT, on this machine. Needs the extra ``planning``."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Final

from ortools.sat.python import cp_model

from driftbox.domain.planning.roster import Duty, Member, Slot, Task, plain_roster, slot_of, stands_against

_PERSON: Final = 1000  # what it costs that somebody is missing, a skill is missing, nights and shifts lie apart
_SKILL: Final = 400
_NIGHT: Final = 20
_SHIFT: Final = 10
_SEED: Final = 245  # the same roster for the same task, as far as the time allows
_MOST: Final = 10_000

Key = tuple[str, date, str]


class CpSatRosterMaker:
    """Looks for the roster that leaves fewest shifts open, and then shares nights and shifts most evenly."""

    name = "solver"

    def make(self, task: Task, seconds: float) -> tuple[Duty, ...]:
        """See ``gateways/roster.py``; it begins at the plain roster, so that it is never worse."""
        plain = plain_roster(task)
        model = _Model(task, plain)
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = 2
        solver.parameters.random_seed = _SEED
        if solver.solve(model.cp) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return plain
        made = {Duty(day, shift, person) for (person, day, shift), var in model.on.items() if solver.value(var)}
        return tuple(sorted(made | set(task.kept)))


class _Model:
    """One task as constraints: ``on`` has a switch for each person and slot that no rule forbids by itself."""

    def __init__(self, task: Task, hint: Iterable[Duty]) -> None:
        self.task, self.cp, self.slots = task, cp_model.CpModel(), task.slots()
        self.on: dict[Key, cp_model.IntVar] = {}
        self._cost: list[cp_model.LinearExprT] = []
        for member in task.members:
            before = [duty for duty in task.before if duty.person == member.person]
            self._switches(member, before)
            self._rest(member)
            self._weeks(member, before)
            self._nights(member, before)
        for slot in self.slots:
            self._staff(slot)
        self._share()
        hinted = {(duty.person, duty.day, duty.shift) for duty in hint}
        for key, var in self.on.items():
            self.cp.add_hint(var, int(key in hinted))
        self.cp.minimize(sum(self._cost))

    def _switches(self, member: Member, before: list[Duty]) -> None:
        kept = {(duty.day, duty.shift) for duty in self.task.kept if duty.person == member.person}
        for slot in self.slots:
            key = (member.person, slot.day, slot.shift.code)
            if (slot.day, slot.shift.code) in kept:
                self.on[key] = self.cp.new_constant(1)
            elif not stands_against(self.task, member, slot, before):
                self.on[key] = self.cp.new_bool_var(" ".join(map(str, key)))

    def _own(self, member: Member) -> list[tuple[Slot, cp_model.IntVar]]:
        keyed = ((slot, (member.person, slot.day, slot.shift.code)) for slot in self.slots)
        return [(slot, self.on[key]) for slot, key in keyed if key in self.on]

    def _rest(self, member: Member) -> None:
        """Of two shifts that lie too close together, one at most."""
        own = self._own(member)
        for place, (one, var) in enumerate(own):
            held = [Duty(one.day, one.shift.code, member.person)]
            for other, second in own[place + 1 :]:
                if (other.day - one.day).days > 9:  # noqa: PLR2004 - a week of rest and two days that shifts may last
                    break
                if stands_against(self.task, member, other, held) in {"twice", "rest"}:
                    self.cp.add_at_most_one(var, second)

    def _weeks(self, member: Member, before: list[Duty]) -> None:
        weeks: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        for slot, var in self._own(member):
            weeks[_week(slot.day)].append(var)
        for week, held in weeks.items():
            had = sum(_week(duty.day) == week for duty in before)
            self.cp.add(sum(held) <= max(0, self.task.rules.per_week - had))

    def _nights(self, member: Member, before: list[Duty]) -> None:
        """In no row of days that is one longer than allowed, every day has a night."""
        nights: dict[date, list[cp_model.LinearExprT]] = defaultdict(list)
        for duty in before:
            slot = slot_of(self.task.rules, duty)
            if slot and slot.shift.night:
                nights[duty.day].append(1)
        for slot, var in self._own(member):
            if slot.shift.night:
                nights[slot.day].append(var)
        days, most = sorted(nights), self.task.rules.nights_running
        for place in range(len(days) - most):
            row = days[place : place + most + 1]
            if all((second - first).days == 1 for first, second in pairwise(row)):
                self.cp.add(sum(var for day in row for var in nights[day]) <= most)

    def _staff(self, slot: Slot) -> None:
        """Enough people on a slot, nobody to spare, and whoever is missing costs."""
        keyed = [(one, (one.person, slot.day, slot.shift.code)) for one in self.task.members]
        there = [(one, self.on[key]) for one, key in keyed if key in self.on]
        kept = sum((duty.day, duty.shift) == (slot.day, slot.shift.code) for duty in self.task.kept)
        most = max(slot.shift.people, kept, sum(slot.shift.skills.values()))
        self.cp.add(sum(var for _one, var in there) <= most)
        self._missing(slot.shift.people, [var for _one, var in there], _PERSON)
        for skill, need in sorted(slot.shift.skills.items()):
            self._missing(need, [var for one, var in there if skill in one.skills], _SKILL)

    def _missing(self, need: int, there: list[cp_model.IntVar], price: int) -> None:
        missing = self.cp.new_int_var(0, need, "missing")
        self.cp.add(sum(there) + missing >= need)
        self._cost.append(price * missing)

    def _share(self) -> None:
        """Nights, then shifts, as even as can be among those who rotate, with the weeks before."""
        rotating = [one for one in self.task.members if not one.fixed]
        if not rotating:
            return
        for price, only_nights in ((_NIGHT, True), (_SHIFT, False)):
            least, most = self.cp.new_int_var(0, _MOST, "least"), self.cp.new_int_var(0, _MOST, "most")
            for member in rotating:
                own = [var for slot, var in self._own(member) if slot.shift.night or not only_nights]
                total = sum(own) + (member.nights if only_nights else member.duties)
                self.cp.add(total >= least)
                self.cp.add(total <= most)
            self._cost.append(price * (most - least))


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]
