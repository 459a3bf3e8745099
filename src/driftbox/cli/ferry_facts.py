"""``driftbox ferry import · realtime · suspend · resume · recompute · status``: what is said of boats, and by which
timetable; what stops or goes again moves the promises that hang on it.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from driftbox.apps.errands.recompute import recompute
from driftbox.apps.pack import calendar
from driftbox.apps.sailings import actions, queries
from driftbox.apps.sailings.access import recorder_named, recording_role
from driftbox.cli.clock_now import now
from driftbox.cli.manage import prepare
from driftbox.domain.errors import Refused
from driftbox.domain.ferry.book import Halt
from driftbox.domain.ferry.facts import CAUSES
from driftbox.domain.ferry.schedule import Boat, difference
from driftbox.gateways.gtfs import read_schedule
from driftbox.gateways.gtfs_realtime import read_realtime
from driftbox.gateways.sentences import sentence_of

SHOWN = 20  # boats of a difference that are told one by one
KINDS = ("route", "trip", "stop")


def register(commands: Any) -> None:
    """Add the commands below ``driftbox ferry``."""
    taken = _add(commands, "import", "换时刻表，先说哪里变了 · adopt a timetable; says what changes", run_import)
    taken.add_argument("feed", type=Path, metavar="FEED", help="GTFS，文件夹或 zip · folder or zip")
    taken.add_argument("--from", dest="since", type=date.fromisoformat, metavar="DAY", help="哪天起 · from this day on")
    taken.add_argument("--dry-run", action="store_true", help="只看，不换 · only look")
    _add_by(taken)
    realtime = _add(commands, "realtime", "收 GTFS-Realtime 文件 · take in a realtime feed", run_realtime)
    realtime.add_argument("file", type=Path, metavar="FILE")
    realtime.add_argument("--whole", action="store_true", help="里面没有的就算复航 · what it lacks is over")
    suspend = _add(commands, "suspend", "记停航 · boats do not go", run_suspend)
    _add_scope(suspend)
    suspend.add_argument("--cause", choices=CAUSES, required=True, help="风、雾、台风、修船、别的")
    suspend.add_argument("--until", type=datetime.fromisoformat, metavar="ISO", help="到几时 · until when")
    resume = _add(commands, "resume", "记复航 · boats go again", run_resume)
    _add_scope(resume)
    for command in (suspend, resume):
        command.add_argument(
            "--since", type=datetime.fromisoformat, metavar="ISO", help="几时起，不写是现在 · from when"
        )
        command.add_argument("--who", default="", metavar="CODE", help="谁说的，如 operator · who said so")
        command.add_argument("--phone", action="store_true", help="电话里听说的 · heard by telephone")
        _add_by(command)
    _add(commands, "recompute", "照现在的船重算答应的日子 · count the promises anew as boats sail now", run_recompute)
    status = _add(commands, "status", "现在哪些停航、加班、晚点 · what is suspended, added, late now", run_status)
    status.add_argument("--json", action="store_true", help="给机器读 · for machines")


def _add(commands: Any, name: str, said: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=said)
    parser.set_defaults(func=run)
    return parser


def _add_by(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", default="", metavar="USER", help="谁记的，账号 · user name of who records it")


def _add_scope(parser: argparse.ArgumentParser) -> None:
    scope = parser.add_mutually_exclusive_group(required=True)
    for kind, said in zip(KINDS, ("航线 route", "一班船 trip", "码头 stop"), strict=True):
        scope.add_argument(f"--{kind}", metavar="ID", help=said)


def _scope(arguments: argparse.Namespace) -> dict[str, Any]:
    kind = next(kind for kind in KINDS if getattr(arguments, kind) is not None)
    return {"kind": kind, "id_": getattr(arguments, kind)}


def _recorder(arguments: argparse.Namespace, at: datetime) -> dict[str, Any]:
    if not arguments.by:
        raise Refused("ferry.by", "要写明是谁记的：--by 账号")
    viewer = recorder_named(arguments.by)
    return {"by": viewer.person, "role": recording_role(viewer), "now": at}


def _said(arguments: argparse.Namespace, at: datetime) -> dict[str, Any]:
    source = "phone" if arguments.phone else "operator"
    since = _aware(arguments.since) if arguments.since else at
    return {"since": since, "who": arguments.who, "source": source, **_recorder(arguments, at)}


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=calendar().zone) if moment.tzinfo is None else moment


def run_import(arguments: argparse.Namespace) -> int:
    """Say what a timetable changes, and let boats go by it."""
    prepare()
    at = now()
    since = arguments.since or calendar().local_date(at)
    found = difference(queries.current_schedule(at), read_schedule(arguments.feed))
    _list(gettext("没有了的船：{count} 班"), "-", [_boat(boat) for boat in found.gone_boats])
    _list(gettext("新的船：{count} 班"), "+", [_boat(boat) for boat in found.new_boats])
    _list(gettext("没有了的码头：{count} 个"), "-", found.gone_stops)
    _list(gettext("新的码头：{count} 个"), "+", found.new_stops)
    if arguments.dry_run:
        return 0
    feed = actions.import_feed(arguments.feed, since, **_recorder(arguments, at))
    sys.stdout.write(gettext("{day} 起用这份时刻表：{feed}").format(day=since, feed=feed) + "\n")
    return run_recompute(arguments)


def _list(head: str, sign: str, lines: Sequence[str]) -> None:
    if lines:
        sys.stdout.write(head.format(count=len(lines)) + "\n")
        sys.stdout.writelines(f"  {sign} {line}\n" for line in lines[:SHOWN])
        sys.stdout.write("  …\n" if len(lines) > SHOWN else "")


def _boat(boat: Boat) -> str:
    route, origin, target, depart = boat
    return f"{depart // 3600:02}:{depart // 60 % 60:02} {origin} → {target} ({route})"


def run_realtime(arguments: argparse.Namespace) -> int:
    """Take in a realtime feed."""
    prepare()
    taken = actions.import_realtime(read_realtime(arguments.file), whole=arguments.whole, now=now())
    said = gettext("新记 {new} 条，早知道的 {known} 条，没收 {aside} 条")
    sys.stdout.write(said.format(new=taken.new, known=taken.known, aside=len(taken.aside)) + "\n")
    sys.stdout.writelines(f"  {one.entity[:60]!r} {sentence_of(one.why)}\n" for one in taken.aside[:SHOWN])
    return run_recompute(arguments) if taken.new else 0


def run_suspend(arguments: argparse.Namespace) -> int:
    """Record a suspension."""
    prepare()
    until = _aware(arguments.until) if arguments.until else None
    actions.suspend(**_scope(arguments), cause=arguments.cause, until=until, **_said(arguments, now()))
    sys.stdout.write(gettext("停航记下了。") + "\n")
    return run_recompute(arguments)


def run_resume(arguments: argparse.Namespace) -> int:
    """Record a resumption."""
    prepare()
    actions.resume_all(**_scope(arguments), **_said(arguments, now()))
    sys.stdout.write(gettext("复航记下了。") + "\n")
    return run_recompute(arguments)


def run_recompute(_arguments: argparse.Namespace) -> int:
    """Count every promise anew that hangs on boats, and tell each family once; doing it again changes nothing."""
    prepare()
    done = recompute(now())
    said = gettext("答应过日子的 {cases} 件，重算了 {renewed} 件，告诉了 {told} 家")
    sys.stdout.write(said.format(cases=done.cases, renewed=done.renewed, told=done.told) + "\n")
    return 0


def run_status(arguments: argparse.Namespace) -> int:
    """Print what is suspended, added and late."""
    prepare()
    service = queries.service_now(now())
    told = {
        "at": service.at.isoformat(),
        "demo": service.is_demo,
        "missing": list(service.missing),
        "suspended": [_halt(halt) for halt in service.halts],
        "added": [{"trip": one.trip, "day": one.day.isoformat()} for one in service.added],
        "late": [{"trip": one.trip, "day": one.day.isoformat(), "minutes": one.minutes} for one in service.delays],
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n" if arguments.json else _as_text(told))
    return 0


def _halt(halt: Halt) -> dict[str, str | None]:
    zone = calendar().zone
    return {
        "entry": halt.said.entry, "kind": halt.kind, "id": halt.id, "cause": halt.cause, "who": halt.said.who,
        "source": halt.said.source, "since": halt.since.astimezone(zone).isoformat(),
        "until": halt.until.astimezone(zone).isoformat() if halt.until else None,
    }  # fmt: skip


def _as_text(told: dict[str, Any]) -> str:
    lines = [gettext("时刻表是演示用的，船班是编的。")] if told["demo"] else []
    lines += [gettext("这份时刻表不在本机：{feed}").format(feed=feed) for feed in told["missing"]]
    halted = gettext("停航：{id}（{cause}），{since} 起，到 {until}，{who} 说的")
    lines += [halted.format(**one | {"until": one["until"] or "…"}) for one in told["suspended"]]
    lines += [gettext("加班：{trip}，{day}").format(**one) for one in told["added"]]
    lines += [gettext("晚点：{trip}，{day}，{minutes} 分钟").format(**one) for one in told["late"]]
    if not (told["suspended"] or told["added"] or told["late"]):
        lines.append(gettext("都照时刻表开。"))
    return "\n".join(lines) + "\n"
