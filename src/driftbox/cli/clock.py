"""``driftbox clock``: when is it due, and why? Counts the clocks of a procedure from the days it is told."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from driftbox.cli.clock_now import now
from driftbox.cli.options import add_language, add_pack, language_of, pack_of
from driftbox.domain.deadlines.calendar import Calendar
from driftbox.domain.deadlines.clocks import VERDICTS, Happening, Reading, read_clocks
from driftbox.domain.deadlines.rules import ClockRule, MatterLimit
from driftbox.domain.errors import BadPack, Refused
from driftbox.domain.text import Text
from driftbox.gateways.pack import Pack
from driftbox.gateways.pack_files import load_pack
from driftbox.gateways.sentences import sentence_of

OPENED = "case.opened"
YEARS = range(1950, 2200)  # years a case can lie in; further off, a date is a slip of the finger


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``clock`` to the subcommands of ``driftbox``."""
    parser = subparsers.add_parser("clock", help="哪一天到期，为什么 · when it is due, and why")
    parser.add_argument("procedure", metavar="PROCEDURE", help="errand, petition …")
    parser.add_argument("--receipt", metavar="DATE", help="收件的那天 · the day it came in, YYYY-MM-DD")
    parser.add_argument("--matter", metavar="CODE", help="事项 · the matter, taken on at once unless --entry says when")
    parser.add_argument(
        "--entry", action="append", default=[], metavar="KIND=DATE[:DAYS]", help="后来的事 · what came later"
    )
    parser.add_argument("--at", metavar="DATE", help="看哪一天，不写就是今天 · as of which day, else today")
    parser.add_argument(
        "--profile", action="append", metavar="NAME", help="按哪些规定算 · by which rules, else as the pack says"
    )
    parser.add_argument("--json", action="store_true", help="给机器读 · for machines")
    add_language(parser)
    add_pack(parser)
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the clocks that have started; 2 and one sentence on stderr when the question cannot be answered."""
    try:
        readings = _readings(load_pack(pack_of(arguments)), arguments)
    except (Refused, BadPack) as refusal:
        sys.stderr.write(f"{sentence_of(refusal)}\n")
        return 2
    shown = _as_json if arguments.json else _as_text
    sys.stdout.write(shown(readings, language_of(arguments)))
    return 0


def _readings(pack: Pack, arguments: argparse.Namespace) -> tuple[Reading, ...]:
    asked = arguments.procedure
    if asked not in pack.procedures:
        known = gettext("、").join(sorted(pack.procedures))
        raise Refused("clock.procedure", "没有“{asked}”这种程序，有的是：{known}", asked=asked, known=known)
    zone = ZoneInfo(pack.zone)
    rules = [rule for rule in pack.clocks if rule.procedure == asked]
    kinds = _kinds(rules) | {arrow.kind for arrow in pack.procedures[asked].arrows}
    happenings = [_happening(text, kinds, rules, zone) for text in arguments.entry]
    limit = None if arguments.matter is None else _limit(pack, asked, arguments.matter)
    if arguments.receipt is not None:
        receipt = _moment(arguments.receipt, zone)
        _require_after(receipt, happenings)
        happenings.append(Happening(OPENED, receipt))
        happenings += _taken_on_at_once(rules, happenings, receipt) if arguments.matter is not None else []
    if not happenings:
        raise Refused("clock.nothing", "还不知道从哪天算起，写上 --receipt 2026-07-01 或 --entry 哪一步=哪天")
    now_or_then, profiles = _as_of(arguments.at, happenings, zone), _profiles(pack, rules, arguments.profile)
    return read_clocks(rules, happenings, _calendar(pack, zone), now_or_then, limit, profiles)


def _profiles(pack: Pack, rules: Sequence[ClockRule], asked: list[str] | None) -> tuple[str, ...]:
    """The rules that apply: as asked on top of the nation's, else as the pack's setting ``clock_profiles`` has it."""
    known = dict.fromkeys(rule.profile for rule in rules)
    for name in asked or ():
        if name not in known:
            raise Refused("clock.profile", "没有“{name}”这套规定，有的是：{known}", name=name, known="、".join(known))
    if asked:
        return tuple(dict.fromkeys(("national", *asked)))
    held = pack.settings.get("clock_profiles", ("national",))
    return held if isinstance(held, tuple) else ("national",)


def _as_of(day: str | None, happenings: Sequence[Happening], zone: tzinfo) -> datetime:
    """The day asked for, else today; what is told of days ahead is a plan, so then the last of these."""
    if day is not None:
        return _moment(day, zone)
    return max(now(), *(happening.at for happening in happenings))


def _calendar(pack: Pack, zone: tzinfo) -> Calendar:
    off = {year: days.off for year, days in pack.years.items()}
    work = {year: days.work for year, days in pack.years.items()}
    return Calendar(zone, off, work)


def _kinds(rules: Sequence[ClockRule]) -> set[str]:
    """Every kind of entry that some clock listens to."""
    kinds = {OPENED}
    for rule in rules:
        kinds |= {rule.starts, *rule.stops, *((rule.extends,) if rule.extends else ())}
        kinds |= {kind for pause in rule.pauses for kind in (pause.opens, pause.closes)}
    return kinds


def _limit(pack: Pack, procedure: str, code: str) -> MatterLimit | None:
    matter = pack.matters.get(code)
    if matter is None:
        raise Refused("clock.matter", "没有编号是“{matter}”的事项，先用 driftbox find 找找", matter=code)
    if matter.procedure != procedure:
        sentence = "“{name}”走的是 {right}，不是 {procedure}"
        raise Refused("clock.procedure", sentence, name=matter.name.zh, right=matter.procedure, procedure=procedure)
    return matter.limit


def _require_after(receipt: datetime, happenings: Sequence[Happening]) -> None:
    """Nothing happened before the receipt.

    Raises:
        Refused: something did, so one of the two days is wrong.
    """
    early = next((one for one in happenings if one.at < receipt), None)
    if early:
        raise Refused(
            "clock.before", "{kind} 的日子 {day} 比收件的 {receipt} 还早，没有算。请再看看是哪个写错了。",
            kind=early.kind, day=f"{early.at:%Y-%m-%d}", receipt=f"{receipt:%Y-%m-%d}",
        )  # fmt: skip


def _taken_on_at_once(
    rules: Sequence[ClockRule], happenings: Sequence[Happening], receipt: datetime
) -> list[Happening]:
    """What starts the matter's own clocks happened on the day of receipt, unless it is said to have happened later."""
    said = {happening.kind for happening in happenings}
    starts = {rule.starts for rule in rules if rule.by_matter}
    return [Happening(kind, receipt) for kind in sorted(starts - said)]


