"""Why a clock ends on its day, line by line, so that a clerk can count it again on a wall calendar."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from msgspec import Struct

from driftbox.domain.deadlines.counting import Due, Span
from driftbox.domain.deadlines.pauses import Held
from driftbox.domain.deadlines.rules import ClockRule, Unit
from driftbox.domain.text import Text

CIVIL_CODE_FROM: Final = date(2021, 1, 1)
_UNITS: Final = {"calendar": Text(zh="天", en="days"), "working": Text(zh="个工作日", en="working days")}


class Count(Struct, frozen=True, kw_only=True):
    """How one clock was counted. ``asked``: days of extension granted in time; ``extended``: those that stand.

    ``stopped``: the day of the first stopping entry, if there is one.
    """

    rule: ClockRule
    start: date
    due: Due | None
    held: tuple[Held, ...] = ()
    asked: int = 0
    extended: int = 0
    too_late: tuple[date, ...] = ()
    stopped: date | None = None

    @property
    def paused_now(self) -> bool:
        """Whether a pause that began in time is still open, so that the last day moves on with every day."""
        if self.stopped is not None or self.due is None:
            return False
        return any(one.open and one.span.first <= self.due.day for one in self.held)


def explain(count: Count) -> tuple[Text, ...]:
    """The reasons, in the order of the counting."""
    lines = [_rule(count.rule), _start(count)]
    if count.due is None:
        return (*lines, Text(zh="办事依据里没有写几天，就不定日子", en="The source gives no figure, so no day is set"))
    lines += _skipped(count.due)
    lines += _pauses(count)
    lines += _extension(count)
    lines += _rolled(count)
    provisional = why_provisional(count)
    lines += [provisional] if provisional is not None else []
    lines.append(Text(zh=f"最后一天是 {count.due.day}", en=f"The last day is {count.due.day}"))
    return (*lines, *_stopped(count))


def why_provisional(count: Count) -> Text | None:
    """Why the day may still move: years whose official days off are not known, or a pause that is not over."""
    found = [*_unknown_years(count), *_moving(count)]
    if not found:
        return None
    return Text(zh="；".join(text.zh for text in found), en="; ".join(text.en for text in found))


def _unknown_years(count: Count) -> Iterator[Text]:
    if count.due is not None and count.due.provisional_years:
        years = [str(year) for year in count.due.provisional_years]
        yield Text(
            zh=f"{'、'.join(years)} 年的放假安排还没有，先按周末算，公布后可能会变",
            en=f"The days off of {', '.join(years)} are not known yet; only weekends were counted, so the day may move",
        )


def _moving(count: Count) -> Iterator[Text]:
    if count.paused_now:
        yield Text(
            zh="停着的还没结束，先当今天结束来算，日子还没定下来",
            en="The pause is not over; counted as if it ended today, so the day is not fixed yet",
        )


def _rule(rule: ClockRule) -> Text:
    days = "" if rule.limit is None else str(rule.limit)
    unit = _UNITS[rule.unit]
    return Text(
        zh=f"{rule.name.zh}：{_amount(rule.limit, rule.unit)}{rule.basis}{_force(rule).zh}",
        en=f"{rule.name.en}: {f'{days} {unit.en}, ' if days else ''}{rule.basis}{_force(rule).en}",
    )


def _amount(days: int | None, unit: Unit) -> str:
    return "" if days is None else f"{days} {_UNITS[unit].zh}，"


def _force(rule: ClockRule) -> Text:
    """Since when, and until when; a matter's own basis has no date of its own, and the rule's would be a wrong one."""
    if rule.by_matter:
        return Text(zh="", en="")
    if rule.in_force_to is None:
        return Text(zh=f"（{rule.in_force_from} 起施行）", en=f" (in force since {rule.in_force_from})")
    return Text(
        zh=f"（{rule.in_force_from} 至 {rule.in_force_to} 施行）",
        en=f" (in force {rule.in_force_from} to {rule.in_force_to})",
    )


def _start(count: Count) -> Text:
    article = _article(count, 201)
    return Text(
        zh=f"{count.start} 开始，当天不算{article.zh}",
        en=f"It starts on {count.start}; that day is not counted{article.en}",
    )


def _article(count: Count, number: int) -> Text:
    """The article of the Civil Code, for clocks that started under it."""
    if count.start < CIVIL_CODE_FROM:
        return Text(zh="", en="")
    return Text(zh=f"（民法典第{number}条）", en=f" (Civil Code Art. {number})")


def _skipped(due: Due) -> Iterator[Text]:
    if due.skipped:
        yield Text(
            zh=f"休息日不算：{_ranges(due.skipped, '至', '、')}",
            en=f"Rest days are not counted: {_ranges(due.skipped, ' to ', ', ')}",
        )
    if due.made_up:
        days = [str(day) for day in due.made_up]
        yield Text(
            zh=f"调休上班的周末照算：{'、'.join(days)}",
            en=f"Weekend days that are worked are counted: {', '.join(days)}",
        )


def _ranges(spans: Iterable[Span], dash: str, comma: str) -> str:
    return comma.join(f"{s.first}" if s.first == s.last else f"{s.first}{dash}{s.last}" for s in spans)


def _pauses(count: Count) -> Iterator[Text]:
    if count.due is None:
        return
    for held in count.held:
        if held.span.last <= count.start or held.span.first > count.due.day:
            continue
        pause, first, last = held.pause, held.span.first, held.span.last
        if held.open:
            yield Text(
                zh=f"{pause.reason.zh}：{first} 起停着，还没结束（{pause.article}）",
                en=f"{pause.reason.en}: stopped since {first}, not over yet ({pause.article})",
            )
        else:
            yield Text(
                zh=f"{pause.reason.zh}：{first} 到 {last}，头尾两天都不算（{pause.article}）",
                en=f"{pause.reason.en}: {first} to {last}, neither end is counted ({pause.article})",
            )


def _extension(count: Count) -> Iterator[Text]:
    unit = _UNITS[count.rule.unit]
    if count.asked > count.extended:
        yield Text(
            zh=f"批了延期 {count.asked} {unit.zh}，最多只能延 {count.extended} {unit.zh}",
            en=f"An extension of {count.asked} {unit.en} was granted; at most {count.extended} {unit.en} are allowed",
        )
    elif count.extended:
        yield Text(zh=f"延期 {count.extended} {unit.zh}", en=f"Extended by {count.extended} {unit.en}")
    for day in count.too_late:
        yield Text(
            zh=f"{day} 才批延期，已经过了最后一天，不算",
            en=f"An extension granted on {day} came after the last day and does not stand",
        )


def _rolled(count: Count) -> Iterator[Text]:
    if count.due is not None and count.due.rolled_from is not None:
        article = _article(count, 203)
        yield Text(
            zh=f"最后一天 {count.due.rolled_from} 是休息日，顺延{article.zh}",
            en=f"The last day, {count.due.rolled_from}, is a rest day and moves on{article.en}",
        )


def _stopped(count: Count) -> Iterator[Text]:
    if count.stopped is None or count.due is None:
        return
    late = (count.stopped - count.due.day).days
    if late > 0:
        yield Text(zh=f"{count.stopped} 办到，晚了 {late} 天", en=f"Met on {count.stopped}, {late} days late")
    else:
        yield Text(zh=f"{count.stopped} 办到，没有过期", en=f"Met on {count.stopped}, in time")
