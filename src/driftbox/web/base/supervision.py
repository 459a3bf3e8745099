"""Acts of supervision 督办 as forms, and their codes in words; for the petitions' page and the district's alike."""

from typing import Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from driftbox.apps.pack import current_pack
from driftbox.apps.petitions.registering import guide
from driftbox.domain.docket import petition_watch_entries as w
from driftbox.domain.docket.petition_state import Pressed
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import Body
from driftbox.web.base.act_form import ActForm, offer
from driftbox.web.base.petition_form import Because, Choices, reasons, words_field
from driftbox.web.base.signing import Seal
from driftbox.web.base.telling import place_name, said

COLOURS: Final = {"yellow": _("黄牌"), "red": _("红牌")}
HOW: Final = {
    "opened": _("督办"), "reminded": _("提醒"), "taken_over": _("上面接过来盯"), "met": _("碰头会"),
}  # fmt: skip


def reason_words(kind: str, code: str) -> str:
    """A reason that an entry of ``kind`` gives, as the pack says it; the code itself when the pack has no words."""
    found = (one for one in guide().reason if one.code == code and kind in one.kinds)
    reason = next(found, None)
    return said(reason.text) if reason else code


def pressed_words(one: Pressed) -> str:
    """An act of supervision in words: what it was, and why, or on which day they met."""
    why = one.ground if one.how == "met" else reason_words(f"supervision.{one.how}", one.ground)
    return gettext("{what}：{why}").format(what=HOW[one.how], why=why) if one.how != "opened" else why


def office_of(docket: Docket) -> str:
    """The office that has a case: a petition's own body, or where the case is."""
    return docket.petition.office or docket.office


def office_above(docket: Docket) -> str:
    """The office above the one that has the case; that one itself at the top."""
    known = current_pack().offices.get(office_of(docket))
    return known.parent if known and known.parent else office_of(docket)


def unanswered(docket: Docket) -> Choices:
    """What of supervision was not answered yet, cards that stand among it."""
    known = docket.petition
    found = [(one.entry, pressed_words(one)) for one in known.pressed if not one.answered]
    for one in known.cards_standing:
        if not one.answered:
            why = reason_words("card.issued", one.ground)
            found.append((one.entry, gettext("{what}：{why}").format(what=COLOURS[one.colour], why=why)))
    return found


class _ForReason(ActForm):
    """An act with a reason of the pack, and words if wanted."""

    ground = forms.ChoiceField(label=_("为什么？"))
    words = words_field(_("要跟他们说的话"), required=False)

    def shape(self) -> None:
        """Offer the reasons that the pack names."""
        offer(self, "ground", reasons(self.kind))


class Remind(_ForReason):
    """Remind the office that has it."""

    kind, button = "supervision.reminded", _("提醒一声")

    def bodies(self, seal: Seal) -> list[Body]:
        """The entry."""
        data = self.cleaned_data
        paper = seal.words(data["words"]) if data["words"] else None
        return [w.SupervisionReminded(office=office_of(self.docket), ground=data["ground"], paper=paper)]


class TakeOver(_ForReason):
    """The office above sees to it itself."""

    kind, button = "supervision.taken_over", _("接过来盯")

    def bodies(self, seal: Seal) -> list[Body]:
        """The entry."""
        data = self.cleaned_data
        paper = seal.words(data["words"]) if data["words"] else None
        return [w.SupervisionTakenOver(office=office_above(self.docket), ground=data["ground"], paper=paper)]


class Meet(ActForm):
    """They met about it."""

    kind, button = "supervision.met", _("记下碰头会")
    day = forms.DateField(label=_("哪天碰的头？"), widget=forms.DateInput(attrs={"type": "date", "class": "input"}))
    words = words_field(_("商量好了什么"))

    def bodies(self, seal: Seal) -> list[Body]:
        """The entry."""
        data = self.cleaned_data
        return [w.SupervisionMet(office=office_of(self.docket), day=data["day"].isoformat(),
                                 paper=seal.words(data["words"]))]  # fmt: skip


class ShowCard(ActForm):
    """Show the office that has it a yellow or red card."""

    kind, button = "card.issued", _("亮牌")
    colour = forms.ChoiceField(label=_("哪种牌？"), choices=list(COLOURS.items()), widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("为什么？"))

    def shape(self) -> None:
        """Offer the reasons that the pack names."""
        offer(self, "reason", reasons(self.kind))

    def bodies(self, seal: Seal) -> list[Body]:
        """The entry."""
        del seal
        data = self.cleaned_data
        return [w.CardIssued(colour=data["colour"], office=office_of(self.docket), ground=data["reason"])]


class WithdrawCard(Because):
    """Take a card back."""

    kind, button = "card.withdrawn", _("撤牌")
    card = forms.ChoiceField(label=_("撤哪一张？"))
    field_order = ("card", "reason")

    def shape(self) -> None:
        """Offer the cards that stand."""
        super().shape()
        standing = self.docket.petition.cards_standing
        offer(self, "card", [(one.entry, f"{COLOURS[one.colour]} {place_name(one.office)}") for one in standing])

    def bodies(self, seal: Seal) -> list[Body]:
        """The entry."""
        del seal
        return [w.CardWithdrawn(card=self.cleaned_data["card"], reason=self.cleaned_data["reason"])]


class AnswerPress(ActForm):
    """Whoever has the case answers what was asked of it."""

    kind, button = "supervision.answered", _("督办回话")
    supervision = forms.ChoiceField(label=_("回哪一条？"))
    words = words_field(_("改得怎么样"))

    def shape(self) -> None:
        """Offer what was not answered yet."""
        offer(self, "supervision", unanswered(self.docket))

    def bodies(self, seal: Seal) -> list[Body]:
        """The entry."""
        data = self.cleaned_data
        return [w.SupervisionAnswered(supervision=data["supervision"], paper=seal.words(data["words"]))]


_ALL: tuple[type[ActForm], ...] = (AnswerPress, Remind, Meet, TakeOver, ShowCard, WithdrawCard)
SUPERVISION_FORMS: Final[dict[str, type[ActForm]]] = {form.kind: form for form in _ALL}


def fits(docket: Docket, kind: str) -> bool:
    """Whether an act of supervision has anything to act on."""
    if kind == "supervision.answered":
        return docket.petition.waiting_supervision > 0
    return kind != "card.withdrawn" or bool(docket.petition.cards_standing)
