"""Sailings 船班: a clerk or a crew member records what does not go, what goes again or besides, what is late."""

from datetime import date, datetime
from typing import Any, Final, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from msgspec import Struct

from driftbox.apps.errands.recompute import recompute
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.people.access import Viewer
from driftbox.apps.sailings import actions
from driftbox.apps.sailings.access import recording_role
from driftbox.apps.sailings.queries import ServiceNow, load, recorders, service_now, stop_of
from driftbox.domain.errors import Refused
from driftbox.domain.ferry import facts as f
from driftbox.domain.ferry.book import Halt
from driftbox.domain.ferry.realtime import run_window
from driftbox.domain.log.entry import Body, moment_text
from driftbox.web.base.boats import CAUSES, SOURCES, WHO, day_and_time
from driftbox.web.base.middleware import now_of
from driftbox.web.base.telling import said
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.desk.boat_lines import boats_ahead, history, subject_of

STAFF: Final = ("clerk", "director", "officer", "supervisor", "crew", "agent")
DESK: Final = STAFF[:4]
MYSELF: Final = "me"
EMPTY: Final = [("", "—")]


class MomentField(forms.CharField):
    """A day and a time of the pack's own clock."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"})
        super().__init__(max_length=25, widget=widget, **more)

    def clean(self, value: object) -> datetime | None:
        """The aware moment; None where nothing is written."""
        text = super().clean(value)
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise forms.ValidationError(_("时间看不懂，像这样写：2026-06-01T08:00")) from None
        return moment.replace(tzinfo=calendar().zone) if moment.tzinfo is None else moment


class SaidForm(forms.Form):
    """Who said it, heard how."""

    who = forms.ChoiceField(label=_("谁说的"))
    source = forms.ChoiceField(label=_("怎么知道的"))

    def __init__(self, service: ServiceNow, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.service = service
        people = [(code, word) for code, word in WHO.items() if code != "gtfs_rt"]
        _choose(self, "who", [*people, (MYSELF, _("我自己看到的"))])
        _choose(self, "source", [(code, word) for code, word in SOURCES.items() if code != "gtfs_rt"])
        self.order_fields([name for name in self.fields if name not in {"who", "source"}])

    def body(self, viewer: Viewer) -> Body:
        """The fact to record."""
        raise NotImplementedError

    def said(self, viewer: Viewer) -> dict[str, Any]:
        """Who said it and how, for a body."""
        who = self.cleaned_data["who"]
        return {"who": viewer.person if who == MYSELF else who, "source": self.cleaned_data["source"]}


def _choose(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = choices


class SuspendForm(SaidForm):
    """Boats do not go."""

    which = forms.ChoiceField(label=_("哪些船不开"))
    cause = forms.ChoiceField(label=_("为什么"), choices=list(CAUSES.items()))
    since = MomentField(label=_("几时起"))
    until = MomentField(label=_("到几时"), required=False, help_text=_("不知道就空着，等复航再记"))
    replaces = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, service: ServiceNow, *args: Any, **more: Any) -> None:
        super().__init__(service, *args, **more)
        routes = [(f"route:{id_}", name) for id_, name in service.routes.items()]
        piers = [(f"stop:{pier.stop}", said(pier.name)) for pier in current_pack().piers.values() if pier.stop]
        trips = [(f"trip:{one.boat.day}|{one.boat.trip}", one.text) for one in boats_ahead(service)]
        known = {stop.id for stop in service.table.stops}
        groups = [
            (_("航线"), routes),
            (_("码头"), [one for one in piers if one[0][5:] in known]),
            (_("只这一班，时间不用填"), trips),
        ]
        chosen = [*EMPTY, *((name, held) for name, held in groups if held)]
        _choose(self, "which", cast("list[tuple[str, Any]]", chosen))

    def body(self, viewer: Viewer) -> Body:
        """The fact to record; a single boat stands still for its day, so that tomorrow's goes."""
        data = self.cleaned_data
        kind, _colon, id_ = data["which"].partition(":")
        since, until = data["since"], data["until"]
        if kind == "trip":
            day, _bar, id_ = id_.partition("|")
            since, until = run_window(self.service.table, id_, date.fromisoformat(day)) or (since, until)
        return f.SailingSuspended(
            kind=kind, id=id_, since=moment_text(since), until=moment_text(until) if until else "",
            cause=data["cause"], replaces=data["replaces"], **self.said(viewer),
        )  # fmt: skip