def _happening(text: str, kinds: set[str], rules: Sequence[ClockRule], zone: tzinfo) -> Happening:
    """Read KIND=DATE or KIND=DATE:DAYS; an extension that names no days is the longest the law allows."""
    kind, _, rest = text.partition("=")
    day, colon, days = rest.partition(":")
    if kind not in kinds:
        known = gettext("、").join(sorted(kinds))
        raise Refused("clock.entry", "看不懂 --entry {text}，能写的有：{known}", text=text, known=known)
    if colon and not (days.isascii() and days.isdecimal()):
        raise Refused(
            "clock.entry", "看不懂 --entry {text}，冒号后面写几天，像 {kind}=2026-07-01:30", text=text, kind=kind
        )
    national = [rule for rule in rules if rule.extends == kind and rule.profile == "national"]
    longest = max((rule.extension_max for rule in national), default=0)
    return Happening(kind, _moment(day, zone), int(days) if days else longest)


def _moment(text: str, zone: tzinfo) -> datetime:
    """Noon of a day written YYYY-MM-DD: clocks count dates, so the hour says nothing."""
    fault = Refused("clock.date", "看不懂日期“{text}”，请写成 2026-07-01 这样", text=text)
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise fault from error
    if day.year not in YEARS:
        raise fault
    return datetime(day.year, day.month, day.day, 12, tzinfo=zone)


def _as_json(readings: Sequence[Reading], lang: str) -> str:
    rows = [
        {
            "clock": reading.clock,
            "starts": reading.starts.isoformat(),
            "due": None if reading.due is None else reading.due.isoformat(),
            "days": reading.days,
            "unit": reading.unit,
            "basis": reading.basis,
            "provisional": reading.provisional,
            "verdict": reading.verdict,
            "why": [line.in_language(lang) for line in reading.why],
        }
        for reading in readings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _as_text(readings: Sequence[Reading], lang: str) -> str:
    none = Text(zh="到这一天，还没有哪个时限开始算", en="No clock has started by this day")
    return "\n".join(_paragraph(reading, lang) for reading in readings) or none.in_language(lang) + "\n"


def _paragraph(reading: Reading, lang: str) -> str:
    nothing = Text(zh="没有定日子", en="no day is set")
    verdict = VERDICTS[reading.verdict].in_language(lang)
    due = nothing.in_language(lang) if reading.due is None else f"{reading.due.isoformat()} · {verdict}"
    head = f"{reading.name.in_language(lang)} · {due}"
    return "\n  ".join([head, *(line.in_language(lang) for line in reading.why)]) + "\n"
