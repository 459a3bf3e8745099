"""``driftbox dispatch``: give out what waits for somebody, as ``law/agents.toml`` allows; for a timer."""

import argparse
import json
import sys
from typing import Any

from driftbox.apps.agents.dispatching import NODE, give_out, plan_day, unclaimed
from driftbox.apps.pack import current_pack
from driftbox.cli.clock_now import now
from driftbox.cli.manage import prepare


def register(subparsers: Any) -> None:
    """Add the command."""
    dispatch = subparsers.add_parser("dispatch", help="give cases that nobody has to agents; petitions are asked first")
    dispatch.add_argument("--dry-run", action="store_true", help="only say who would get what")
    dispatch.add_argument("--json", action="store_true", help="end with one JSON object")
    dispatch.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Plan and give out; case numbers and counts only, no names."""
    prepare()
    moment, rows = now(), unclaimed()
    numbers = {row.docket: row.number for row in rows}
    _cases, plan = plan_day(tuple(numbers), tuple(current_pack().offices), moment)
    pairs = [(docket, agent.person) for docket, (agent, _reasons) in plan.given.items()]
    found = {"waiting": len(rows), "planned": len(pairs), "nobody": len(plan.nobody), "cost": plan.cost}
    if not arguments.dry_run:
        done = give_out(pairs, by="", role=NODE, now=moment)
        found |= {"assigned": len(done.assigned), "proposed": len(done.proposed), "overtaken": len(done.overtaken)}
    if arguments.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return 0
    for docket, _person in pairs:
        sys.stdout.write(f"{numbers[docket]}\n")
    sys.stdout.write("  ".join(f"{name} {count}" for name, count in found.items()) + "\n")
    return 0
