"""The forms by which a petition is sorted, taken on, sent to whom it belongs, objected to, or told its proper door."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from driftbox.apps.petitions.registering import guide
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import petition_entries as p
from driftbox.domain.docket.petition_guide import Door, Ground
from driftbox.domain.log.entry import Body
from driftbox.web.base.act_form import ActForm, offer
from driftbox.web.base.petition_form import (
    Because,
    Words,
    day_field,
    office_choices,
    way_choices,
    way_named,
    way_of_docket,
    words_field,
)
from driftbox.web.base.signing import Seal
from driftbox.web.base.telling import said

RUNGS = [
    ("agreement", _("先商量")),
    ("common_superior", _("请共同的上一级定")),
    ("joint_meeting", _("开联席会议定")),
]


class Classify(ActForm):
    """Sort 分类 (Arts. 28–31)."""

    kind, button = "petition.classified", _("分类就这么定")
    way = forms.ChoiceField(label=_("哪一类，走哪条路？"), widget=forms.RadioSelect)

    def shape(self) -> None:
        """Offer every way, the present one chosen."""
        offer(self, "way", way_choices())
        way = way_of_docket(self.docket)
        self.fields["way"].initial = way.code if way else None

    def bodies(self, seal: Seal) -> list[Body]:
        """The sort and the route of the way that was chosen."""
        way = way_named(self.cleaned_data["way"])
        return [p.PetitionClassified(sort=way.sort, route=way.route)]  # type: ignore[arg-type] # the log refuses what is none


class Accept(ActForm):
    """Take on 受理 (Art. 23)."""

    kind, button = "petition.accepted", _("受理，书面告诉他")

    def bodies(self, seal: Seal) -> list[Body]:
        """It is accepted."""
        return [e.PetitionAccepted()]


class Take(ActForm):
    """Study a suggestion, follow up an accusation (Arts. 29, 30)."""

    kind, button = "petition.taken", _("收下研究")

    def bodies(self, seal: Seal) -> list[Body]:
        """It is taken in."""
        return [p.PetitionTaken()]


class Transfer(ActForm):
    """Send it to the body with competence, or assign it with a term 转送、交办 (Art. 22)."""

    kind, button = "petition.transferred", _("转过去")
    office = forms.ChoiceField(label=_("转给哪家？"))
    how = forms.ChoiceField(
        label=_("转送还是交办？"), widget=forms.RadioSelect, initial="transfer",
        choices=[("transfer", _("转送，由它告知、答复")), ("assign", _("交办，限期报结果"))],
    )  # fmt: skip
    report_by = day_field(_("哪天报结果？"), _("交办才填"))

    def shape(self) -> None:
        """Offer the offices; the one settled on first, if several were competent."""
        offer(self, "office", office_choices(self.docket, frozenset({"department", "station", "bureau"})))
        self.fields["office"].initial = self.docket.petition.office or None

    def bodies(self, seal: Seal) -> list[Body]:
        """Where it goes, and until when it is reported on."""
        data = self.cleaned_data
        day: date | None = data["report_by"] if data["how"] == "assign" else None
        return [
            e.PetitionTransferred(office=data["office"], how=data["how"], report_by=day.isoformat() if day else None)
        ]


class Receive(ActForm):
    """Sign for what was sent 签收 (Art. 23)."""

    kind, button = "transfer.received", _("签收")

    def bodies(self, seal: Seal) -> list[Body]:
        """It was received."""
        return [p.TransferReceived()]


class Object(Because):
    """Say that it is not one's matter 异议 (Art. 23)."""

    kind, button = "petition.objected", _("提异议，说明理由")
    words = words_field(_("写明白"), help_text=_("收到转来的 5 个工作日里提；定下来以前，材料先留好"))

    def bodies(self, seal: Seal) -> list[Body]:
        """The reason, and the words sealed."""
        return [p.PetitionObjected(reason=self.cleaned_data["reason"], paper=seal.words(self.cleaned_data["words"]))]


class Return(ActForm):
    """Agree to the objection; the papers came back 退回 (Art. 23)."""

    kind, button = "petition.returned", _("同意异议，材料退回来了")
    papers = forms.IntegerField(label=_("退回来几份材料？"), min_value=0, max_value=9999, initial=1)

    def bodies(self, seal: Seal) -> list[Body]:
        """How many papers came back."""
        return [p.PetitionReturned(papers=self.cleaned_data["papers"])]


class RefuseObjection(Because):
    """The objection does not hold (Art. 23)."""

    kind, button = "objection.refused", _("异议不成立，还是由它办")

    def bodies(self, seal: Seal) -> list[Body]:
        """Why it does not hold."""
        return [p.ObjectionRefused(reason=self.cleaned_data["reason"])]


class AskCompetence(ActForm):
    """Several bodies are competent (Art. 24)."""

    kind, button = "competence.asked", _("几家都管，商量由谁办")
    offices = forms.MultipleChoiceField(label=_("哪几家？"), widget=forms.CheckboxSelectMultiple)
    rung = forms.ChoiceField(label=_("走到哪一步？"), choices=RUNGS)

    def shape(self) -> None:
        """Offer the departments; those that are being asked already are ticked."""
        offer(self, "offices", office_choices(self.docket, frozenset({"department"})))
        self.fields["offices"].initial = list(self.docket.petition.contenders)

    def clean_offices(self) -> list[str]:
        """Two at least: one alone has nobody to agree with."""
        chosen: list[str] = self.cleaned_data["offices"]
        if len(chosen) < len(("one", "other")):
            raise forms.ValidationError(_("至少选两家。只有一家管的，直接转过去。"))
        return chosen

    def bodies(self, seal: Seal) -> list[Body]:
        """Who, and on which rung."""
        return [p.CompetenceAsked(offices=tuple(self.cleaned_data["offices"]), rung=self.cleaned_data["rung"])]


