"""The forms of answering a hand-over, of work done, and of money spent and looked at."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import colleagues
from driftbox.domain.docket import handover_entries as h
from driftbox.domain.docket.handover_state import Expense, open_handover
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import BadPaper, Refused
from driftbox.domain.log.entry import Body
from driftbox.domain.planning.ledger import yuan
from driftbox.gateways.paper_types import media_type
from driftbox.web.base.act_form import ActForm, offer
from driftbox.web.base.handover_words import PURPOSES, REFUSALS, UNAPPROVED, word
from driftbox.web.base.middleware import sentence_of
from driftbox.web.base.signing import Seal

METRES_IN_KILOMETRE = 1000
CENTS_IN_YUAN = 100


def in_hand(docket: Docket) -> bool:
    """Whether the agent holds papers or the result, which have to change hands too."""
    held = any(parcel.where == "agent" for parcel in docket.parcels.values())
    return bool(docket.agent) and (held or docket.result_with == "agent")


def _proposal(docket: Docket) -> str:
    waits = open_handover(docket)
    if waits is None:
        raise Refused("nothing_there", "这一步现在没有可记的，什么都没有改。请看看卷里，别人也许刚记过。")
    return waits.entry


class AcceptHandover(ActForm):
    kind, button = "handover.accepted", _("好，我来接")

    def bodies(self, seal: Seal) -> list[Body]:
        del seal
        proposal = _proposal(self.docket)
        accepted: list[Body] = [h.HandoverAccepted(proposal=proposal)]
        return accepted if in_hand(self.docket) else [*accepted, h.HandoverDone(proposal=proposal)]


class RefuseHandover(ActForm):
    kind, button = "handover.refused", _("我接不了")
    reason = forms.ChoiceField(label=_("为什么接不了？"), choices=list(REFUSALS.items()))

    def bodies(self, seal: Seal) -> list[Body]:
        del seal
        return [h.HandoverRefused(proposal=_proposal(self.docket), reason=self.cleaned_data["reason"])]


class FinishHandover(ActForm):
    kind, button = "handover.done", _("东西到手，交接完了")

    def bodies(self, seal: Seal) -> list[Body]:
        del seal
        return [h.HandoverDone(proposal=_proposal(self.docket))]


class RevokeHandover(ActForm):
    kind, button = "handover.revoked", _("不请他了，收回")

    def bodies(self, seal: Seal) -> list[Body]:
        del seal
        return [h.HandoverRevoked(proposal=_proposal(self.docket))]


def _picture_of(upload: Any) -> bytes:
    content: bytes = upload.read() if upload else b""
    if content:
        try:
            media_type(content)
        except BadPaper as refusal:
            raise forms.ValidationError(sentence_of(refusal)) from refusal
    return content


class Activity(ActForm):
    kind, button = "activity.recorded", _("记下跑的路和时间")
    minutes = forms.IntegerField(label=_("用了几分钟？"), min_value=1, max_value=1440)
    kilometres = forms.DecimalField(
        label=_("走了几公里？"), min_value=0, max_value=500, decimal_places=1, required=False
    )
    proof = forms.FileField(label=_("照片，有就传"), required=False)

    def clean_proof(self) -> bytes:
        """The photograph as bytes, if there is one."""
        return _picture_of(self.cleaned_data["proof"])

    def bodies(self, seal: Seal) -> list[Body]:
        data = self.cleaned_data
        proof = seal.photo(data["proof"]) if data["proof"] else None
        metres = int((data["kilometres"] or Decimal(0)) * METRES_IN_KILOMETRE)
        return [h.ActivityRecorded(minutes=data["minutes"], metres=metres, proof=proof)]


class Spend(ActForm):
    kind, button = "expense.recorded", _("记下垫的钱")
    purpose = forms.ChoiceField(label=_("为什么花的？"), choices=list(PURPOSES.items()))
    yuan = forms.DecimalField(
        label=_("多少元？"), min_value=Decimal("0.01"), max_value=Decimal(100_000), decimal_places=2
    )
    voucher = forms.FileField(label=_("票或收据的照片"))

    def clean_voucher(self) -> bytes:
        """The voucher as bytes."""
        return _picture_of(self.cleaned_data["voucher"])

    def bodies(self, seal: Seal) -> list[Body]:
        data = self.cleaned_data
        cents = int(data["yuan"] * CENTS_IN_YUAN)
        return [h.ExpenseRecorded(cents=cents, purpose=data["purpose"], voucher=seal.photo(data["voucher"]))]


class _Decide(ActForm):
    expense = forms.ChoiceField(label=_("哪一笔？"), help_text=_("先看凭证：金额、日子、是不是为这件事花的"))

    def shape(self) -> None:
        waits = [one for one in self.docket.work.expenses if one.state == "asked" and one.by != self.person]
        offer(self, "expense", [(one.entry, _expense_words(one)) for one in waits])


def _expense_words(one: Expense) -> str:
    who = colleagues().get(one.by)
    return f"{who.name if who else ''} {word(PURPOSES, one.purpose)} {yuan(one.cents)}".strip()


class Approve(_Decide):
    """Approve one expense of somebody else 核准."""

    kind, button = "expense.approved", _("看过凭证，核了")

    def bodies(self, seal: Seal) -> list[Body]:
        del seal
        return [h.ExpenseApproved(expense=self.cleaned_data["expense"])]


class Disapprove(_Decide):
    """Do not approve one, and say why 不予核准."""

    kind, button = "expense.refused", _("这一笔不核")
    reason = forms.ChoiceField(label=_("为什么不核？"), choices=list(UNAPPROVED.items()))

    def bodies(self, seal: Seal) -> list[Body]:
        del seal
        return [h.ExpenseRefused(expense=self.cleaned_data["expense"], reason=self.cleaned_data["reason"])]


HANDOVER_FORMS: tuple[type[ActForm], ...] = (
    AcceptHandover, RefuseHandover, FinishHandover, RevokeHandover, Activity, Spend, Approve, Disapprove,
)  # fmt: skip


def handover_makes_sense(docket: Docket, kind: str, viewer: Viewer) -> bool:
    """Whether an act of handing over, work or money has something to act on, for this person."""
    waits, me = open_handover(docket), viewer.person
    director = "director" in viewer.roles
    if waits is None and kind.startswith("handover."):
        return False
    asked = any(one.state == "asked" and one.by != me for one in docket.work.expenses)
    return {
        "handover.accepted": waits is not None and waits.state == "proposed" and waits.to == me,
        "handover.refused": waits is not None and waits.to == me,
        "handover.done": waits is not None
        and waits.state == "accepted"
        and (director or me in (waits.to, waits.giver)),
        "handover.revoked": waits is not None and (director or me in (waits.by, waits.giver)),
        "activity.recorded": me in docket.work.hands,
        "expense.recorded": me in docket.work.hands,
        "expense.approved": asked,
        "expense.refused": asked,
    }.get(kind, True)
