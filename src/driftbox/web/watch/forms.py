"""The acts of supervision, call-back, mending and reopening: each with whose it is, by the procedure of the pack."""

from typing import Final, Literal, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from driftbox.apps.errands.hands import Hand
from driftbox.apps.petitions.actions import decide_reopening
from driftbox.apps.petitions.mailbox import answer_message
from driftbox.domain.docket import petition_watch_entries as w
from driftbox.domain.docket.entries import CaseRated
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import Body
from driftbox.web.base.act_form import ActForm, offer
from driftbox.web.base.petition_form import Because, reasons, words_field
from driftbox.web.base.signing import Seal
from driftbox.web.base.supervision import SUPERVISION_FORMS

Ground = Literal["art40-1", "art40-2", "art40-3"]
SATISFIED: Final = [(1, _("非常满意")), (2, _("满意")), (3, _("基本满意")), (4, _("不满意")), (5, _("非常不满意"))]
SOLVED: Final = [("yes", _("解决了")), ("partly", _("解决了一部分")), ("no", _("没解决"))]
VERDICTS: Final = [("reopened", _("重办")), ("stays", _("不重办"))]
REACHED: Final = [("yes", _("打通了，问过了")), ("no", _("没打通，再打"))]


class Press(ActForm):
    """Press for it under one of the three grounds of Art. 40."""

    kind, button = "supervision.opened", _("督办")
    ground = forms.ChoiceField(label=_("为什么督办？"))
    words = words_field(_("要它怎么改"), required=False)

    def shape(self) -> None:
        """Offer the grounds that the pack names."""
        offer(self, "ground", reasons(self.kind))

    def bodies(self, seal: Seal) -> list[Body]:
        """The entry."""
        data = self.cleaned_data
        ground = cast("Ground", data["ground"])
        return [w.SupervisionOpened(ground=ground, paper=seal.words(data["words"]) if data["words"] else None)]


class RateByPhone(ActForm):
    """What the petitioner says on the phone: whether it is solved and whether they are content, asked apart."""

    kind, button = "case.rated", _("记下他的话")
    solved = forms.ChoiceField(label=_("事情解决了吗？"), choices=SOLVED, widget=forms.RadioSelect)
    satisfaction = forms.TypedChoiceField(
        label=_("满意吗？"), choices=SATISFIED, coerce=int, widget=forms.RadioSelect, help_text=_("和解决没解决分开问")
    )

    def bodies(self, seal: Seal) -> list[Body]:
        """The entry."""
        del seal
        data = self.cleaned_data
        return [CaseRated(satisfaction=data["satisfaction"], solved=data["solved"], via="phone")]


class CallBack(ActForm):
    """Somebody called a petitioner who is not content."""

    kind, button = "callback.made", _("回访过了，记下")
    reached = forms.ChoiceField(label=_("打通了吗？"), choices=REACHED, widget=forms.RadioSelect)
    words = words_field(_("他怎么说的"), required=False)

    def bodies(self, seal: Seal) -> list[Body]:
        """The entry."""
        data = self.cleaned_data
        paper = seal.words(data["words"]) if data["words"] else None
        return [w.CallbackMade(reached=data["reached"] == "yes", paper=paper)]


class Mend(ActForm):
    """What was mended; one further rating may follow."""

    kind, button = "mending.reported", _("改好了，记下")
    words = words_field(_("改了什么"))

    def bodies(self, seal: Seal) -> list[Body]:
        """The entry."""
        return [w.MendingReported(paper=seal.words(self.cleaned_data["words"]))]


class AskReopening(Because):
    """The petitioner asks, by phone or at the window, that it be taken up again."""

    kind, button = "reopen.asked", _("替他请求重办")
    words = words_field(_("他怎么说的"), required=False)
    field_order = ("reason", "words")

    def bodies(self, seal: Seal) -> list[Body]:
        """The entry."""
        data = self.cleaned_data
        return [w.ReopenAsked(reason=data["reason"], paper=seal.words(data["words"]) if data["words"] else None)]


class DecideReopening(Because):
    """Whether it is taken up again; never by whoever handled it."""

    kind, button, by_hand = "reopen.decided", _("就这么定"), True
    verdict = forms.ChoiceField(label=_("重办吗？"), choices=VERDICTS, widget=forms.RadioSelect)
    field_order = ("verdict", "reason")

    def carry_out(self, hand: Hand) -> Docket:
        """Decide, and take it up again in the same act if so decided."""
        data = self.cleaned_data
        return decide_reopening(
            self.docket.id, data["verdict"], data["reason"], by=hand.by, role=hand.role, now=hand.now
        )


class AnswerLetter(ActForm):
    """Answer word left in the mailbox."""

    kind, button, by_hand = "message.answered", _("放进信箱"), True
    words = words_field(_("回他几句"), help_text=_("他凭号码来看，看不到是谁写的"))

    def carry_out(self, hand: Hand) -> Docket:
        """Leave the answer."""
        return answer_message(self.docket.id, self.cleaned_data["words"], by=hand.by, role=hand.role, now=hand.now)


_ALL: tuple[type[ActForm], ...] = (
    CallBack, Mend, RateByPhone, DecideReopening, AskReopening, AnswerLetter, Press,
)  # fmt: skip
FORMS: Final[dict[str, type[ActForm]]] = {form.kind: form for form in _ALL} | SUPERVISION_FORMS
