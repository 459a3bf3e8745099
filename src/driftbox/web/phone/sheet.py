"""The sheet of the day: what a phone must know to work without us until tonight, and nothing more."""

from datetime import date, datetime
from typing import Any

import msgspec
from django import forms
from django.utils.translation import gettext

from driftbox.apps.agents.queries import asked_of
from driftbox.apps.custody.models import BoxRow
from driftbox.apps.custody.queries import boxes
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import cases_for, load
from driftbox.apps.errands.materials import materials_of
from driftbox.apps.eventlog.queries import head_of
from driftbox.apps.pack import calendar, current_pack, tables
from driftbox.apps.papers.queries import keys_of
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import particulars_of
from driftbox.domain.docket.parcel_effects import awaited
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import digest_of, encode64, slim
from driftbox.web.base.act_forms import FORMS, ActForm
from driftbox.web.base.parcel_forms import held_originals, to_count
from driftbox.web.base.standing import where_sentence
from driftbox.web.base.telling import place_name, said
from driftbox.web.base.templatetags.driftbox import day_week

MOST = 60  # cases on one sheet
ACTS = (
    "task.claimed", "parcel.opened", "materials.counted", "materials.checked", "result.collected", "result.delivered",
    "delivery.failed", "note.written",
)  # fmt: skip
ARROWS = (*ACTS, "parcel.collected", "materials.lacking")
CLAIM = "task.claimed"
SIGNED = "signature"  # the usual way to sign for something
SEALS = ("intact", "broken", "absent", "other")
KINDS: dict[type[forms.Field], str] = {
    forms.MultipleChoiceField: "ticks", forms.ChoiceField: "choice", forms.DateField: "date", forms.FileField: "photo",
    forms.IntegerField: "number", forms.CharField: "text",
}  # fmt: skip


def sheet_of(viewer: Viewer, node: str, now: datetime) -> dict[str, Any]:
    """Today's sheet of ``viewer`` for the phone ``node``: cases with their forms and keys, matters for an intake."""
    today = calendar().local_date(now)
    role = "agent" if "agent" in viewer.roles else next(iter(sorted(viewer.roles)))
    rows = [row for row in _rows(viewer) if not row.confidential][:MOST]
    keys, every = keys_of(row.docket for row in rows), boxes()
    states = [load(row.docket).docket for row in rows if row.docket in keys]
    tasks = [_task(state, viewer, role, every, encode64(keys[state.id])) for state in states]
    heads = {state.id: _head(state.id, node) for state in states}
    riding = {one["box"] for task in tasks for act in task["acts"] for one in act["fixed"].get("parcels", ())}
    heads |= {docket: _head(docket, node) for docket in riding}
    matters = [
        (code, said(matter.plain)) for code, matter in current_pack().matters.items() if matter.procedure == "errand"
    ]
    return {
        "person": viewer.person, "day": today.isoformat(), "day_text": day_week(today), "tasks": tasks, "heads": heads,
        "matters": matters,
    }  # fmt: skip


def _rows(viewer: Viewer) -> list[CaseRow]:
    """What they run, what they are asked to take, what nobody has taken; theirs first."""
    reached = cases_for(viewer)
    mine = [row for row in reached if row.agent == viewer.person]
    free = [row for row in reached if row.next_role == "agent" and not row.agent]
    return list({row.docket: row for row in (*mine, *asked_of(viewer.person), *free)}.values())


def _head(docket: str, node: str) -> dict[str, str]:
    head = head_of(docket, node)
    return {"last": head.last, "prev": head.prev}


def _task(docket: Docket, viewer: Viewer, role: str, every: list[BoxRow], key: str) -> dict[str, Any]:
    table, who = tables()[docket.procedure], particulars_of(docket.beneficiary)
    mine = docket.agent == viewer.person  # where somebody lives is for whoever goes there
    acts = [
        *_collecting(docket, every),
        *(_act(docket, kind, viewer) for kind in ACTS if kind != CLAIM or not docket.agent),
        _photo(),
    ]
    names = materials_of(docket)
    version = digest_of(msgspec.json.encode([docket.checklist, [act["fields"] for act in acts]]))[:12]
    return {
        "docket": docket.id, "number": docket.number, "title": said(current_pack().matters[docket.matter].plain),
        "who": who.name, "address": who.address if mine else "", "phone": who.phone if mine else "",
        "promised": docket.promised or "", "stage": docket.stage, "where": where_sentence(docket), "role": role,
        "stages": {code: said(stage.next_act) for code, stage in table.stages.items()}, "key": key,
        "beneficiary": docket.beneficiary, "last": docket.last, "contested": len(docket.open_contests),
        "checklist": [{"code": one.code, "name": said(names[one.code].name) if one.code in names else one.code}
                      for one in docket.checklist],
        "version": version, "acts": acts, "table": _table(docket, role),
    }  # fmt: skip


