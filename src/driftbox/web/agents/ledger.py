"""What one agent did, line by line; the money paid back, and the certificate of service, as files."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET
from msgspec import Struct

from driftbox.apps.agents.access import ledger_account
from driftbox.apps.agents.ledgers import ledger_of
from driftbox.apps.node import pdf
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.people.models import Account
from driftbox.apps.people.queries import colleagues
from driftbox.domain.planning.ledger import LedgerLine, between, payable, sums, yuan
from driftbox.web.agents.forms import PeriodForm, period_of
from driftbox.web.agents.words import kind_word
from driftbox.web.base.handover_words import PURPOSES, word
from driftbox.web.base.middleware import now_of
from driftbox.web.base.pdf_files import pdf_answer
from driftbox.web.base.telling import page_language, place_name, said
from driftbox.web.base.viewer import staff_page, viewer_of

READERS = ("agent", "director", "supervisor")
MINUTES = 60
METRES = 1000


class Asked(Struct, frozen=True):
    """Whose ledger, for which days."""

    account: Account
    since: date
    until: date
    lines: tuple[LedgerLine, ...]
    form: PeriodForm


def _asked(request: HttpRequest, person: UUID) -> Asked:
    account = ledger_account(viewer_of(request), str(person))
    since, until, form = period_of(request.GET, calendar().local_date(now_of(request)))
    return Asked(account, since, until, between(ledger_of(account.person), since, until), form)


@staff_page(*READERS)
@require_GET
def ledger(request: HttpRequest, person: UUID) -> HttpResponse:
    """The ledger of one agent."""
    asked = _asked(request, person)
    total = sums(asked.lines)
    context = {
        "account": asked.account, "kind": kind_word(asked.account.agent_kind), "lines": _told(asked.lines),
        "form": asked.form, "total": total, "hours": hours(total.minutes), "km": kilometres(total.metres),
        "paid": yuan(total.cents), "waiting": yuan(total.waiting) if total.waiting else "",
        "period": f"since={asked.since}&until={asked.until}", "since": asked.since, "until": asked.until,
    }  # fmt: skip
    return render(request, "agents/ledger.html", context)


def hours(minutes: int) -> str:
    """Minutes as hours with one place."""
    return f"{minutes // MINUTES}.{minutes % MINUTES * 10 // MINUTES}"


def kilometres(metres: int) -> str:
    """Metres as kilometres with one place."""
    return f"{metres // METRES}.{metres % METRES * 10 // METRES}"


def _told(lines: Sequence[LedgerLine]) -> list[dict[str, object]]:
    names = colleagues()
    words = {
        "errand": gettext("接了一件"), "delivery": gettext("送到家"), "activity": gettext("跑路、办事"),
        "expense": gettext("垫的钱"),
    }  # fmt: skip
    states = {"asked": gettext("等人核"), "approved": gettext("核了"), "refused": gettext("没有核")}
    return [
        {
            "line": one, "what": words[one.deed], "km": kilometres(one.metres) if one.metres else "",
            "yuan": yuan(one.cents) if one.cents else "", "purpose": word(PURPOSES, one.purpose) if one.purpose else "",
            "state": states.get(one.state, ""),
            "by": names[one.decided_by].name if one.decided_by in names else "",
        }
        for one in lines
    ]  # fmt: skip


@staff_page(*READERS)
@require_GET
def allowance_csv(request: HttpRequest, person: UUID) -> HttpResponse:
    """The expenses to be paid back, as a table; its last row is their sum."""
    asked = _asked(request, person)
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(
        [gettext("日子"), gettext("编号"), gettext("为什么"), gettext("元"), gettext("谁核的"), gettext("凭证")]
    )
    names = colleagues()
    for one in payable(asked.lines):
        by = names[one.decided_by].name if one.decided_by in names else ""
        table.writerow([one.day, one.number, word(PURPOSES, one.purpose), yuan(one.cents), by, one.proof])
    table.writerow([gettext("合计"), "", "", yuan(sums(asked.lines).cents), "", ""])
    response = HttpResponse("\ufeff" + out.getvalue(), "text/csv; charset=utf-8")
    name = f"allowance-{asked.account.username}-{asked.since}-{asked.until}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response


@staff_page(*READERS)
@require_GET
def allowance_pdf(request: HttpRequest, person: UUID) -> HttpResponse:
    """The same on paper, to be signed."""
    asked = _asked(request, person)
    names = colleagues()
    rows = [
        [f"{one.day}", one.number, word(PURPOSES, one.purpose), yuan(one.cents),
         names[one.decided_by].name if one.decided_by in names else ""]
        for one in payable(asked.lines)
    ]  # fmt: skip
    data = _head(asked, gettext("垫付报销单")) | {
        "columns": [gettext("日子"), gettext("编号"), gettext("为什么"), gettext("元"), gettext("谁核的")],
        "rows": rows,
        "total": [gettext("合计"), yuan(sums(asked.lines).cents)],
        "none": gettext("这段日子没有核过的垫付"),
        "signs": [gettext("领款人"), gettext("经手人"), gettext("日期")],
    }
    return _printed(request, "allowance", data, f"allowance-{asked.account.username}")


@staff_page(*READERS)
@require_GET
def service_pdf(request: HttpRequest, person: UUID) -> HttpResponse:
    """The certificate of service: what the entries say, and nothing else."""
    asked = _asked(request, person)
    total = sums(asked.lines)
    facts = [
        [gettext("接办"), gettext("{n} 件").format(n=total.errands)],
        [gettext("送到家"), gettext("{n} 次").format(n=total.deliveries)],
        [gettext("记下的时间"), gettext("{n} 小时").format(n=hours(total.minutes))],
        [gettext("记下的路"), gettext("{n} 公里").format(n=kilometres(total.metres))],
    ]
    data = _head(asked, gettext("代办服务证明")) | {
        "sentence": gettext("{name}，{kind}，{since} 至 {until}，在{office}为群众代办，有条目为凭：").format(
            name=asked.account.name, kind=kind_word(asked.account.agent_kind), since=asked.since, until=asked.until,
            office=place_name(asked.account.office),
        ),
        "facts": facts,
        "signs": [gettext("单位（盖章）"), gettext("日期")],
    }  # fmt: skip
    return _printed(request, "service", data, f"service-{asked.account.username}")


def _head(asked: Asked, title: str) -> dict[str, object]:
    period = gettext("{since} 至 {until}").format(since=asked.since, until=asked.until)
    return {
        "title": title,
        "who": f"{asked.account.name}  {kind_word(asked.account.agent_kind)}  {place_name(asked.account.office)}",
        "period": period,
        "house": said(current_pack().region),
    }


def _printed(request: HttpRequest, template: str, data: dict[str, object], name: str) -> HttpResponse:
    made = now_of(request).astimezone(calendar().zone)
    content = pdf().render(template, data, title=str(data["title"]), made=made, language=page_language())
    return pdf_answer(content, name)