class ResumeForm(SaidForm):
    """Boats go again."""

    suspension = forms.ChoiceField(label=_("哪一条停航"))
    since = MomentField(label=_("几时起开"))

    def __init__(self, service: ServiceNow, *args: Any, **more: Any) -> None:
        super().__init__(service, *args, **more)
        _choose(self, "suspension", [(one.said.entry, _halted(service, one)) for one in standing(service)])

    def body(self, viewer: Viewer) -> Body:
        """The fact to record."""
        data = self.cleaned_data
        return f.SailingResumed(
            suspension=data["suspension"], since=moment_text(data["since"]), **self.said(viewer)
        )  # fmt: skip


class ExtraForm(SaidForm):
    """A boat goes besides."""

    origin = forms.ChoiceField(label=_("从哪里"))
    target = forms.ChoiceField(label=_("到哪里"))
    depart = MomentField(label=_("几时开"))
    arrive = MomentField(label=_("几时到"))

    def __init__(self, service: ServiceNow, *args: Any, **more: Any) -> None:
        super().__init__(service, *args, **more)
        piers = [(code, said(pier.name)) for code, pier in current_pack().piers.items() if pier.stop]
        for name in ("origin", "target"):
            _choose(self, name, [*EMPTY, *piers])

    def clean(self) -> dict[str, object]:
        """Two piers, and the arrival after the departure."""
        data = super().clean() or {}
        if data.get("origin") and data.get("origin") == data.get("target"):
            self.add_error("target", _("到的码头要和开的不一样"))
        if data.get("depart") and data.get("arrive") and data["arrive"] <= data["depart"]:
            self.add_error("arrive", _("到的时间要晚于开的时间"))
        return data

    def body(self, viewer: Viewer) -> Body:
        """The fact to record, under a trip id of its own."""
        data, table = self.cleaned_data, self.service.table
        day: date = calendar().local_date(data["depart"])
        leave, there = (int(data[name].timestamp()) - table.midnight(day) for name in ("depart", "arrive"))
        ends = stop_of(data["origin"]), stop_of(data["target"])
        return f.SailingAdded(
            trip=f"extra-{data['depart']:%H%M}-{data['origin']}-{data['target']}"[:64], day=day.isoformat(),
            calls=(
                f.ExtraCall(stop=ends[0], arrive=leave, depart=leave),
                f.ExtraCall(stop=ends[1], arrive=there, depart=there),
            ),
            **self.said(viewer),
        )  # fmt: skip


class DelayForm(SaidForm):
    """A boat is late."""

    boat = forms.ChoiceField(label=_("哪一班"))
    minutes = forms.IntegerField(
        label=_("晚几分钟"), min_value=-180, max_value=2880, help_text=_("早开写负数，不晚了写 0")
    )

    def __init__(self, service: ServiceNow, *args: Any, **more: Any) -> None:
        super().__init__(service, *args, **more)
        _choose(
            self, "boat", [*EMPTY, *((f"{one.boat.day}|{one.boat.trip}", one.text) for one in boats_ahead(service))]
        )

    def body(self, viewer: Viewer) -> Body:
        """The fact to record."""
        day, _bar, trip = self.cleaned_data["boat"].partition("|")
        return f.SailingChanged(trip=trip, day=day, minutes=self.cleaned_data["minutes"], **self.said(viewer))


