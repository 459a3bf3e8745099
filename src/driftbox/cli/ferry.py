"""``driftbox ferry``: how to get from one pier to another, and when one would be there; the other commands below it."""

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from driftbox.cli import ferry_facts
from driftbox.cli.options import add_pack, pack_of
from driftbox.domain.errors import Refused
from driftbox.domain.ferry.plan import Journey, Trip, plan_arrival, plan_departure
from driftbox.domain.ferry.timetable import Timetable
from driftbox.gateways.gtfs import BadFeed, load_feed
from driftbox.gateways.sentences import sentence_of

_FIELDS = 3  # FROM, TO and the time


def register(subparsers: Any) -> None:
    """Add the command."""
    ferry = subparsers.add_parser("ferry", help="船班 · boats between piers")
    commands = ferry.add_subparsers(required=True, metavar="COMMAND")
    ferry_facts.register(commands)
    plan = commands.add_parser("plan", help="怎么坐船去 · how to get there by boat")
    plan.add_argument("origin", nargs="?", metavar="FROM", help="码头，名字或代号 · a pier, by name or id")
    plan.add_argument("target", nargs="?", metavar="TO", help="码头，名字或代号 · a pier, by name or id")
    plan.add_argument("--at", metavar="ISO", help="什么时候起，例如 2026-06-01T08:00 · from when on")
    plan.add_argument("--gtfs", type=Path, metavar="FEED", help="GTFS，文件夹或 zip · folder or zip")
    plan.add_argument(
        "--change-minutes", type=_minutes, default=5, metavar="N", help="转船要几分钟 · minutes to change"
    )
    plan.add_argument("--latest-by", action="store_true", help="--at 是最晚到的时候 · --at is the latest arrival")
    plan.add_argument(
        "--batch", type=Path, metavar="FILE", help="一行一问：FROM、TO、ISO，用制表符隔开 · tab-separated"
    )
    plan.add_argument("--json", action="store_true", help="给机器读 · for machines")
    add_pack(plan)
    plan.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Print a journey for each question; 2 and one sentence on stderr when the question or the feed is unsound."""
    try:
        questions = _questions(arguments)
        table = load_feed(arguments.gtfs or pack_of(arguments) / "timetable")
    except (Refused, BadFeed) as refusal:
        sys.stderr.write(f"{sentence_of(refusal)}\n")
        return 2
    for question in questions:
        answer = _answer(table, question, arguments)
        as_json = arguments.json or arguments.batch is not None
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n" if as_json else _as_text(answer))
    return 0


def _minutes(written: str) -> int:
    minutes = int(written)
    if not 0 <= minutes <= 24 * 60:
        raise argparse.ArgumentTypeError("0–1440")
    return minutes


def _questions(arguments: argparse.Namespace) -> list[list[str]]:
    if arguments.batch is None:
        asked = [arguments.origin, arguments.target, arguments.at]
        if None in asked:
            raise Refused("ferry.incomplete", "要写明从哪里、到哪里、--at 什么时候")
        _moment(arguments.at)
        return [asked]
    if arguments.origin is not None:
        raise Refused("ferry.both", "写了码头就不用 --batch，两样选一样")
    try:
        lines = arguments.batch.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        file = str(arguments.batch)
        raise Refused("ferry.batch", "打不开文件“{file}”，看看名字，存成 UTF-8", file=file) from error
    return [line.split("\t") for line in lines]


def _moment(written: str) -> datetime:
    try:
        return datetime.fromisoformat(written.strip())
    except ValueError as error:
        raise Refused("ferry.moment", "“{at}”不是时间，像这样写：2026-06-01T08:00", at=written) from error


def _answer(table: Timetable, question: list[str], arguments: argparse.Namespace) -> dict[str, object]:
    try:
        origin, target, written = _three(question)
        at = _moment(written)
        at = at.replace(tzinfo=table.zone) if at.tzinfo is None else at
        trip = Trip(origin=origin.strip(), target=target.strip(), change=arguments.change_minutes)
        return as_object((plan_departure if arguments.latest_by else plan_arrival)(table, trip, at))
    except Refused as refusal:
        return {"arrive": None, "why": sentence_of(refusal)}


def _three(question: list[str]) -> tuple[str, str, str]:
    if len(question) != _FIELDS:
        raise Refused("ferry.line", "一行要三样：从哪里、到哪里、什么时候，用制表符隔开")
    return question[0], question[1], question[2]


def as_object(journey: Journey) -> dict[str, object]:
    """A journey for machines; ``route`` and ``trip`` are null on a way over land."""
    legs = [
        {
            "from": leg.origin.id,
            "to": leg.target.id,
            "route": leg.route or None,
            "trip": leg.trip or None,
            "depart": leg.depart.isoformat(),
            "arrive": leg.arrive.isoformat(),
        }
        for leg in journey.legs
    ]
    return {"depart": journey.depart.isoformat(), "arrive": journey.arrive.isoformat(), "legs": legs}


def _as_text(answer: dict[str, Any]) -> str:
    if answer["arrive"] is None:
        return f"{answer['why']}\n"
    legs = [
        f"{leg['depart']} {leg['from']} → {leg['arrive']} {leg['to']}  {leg['trip'] or gettext('走陆路')}"
        for leg in answer["legs"]
    ]
    return "".join(f"{line}\n" for line in legs) or gettext("{when} 就在那里").format(when=answer["arrive"]) + "\n"
