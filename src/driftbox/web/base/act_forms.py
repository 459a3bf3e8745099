"""The form of each act, and the entry bodies that a filled form makes.

Which acts a person sees, the pack's table says.
"""

from datetime import date, datetime

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from driftbox.apps.dockets.queries import row_of
from driftbox.apps.errands.promises import Proposal, promise_for
from driftbox.apps.errands.together import one_day, sisters_of
from driftbox.apps.errands.wallet import papers_in
from driftbox.apps.pack import current_pack
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.form_state import signed_materials
from driftbox.domain.docket.reuse_entries import ReuseWithdrawn
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import Body
from driftbox.web.base.act_form import ActForm, all_materials, material_choices, offer, ticked_from_photos
from driftbox.web.base.handover_forms import HANDOVER_FORMS
from driftbox.web.base.parcel_forms import PARCEL_FORMS
from driftbox.web.base.signing import Seal, Signed
from driftbox.web.base.telling import said

__all__ = ["FORMS", "ActForm", "material_choices", "offer", "reusable"]  # screens take them from here

MAX_WORDS = 4000


class Claim(ActForm):
    kind, button = "task.claimed", _("我来接这件事")

    def bodies(self, seal: Seal) -> list[Body]:
        return [e.TaskClaimed(agent=self.person)]


class Release(ActForm):
    kind, button = "task.released", _("交回去")

    def bodies(self, seal: Seal) -> list[Body]:
        return [e.TaskReleased(agent=self.docket.agent)]


class Check(ActForm):
    kind, button = "materials.checked", _("核对好了")
    there = forms.MultipleChoiceField(
        label=_("单子上的，哪几样齐了？"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("没打勾的就是缺的，一次说清"),
    )  # fmt: skip

    def shape(self) -> None:
        offer(self, "there", _to_check(self.docket))
        ticked_from_photos(self, "there")
        ticked = {*(self.fields["there"].initial or ()), *signed_materials(self.docket)}
        self.fields["there"].initial = sorted(ticked)

    def bodies(self, seal: Seal) -> list[Body]:
        there = set(self.cleaned_data["there"])
        lacking = tuple(code for code, _name in _to_check(self.docket) if code not in there)
        return [e.MaterialsLacking(lacking=lacking)] if lacking else [e.MaterialsChecked()]


class WithdrawReuse(ActForm):
    kind, button = "reuse.withdrawn", _("他不想再接着用")
    codes = forms.MultipleChoiceField(
        label=_("留着的材料，哪几样不再接着用？"), widget=forms.CheckboxSelectMultiple,
        help_text=_("本人说了才记。以后的单子会请他交新的"),
    )  # fmt: skip

    def shape(self) -> None:
        offer(self, "codes", reusable(self.docket))

    def bodies(self, seal: Seal) -> list[Body]:
        return [ReuseWithdrawn(codes=tuple(self.cleaned_data["codes"]))]


class AskAgain(ActForm):
    kind, button = "materials.asked", _("再要材料，算我们没说全")
    items = forms.MultipleChoiceField(label=_("单子之外，再要哪几样？"), widget=forms.CheckboxSelectMultiple)
    cause = forms.ChoiceField(
        label=_("为什么当初没说？"),
        choices=[("missed", _("我们漏说了")), ("damaged", _("材料损坏了")), ("law_changed", _("规定变了")),
                 ("resident_changed", _("您家情况变了"))],
    )  # fmt: skip

    def shape(self) -> None:
        known = {item.code for item in self.docket.checklist}
        extra = [choice for choice in all_materials(self.docket) if choice[0] not in known]
        offer(self, "items", extra)

    def bodies(self, seal: Seal) -> list[Body]:
        items = tuple(e.Item(code=code) for code in self.cleaned_data["items"])
        return [e.MaterialsAsked(items=items, cause=self.cleaned_data["cause"])]


class Accept(ActForm):
    kind, button = "case.accepted", _("收下，给受理通知")
    promise = forms.DateField(
        label=_("答应哪天送到家"), required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),  # a date input takes ISO only
        help_text=_("只能比法律规定的早，不能晚；没有把握就空着"),
    )  # fmt: skip
    proposal: Proposal | None = None

    def foresee(self, now: datetime) -> None:
        self.proposal = promise_for(self.docket, now)
        if self.proposal:
            self.fields["promise"].initial = _one_day(self.docket, self.proposal, now)

    def bodies(self, seal: Seal) -> list[Body]:
        made: list[Body] = [e.CaseAccepted(receipt=self.docket.number)]
        promise: date | None = self.cleaned_data["promise"]
        if promise is None:
            return made
        foretold = promise_for(self.docket, seal.now)
        basis: e.Basis = "forecast" if foretold and foretold.day == promise else "chosen"
        return [*made, e.PromiseMade(due=promise.isoformat(), basis=basis)]


