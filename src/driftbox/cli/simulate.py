"""``driftbox simulate``: months of an invented Putuo through the acts of this house, by its own seed and clock."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings

from driftbox.apps.node import silent_phones
from driftbox.apps.pack import current_pack
from driftbox.apps.simulation.driver import begin, play
from driftbox.apps.simulation.ground import quicken, require_rehearsal
from driftbox.apps.simulation.history import digest_of_history, entries_written, figures_of
from driftbox.apps.simulation.world import Plan
from driftbox.cli.manage import prepare
from driftbox.cli.simulate_table import compared, table
from driftbox.domain.errors import Refused
from driftbox.domain.simulation.chance import Chance
from driftbox.domain.simulation.measures import Figures
from driftbox.domain.simulation.policy import POLICIES
from driftbox.gateways.assumptions import read_assumptions
from driftbox.gateways.octets import begin_rehearsal, octets, rehearsed

OWN: Final = "DRIFTBOX_SIMULATION"
FIRST_DAY: Final = "2026-03-02"  # a Monday; fixed, so that the same seed tells the same history whenever it is run
MOST_DAYS, MOST_RUNS, MOST_CASES = 400, 200, 2000


def register(subparsers: Any) -> None:
    """Add the command."""
    simulate = subparsers.add_parser("simulate", help="let an invented Putuo live for some days, and count")
    simulate.add_argument("--days", type=int, default=30, help="how many days")
    simulate.add_argument("--seed", default="1", help="the same seed makes the same history, to the digest")
    simulate.add_argument("--cases-per-day", type=float, help="on a working day; as the pack assumes when not given")
    simulate.add_argument("--policy", action="append", choices=list(POLICIES), help="given twice: compared")
    simulate.add_argument("--runs", type=int, default=1, help="so many runs of each, with seeds that follow from yours")
    simulate.add_argument("--from", dest="first", default=FIRST_DAY, help="the first day, such as 2026-03-02")
    simulate.add_argument("--home", type=Path, help="keep the run in this empty folder")
    simulate.add_argument("--json", action="store_true", help="print one JSON object")
    simulate.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Each run in a folder and a process of its own, so that nothing real can be touched."""
    _require_sound(arguments)
    if os.environ.get(OWN):
        return _live(arguments)
    policies = arguments.policy or ["box"]
    if arguments.home:
        begin_rehearsal(arguments.home)
    jobs = [(name, f"{arguments.seed}-{number}" if arguments.runs > 1 else arguments.seed)
            for name in policies for number in range(1, arguments.runs + 1)]  # fmt: skip
    with ThreadPoolExecutor(max_workers=min(len(jobs), os.cpu_count() or 1)) as pool:
        done = list(pool.map(lambda job: _apart(arguments, *job), jobs))
    sys.stdout.write(_told(arguments, policies, done))
    return 0


def _require_sound(arguments: argparse.Namespace) -> None:
    per_day = arguments.cases_per_day
    if not 1 <= arguments.days <= MOST_DAYS:
        raise Refused("simulation.days", "天数要在 1 到 {most} 之间，没有跑。", most=MOST_DAYS)
    if not 1 <= arguments.runs <= MOST_RUNS:
        raise Refused("simulation.runs", "遍数要在 1 到 {most} 之间，没有跑。", most=MOST_RUNS)
    if per_day is not None and not 0 < per_day <= MOST_CASES:
        raise Refused("simulation.cases", "一天的件数要大于 0，最多 {most}，没有跑。", most=MOST_CASES)
    if arguments.home and (arguments.runs > 1 or len(arguments.policy or []) > 1):
        raise Refused("simulation.one_home", "一个文件夹只放一遍。请一次只跑一种办法、一遍。")
    try:
        date.fromisoformat(arguments.first)
    except ValueError:
        raise Refused("simulation.first", "第一天要写成 2026-03-02 这样，没有跑。") from None


def _apart(arguments: argparse.Namespace, policy: str, seed: str) -> dict[str, Any]:
    """One run in a process of its own; what it says."""
    with tempfile.TemporaryDirectory() as folder:
        home = arguments.home or Path(folder) / "home"
        if not arguments.home:
            begin_rehearsal(home)
        environment = os.environ | {
            OWN: "1", "DRIFTBOX_HOME": str(home), "DRIFTBOX_DATABASE_URL": "", "DRIFTBOX_DEMO": "",
            "PYTHONHASHSEED": "0",
        }  # fmt: skip
        command = [sys.executable, "-m", "driftbox.cli.main", "simulate", f"--days={arguments.days}", f"--seed={seed}"]
        command += ["--policy", policy, "--from", arguments.first]
        command += [f"--cases-per-day={arguments.cases_per_day}"] if arguments.cases_per_day else []
        told = subprocess.run(command, env=environment, check=False, stdout=subprocess.PIPE)  # noqa: S603 - our own program
    if told.returncode:
        raise Refused("simulation.failed", "有一遍没有跑成，上面写了为什么。什么真的东西都没有动。")
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return found


def _live(arguments: argparse.Namespace) -> int:
    """The run itself: keys, ids and sealing follow from the seed, and the database does not wait for the disk."""
    require_rehearsal()
    with rehearsed(settings.DRIFTBOX_HOME, Chance(f"{arguments.seed}/octets").octets), silent_phones():
        prepare()
        quicken()
        world = begin(_plan(arguments))
        began = perf_counter()
        play(world, world.plan.end)
        seconds = perf_counter() - began
    told = {
        "policy": world.policy.name, "seed": arguments.seed, "days": arguments.days,
        "figures": msgspec.to_builtins(figures_of(world)), "digest": digest_of_history(), "entries": entries_written(),
        "seconds": round(seconds, 2), "happened": dict(sorted(world.counts.items())),
        "refused": dict(sorted(world.refusals.items())),
    }  # fmt: skip
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    return 0


def _plan(arguments: argparse.Namespace) -> Plan:
    assume = read_assumptions(settings.DRIFTBOX_PACK)
    start = datetime.combine(date.fromisoformat(arguments.first), time(), ZoneInfo(current_pack().zone))
    return Plan(
        start=start, end=start + timedelta(days=arguments.days), seed=arguments.seed,
        policy=POLICIES[(arguments.policy or ["box"])[0]], assume=assume,
        per_day=arguments.cases_per_day or assume.cases_per_day, password=octets(16).hex(),
    )  # fmt: skip


def _told(arguments: argparse.Namespace, policies: Sequence[str], done: Sequence[dict[str, Any]]) -> str:
    over = {name: [msgspec.convert(one["figures"], Figures) for one in done if one["policy"] == name]
            for name in policies}  # fmt: skip
    if arguments.json:
        means = compared(over) if arguments.runs > 1 else {}
        return json.dumps({"runs": list(done), "means": means}, ensure_ascii=False) + "\n"
    digests = [f"{one['policy']} {one['seed']} {one['digest']}  {one['entries']} 条 entries  {one['seconds']} s"
               for one in done]  # fmt: skip
    return table(over) + "\n" + "\n".join(digests) + "\n"
