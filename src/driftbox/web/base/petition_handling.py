"""The forms by which a petition is handled: heard, looked into, mediated, extended, answered, served, carried out."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from driftbox.apps.deadlines.queries import extension_left
from driftbox.apps.dockets.actions import record
from driftbox.apps.errands.hands import Hand
from driftbox.apps.eventlog.actions import together
from driftbox.apps.pack import calendar
from driftbox.apps.people.queries import Colleague, colleagues, colleagues_in
from driftbox.apps.petitions.actions import issue_opinion, moment_on, name_handler
from driftbox.apps.serving.queries import WAYS
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import petition_entries as p
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import Refused
from driftbox.domain.log.entry import Body
from driftbox.web.base.act_form import ActForm, offer
from driftbox.web.base.petition_form import Because, Words, day_field, office_choices, words_field
from driftbox.web.base.signing import Seal, Signed
from driftbox.web.base.telling import place_name

HANDLERS = ("officer", "director", "supervisor", "custodian")
FIRST = [("supported", _("支持")), ("explained", _("解释清楚")), ("not_supported", _("不支持，说明理由"))]
AGAIN = [("upheld", _("维持原来的意见")), ("changed", _("改变原来的意见"))]


class NameHandler(ActForm):
    """Say who handles it 承办人."""

    kind, button, by_hand = "handler.named", _("定下承办人"), True
    handler = forms.ChoiceField(label=_("谁来办？"), help_text=_("说到的人、要回避的人、上一回办的人都不能办"))

    def shape(self) -> None:
        """Offer whoever may handle petitions, those of the body that has it first."""
        people = {one.person: one for role in HANDLERS for one in colleagues_in(role)}
        here = self.docket.petition.office or self.docket.office
        found = sorted(people.values(), key=lambda one: (one.office != here, one.name))
        offer(self, "handler", [(one.person, _seated(one)) for one in found])
        self.fields["handler"].initial = self.docket.petition.handler or None

    def carry_out(self, hand: Hand) -> Docket:
        """Name them, unless they or their office are complained of."""
        return name_handler(self.docket.id, self.cleaned_data["handler"], by=hand.by, role=hand.role, now=hand.now)


class StepAside(Because):
    """Say that one has an interest oneself 回避 (Art. 28)."""

    kind, button = "interest.declared", _("我和这件事有关，我回避")

    def bodies(self, seal: Seal) -> list[Body]:
        """Whoever presses steps aside."""
        return [p.InterestDeclared(person=self.person, relation=self.cleaned_data["reason"])]


class AskRecusal(Because):
    """The petitioner asks that somebody step aside 申请回避 (Art. 28)."""

    kind, button = "recusal.asked", _("他请承办人回避")

    def bodies(self, seal: Seal) -> list[Body]:
        """Who, and why."""
        return [p.RecusalAsked(person=self.docket.petition.handler, reason=self.cleaned_data["reason"])]


class DecideRecusal(Because):
    """Somebody else decides 决定回避 (Art. 28)."""

    kind, button = "recusal.decided", _("回避的事就这么定")
    who = forms.ChoiceField(label=_("请谁回避？"))
    verdict = forms.ChoiceField(
        label=_("回避不回避？"), choices=[("steps_aside", _("回避，换人办")), ("stays", _("不用回避"))]
    )
    field_order = ("who", "verdict", "reason")

    def shape(self) -> None:
        """Offer those of whom it was asked."""
        super().shape()
        people = colleagues()
        asked = dict.fromkeys(one.person for one in self.docket.petition.recusals)
        offer(self, "who", [(person, people[person].name if person in people else "—") for person in asked])

    def bodies(self, seal: Seal) -> list[Body]:
        """The verdict, and why."""
        data = self.cleaned_data
        return [p.RecusalDecided(person=data["who"], verdict=data["verdict"], reason=data["reason"])]


class Hear(Words):
    """Hear the petitioner 听取陈述 (Arts. 31, 32)."""

    kind, button = "petitioner.heard", _("听他说过了，记下")
    how = forms.ChoiceField(
        label=_("怎么听的？"),
        choices=[("in_person", _("当面")), ("phone", _("电话")), ("video", _("视频")), ("home", _("上门"))],
    )
    field_order = ("how", "words")

    def bodies(self, seal: Seal) -> list[Body]:
        """How, and what was said, sealed."""
        return [p.PetitionerHeard(paper=seal.words(self.cleaned_data["words"]), how=self.cleaned_data["how"])]


class Investigate(Words):
    """Look into it 调查核实."""

    kind, button = "petition.investigated", _("查过了，记下")

    def bodies(self, seal: Seal) -> list[Body]:
        """What was found, sealed."""
        return [p.PetitionInvestigated(paper=seal.words(self.cleaned_data["words"]))]


class Agree(Words):
    """An agreement 调解协议 (Art. 33)."""

    kind, button = "mediation.agreed", _("谈拢了，写下协议")
    by = forms.ChoiceField(
        label=_("谁调解的？"), choices=[("committee", _("人民调解委员会")), ("other", _("别人"))],
        help_text=_("协议生效 30 天里，双方可以一起请法院确认"),
    )  # fmt: skip
    field_order = ("by", "words")

    def bodies(self, seal: Seal) -> list[Body]:
        """The agreement, sealed."""
        by_committee = self.cleaned_data["by"] == "committee"
        return [p.MediationAgreed(paper=seal.words(self.cleaned_data["words"]), by_committee=by_committee)]


class Disagree(Because):
    """No agreement 调解不成 (Art. 33)."""

    kind, button = "mediation.failed", _("没谈拢，接着办")

    def bodies(self, seal: Seal) -> list[Body]:
        """Why."""
        return [p.MediationFailed(reason=self.cleaned_data["reason"])]


class AskConfirmation(ActForm):
    """Ask the court to confirm the agreement 申请司法确认 (People's Mediation Law Art. 33)."""

    kind, button = "confirmation.asked", _("请法院确认协议了")

    def bodies(self, seal: Seal) -> list[Body]:
        """The court was asked."""
        return [p.ConfirmationAsked()]


class OpenHearing(ActForm):
    """Open a hearing 听证 (Arts. 31, 36)."""

    kind, button = "hearing.opened", _("听证开始")
    place = forms.ChoiceField(label=_("在哪里？"))
    public = forms.BooleanField(label=_("公开听证"), required=False, initial=True)

    def shape(self) -> None:
        """Offer the offices, the one that has it first."""
        offer(self, "place", office_choices(self.docket))
        self.fields["place"].initial = self.docket.petition.office or self.docket.office

    def bodies(self, seal: Seal) -> list[Body]:
        """Where, and whether anybody may come."""
        return [p.HearingOpened(place=self.cleaned_data["place"], public=self.cleaned_data["public"])]


class CloseHearing(ActForm):
    """Close the hearing."""

    kind, button = "hearing.closed", _("听证完了")
    words = words_field(_("听证说了什么"), required=False)

    def bodies(self, seal: Seal) -> list[Body]:
        """What was said, sealed if it was written down."""
        words = self.cleaned_data["words"].strip()
        return [p.HearingClosed(paper=seal.words(words) if words else None)]


class AskExtension(Because):
    """Ask for more days 申请延期 (Art. 34)."""

    kind, button = "extension.asked", _("申请延期")
    days = forms.IntegerField(label=_("要延几天？"), min_value=1, max_value=90)
    field_order = ("days", "reason")

    def foresee(self, now: datetime) -> None:
        """Say how many days are left to be given."""
        left = extension_left(self.docket, now)
        if left is not None:
            self.fields["days"].help_text = gettext("最多还能延 {left} 天，要别人批").format(left=left)

    def bodies(self, seal: Seal) -> list[Body]:
        """How many days, and why."""
        return [p.ExtensionAsked(days=self.cleaned_data["days"], reason=self.cleaned_data["reason"])]


class Extend(Because):
    """Approve more days 批准延期 (Art. 34)."""

    kind, button = "petition.extended", _("批准延期，告诉他为什么")
    days = forms.IntegerField(label=_("批几天？"), min_value=1, max_value=90)
    words = words_field(_("怎么跟他说的"), rows=3)
    field_order = ("days", "reason", "words")

    def shape(self) -> None:
        """Propose what was asked for."""
        super().shape()
        asked = self.docket.petition.extension
        if asked:
            self.fields["days"].initial, self.fields["reason"].initial = asked.days, asked.reason

    def bodies(self, seal: Seal) -> list[Body]:
        """How many days, why, and how the petitioner was told, sealed."""
        data = self.cleaned_data
        return [p.PetitionExtended(days=data["days"], reason=data["reason"], paper=seal.words(data["words"]))]


class RefuseExtension(Because):
    """Give no more days 不准延期."""

    kind, button = "extension.refused", _("不准延期")

    def bodies(self, seal: Seal) -> list[Body]:
        """Why."""
        return [p.ExtensionRefused(reason=self.cleaned_data["reason"])]


class Opine(ActForm):
    """Write the opinion 信访处理意见书 (Art. 32)."""

    kind, button, by_hand = "opinion.issued", _("意见书写好了"), True
    outcome = forms.ChoiceField(label=_("怎么答复？"), widget=forms.RadioSelect)
    facts = words_field(_("事实：查到了什么"))
    grounds = words_field(_("理由：为什么这样定"))
    basis = words_field(_("依据：哪部法、哪一条"), rows=2)

    def shape(self) -> None:
        """Offer the outcomes of this tier."""
        offer(self, "outcome", [(code, str(word)) for code, word in (AGAIN if self.docket.petition.tier else FIRST)])

    def carry_out(self, hand: Hand) -> Docket:
        """Seal the three parts and issue it."""
        data = self.cleaned_data
        parts = (data["facts"], data["grounds"], data["basis"])
        return issue_opinion(self.docket.id, data["outcome"], *parts, by=hand.by, role=hand.role, now=hand.now)


class Served(Signed, ActForm):
    """The opinion reached the petitioner 送达 (Arts. 32, 35, 36): starts the next clock."""

    kind, button, by_hand = "opinion.served", _("送到了，签收"), True
    way = forms.ChoiceField(label=_("怎么送到的？"), choices=[(way, WAYS[way]) for way in ("in_person", "agent")])
    day = day_field(_("哪天送到的？"), _("就是今天，空着就行"))
    field_order = ("way", "day", *Signed.base_fields)

    def carry_out(self, hand: Hand) -> Docket:
        """Seal the proof and record the day on which it happened."""
        known, day = self.docket.petition, self.cleaned_data["day"]
        if known.opinion is None:
            raise Refused("no_opinion", "还没有意见书，没有可送的。请先写好事实、理由、依据。")
        with together():
            kept = self.evidence(Seal(self.docket.id, hand.now))
            body = (e.OpinionServed, p.ReviewServed, p.RereviewServed)[known.tier](
                outcome=known.opinion.outcome, proof=kept.proof, way=self.cleaned_data["way"],  # type: ignore[arg-type] # the guard compares it with the opinion
                to=self.docket.beneficiary, signed=kept.paper, picture=kept.picture,
            )  # fmt: skip
            return record(self.docket.id, [body], by=hand.by, role=hand.role, now=hand.now,
                          for_=self.docket.beneficiary, at=moment_on(day, hand.now))  # fmt: skip


class ReviewServed(Served):
    """The review opinion reached the petitioner (Art. 35)."""

    kind = "review.served"


class RereviewServed(Served):
    """The final review opinion reached the petitioner (Art. 36)."""

    kind = "rereview.served"


class NotServed(ActForm):
    """It did not reach the petitioner 送达未成."""

    kind, button = "service.failed", _("没送到")
    cause = forms.ChoiceField(
        label=_("怎么没送到？"),
        choices=[("not_home", _("家里没人")), ("weather", _("天气不好")), ("wrong_address", _("地址不对")),
                 ("moved", _("搬走了")), ("refused", _("不肯收"))],
    )  # fmt: skip
    next_day = day_field(_("约好哪天再送？"), _("还没约好就空着，约好了再记一次"))

    def bodies(self, seal: Seal) -> list[Body]:
        """Why, and when next."""
        day = self.cleaned_data["next_day"]
        if day and day < calendar().local_date(seal.now):
            raise Refused("past_day", "约的日子已经过了，没有记。请选今天或以后的日子。")
        return [p.ServiceFailed(cause=self.cleaned_data["cause"], next_day=day.isoformat() if day else None)]


class Execute(Words):
    """Follow up what was supported 执行情况 (Arts. 32, 40)."""

    kind, button = "execution.reported", _("报一报办到没有")
    state = forms.ChoiceField(
        label=_("答应的办到没有？"), widget=forms.RadioSelect,
        choices=[("done", _("办到了")), ("partly", _("办了一部分")), ("not_done", _("还没办"))],
    )  # fmt: skip
    field_order = ("state", "words")

    def bodies(self, seal: Seal) -> list[Body]:
        """How far it is, and the words sealed."""
        paper = seal.words(self.cleaned_data["words"])
        return [p.ExecutionReported(state=self.cleaned_data["state"], paper=paper)]


def _seated(one: Colleague) -> str:
    return gettext("{name}（{place}）").format(name=one.name, place=place_name(one.office))


HANDLING: tuple[type[ActForm], ...] = (
    NameHandler, StepAside, AskRecusal, DecideRecusal, Hear, Investigate, Agree, Disagree, AskConfirmation, OpenHearing,
    CloseHearing, AskExtension, Extend, RefuseExtension, Opine, Served, ReviewServed, RereviewServed, NotServed,
    Execute,
)  # fmt: skip