FORMS: Final[dict[str, type[SaidForm]]] = {
    "suspend": SuspendForm,
    "resume": ResumeForm,
    "extra": ExtraForm,
    "delay": DelayForm,
}
DONE: Final = {
    "suspend": _("停航记下了。大屏和群众的页面上马上看得到。"),
    "resume": _("复航记下了。大屏和群众的页面上马上看得到。"),
    "extra": _("加班记下了。"),
    "delay": _("晚点记下了。"),
}


class Part(Struct):
    """One form of the page: its name in the address, its title, whether it is open."""

    name: str
    title: Any
    form: Any
    open: bool


TITLES: Final = {
    "suspend": _("停航"),
    "resume": _("复航"),
    "extra": _("加一班"),
    "delay": _("晚点"),
}


def standing(service: ServiceNow) -> list[Halt]:
    """The suspensions that are not over, those that only begin later among them."""
    halts = load().book.halts.values()
    open_ = [one for one in halts if not one.replaced and (one.until is None or one.until > max(service.at, one.since))]
    return sorted(open_, key=lambda one: one.since)


def _halted(service: ServiceNow, halt: Halt) -> str:
    since = day_and_time(halt.since, calendar().local_date(service.at))
    return gettext("{what}，{cause}，{since} 起").format(
        what=subject_of(service, halt.kind, halt.id), cause=CAUSES[halt.cause], since=since
    )


@staff_page(*STAFF)
@require_http_methods(["GET", "POST"])
def boats(request: HttpRequest) -> HttpResponse:
    """What is said of boats, who said so since when; and the forms for whoever may record it."""
    viewer, service = viewer_of(request), service_now(now_of(request))
    may = bool(viewer.roles & set(recorders()))
    what = request.POST.get("what", "")
    status = 200
    sent: SaidForm | None = None
    if request.method == "POST":
        recording_role(viewer)
        if what not in FORMS:
            raise Refused("boats.what", "没看懂要记哪一样，没有记。请再按一次。")
        sent = FORMS[what](service, request.POST, prefix=what)
        if sent.is_valid():
            actions.record([sent.body(viewer)], by=viewer.person, role=recording_role(viewer), now=service.at)
            moved = recompute(service.at).renewed
            said_so = ngettext("{n} 件事答应的日子跟着重算了。", "{n} 件事答应的日子跟着重算了。", moved).format(
                n=moved
            )
            messages.success(request, str(DONE[what]) + (said_so if moved else ""))
            return redirect("desk:boats")
        status = 400
    context = {
        "at_desk": bool(viewer.roles & set(DESK)),
        "parts": _parts(request, service, sent, what) if may else [],
        "history": history(service),
        "demo": service.is_demo,
        "missing": service.missing,
    }
    return render(request, "desk/boats.html", context, status=status)


def _parts(request: HttpRequest, service: ServiceNow, sent: SaidForm | None, what: str) -> list[Part]:
    """The forms, the one that was sent with its errors; a suspension to correct fills its form."""
    changing = load().book.halts.get(request.GET.get("change", ""))
    parts = []
    for name, form in FORMS.items():
        held = sent if name == what and sent else form(service, initial=_initial(service, name, changing), prefix=name)
        if name == "resume" and not standing(service):
            continue
        is_open = name == what if what else (name == "suspend" and changing is not None)
        parts.append(Part(name, TITLES[name], held, is_open))
    return parts


def _initial(service: ServiceNow, name: str, changing: Halt | None) -> dict[str, object]:
    if name != "suspend" or changing is None:
        return {"since": _local(service.at), "depart": _local(service.at), "who": "operator"}
    return {
        "which": f"{changing.kind}:{changing.id}", "cause": changing.cause, "since": _local(changing.since),
        "until": _local(changing.until), "replaces": changing.said.entry, "who": changing.said.who,
        "source": changing.said.source,
    }  # fmt: skip


def _local(at: datetime | None) -> str:
    """A moment as a field for day and time takes it."""
    return at.astimezone(calendar().zone).strftime("%Y-%m-%dT%H:%M") if at else ""