class SettleCompetence(ActForm):
    """Which body takes it on (Art. 24)."""

    kind, button = "competence.settled", _("定了由谁办")
    office = forms.ChoiceField(label=_("由哪家办？"))
    rung = forms.ChoiceField(label=_("怎么定的？"), choices=RUNGS)

    def shape(self) -> None:
        """Offer those that were asked before all others."""
        known = self.docket.petition
        offices = office_choices(self.docket, frozenset({"department"}))
        offices.sort(key=lambda choice: choice[0] not in known.contenders)
        offer(self, "office", offices)
        self.fields["rung"].initial = known.rung

    def bodies(self, seal: Seal) -> list[Body]:
        """The body, and how it was settled."""
        return [p.CompetenceSettled(office=self.cleaned_data["office"], rung=self.cleaned_data["rung"])]


class SendOn(ActForm):
    """It leaves by a door of its own 导入法定途径 (Arts. 22, 28, 30, 31)."""

    kind, button = "petition.sent_on", _("转到该走的门，告诉他")
    door = forms.ChoiceField(label=_("该走哪扇门？"), widget=forms.RadioSelect)
    office = forms.ChoiceField(label=_("送到哪家？"), required=False)
    words = words_field(_("还要跟他说的"), required=False, rows=3)

    def shape(self) -> None:
        """Offer the doors, the one of the present way chosen."""
        offer(self, "door", [(door.code, _told(door)) for door in guide().door])
        way = way_of_docket(self.docket)
        self.fields["door"].initial = way.door if way else None
        offer(self, "office", [("", gettext("不送，告诉他自己去")), *office_choices(self.docket)])

    def bodies(self, seal: Seal) -> list[Body]:
        """The door, and what the person is told of it, sealed."""
        data = self.cleaned_data
        door = next(one for one in guide().door if one.code == data["door"])
        told = [said(door.name), said(door.told), data["words"].strip()]
        return [p.PetitionSentOn(door=door.code, office=data["office"], paper=seal.words(_lines(told)))]


class Decline(ActForm):
    """Not taken on 不予受理, with its ground and the door to knock on (Arts. 22, 36)."""

    kind, button = "case.declined", _("不受理，说明为什么、该找谁")
    ground = forms.ChoiceField(label=_("为什么不受理？"), widget=forms.RadioSelect)
    words = words_field(_("还要跟他说的"), required=False, rows=3)

    def shape(self) -> None:
        """Offer the grounds that fit: of a review only lateness, of what ended before that it ended."""
        known = self.docket.petition
        grounds = [one for one in guide().ground if (one.code == "late") == bool(known.tier)]
        offer(self, "ground", [(one.code, _why(one)) for one in grounds])
        way = way_of_docket(self.docket)
        fits = {"ended_after_rereview"} if known.ended_before else {"late"} if known.tier else {way.door if way else ""}
        self.fields["ground"].initial = next((one.code for one in grounds if one.code in fits), None)

    def bodies(self, seal: Seal) -> list[Body]:
        """The ground, the door, and what the person is told, sealed."""
        data = self.cleaned_data
        ground = next(one for one in guide().ground if one.code == data["ground"])
        door = _door(ground.door)
        told = [said(ground.told), *((said(door.name), said(door.told)) if door else ()), data["words"].strip()]
        return [e.CaseDeclined(ground=ground.code, door=ground.door, paper=seal.words(_lines(told)))]


class Report(Words):
    """Report on what was assigned 办结报告 (Art. 22)."""

    kind, button = "report.filed", _("报结果")

    def bodies(self, seal: Seal) -> list[Body]:
        """The report, sealed."""
        return [p.ReportFiled(paper=seal.words(self.cleaned_data["words"]))]


class Reply(Words):
    """Answer a suggestion or an accusation 反馈 (Arts. 29, 30)."""

    kind, button = "reply.given", _("给他回话")
    taken_up = forms.ChoiceField(
        label=_("采纳没有？"), widget=forms.RadioSelect, choices=[("yes", _("采纳了")), ("no", _("没采纳，说明为什么"))]
    )
    field_order = ("taken_up", "words")

    def bodies(self, seal: Seal) -> list[Body]:
        """Whether it was taken up, and the words sealed."""
        paper = seal.words(self.cleaned_data["words"])
        return [p.ReplyGiven(taken_up=self.cleaned_data["taken_up"] == "yes", paper=paper)]


class ExcuseLateness(Because):
    """There was good reason for asking late (Arts. 35, 36)."""

    kind, button = "lateness.excused", _("晚了有理由，照样办")

    def bodies(self, seal: Seal) -> list[Body]:
        """The reason."""
        return [p.LatenessExcused(reason=self.cleaned_data["reason"])]


def _told(door: Door) -> str:
    return f"{said(door.name)} — {said(door.told)}"


def _why(ground: Ground) -> str:
    door = _door(ground.door)
    named = gettext("该找：{door}").format(door=said(door.name)) if door else ""
    return " ".join(filter(None, (said(ground.told), named)))


def _door(code: str) -> Door | None:
    return next((door for door in guide().door if door.code == code), None)


def _lines(lines: list[Any]) -> str:
    return "\n".join(filter(None, lines))


DECIDING: tuple[type[ActForm], ...] = (
    Classify, Accept, Take, Transfer, Receive, Object, Return, RefuseObjection, AskCompetence, SettleCompetence, SendOn,
    Decline, Report, Reply, ExcuseLateness,
)  # fmt: skip