class Words(ActForm):
    """An act whose words are sealed."""

    words = forms.CharField(label=_("写明白"), widget=forms.Textarea(attrs={"rows": 4}), max_length=MAX_WORDS)


class Decline(Words):
    kind, button = "case.declined", _("不收，说明该找谁")

    def bodies(self, seal: Seal) -> list[Body]:
        return [e.CaseDeclined(ground="other_door", paper=seal.words(self.cleaned_data["words"]))]


class Note(Words):
    kind, button = "note.written", _("签名记入")

    def bodies(self, seal: Seal) -> list[Body]:
        return [e.NoteWritten(paper=seal.words(self.cleaned_data["words"]))]


class Decide(Words):
    kind, button = "decision.made", _("记下决定")
    outcome = forms.ChoiceField(
        label=_("批不批？"),
        choices=[("granted", _("批了")), ("partly", _("批一部分")), ("refused", _("不批，书面说明为什么"))],
    )

    def bodies(self, seal: Seal) -> list[Body]:
        paper = seal.words(self.cleaned_data["words"])
        return [e.DecisionMade(outcome=self.cleaned_data["outcome"], paper=paper)]


class Issue(ActForm):
    kind, button = "result.issued", _("证件或答复出来了")

    def bodies(self, seal: Seal) -> list[Body]:
        department = current_pack().matters[self.docket.matter].department
        code = "letter" if self.docket.outcome == "refused" else "result"
        return [e.ResultIssued(items=(e.Item(code=code, kind="original"),), place=department)]


class Fetch(ActForm):
    kind, button = "result.collected", _("领上了，送回岛")

    def bodies(self, seal: Seal) -> list[Body]:
        return [e.ResultCollected(place=current_pack().matters[self.docket.matter].department)]


class Rate(ActForm):
    kind, button = "case.rated", _("记下他们的话")
    satisfaction = forms.TypedChoiceField(
        label=_("满意吗？"), coerce=int,
        choices=[(1, _("非常满意")), (2, _("满意")), (3, _("基本满意")), (4, _("不满意")), (5, _("非常不满意"))],
    )  # fmt: skip
    solved = forms.ChoiceField(
        label=_("事情解决了吗？"), choices=[("yes", _("解决了")), ("partly", _("解决了一部分")), ("no", _("没解决"))]
    )

    def bodies(self, seal: Seal) -> list[Body]:
        data = self.cleaned_data
        return [e.CaseRated(satisfaction=data["satisfaction"], solved=data["solved"], via="phone")]


class Close(ActForm):
    kind, button = "case.closed", _("归档")

    def bodies(self, seal: Seal) -> list[Body]:
        return [e.CaseClosed(how="answered" if self.docket.outcome == "answered" else "done")]


class Withdraw(ActForm):
    kind, button = "case.withdrawn", _("不办了，材料退还")

    def bodies(self, seal: Seal) -> list[Body]:
        return [e.CaseWithdrawn()]


class PublicityOn(ActForm):
    kind, button = "publicity.opened", _("开始公示")

    def bodies(self, seal: Seal) -> list[Body]:
        return [e.PublicityOpened(place=self.docket.office)]


class PublicityOff(ActForm):
    kind, button = "publicity.closed", _("公示结束")

    def bodies(self, seal: Seal) -> list[Body]:
        return [e.PublicityClosed()]


class Answer(Words):
    kind, button = "answer.given", _("回话")

    def bodies(self, seal: Seal) -> list[Body]:
        return [e.AnswerGiven(paper=seal.words(self.cleaned_data["words"]))]


