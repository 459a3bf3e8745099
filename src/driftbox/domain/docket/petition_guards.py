"""What facts speak against an entry of a petition: each refusal says what was kept and what to do instead."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from driftbox.domain.docket import entries as e
from driftbox.domain.docket import petition_entries as p
from driftbox.domain.docket.deed import Deed
from driftbox.domain.docket.petition_effects import DISCONTENT
from driftbox.domain.docket.petition_watch_guards import WATCH_GUARDS
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotAllowed, Refused
from driftbox.domain.log.entry import Body

Guard = Callable[[Docket, Any, Deed], None]

ROUTE_SIX: Final = "art31-6"
RUNGS: Final = ("agreement", "common_superior", "joint_meeting")
IN_PERSON: Final = frozenset({"visit", "window"})  # channels at which representatives appear (Art. 20)
SERVICES: Final = frozenset({"opinion.served", "review.served", "rereview.served"})
HANDLING: Final = frozenset(
    {
        "petition.accepted", "case.declined", "petitioner.heard", "petition.investigated", "mediation.agreed",
        "hearing.opened", "opinion.issued", "opinion.served", "review.served", "rereview.served", "reply.given",
        "petition.extended", "extension.asked", "reopen.decided", "recusal.decided", "notice.issued",
    }
)  # fmt: skip


def require_petition_in_order(docket: Docket, kind: str, deed: Deed) -> None:
    """What holds for every entry of a petition: a possible day, and nobody who has an interest (Arts. 28, 30).

    Raises:
        Refused: a day before the petition, or one that has not come yet.
        NotAllowed: complained of, stepped aside, or an agent before an accusation.
    """
    if deed.day > deed.today:
        raise Refused("in_future", "这个日子还没到，什么都没有改。请填今天或以前的日子。")
    if deed.opened and deed.day < deed.opened:
        sentence = "这件事 {opened} 才收到，不会比它更早，什么都没有改。请再看看日子。"
        raise Refused("before_case", sentence, opened=deed.opened.isoformat())
    known = docket.petition
    if deed.by in known.complained and kind != "interest.declared":
        raise NotAllowed("complained_of", "这件事说到了您，不能由您来办。记的都在，没有丢，请站长换人。")
    if deed.by in known.barred and kind in HANDLING:
        raise NotAllowed("stepped_aside", "这件事您要回避，这一步没有记。请交给别的承办人。")
    if docket.confidential and deed.role == "agent":
        raise NotAllowed("agent_closed", "这一件代办员不经手，这一步没有记。请原样封好，交给保密专管员。")


def refuse_second_service(docket: Docket, kind: str) -> None:
    """A written answer is served once: the first day counts, because the next clock runs from it.

    Raises:
        Refused: it was served before.
    """
    if kind in SERVICES and any(moment.kind == kind for moment in docket.moments):
        raise Refused("served_already", "答复已经送到过了，没有再记，头一回的日子算数。记错了，请补一条更正。")


def _party(docket: Docket, body: e.PartyNamed, deed: Deed) -> None:
    if body.part == "complained_of":
        if not body.person and not body.office:
            raise Refused("nobody_named", "还没说到谁。写上是哪个人，或者哪个单位。")
        if body.person and body.person == deed.by:
            raise Refused("names_you", "这件事说到的就是您，不能由您来记，前面记的都在。请站长换人接着记。")
    elif not body.person:
        raise Refused("nobody_named", "还没说到谁。写上是哪个人，或者哪个单位。")
    if body.part == "representative" and docket.channel in IN_PERSON:
        most = deed.limits.get("representatives")
        if most and body.person not in docket.petition.representatives and _full(docket, most):
            raise Refused(
                "too_many_representatives",
                "一起来走访，代表最多 {most} 位，这一位没有记成代表，前面的都在。其余的人照样算信访人，一个不少。",
                most=most,
            )


def _full(docket: Docket, most: int) -> bool:
    return len(docket.petition.representatives) >= most


def _registered(docket: Docket, body: p.PetitionRegistered, _deed: Deed) -> None:
    if docket.petition.sort:
        raise Refused("registered_already", "已经登记过了，没有再记一遍。要改类别，请记“分类”。")
    _require_route_fits(body)


def _classified(_docket: Docket, body: p.PetitionClassified, _deed: Deed) -> None:
    _require_route_fits(body)
    if body.sort == "redress" and not body.route:
        raise Refused("no_route", "求决的事要定走哪条路，一共六条。问那几句就知道，定了再记。")


def _require_route_fits(body: p.PetitionRegistered | p.PetitionClassified) -> None:
    if body.sort != "redress" and body.route:
        raise Refused("route_of_redress", "建议和举报没有这六条路，只有求决的事才有。请把类别和路对一对。")


def _accepted(docket: Docket, body: e.PetitionAccepted, _deed: Deed) -> None:
    known = docket.petition
    if known.ended_before:
        raise Refused("ended", "同样的事复核过了，不再受理，登记的都在。请记“不归这里办”，把道理和还能找谁帮忙告诉他。")
    if docket.confidential or known.sort in ("suggestion", "accusation"):
        raise Refused("not_redress", "建议和举报不走 60 天这条路，什么都没有改。请记“收下研究”，或转给该管的机关。")
    if known.route not in ("", ROUTE_SIX) or body.route != ROUTE_SIX:
        raise Refused("other_route", "这件事有别的路走，不走 60 天，什么都没有改。请记“转到该走的门”，或改分类。")


def _taken(docket: Docket, _body: p.PetitionTaken, _deed: Deed) -> None:
    if docket.petition.sort == "redress" or not (docket.petition.sort or docket.confidential):
        raise Refused("is_redress", "求决的事要受理、要书面答复，不能只收下研究。请记“受理”，或先分好类。")


def _transferred(docket: Docket, body: e.PetitionTransferred, deed: Deed) -> None:
    _require_not_complained_office(docket, body.office)
    if body.how == "assign" and body.report_by is None:
        raise Refused("no_term", "交办要写明哪天报结果。请填一个日子，再交办。")
    if body.report_by and _day(body.report_by) < deed.today:
        raise Refused("term_past", "报结果的日子已经过了。请填今天以后的日子。")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("no_such_day", "没有 {day} 这一天，什么都没有改。请再看看日子。", day=text) from None


def _require_not_complained_office(docket: Docket, office: str) -> None:
    if office in docket.petition.complained_offices:
        raise Refused("to_complained", "不能转给被反映的单位，什么都没有改。请转给它的上一级，或别的有权的机关。")


def _received(docket: Docket, _body: p.TransferReceived, _deed: Deed) -> None:
    if docket.petition.received:
        raise Refused("received_already", "已经签收过了，没有再记一遍。")


def _objected(docket: Docket, _body: p.PetitionObjected, deed: Deed) -> None:
    if docket.petition.objected:
        raise Refused("objected_already", "已经提过异议了，等转来的单位回话。")
    if deed.last_lawful_day and deed.today > deed.last_lawful_day:
        sentence = "异议要在 5 个工作日里提，最后一天是 {due}，已经过了。请先接着办，或提请上一级定归谁。"
        raise Refused("objection_late", sentence, due=deed.last_lawful_day.isoformat())


def _objection_answered(docket: Docket, _body: Body, _deed: Deed) -> None:
    if not docket.petition.objected:
        raise Refused("no_objection", "没有等着回话的异议，什么都没有改。")


def _competence_asked(docket: Docket, body: p.CompetenceAsked, _deed: Deed) -> None:
    reached = RUNGS.index(docket.petition.rung) + 1 if docket.petition.rung else 0
    if RUNGS.index(body.rung) > reached:
        raise Refused("rung_skipped", "一步一步来：先商量，商量不成请共同的上一级定，再不成开联席会议。")


def _competence_settled(docket: Docket, body: p.CompetenceSettled, _deed: Deed) -> None:
    if not docket.petition.contenders:
        raise Refused("no_dispute", "没有几家在争，用不着定归谁。直接转送就行。")
    if body.rung == "agreement" and body.office not in docket.petition.contenders:
        raise Refused("not_contender", "商量定的，只能是商量的这几家里的一家。要另找一家，请共同的上一级定。")
    _require_not_complained_office(docket, body.office)


def _declined(docket: Docket, body: e.CaseDeclined, _deed: Deed) -> None:
    if docket.procedure != "petition":
        return
    if docket.petition.tier and (not docket.petition.late or docket.petition.excused):
        raise Refused("not_late", "复查、复核是按时来的，或者晚得有理由，要办，不能不收。请接着办。")
    if not body.door and body.paper is None:
        raise Refused("no_door", "不收，要写明为什么、该找哪扇门。请选一扇门，或写几句话。")


def _report(docket: Docket, _body: p.ReportFiled, _deed: Deed) -> None:
    if not docket.petition.report_by:
        raise Refused("not_assigned", "这件没有限期交办，不用报结果。")


def _handler(docket: Docket, body: p.HandlerNamed, _deed: Deed) -> None:
    if body.person in docket.petition.complained:
        raise Refused("names_handler", "这件事说到了这个人，不能由他来办，什么都没有改。请另外派人。")
    if body.person in docket.petition.barred:
        raise Refused("barred_handler", "这个人要回避，或者上一回就是他办的，不能由他来办。请另外派人。")


def _interest(_docket: Docket, body: p.InterestDeclared, deed: Deed) -> None:
    if body.person != deed.by and deed.role not in ("director", "supervisor", "custodian"):
        raise NotAllowed("not_for_others", "只能说自己要回避。要请别人回避，请记“申请回避”。")


def _recusal(docket: Docket, body: p.RecusalDecided, deed: Deed) -> None:
    if all(asked.person != body.person for asked in docket.petition.recusals):
        raise Refused("no_recusal", "没有人请这个人回避，什么都没有改。")
    if deed.by == body.person:
        raise NotAllowed("not_another", "自己的事不能自己定，这一步没有记。请换一个人来定。")


def _hearing_opened(docket: Docket, _body: p.HearingOpened, _deed: Deed) -> None:
    if docket.petition.hearing:
        raise Refused("hearing_open", "听证开着，还没记完。请先记听证完了。")


def _hearing_closed(docket: Docket, _body: p.HearingClosed, _deed: Deed) -> None:
    if not docket.petition.hearing:
        raise Refused("no_hearing", "没有开着的听证，什么都没有改。")


def _extension_asked(docket: Docket, body: p.ExtensionAsked, deed: Deed) -> None:
    if docket.petition.extension is not None:
        raise Refused("extension_asked_already", "延期已经申请了，等负责人批。")
    _require_extension_fits(body.days, deed)


def _extended(docket: Docket, body: p.PetitionExtended, deed: Deed) -> None:
    asked = docket.petition.extension
    if asked is None:
        raise Refused("extension_not_asked", "延期要先申请，再由另一个人批，什么都没有改。请承办人先申请。")
    if deed.by in (asked.by, docket.petition.handler):
        raise NotAllowed("not_another", "自己的事不能自己定，这一步没有记。请换一个人来定。")
    if body.days > asked.days:
        raise Refused("more_than_asked", "只申请了 {asked} 天，批的不能比它多。", asked=asked.days)
    _require_extension_fits(body.days, deed)


def _require_extension_fits(days: int, deed: Deed) -> None:
    if deed.last_lawful_day and deed.day > deed.last_lawful_day:
        sentence = "最后一天 {due} 已经过了，不能再延，什么都没有改。请尽快答复，晚了的原因照实写上。"
        raise Refused("extension_late", sentence, due=deed.last_lawful_day.isoformat())
    if deed.extension_left is not None and days > deed.extension_left:
        sentence = "最多还能延 {left} 天，什么都没有改。请少填几天。"
        raise Refused("extension_too_long", sentence, left=deed.extension_left)


def _extension_refused(docket: Docket, _body: p.ExtensionRefused, _deed: Deed) -> None:
    if docket.petition.extension is None:
        raise Refused("extension_not_asked", "延期要先申请，再由另一个人批，什么都没有改。请承办人先申请。")


def _opinion(docket: Docket, body: p.OpinionIssued, _deed: Deed) -> None:
    known = docket.petition
    if known.hearing:
        raise Refused("hearing_open", "听证开着，还没记完。请先记听证完了。")
    if not known.tier and not known.heard:
        raise Refused("not_heard", "还没听他说过。先听一听，当面、电话、视频都行，再写意见。")
    if (body.outcome in ("upheld", "changed")) != bool(known.tier):
        raise Refused("other_outcome", "结果对不上：头一回是支持、解释、不支持；复查复核是维持、改变。请重选。")


def _served(docket: Docket, body: e.OpinionServed | p.ReviewServed, deed: Deed) -> None:
    known = docket.petition
    if known.hearing:
        raise Refused("hearing_open", "听证开着，还没记完。请先记听证完了。")
    if known.opinion is None and body.paper is None:
        raise Refused("no_opinion", "还没有意见书，没有可送的。请先写好事实、理由、依据。")
    if known.opinion is not None and known.opinion.outcome != body.outcome:
        raise Refused("not_as_issued", "和写好的意见书结果对不上，没有记。请照意见书填。")
    if body.way == "electronic" and not known.electronic:
        raise Refused("no_consent", "他还没同意用手机收。先问一声，记下同意，或者当面送。")
    if deed.accepted and deed.day < deed.accepted:
        sentence = "这件 {accepted} 才受理，答复不会比它更早，什么都没有改。请再看看日子。"
        raise Refused("before_acceptance", sentence, accepted=deed.accepted.isoformat())


def _execution(docket: Docket, _body: p.ExecutionReported, _deed: Deed) -> None:
    if docket.outcome not in ("supported", "changed"):
        raise Refused("nothing_to_execute", "没有支持的请求，没有要落实的，什么都没有改。")


def _confirmation(docket: Docket, _body: p.ConfirmationAsked, _deed: Deed) -> None:
    if not docket.petition.mediated:
        raise Refused("no_agreement", "还没有调解协议，没有可确认的。先把谈拢的写下来。")


def _requested(docket: Docket, body: p.ReviewRequested, _deed: Deed) -> None:
    if body.of == docket.id:
        raise Refused("own_review", "复查、复核要另立一卷，不在原来那一卷里记。请从原来那一件申请。")


def _review_opened(docket: Docket, _body: p.ReviewOpened, _deed: Deed) -> None:
    if docket.petition.review:
        raise Refused("review_there", "已经申请过了，另立了一卷，没有再立。请看那一卷办到哪了。")


def _excused(docket: Docket, _body: p.LatenessExcused, _deed: Deed) -> None:
    if not docket.petition.late:
        raise Refused("is_in_time", "是按时来的，用不着理由。")


def _rated(docket: Docket, _body: e.CaseRated, _deed: Deed) -> None:
    if docket.procedure != "petition" or not docket.petition.ratings:
        return
    again = docket.petition.ratings == 1 and docket.satisfaction >= DISCONTENT and docket.petition.mended
    if not again:
        raise Refused("rated_already", "已经评过了，都记着。不满意的，改好了会再请您评一次；也可以请求重办。")


PETITION_GUARDS: dict[type[Body], Guard] = {
    e.PartyNamed: _party,
    e.PetitionAccepted: _accepted,
    e.PetitionTransferred: _transferred,
    e.CaseDeclined: _declined,
    e.OpinionServed: _served,
    e.CaseRated: _rated,
    p.PetitionRegistered: _registered,
    p.PetitionClassified: _classified,
    p.PetitionTaken: _taken,
    p.TransferReceived: _received,
    p.PetitionObjected: _objected,
    p.PetitionReturned: _objection_answered,
    p.ObjectionRefused: _objection_answered,
    p.CompetenceAsked: _competence_asked,
    p.CompetenceSettled: _competence_settled,
    p.ReportFiled: _report,
    p.HandlerNamed: _handler,
    p.InterestDeclared: _interest,
    p.RecusalDecided: _recusal,
    p.HearingOpened: _hearing_opened,
    p.HearingClosed: _hearing_closed,
    p.ExtensionAsked: _extension_asked,
    p.PetitionExtended: _extended,
    p.ExtensionRefused: _extension_refused,
    p.OpinionIssued: _opinion,
    p.ExecutionReported: _execution,
    p.ConfirmationAsked: _confirmation,
    p.ReviewRequested: _requested,
    p.RereviewRequested: _requested,
    p.ReviewOpened: _review_opened,
    p.LatenessExcused: _excused,
    p.ReviewServed: _served,
    p.RereviewServed: _served,
    **WATCH_GUARDS,
}
