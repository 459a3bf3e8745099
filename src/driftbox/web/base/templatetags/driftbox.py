"""Filters and tags of every template: texts of the pack, days and times as people say them, badges of days left."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, Literal

from django import template
from django.forms import BoundField
from django.utils.dateformat import format as format_date
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext
from msgspec import Struct

from driftbox.apps.pack import calendar, disk_pack
from driftbox.domain.consult.checklist import KINDS, WILL_DO, signers_of
from driftbox.domain.consult.matter import MaterialKind
from driftbox.domain.text import Text

SOON: Final = 3  # days left from which a badge is in bold
CHINESE: Final = re.compile(
    r"[\u3000-\u9fff\uff00-\uffef](?:[\u3000-\u9fff\uff00-\uffef\d .-]*[\u3000-\u9fff\uff00-\uffef])?"
)
WEEKDAYS: Final = (
    Text(zh="周一", en="Monday"),
    Text(zh="周二", en="Tuesday"),
    Text(zh="周三", en="Wednesday"),
    Text(zh="周四", en="Thursday"),
    Text(zh="周五", en="Friday"),
    Text(zh="周六", en="Saturday"),
    Text(zh="周日", en="Sunday"),
)
BadgeState = Literal["plain", "soon", "due", "late", "held", "met"]

register = template.Library()


class Badge(Struct, frozen=True):
    """A badge of days left: ``state`` gives its shape, ``text`` says the same in words."""

    state: BadgeState
    text: str


@register.filter
def said(text: Text | None) -> str:
    """A pack's text in the language of the page; nothing for nothing."""
    return text.in_language(_language()) if text else ""


@register.filter
def day(value: date | None) -> str:
    """A day without its year: 6月5日, or 5 June. A moment is read in the pack's own time zone."""
    return format_date(_local_day(value), "j F" if _english() else "n月j日") if value else ""


@register.filter
def full_day(value: date | None) -> str:
    """A day with its year, for what lasts long: 2027年5月13日, or 13 May 2027."""
    return format_date(_local_day(value), "j F Y" if _english() else "Y年n月j日") if value else ""


register.filter("local_day", day)
register.filter("moment_day", day)


@register.filter
def day_brief(value: date | None) -> str:
    """A day for a narrow column: 6月5日, or 5 Jun."""
    return format_date(_local_day(value), "j M") if value and _english() else day(value)


@register.filter
def day_week(value: date | None) -> str:
    """A day with its weekday, for where a person must act: 6月5日 周五, or Friday 5 June."""
    if not value:
        return ""
    name = said(WEEKDAYS[_local_day(value).weekday()])
    return f"{name} {day(value)}" if _english() else f"{day(value)} {name}"


@register.filter
def weekday(number: int) -> str:
    """The name of a weekday, 1 for Monday to 7 for Sunday, as packs count them."""
    return said(WEEKDAYS[number - 1])


@register.filter
def clock_time(value: datetime | None) -> str:
    """A time of day in the pack's own time zone, 24 hours, no seconds: 9:40."""
    if not value:
        return ""
    local = value.astimezone(calendar().zone)
    return f"{local.hour}:{local.minute:02d}"


@register.filter
def material_kind(kind: MaterialKind) -> str:
    """What is handed in: 原件, 复印件, …"""
    return said(KINDS[kind])


@register.filter
def will_do(kind: MaterialKind) -> str:
    """Whether a copy will do, in words."""
    return said(WILL_DO[kind])


@register.filter
def signers(codes: tuple[str, ...]) -> str:
    """Who signs, in words."""
    who = signers_of(codes)
    return said(who) if who else ""


@register.filter
def spaced_code(code: str) -> str:
    """A code in groups of four, to be read out: 8K3F 27A."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


@register.filter
def dialled(phone: str) -> str:
    """A phone number as a ``tel:`` link wants it."""
    return "".join(letter for letter in phone if letter.isdigit() or letter == "+")


@register.simple_tag
def house_phone() -> str:
    """The phone number of this house; needs no context, so that error pages can give it."""
    return disk_pack().hotline


@register.simple_tag
def html_lang() -> str:
    """The language of the page for ``<html lang>``."""
    return "en" if _english() else "zh-CN"


@register.filter
def listed(names: Iterable[str]) -> str:
    """Names one after the other, with the comma of the page's language between them."""
    return gettext("、").join(names)


@register.filter
def chinese_marked(text: str) -> SafeString:
    """A sentence in which Chinese on an English page, such as the name of a law, says that it is Chinese."""
    safe = conditional_escape(text)
    return mark_safe(CHINESE.sub(r'<span lang="zh-CN">\g<0></span>', safe) if _english() else safe)  # noqa: S308 - escaped above


@register.filter
def as_input(field: BoundField) -> SafeString:
    """A form field's input in the look of the house."""
    return field.as_widget(attrs={"class": "input"})


@register.inclusion_tag("base/_clock.html")
def clock_badge(due: date | None, today: date, state: str = "") -> dict[str, str]:
    """The badge of a date that someone can miss; ``state`` ``held`` or ``met`` overrides the count.

    No due date, no badge: a limit that the source does not give is not shown.
    """
    badge = badge_of(due, today, state)
    return {"state": badge.state, "text": badge.text} if badge else {}


def badge_of(due: date | None, today: date, state: str = "") -> Badge | None:
    """The badge for ``due`` as seen on ``today``, or None where there is nothing to say."""
    if state == "met":
        return Badge("met", gettext("按时办好"))
    if state == "held":
        return Badge("held", gettext("等您回话"))
    if due is None:
        return None
    left = (due - today).days
    if left < 0:
        return Badge("late", ngettext("过了 {days} 天", "过了 {days} 天", -left).format(days=-left))
    if left == 0:
        return Badge("due", gettext("就是今天"))
    text = ngettext("还有 {days} 天", "还有 {days} 天", left).format(days=left)
    return Badge("soon" if left <= SOON else "plain", text)


def _local_day(value: date) -> date:
    return calendar().local_date(value) if isinstance(value, datetime) else value


def _language() -> str:
    return get_language() or "zh-hans"


def _english() -> bool:
    return _language().startswith("en")