def _table(docket: Docket, role: str) -> dict[str, dict[str, str]]:
    """At which stage each act may follow, and where it leads: the pack's table for this role."""
    found: dict[str, dict[str, str]] = {}
    several = len(awaited(docket)) > 1
    for (kind, stage), arrow in tables()[docket.procedure].arrows.items():
        if kind in ARROWS and role in arrow.roles:
            found.setdefault(kind, {})[stage] = "" if arrow.every_parcel and several else arrow.to
    return found


def _act(docket: Docket, kind: str, viewer: Viewer) -> dict[str, Any]:
    form = FORMS[kind](docket, viewer.person)
    fields = [_field(form, name) for name in form.fields]
    return {"kind": kind, "button": str(form.button), "title": _title(form), "fields": fields,
            "fixed": _fixed(docket, kind)}  # fmt: skip


def _title(form: ActForm) -> str:
    return gettext("记一笔") if form.kind == "note.written" else str(form.button)


def _field(form: ActForm, name: str) -> dict[str, Any]:
    """One field as the phone draws it."""
    field = form.fields[name]
    kind = next(word for sort, word in KINDS.items() if isinstance(field, sort))
    attrs = field.widget.attrs
    if "data-pad" in attrs:
        kind = "strokes"
    elif isinstance(field.widget, forms.Textarea):
        kind = "words"
    told: dict[str, Any] = {
        "name": name, "kind": kind, "required": field.required,
        "label": str(attrs.get("data-pad", "") or field.label or ""), "help": str(field.help_text),
    }  # fmt: skip
    choices = getattr(field, "choices", ())
    if choices:
        told["choices"] = [(str(value), str(label)) for value, label in choices]
    initial = SIGNED if name == "proof" else form.get_initial_for_field(field, name)
    if initial:
        told["initial"] = initial.isoformat() if isinstance(initial, date) else initial
    if "data-when" in attrs:
        told["when"] = attrs["data-when"].split()
    return told


def _fixed(docket: Docket, kind: str) -> dict[str, Any]:
    """What an act says that nobody fills in."""
    parcel = to_count(docket)
    if kind in {"parcel.opened", "materials.counted"} and parcel is not None:
        return {"parcel": parcel.id, "place": parcel.place, "manifest": [_item(one) for one in parcel.manifest]}
    if kind == "result.collected":
        return {"place": current_pack().matters[docket.matter].department}
    if kind == "result.delivered":
        return {"to": docket.beneficiary, "held": [_item(one) for one in held_originals(docket)]}
    return {}


def _item(item: Any) -> dict[str, Any]:
    return {"kind": "copy", "count": 1, **slim(item)}


def _collecting(docket: Docket, every: list[BoxRow]) -> list[dict[str, Any]]:
    """Taking one of its bags out of a box and looking at its seal; nothing when none is in a box."""
    held = [
        {"parcel": one.id, "seal": one.seal, "label": one.label, "box": box.docket, "place": box.place}
        for box in every for one in docket.parcels.values() if any(in_it["parcel"] == one.id for in_it in box.parcels)
    ]  # fmt: skip
    if not held:
        return []
    bags = [(one["parcel"], gettext("封条 {seal}").format(seal=one["seal"])) for one in held]
    seals = list(zip(SEALS, (gettext("完好"), gettext("破了"), gettext("没有封条"), gettext("号不一样")), strict=True))
    places = gettext("、").join(sorted({place_name(str(one["place"])) for one in held}))
    fields = [
        {
            "name": "parcel",
            "kind": "radio",
            "required": True,
            "label": gettext("哪一袋？"),
            "help": places,
            "choices": bags,
        },
        {
            "name": "seal",
            "kind": "radio",
            "required": True,
            "label": gettext("封条怎么样？"),
            "help": "",
            "choices": seals,
        },
    ]
    words = {"button": gettext("取到了"), "title": gettext("扫封条，取件")}
    return [{"kind": "parcel.collected", **words, "fields": fields, "fixed": {"parcels": held}}]


def _radio(name: str, label: str, told: str, choices: list[tuple[str, str]]) -> dict[str, Any]:
    return {"name": name, "kind": "radio", "required": True, "label": label, "help": told, "choices": choices}


def _photo() -> dict[str, Any]:
    field = {"name": "photo", "kind": "photo", "required": True, "label": gettext("拍一张照片"), "help": ""}
    return {
        "kind": "photo",
        "button": gettext("照片记入"),
        "title": gettext("拍一张照片"),
        "fields": [field],
        "fixed": {},
    }