class AcceptPetition(ActForm):
    kind, button = "petition.accepted", _("受理，书面告诉他")

    def bodies(self, seal: Seal) -> list[Body]:
        return [e.PetitionAccepted()]


class Opinion(Words):
    kind, button = "opinion.served", _("答复送到了")
    outcome = forms.ChoiceField(
        label=_("怎么答复的？"),
        choices=[("supported", _("支持")), ("explained", _("解释清楚")), ("not_supported", _("不支持，说明理由"))],
    )

    def bodies(self, seal: Seal) -> list[Body]:
        return [e.OpinionServed(outcome=self.cleaned_data["outcome"], paper=seal.words(self.cleaned_data["words"]))]


class ReturnOriginals(Signed, ActForm):
    kind, button = "materials.returned", _("原件还了，签收")
    back = forms.MultipleChoiceField(label=_("还了哪几样原件？"), widget=forms.CheckboxSelectMultiple)
    field_order = ("back", *Signed.base_fields)

    def shape(self) -> None:
        names = dict(all_materials(self.docket))
        held = [(code, names.get(code, code)) for code, count in self.docket.originals.items() if count]
        offer(self, "back", held)

    def bodies(self, seal: Seal) -> list[Body]:
        count = self.docket.originals
        items = tuple(e.Item(code=code, kind="original", count=count[code]) for code in self.cleaned_data["back"])
        kept = self.evidence(seal)
        return [e.MaterialsReturned(items=items, proof=kept.proof, paper=kept.paper, picture=kept.picture)]


class RevokeMandate(ActForm):
    kind, button = "mandate.revoked", _("收回授权")

    def bodies(self, seal: Seal) -> list[Body]:
        living = [held.entry for held in self.docket.mandates.values() if not held.revoked]
        return [e.MandateRevoked(mandate=entry) for entry in living]


class Trip(ActForm):
    kind, button = "trip.made", _("记一次跑动")

    def bodies(self, seal: Seal) -> list[Body]:
        return [e.TripMade(place=self.docket.office, cause="told_by_resident")]


class Settle(ActForm):
    kind, button = "contest.settled", _("就这么定")
    verdict = forms.ChoiceField(label=_("对不上的这一条"), choices=[("stands", _("算数")), ("void", _("不算"))])

    def bodies(self, seal: Seal) -> list[Body]:
        first = self.docket.open_contests[0].entry.id
        return [e.ContestSettled(entry=first, verdict=self.cleaned_data["verdict"], reason="looked_into")]


_ALL: tuple[type[ActForm], ...] = (
    Claim, Release, *PARCEL_FORMS, Check, AskAgain, Accept, Decline, Note, Decide, Issue, Fetch, Rate, Close, Withdraw,
    WithdrawReuse, PublicityOn, PublicityOff, Answer, AcceptPetition, Opinion, ReturnOriginals, RevokeMandate, Trip,
    Settle, *HANDOVER_FORMS,
)  # fmt: skip
FORMS: dict[str, type[ActForm]] = {form.kind: form for form in _ALL}


def _one_day(docket: Docket, proposal: Proposal, now: datetime) -> date | None:
    """The day to propose: for cases asked together the same latest one, as far as the law lets this case wait."""
    day = one_day(docket, now) if sisters_of(docket) else None
    late = day is not None and proposal.lawful is not None and day > proposal.lawful
    return proposal.day if day is None or late else day


def _to_check(docket: Docket) -> list[tuple[str, str]]:
    """What must be there when papers are checked: what was asked for, and what is used again from other cases."""
    again = {item.code: _case_number(item) for item in docket.checklist if item.source == "held"}
    office = {item.code for item in docket.checklist if item.source == "office"}
    return [
        (code, _from_case(name, again.get(code, ""))) for code, name in material_choices(docket) if code not in office
    ]


def _case_number(item: e.Item) -> str:
    earlier = row_of(item.from_case or "")
    return earlier.number if earlier else ""


def _from_case(name: str, number: str) -> str:
    return gettext("{name}（在 {number} 件里）").format(name=name, number=number) if number else name


def reusable(docket: Docket) -> list[tuple[str, str]]:
    """The papers of this case that a later one may use, by name."""
    return [(one.held.code, said(one.name)) for one in papers_in(docket) if one.until and not one.withdrawn]
