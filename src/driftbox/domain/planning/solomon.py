"""The text format of Solomon's instances for vehicle routing with time windows (M. M. Solomon, Operations Research
35(2), 1987): the measure by which planners of rounds are compared.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot, isfinite
from typing import Final

from msgspec import Struct

from driftbox.domain.errors import Refused

_FLEET, _CUSTOMER = 2, 7  # numbers on the line of the fleet, and on that of a customer
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
MOST: Final = 2000  # customers; more is no day's round
SLACK: Final = 1e-6  # by which sums of square roots may be off


class Customer(Struct, frozen=True):
    """One customer; 0 is the depot. Distance and time have the same unit."""

    number: int
    x: float
    y: float
    demand: float
    ready: float
    due: float
    service: float


class Instance(Struct, frozen=True):
    """A fleet and its customers; ``customers[0]`` is the depot, and each stands at the place of its number."""

    name: str
    vehicles: int
    capacity: float
    customers: tuple[Customer, ...]

    def distance(self, one: int, other: int) -> float:
        """The straight way between two customers."""
        here, there = self.customers[one], self.customers[other]
        return hypot(here.x - there.x, here.y - there.y)

    def length(self, route: Sequence[int]) -> float:
        """The way from the depot through ``route`` and back."""
        stops = (0, *route, 0)
        return sum(self.distance(one, other) for one, other in pairwise(stops))

    def holds(self, route: Sequence[int]) -> bool:
        """Whether one vehicle can serve ``route``: load, every window, and back in time."""
        at, load, here = self.customers[0].ready, 0.0, 0
        for there in (*route, 0):
            stop = self.customers[there]
            at = max(at + self.customers[here].service * (here > 0) + self.distance(here, there), stop.ready)
            load += stop.demand
            if at > stop.due + SLACK:
                return False
            here = there
        return load <= self.capacity + SLACK


class Routes(Struct, frozen=True):
    """An answer: which customers each vehicle serves, in order."""

    routes: tuple[tuple[int, ...], ...]

    def faults(self, instance: Instance) -> tuple[str, ...]:
        """What is wrong with it, as codes: ``window:n``, ``missing:n``, ``twice:n``, ``fleet``."""
        served = [number for route in self.routes for number in route]
        wanted = range(1, len(instance.customers))
        found = [f"window:{place}" for place, route in enumerate(self.routes) if not instance.holds(route)]
        found += [f"missing:{number}" for number in wanted if number not in served]
        found += [f"twice:{number}" for number in sorted(set(served)) if served.count(number) > 1]
        return tuple(found + ["fleet"] * (len(self.routes) > instance.vehicles))

    def distance(self, instance: Instance) -> float:
        """All ways together, unrounded."""
        return sum(instance.length(route) for route in self.routes)


def read_solomon(text: str) -> Instance:
    """The instance that ``text`` describes.

    Raises:
        Refused: it is no such file; the sentence names the line.
    """
    lines = text.splitlines()
    name = next((line.strip() for line in lines if line.strip()), "")[:60]
    rows = list(_rows(lines))
    fleet = next((numbers for _line, numbers in rows if len(numbers) == _FLEET), None)
    if fleet is None or not 1 <= fleet[0] <= MOST or fleet[1] < 0:
        raise Refused("rounds.fleet", "文件里没有写几辆车、装多少（VEHICLE 下面一行两个数），没有算")
    customers = [_customer(line, numbers) for line, numbers in rows if len(numbers) != _FLEET]
    if len(customers) < _FLEET or [one.number for one in customers] != list(range(len(customers))):
        raise Refused("rounds.customers", "文件里的客户要从 0 号（车场）起一行一个，一号不漏，没有算")
    if len(customers) > MOST + 1:
        raise Refused("rounds.too_many", "文件里的客户太多了，最多 {most} 个，没有算", most=MOST)
    return Instance(name, int(fleet[0]), fleet[1], tuple(customers))


def _rows(lines: Sequence[str]) -> Iterator[tuple[int, list[float]]]:
    """The lines of numbers only, each with its place in the file."""
    for place, line in enumerate(lines[1:], start=2):
        words = line.split()
        if words and all(_NUMBER.fullmatch(word) for word in words):
            yield place, [float(word) for word in words]


def _customer(line: int, numbers: Sequence[float]) -> Customer:
    sound = len(numbers) == _CUSTOMER and all(isfinite(number) and abs(number) < 10**9 for number in numbers)
    if not sound or min(numbers[3:]) < 0 or numbers[0] != int(numbers[0]) or numbers[4] > numbers[5]:
        raise Refused("rounds.line", "文件第 {line} 行要有七个数：号、横、纵、货、几时起、几时止、停多久", line=line)
    return Customer(int(numbers[0]), *numbers[1:])
