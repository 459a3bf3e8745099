"""``driftbox rounds``: plan a day of visits at home, and solve instances by which planners are compared."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any, Final

from django.utils.translation import get_language, gettext
from msgspec import structs

from driftbox.apps.dockets.queries import load_many
from driftbox.apps.node import rounds_solver
from driftbox.apps.pack import current_pack, subtree
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import colleagues
from driftbox.apps.rounds.actions import SECONDS, best_plan
from driftbox.apps.rounds.world import day_of
from driftbox.cli.clock_now import now
from driftbox.cli.manage import prepare
from driftbox.domain.errors import Refused
from driftbox.domain.planning.check import violations
from driftbox.domain.planning.day import Call, Day, Plan, Round
from driftbox.domain.planning.solomon import MOST, Instance, Routes, read_solomon
from driftbox.gateways.rounds import is_installed

NOBODY: Final = "00000000-0000-0000-0000-000000000000"  # is in no case
MAX_BYTES: Final = 1_000_000


def register(subparsers: Any) -> None:
    """Add the command."""
    rounds = subparsers.add_parser("rounds", help="走访 · visits at home")
    commands = rounds.add_subparsers(required=True, metavar="COMMAND")
    solve = commands.add_parser("solve", help="算一道 Solomon 题 · solve an instance in Solomon's text format")
    solve.add_argument("file", type=Path, metavar="FILE", help="题目，文本 · the instance, as text")
    solve.add_argument("--seconds", type=_seconds, default=30.0, metavar="N", help="算几秒 · how long to search")
    solve.add_argument("--vehicles", type=_vehicles, metavar="K", help="最多几辆车 · at most so many vehicles")
    solve.add_argument("--json", action="store_true", help="给机器读 · for machines")
    solve.set_defaults(func=run_solve)
    plan = commands.add_parser("plan", help="排一天的走访 · plan the visits of a day; writes nothing")
    plan.add_argument("--date", type=_date, required=True, metavar="D", help="哪一天，2026-06-05 · which day")
    plan.add_argument("--office", metavar="CODE", default="", help="哪个机构的，不写是全部 · of which office; all")
    plan.add_argument("--seconds", type=_seconds, default=SECONDS, metavar="N", help="算几秒 · how long to search")
    plan.add_argument("--json", action="store_true", help="给机器读 · for machines")
    plan.set_defaults(func=run_plan)


def _seconds(written: str) -> float:
    seconds = float(written)
    if not 0 < seconds <= 3600:  # noqa: PLR2004 - an hour
        raise argparse.ArgumentTypeError("0–3600")
    return seconds


def _vehicles(written: str) -> int:
    vehicles = int(written)
    if not 1 <= vehicles <= MOST:
        raise argparse.ArgumentTypeError(f"1–{MOST}")
    return vehicles


def _date(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise argparse.ArgumentTypeError("2026-06-05") from error


def run_solve(arguments: argparse.Namespace) -> int:
    """Print routes; ``distance`` is the unrounded sum of straight ways. Without ``--vehicles`` the fewest vehicles come
    first and the distance second, as the literature has it.
    """
    instance = _read(arguments.file)
    if arguments.vehicles:
        instance = structs.replace(instance, vehicles=arguments.vehicles)
    end = monotonic() + arguments.seconds  # loading the solver takes its part of the time
    solver = rounds_solver()
    found = solver.solve(instance, max(0.1, end - monotonic()))
    faults = found.faults(instance)
    if faults:
        raise Refused("rounds.unsound", "算出来的路线不能用，没有给出来：{fault}", fault=faults[0])
    if not is_installed():
        sys.stderr.write(gettext("没装 PyVRP，用的是简单的排法，路会长一些") + "\n")
    answer = {"vehicles": len(found.routes), "distance": found.distance(instance), "routes": found.routes}
    sys.stdout.write(json.dumps(answer) + "\n" if arguments.json else _route_text(instance, found))
    return 0


def _read(path: Path) -> Instance:
    try:
        with path.open("rb") as file:
            text = file.read(MAX_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused("rounds.file", "打不开文件“{file}”，看看名字，存成 UTF-8", file=str(path)) from error
    return read_solomon(text)


def _route_text(instance: Instance, found: Routes) -> str:
    lines = [f"{instance.name}: {len(found.routes)} / {found.distance(instance):.2f}"]
    lines += [f"{number:3d}  {' '.join(map(str, route))}" for number, route in enumerate(found.routes, start=1)]
    return "\n".join(lines) + "\n"


def run_plan(arguments: argparse.Namespace) -> int:
    """Print the rounds that would be proposed; cases by number, agents by name."""
    prepare()
    offices = current_pack().offices
    office = arguments.office or next(code for code, one in offices.items() if not one.parent)
    if office not in offices:
        raise Refused("rounds.office", "没有叫“{office}”的机构，看看 places 里的代号", office=office)
    viewer = Viewer(NOBODY, "", frozenset({"director"}), office, subtree(office))
    day = day_of(viewer, arguments.date, {}, {}, now=now())
    plan = best_plan(day, arguments.seconds)
    answer = _as_object(day, plan)
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n" if arguments.json else _as_text(answer))
    return 0


def _as_object(day: Day, plan: Plan) -> dict[str, Any]:
    numbers = {id_: loaded.docket.number for id_, loaded in load_many([visit.id for visit in day.visits]).items()}
    staff, language = colleagues(), get_language() or "zh"
    return {
        "date": day.date.isoformat(),
        "violations": [structs.asdict(one) for one in violations(plan, day)],
        "rounds": [
            {
                "agent": staff[one.agent].name, "leave": _clock(one.leave), "back": _clock(one.back),
                "visits": [_visit(call, numbers) for call in one.calls], "moves": _moves(one, language),
            }
            for one in plan.rounds
        ],
        "unserved": [{"visit": numbers[one.visit], "why": one.why.in_language(language)} for one in plan.left],
    }  # fmt: skip


def _visit(call: Call, numbers: dict[str, str]) -> dict[str, str]:
    return {"visit": numbers[call.visit], "place": call.place, "begin": _clock(call.begin), "end": _clock(call.end)}


def _moves(one: Round, language: str) -> list[dict[str, str]]:
    return [
        {
            "how": move.how, "from": move.names[0].in_language(language), "to": move.names[1].in_language(language),
            "depart": _clock(move.depart), "arrive": _clock(move.arrive), "trip": move.trip,
        }
        for move in one.moves
    ]  # fmt: skip


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _as_text(answer: dict[str, Any]) -> str:
    lines = []
    for one in answer["rounds"]:
        lines.append(f"{one['agent']}  {one['leave']}–{one['back']}")
        steps = [(move["depart"], f"{move['from']} → {move['to']}  {move['arrive']}") for move in one["moves"]]
        steps += [(visit["begin"], f"{visit['visit']}  {visit['place']}") for visit in one["visits"]]
        lines += [f"  {at}  {step}" for at, step in sorted(steps)]
    lines += [f"{one['visit']}  {one['why']}" for one in answer["unserved"]]
    return "".join(f"{line}\n" for line in lines) or gettext("这一天没有要走访的。") + "\n"
