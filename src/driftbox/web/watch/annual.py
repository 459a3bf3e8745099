"""The content of the annual report (Regulation on Petition Work, Art. 41): on a page, on paper, as a table of values.

Counts of petitions only, nothing by petitioner; a figure below five is not shown, so that nobody is recognised in it.
"""

import csv
import io
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET
from msgspec import Struct, structs

from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.petitions.queries import Annual, annual
from driftbox.domain.errors import NotFound
from driftbox.web.base.middleware import now_of
from driftbox.web.base.petition_page import CHANNELS
from driftbox.web.base.supervision import COLOURS
from driftbox.web.base.telling import place_name, said
from driftbox.web.base.viewer import staff_page
from driftbox.web.watch.forms import SATISFIED, SOLVED

FEW: Final = 5
FIRST_YEAR: Final = 2000
STAFF: Final = ("supervisor", "director")
PLAIN: Final = {
    "total": gettext_lazy("收到"),
    "joint": gettext_lazy("几个人一起反映的"),
    "transferred": gettext_lazy("转送"),
    "assigned": gettext_lazy("交办"),
    "supervised": gettext_lazy("督办"),
    "mediated": gettext_lazy("调解谈拢的"),
    "reopened": gettext_lazy("重办的"),
}
GROUPS: Final = {
    "sorts": gettext_lazy("哪一类"),
    "routes": gettext_lazy("走哪条路（第31条）"),
    "channels": gettext_lazy("怎么来的"),
    "offices": gettext_lazy("哪里收的"),
    "fields": gettext_lazy("哪方面的事"),
    "tiers": gettext_lazy("头一次办、复查、复核"),
    "outcomes": gettext_lazy("怎么答复的"),
    "in_time": gettext_lazy("按不按时"),
    "complained_offices": gettext_lazy("说到的单位"),
    "cards": gettext_lazy("亮着的牌"),
    "solved": gettext_lazy("解决了吗"),
    "satisfaction": gettext_lazy("满意吗"),
}
CODES: Final = {
    "suggestion": gettext_lazy("建议意见"), "accusation": gettext_lazy("检举控告"), "redress": gettext_lazy("申诉求决"),
    "unsorted": gettext_lazy("还没分类"), "none": gettext_lazy("不分"), "open": gettext_lazy("还在办"),
    "art31-1": gettext_lazy("诉讼"), "art31-2": gettext_lazy("仲裁"), "art31-3": gettext_lazy("党内申诉"),
    "art31-4": gettext_lazy("行政程序"), "art31-5": gettext_lazy("申请履职"), "art31-6": gettext_lazy("信访办理"),
    "first": gettext_lazy("头一次办"), "review": gettext_lazy("复查"), "rereview": gettext_lazy("复核"),
    "supported": gettext_lazy("支持"), "explained": gettext_lazy("解释清楚"), "not_supported": gettext_lazy("不支持"),
    "upheld": gettext_lazy("维持"), "changed": gettext_lazy("改了"), "taken_up": gettext_lazy("采纳"),
    "noted": gettext_lazy("留作参考"), "sent_on": gettext_lazy("转到别的门"), "declined": gettext_lazy("不受理"),
    "withdrawn": gettext_lazy("撤回"), "met": gettext_lazy("按时"), "late": gettext_lazy("晚了"),
    "running": gettext_lazy("还在期限里"), "overdue": gettext_lazy("过了期限，还没办"), "paused": gettext_lazy("停着"),
}  # fmt: skip


class Row(Struct, frozen=True):
    """One figure: its name, and the count, or that it is small."""

    name: str
    count: int

    @property
    def shown(self) -> str:
        """The figure as it may be read by everybody."""
        return str(self.count) if not 0 < self.count < FEW else gettext("不到 {few}").format(few=FEW)


@staff_page(*STAFF)
@require_GET
def newest(request: HttpRequest) -> HttpResponse:
    """To this year's figures."""
    return redirect("watch:annual", year=calendar().local_date(now_of(request)).year)


@staff_page(*STAFF)
@require_GET
def report(request: HttpRequest, year: int) -> HttpResponse:
    """The figures of one year."""
    known = _year(request, year)
    years = [
        one for one in (year - 1, year, year + 1) if FIRST_YEAR <= one <= calendar().local_date(now_of(request)).year
    ]
    context = {"year": year, "plain": _plain(known), "groups": _groups(known), "few": FEW, "years": years}
    return render(request, "watch/annual.html", context)


@staff_page(*STAFF)
@require_GET
def figures(request: HttpRequest, year: int) -> HttpResponse:
    """The same figures as comma-separated values, with a mark of its coding in front so that a spreadsheet reads it."""
    known = _year(request, year)
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow([gettext("哪一组"), gettext("哪一项"), gettext("多少件")])
    table.writerows([gettext("总数"), row.name, row.shown] for row in _plain(known))
    for title, rows in _groups(known):
        table.writerows([title, row.name, row.shown] for row in rows)
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="petitions-{year}.csv"'
    return response


def _year(request: HttpRequest, year: int) -> Annual:
    if not FIRST_YEAR <= year <= calendar().local_date(now_of(request)).year:
        raise NotFound("no_year", "没有这一年的数。请从今年往前看。")
    return annual(year, now_of(request))


def _plain(known: Annual) -> list[Row]:
    figures = structs.asdict(known)
    return [Row(str(name), figures[field]) for field, name in PLAIN.items()]


def _groups(known: Annual) -> list[tuple[str, list[Row]]]:
    groups = structs.asdict(known)
    return [
        (str(title), [Row(_name(field, code), count) for code, count in groups[field].items()])
        for field, title in GROUPS.items()
    ]


def _name(field: str, code: str) -> str:
    """A code in words."""
    pack = current_pack()
    if field in {"offices", "complained_offices"}:
        return place_name(code)
    if field == "fields":
        return said(pack.matters[code].name) if code in pack.matters else code
    words = {"channels": CHANNELS, "cards": COLOURS, "solved": dict(SOLVED)}.get(field, CODES)
    if field == "satisfaction":
        return str(dict(SATISFIED).get(int(code), code))
    return str(words.get(code, code))
