"""My papers 交过的材料: what the office keeps of whoever signed in by phone, and saying that it is not used again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from driftbox.apps.errands.wallet import wallet_of, withdraw_reuse
from driftbox.apps.pack import calendar
from driftbox.apps.people.queries import particulars_of
from driftbox.domain.consult.holdings import FOREVER
from driftbox.domain.errors import NotFound, Refused
from driftbox.web.base.middleware import now_of, sentence_of


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """Every paper that is kept, from which case, until when it is good."""
    people = request.session.get("people", [])
    if not people:
        return redirect("sign_in:resident")
    wallets = [(particulars_of(person).name, wallet_of(person)) for person in people]
    context = {
        "wallets": [(name, kept) for name, kept in wallets if kept],
        "today": calendar().local_date(now_of(request)),
        "forever": FOREVER,
    }
    return render(request, "resident/papers.html", context)


@require_POST
def stop_reuse(request: HttpRequest, docket: UUID) -> HttpResponse:
    """Their owner does not want a paper used again."""
    people = request.session.get("people", [])
    if not people:
        return redirect("sign_in:resident")
    try:
        withdraw_reuse(people, str(docket), request.POST.get("code", ""), now=now_of(request))
    except NotFound:
        raise
    except Refused as refusal:
        messages.error(request, sentence_of(refusal))
        return redirect("resident:papers")
    messages.success(request, gettext("记下了。以后要用到这一样，会请您交新的。已经告诉过您的单子照旧。"))
    return redirect("resident:papers")
