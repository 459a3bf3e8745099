"""What is wrong or open in a roster, in sentences."""

from datetime import date
from typing import Final

from django.utils.translation import gettext, ngettext

from driftbox.domain.planning.roster import RosterRules
from driftbox.domain.planning.roster_book import Swap
from driftbox.domain.planning.roster_check import Cannot, Shortfall, Violation
from driftbox.domain.planning.roster_file import FileFault
from driftbox.web.base.telling import said

ROLE_NAMES: Final = {
    "clerk": "窗口人员", "director": "站长", "agent": "代办员", "officer": "部门经办人", "full_time": "专职代办员",
    "part_time": "兼职代办员", "volunteer": "志愿者",
}  # fmt: skip
KEPT_AWAY: Final = {
    "leave": "{n} 人请假", "boat": "{n} 人没有船上岛", "fixed": "{n} 人只上别的固定班", "twice": "{n} 人那时候已有班",
    "rest": "{n} 人歇得不够", "week": "{n} 人这周班满了", "nights": "{n} 人连夜满了",
}  # fmt: skip
BREACHES: Final = {
    "leave": "排了请假的人", "boat": "那天没有船带他上岛", "fixed": "他只上固定的那一班", "twice": "同一个人排在两处",
    "rest": "前一班下来歇得不够", "week": "那一周的班太多", "nights": "连着的夜班太多",
    "unknown_person": "不是这里的人", "unknown_shift": "没有这个班次", "no_such_slot": "那天没有这个班",
}  # fmt: skip
FAULTS: Final = {
    "columns": "第 {line} 行：要三样，日期、班次、谁，用逗号隔开",
    "day": "第 {line} 行：“{said}”不是日子，像这样写：2026-06-01",
    "month": "第 {line} 行：{said} 不在这个月",
    "shift": "第 {line} 行：没有“{said}”这个班次",
    "no_slot": "第 {line} 行：那天没有“{said}”",
    "person": "第 {line} 行：这里没有“{said}”这个人",
    "twice": "第 {line} 行：跟第 {other} 行一样，删掉一行",
    "overlap": "第 {line} 行：跟第 {other} 行撞了，同一个人一天只能上一班",
    "rest": "第 {line} 行：跟第 {other} 行离得太近，歇得不够",
    "too_many": "行数太多，请一个月一个月地导",
}
SWAPS: Final = {
    "asked": "等对方回话", "agreed": "两边说好了，等站长点头", "done": "换好了", "refused": "对方不换",
    "denied": "站长没有同意", "overtaken": "班已经变了，不算了",
}  # fmt: skip


def role_name(code: str) -> str:
    """A role or kind of agent by name."""
    return gettext(ROLE_NAMES[code]) if code in ROLE_NAMES else code


def _shift(rules: RosterRules, code: str) -> str:
    shift = rules.shift(code)
    return said(shift.name) if shift else code


def _day(day: date) -> str:
    return f"{day.month}-{day.day}"


def open_words(short: Shortfall, rules: RosterRules) -> str:
    """A shift that is open, and why: "6-12 夜班缺 1 人：2 人请假、3 人歇得不够"."""
    head = ngettext("{day} {shift}缺 {n} 人", "{day} {shift}缺 {n} 人", short.missing)
    if short.skill:
        head = ngettext("{day} {shift}缺 {n} 位{skill}", "{day} {shift}缺 {n} 位{skill}", short.missing)
    text = head.format(
        day=_day(short.day), shift=_shift(rules, short.shift), n=short.missing, skill=role_name(short.skill)
    )  # fmt: skip
    why = [gettext(KEPT_AWAY[rule]).format(n=number) for rule, number in short.why]
    if short.free:
        why.append(ngettext("还有 {n} 人能上", "还有 {n} 人能上", short.free).format(n=short.free))
    return gettext("{what}：{why}").format(what=text, why=gettext("、").join(why)) if why else text


def broken_words(one: Violation, rules: RosterRules, name: str) -> str:
    """A rule that is broken: "6-12 夜班，林晓：歇得不够"."""
    return gettext("{day} {shift}，{name}：{why}").format(
        day=_day(one.day), shift=_shift(rules, one.shift), name=name, why=gettext(BREACHES[one.rule])
    )


def cannot_words(one: Cannot, rules: RosterRules) -> str:
    """Why the rules cannot be kept, whoever does what, and what to do."""
    if one.what == "nobody":
        return gettext("这里还没有能轮班的人。先给他们开账号，写上角色。")
    if one.what == "shifts":
        return gettext("一个月要 {need} 个人次，这些人最多 {have} 个。添人，或把一周最多几班放宽。").format(
            need=one.need, have=one.have
        )
    if one.what == "skill":
        return gettext("{shift}要 {need} 位{skill}，只有 {have} 位。").format(
            shift=_shift(rules, one.shift), need=one.need, skill=role_name(one.skill), have=one.have
        )
    return gettext("{shift}要 {need} 个人，能上的只有 {have} 个。").format(
        shift=_shift(rules, one.shift), need=one.need, have=one.have
    )


def fault_words(fault: FileFault) -> str:
    """What is wrong with a line of a file."""
    return gettext(FAULTS[fault.what]).format(line=fault.line, said=fault.said, other=fault.other)


def swap_words(swap: Swap) -> str:
    """How a swap stands."""
    return gettext(SWAPS[swap.state])
