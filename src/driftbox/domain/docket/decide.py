"""Deciding: may this person record this about this case now? Returns nothing, or refuses with what to do instead.

Everything that ``check`` lets through folds without being contested; the test-suite holds the two together.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec import structs

from driftbox.domain.docket import entries as e
from driftbox.domain.docket import incident
from driftbox.domain.docket.deed import Deed
from driftbox.domain.docket.effects import NOTHING_SENT
from driftbox.domain.docket.form_acts import FORM_GUARDS
from driftbox.domain.docket.form_state import left_to_bring
from driftbox.domain.docket.handover_acts import HANDOVER_GUARDS
from driftbox.domain.docket.incident_entries import IncidentBody
from driftbox.domain.docket.kept import kept_papers
from driftbox.domain.docket.notice_guards import NOTICE_GUARDS
from driftbox.domain.docket.parcel_guards import PARCEL_GUARDS, require_fit_parcel
from driftbox.domain.docket.petition_guards import PETITION_GUARDS, refuse_second_service, require_petition_in_order
from driftbox.domain.docket.reuse_entries import ReuseWithdrawn
from driftbox.domain.docket.sea_acts import SEA_GUARDS
from driftbox.domain.docket.sitting_acts import SITTING_GUARDS
from driftbox.domain.docket.state import Docket
from driftbox.domain.docket.table import Table
from driftbox.domain.docket.visit_acts import VISIT_GUARDS
from driftbox.domain.errors import NotAllowed, Refused
from driftbox.domain.log.entry import Body
from driftbox.domain.mandates.reach import require_mandate_covers

__all__ = ["GUARDS", "NODE", "Deed", "Guard", "check", "require_open_for"]

IDENTITY_CARD = "id_card"
NODE = "node"  # the role of what a node records by itself, with nobody at a page

Guard = Callable[[Docket, Any, Deed], None]


def check(docket: Docket, body: Body, deed: Deed, table: Table) -> None:
    """Whether ``deed`` may put ``body`` on ``docket`` now.

    Raises:
        NotAllowed: the role never records this.
        Refused: not at this stage, or the facts speak against it; the sentence says what to do instead.
    """
    kind = e.KIND_OF[type(body)]
    if isinstance(body, IncidentBody):
        _require_opened(docket)
        incident.check(docket.incidents, body, deed.role, deed.incidents)
        return
    require_open_for(docket, kind, table)
    arrow = table.arrows[(kind, docket.stage)] if kind != "contest.settled" else table.kinds[kind]
    if deed.role not in arrow.roles:
        raise NotAllowed("not_role", "这一步不归您记。请交给能记的人，或打电话问站里。")
    if deed.role == "helper":
        require_mandate_covers(list(docket.mandates.values()), deed.by, docket.beneficiary, kind, deed.today)
    if docket.procedure == "petition":
        deed = structs.replace(deed, limits=table.procedure.limits)
        require_petition_in_order(docket, kind, deed)
    require_all_there(docket, body)
    guard = GUARDS.get(type(body))
    if guard is not None:
        guard(docket, body, deed)


def require_open_for(docket: Docket, kind: str, table: Table) -> None:
    """The stage must have an arrow for ``kind``; says what comes next instead."""
    _require_opened(docket)
    if (kind, docket.stage) in table.arrows or (kind == "contest.settled" and kind in table.kinds):
        return
    refuse_second_service(docket, kind)
    stage = table.stages[docket.stage]
    if stage.final:
        raise Refused("closed", "这件事已经了结，没有再改。要接着办，请新开一件，旧的照样留着。")
    raise Refused("not_here", "现在还不能记这一步，什么都没有改。接下来该做的是：{next}。", next=stage.next_act.zh)


def require_all_there(docket: Docket, body: Body) -> None:
    """Before papers came in, they are complete only when there is nothing to bring: all held, looked up or signed."""
    if isinstance(body, e.MaterialsChecked) and docket.stage == NOTHING_SENT and left_to_bring(docket):
        raise Refused("not_there_yet", "单子上还有要交的，没有到，不能说齐了。等材料交来，清点以后再核对。")


def _require_opened(docket: Docket) -> None:
    if not docket.id:
        raise Refused("not_open", "还没有这件事。请先登记，再往下记。")


def _claim(docket: Docket, body: e.TaskClaimed, deed: Deed) -> None:
    if docket.agent and docket.agent != body.agent:
        raise Refused("already_claimed", "这件事已经有人接了。要换人，请站长先收回，再来接。")
    if docket.agent == body.agent:
        raise Refused("already_yours", "这件事已经在您手里，不用再接。")
    if deed.role == "agent" and body.agent != deed.by:
        raise NotAllowed("not_for_others", "只能替自己接。要派给别人，请站长来派。")


def _release(docket: Docket, body: e.TaskReleased, _deed: Deed) -> None:
    if not docket.agent or docket.agent != body.agent:
        raise Refused("not_claimed", "这件事不在这个人手里，没有可交回的。")


def _checklist(_docket: Docket, body: e.ChecklistGiven, _deed: Deed) -> None:
    if not body.told:
        raise Refused("not_told", "还没说怎么告诉的。念给他听、发短信、打印，至少选一样。")
    require_no_kept_identity_card(body.items)
    if any((item.source == "held") == (item.from_case is None) for item in body.items):
        raise Refused("held_nowhere", "说了用交过的，没说是哪一件里的。请重新配一张单子，再告诉他。")


def require_no_kept_identity_card(items: tuple[e.Item, ...]) -> None:
    """An identity card's original is never kept (Resident Identity Card Law Arts. 15–16)."""
    if any(item.code.startswith(IDENTITY_CARD) and item.kind == "original" for item in items):
        raise Refused("identity_card", "身份证原件不能留。请交复印件，原件看过当场还。")


