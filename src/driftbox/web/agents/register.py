"""The register of agents, by name; one agent; a table taken in; what is left when somebody is no agent any more."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from driftbox.apps.agents.access import KEEPERS, agent_account
from driftbox.apps.agents.actions import change_agent, new_agent, restore_agent, revoke_agent
from driftbox.apps.agents.importing import BadTable, import_agents
from driftbox.apps.agents.queries import known_agent, open_cases_of, register, station_of
from driftbox.apps.pack import calendar, current_pack
from driftbox.domain.errors import Refused
from driftbox.web.agents.forms import AgentForm, NewAgentForm, TableForm, first_values
from driftbox.web.agents.words import kind_word, line_of
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.telling import place_name
from driftbox.web.base.viewer import staff_page, viewer_of


@staff_page(*KEEPERS)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Every agent of the offices below, by name; those of one station when it is asked for."""
    viewer, today = viewer_of(request), calendar().local_date(now_of(request))
    station = request.GET.get("station", "")
    known = [one for one in register(viewer.reach) if station in ("", station_of(one.office))]
    stations = [(o.code, place_name(o.code)) for o in current_pack().offices.values()
                if o.kind == "station" and o.code in viewer.reach]  # fmt: skip
    lines = [line_of(one, today) for one in known]
    context = {"lines": lines, "stations": stations, "station": station, "total": len(lines),
               "serving": sum(one.serves for one in lines)}  # fmt: skip
    return render(request, "agents/register.html", context)


@staff_page(*KEEPERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write down a new agent."""
    viewer = viewer_of(request)
    form = NewAgentForm(viewer.reach, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            account = new_agent(viewer, form.cleaned_data["username"], form.told(), now=now_of(request))
        except Refused as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            messages.success(request, gettext("写进名册了。登录的密码请管机器的人给他设。"))
            return redirect("agents:agent", person=account.person)
    return render(request, "agents/new.html", {"form": form}, status=400 if form.is_bound else 200)


@staff_page(*KEEPERS)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, person: UUID) -> HttpResponse:
    """One agent: what the register has, to change; and the cases in hand."""
    viewer, today = viewer_of(request), calendar().local_date(now_of(request))
    account = agent_account(viewer, str(person))
    known = known_agent(account)
    bound = request.POST if request.method == "POST" else None
    form = AgentForm(viewer.reach, bound, initial=first_values(known))
    if form.is_bound and form.is_valid():
        try:
            change_agent(viewer, account, form.told())
        except Refused as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            messages.success(request, gettext("改好了。"))
            return redirect("agents:agent", person=account.person)
    context = {
        "known": known, "line": line_of(known, today), "kind": kind_word(known.kind), "form": form,
        "cases": open_cases_of(account.person), "relatives": len(known.declared), "office": place_name(known.office),
    }  # fmt: skip
    return render(request, "agents/agent.html", context, status=400 if form.is_bound else 200)


@staff_page(*KEEPERS)
@require_POST
def standing(request: HttpRequest, person: UUID) -> HttpResponse:
    """No agent any more, or one again; the cases left in hand are then on the page, to be handed over at once."""
    account = agent_account(viewer_of(request), str(person))
    if request.POST.get("do") == "restore":
        restore_agent(account)
        messages.success(request, gettext("恢复了，可以派给他了。"))
    else:
        revoke_agent(account, calendar().local_date(now_of(request)))
        messages.success(request, gettext("他不再是代办员了。手里的事列在下面，请一件件交给别人。"))
    return redirect("agents:agent", person=account.person)


@staff_page(*KEEPERS)
@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in a table; every fault with its line, and then nothing of it."""
    form = TableForm(request.POST or None, request.FILES or None)
    faults: list[tuple[int, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            count = import_agents(form.cleaned_data["table"], viewer_of(request), now=now_of(request))
        except BadTable as bad:
            faults = [(one.line, gettext(one.sentence).format(**one.gaps)) for one in bad.faults]
            form.add_error(None, gettext("表里有几处要改，一行也没有收。改好再传一次。"))
        else:
            messages.success(request, gettext("收进 {count} 位。").format(count=count))
            return redirect("agents:register")
    status = 400 if request.method == "POST" else 200
    return render(request, "agents/import.html", {"form": form, "faults": faults}, status=status)