def _sent(docket: Docket, body: e.MaterialsSent, _deed: Deed) -> None:
    require_no_kept_identity_card(body.items)
    require_fit_parcel(docket, body)


def _second_ask(docket: Docket, body: e.MaterialsAsked, _deed: Deed) -> None:
    known = {item.code for item in docket.checklist}
    if body.items and all(item.code in known for item in body.items):
        raise Refused("on_the_list", "这些单子上都有，不算再要。缺的请在“核对材料”里勾出来。")
    if not body.items:
        raise Refused("nothing_asked", "还没说再要哪几样。")


def _lacking(docket: Docket, body: e.MaterialsLacking, _deed: Deed) -> None:
    known = {item.code for item in docket.checklist}
    if any(code not in known for code in body.lacking):
        raise Refused("not_on_list", "单子上没有的不能说缺。真要，请记“再要材料”，算我们没说全。")


def _reuse(docket: Docket, body: ReuseWithdrawn, deed: Deed) -> None:
    if deed.role == "resident" and deed.by != docket.beneficiary:
        raise NotAllowed("not_theirs", "这些材料是别人的，要他本人说。请他打电话，窗口替他记。")
    kept = {paper.item.code for paper in kept_papers(docket) if not paper.withdrawn}
    if not kept.issuperset(body.codes):
        raise Refused("not_kept", "这一样这里没有留着，或者已经不再用了。什么都没有改。")


def _promise(docket: Docket, body: e.PromiseMade, deed: Deed) -> None:
    due = date.fromisoformat(body.due)
    if (body.basis == "boats") != (deed.role == NODE) or (deed.role == NODE and not docket.promises):
        raise Refused("promise_boats", "船停了、开了，日子会自己改。您要改日子，请自己选一天。")
    if body.basis == "boats":
        return  # boats do not ask for the law's last day, and what has passed has passed
    if due < deed.today:
        raise Refused("promise_past", "答应的日子已经过了。请选今天或以后的日子。")
    if deed.last_lawful_day and due > deed.last_lawful_day:
        raise Refused(
            "promise_late",
            "答应的日子只能早，不能晚。法律规定最晚 {due}，请选它以前的日子。",
            due=deed.last_lawful_day.isoformat(),
        )


def _settled(docket: Docket, body: e.ContestSettled, _deed: Deed) -> None:
    contest = docket.contested.get(body.entry)
    if contest is None or contest.verdict:
        raise Refused("nothing_to_settle", "这一条没有争议，或者已经定过了。")


def _revoked(docket: Docket, body: e.MandateRevoked, _deed: Deed) -> None:
    held = docket.mandates.get(body.mandate)
    if held is None or held.revoked:
        raise Refused("no_such_mandate", "没有这份授权，或者已经收回了。")


def _mandated(_docket: Docket, body: e.MandateGranted, deed: Deed) -> None:
    if body.until and date.fromisoformat(body.until) < deed.today:
        raise Refused("mandate_over", "授权的期限已经过了。请填今天以后的日子。")
    if body.principal == body.agent:
        raise Refused("mandate_self", "自己替自己办，不用授权。")


GUARDS: dict[type[Body], Guard] = {
    e.TaskClaimed: _claim,
    e.TaskReleased: _release,
    e.ChecklistGiven: _checklist,
    e.MaterialsSent: _sent,
    **PARCEL_GUARDS,
    **PETITION_GUARDS,
    **NOTICE_GUARDS,
    **FORM_GUARDS,
    **VISIT_GUARDS,
    **HANDOVER_GUARDS,
    **SITTING_GUARDS,
    **SEA_GUARDS,
    e.MaterialsAsked: _second_ask,
    e.MaterialsLacking: _lacking,
    ReuseWithdrawn: _reuse,
    e.PromiseMade: _promise,
    e.ContestSettled: _settled,
    e.MandateGranted: _mandated,
    e.MandateRevoked: _revoked,
}
