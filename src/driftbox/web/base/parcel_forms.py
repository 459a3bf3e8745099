"""The forms of what is done with parcels: open, count, pack for the way home, put into a box, hand over at the door."""

from datetime import date, datetime

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from msgspec import structs

from driftbox.apps.custody.queries import boxes
from driftbox.apps.errands.deposits import Bag, box_parcel, carry_return, pack_return
from driftbox.apps.errands.hands import Hand
from driftbox.apps.pack import calendar, opens_with_two
from driftbox.apps.people.queries import colleagues
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import parcel_entries as p
from driftbox.domain.docket.parcel_effects import RIDING
from driftbox.domain.docket.state import Docket, Parcel
from driftbox.domain.errors import Refused
from driftbox.domain.log.entry import Body
from driftbox.web.base.act_form import ActForm, all_materials, offer, ticked_from_photos
from driftbox.web.base.number_fields import bag_field, seal_field
from driftbox.web.base.signing import Seal, Signed
from driftbox.web.base.telling import place_name, thing_names

CAMERA = {"accept": "image/*", "capture": "environment"}
MOST = 9999
IN_HAND = frozenset({"agent", "office", "landing"})


def to_count(docket: Docket) -> Parcel | None:
    """The parcel on the way out that somebody has in hand and nobody has counted; the last one when all are."""
    out = [one for one in docket.parcels.values() if one.way == "out"] or list(docket.parcels.values())
    waiting = [one for one in out if one.found is None and one.where not in RIDING]
    return next(reversed(waiting or out), None)


def to_bring_home(docket: Docket) -> tuple[e.Item, ...]:
    """The result and the originals that are neither with their owner nor in a bag on the way there."""
    packed = {item.code for one in docket.parcels.values() if one.way == "back" for item in one.manifest}
    result = () if docket.delivered_ms else docket.result
    return tuple(item for item in (*result, *held_originals(docket)) if item.code not in packed)


def held_originals(docket: Docket) -> tuple[e.Item, ...]:
    """The originals that are with us, as a manifest has them."""
    return tuple(e.Item(code=code, kind="original", count=count) for code, count in docket.originals.items() if count)


def in_hand(docket: Docket) -> list[Parcel]:
    """The sealed parcels that somebody holds and could put into a box."""
    return [one for one in docket.parcels.values() if one.where in IN_HAND and one.seal and one.found is None]


def _box_choices() -> list[tuple[str, str]]:
    here = [box for box in boxes() if box.where == "pier"]
    return [(box.label, f"{box.label} {place_name(box.place)}") for box in here]


class Open(ActForm):
    """Cut the seal."""

    kind, button = "parcel.opened", _("拆封了")
    witness = forms.ChoiceField(label=_("谁在旁边看着？"), required=False)

    def shape(self) -> None:
        people = sorted((one.name, one.person) for one in colleagues().values() if one.person != self.person)
        offer(self, "witness", [("", "—"), *((person, name) for name, person in people)])
        if opens_with_two(self.docket.matter):
            self.fields["witness"].required = True
            self.fields["witness"].help_text = _("这一类要两个人一起拆")

    def bodies(self, seal: Seal) -> list[Body]:
        parcel = to_count(self.docket)
        if parcel is None:
            return []
        return [p.ParcelOpened(parcel=parcel.id, place=parcel.place, witness=self.cleaned_data["witness"] or None)]


class Count(ActForm):
    """Count a parcel, item by item, against what was said to be in it."""

    kind, button = "materials.counted", _("清点好了")
    found = forms.MultipleChoiceField(
        label=_("袋里有哪几样？"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("一样一样拿出来对，有的打勾"),
    )  # fmt: skip
    more = forms.MultipleChoiceField(
        label=_("还多了哪几样？"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("单子上没写、袋里却有的"),
    )  # fmt: skip

    def shape(self) -> None:
        manifest, names = self._manifest(), all_materials(self.docket)
        offer(self, "found", [(code, name) for code, name in names if code in manifest])
        offer(self, "more", [(code, name) for code, name in names if code not in manifest])
        self.fields |= {
            f"count-{code}": _how_many(name, manifest[code].count)
            for code, name in names if code in manifest and manifest[code].count > 1
        }  # fmt: skip
        ticked_from_photos(self, "found")
        if len(names) == len(manifest):
            del self.fields["more"]

    def _manifest(self) -> dict[str, e.Item]:
        parcel = to_count(self.docket)
        return {item.code: item for item in parcel.manifest} if parcel else {}

    def bodies(self, seal: Seal) -> list[Body]:
        manifest, parcel = self._manifest(), to_count(self.docket)
        if parcel is None:
            return []
        found = [self._as_found(manifest[code]) for code in self.cleaned_data["found"]]
        found += [e.Item(code=code) for code in self.cleaned_data.get("more", ())]
        return [e.MaterialsCounted(parcel=parcel.id, found=tuple(item for item in found if item.count))]

    def _as_found(self, item: e.Item) -> e.Item:
        """What is ticked is all there, unless another number was written beside it."""
        number = self.cleaned_data.get(f"count-{item.code}")
        return item if number is None else structs.replace(item, count=number)


def _how_many(name: str, told: int) -> forms.IntegerField:
    """How many there really are of what should be there several times."""
    return forms.IntegerField(
        label=gettext("{name}：袋里几份？").format(name=name), required=False, min_value=0, max_value=MOST,
        help_text=gettext("单子上是 {count} 份").format(count=told), initial=told,
    )  # fmt: skip


class PackReturn(ActForm):
    """Seal result and originals for the way home, into a box or to carry them oneself."""

    kind, button, by_hand = "return.packed", _("封好了，送回岛"), True
    items = forms.MultipleChoiceField(label=_("袋里放了哪几样？"), widget=forms.CheckboxSelectMultiple)
    seal = seal_field(required=False, help_text=_("放进箱一定要封；自己带的也封好，填上号"))
    bag = bag_field()
    box = forms.ChoiceField(label=_("放进哪只箱？"), required=False)
    photo = forms.FileField(label=_("拍一张照片"), required=False, widget=forms.FileInput(attrs=CAMERA))

    def shape(self) -> None:
        there = to_bring_home(self.docket)
        names = thing_names(self.docket, there)
        offer(self, "items", [(item.code, name) for item, name in zip(there, names, strict=True)])
        self.fields["items"].initial = [item.code for item in there]
        offer(self, "box", [("", gettext("不放箱，我自己带回去")), *_box_choices()])

    def carry_out(self, hand: Hand) -> Docket:
        data = self.cleaned_data
        items = tuple(item for item in to_bring_home(self.docket) if item.code in data["items"])
        photos = (data["photo"].read(),) if data["photo"] else ()
        bag = Bag(self.docket.id, items, data["seal"], photos, data["bag"])
        return pack_return(data["box"], bag, hand) if data["box"] else carry_return(self.docket.office, bag, hand)


class BoxParcel(ActForm):
    """Put a sealed parcel that is in hand into a box."""

    kind, button, by_hand = "parcel.boxed", _("手里这一袋放进箱"), True
    parcel = forms.ChoiceField(label=_("哪一袋？"))
    box = forms.ChoiceField(label=_("放进哪只箱？"))

    def shape(self) -> None:
        offer(self, "parcel", [(one.id, gettext("封条 {seal}").format(seal=one.seal)) for one in in_hand(self.docket)])
        offer(self, "box", _box_choices())

    def carry_out(self, hand: Hand) -> Docket:
        return box_parcel(self.cleaned_data["box"], self.docket.id, self.cleaned_data["parcel"], hand)


class Failed(ActForm):
    """Nobody there: when next."""

    kind, button = "delivery.failed", _("没送成")
    cause = forms.ChoiceField(
        label=_("怎么没送成？"),
        choices=[("not_home", _("家里没人")), ("weather", _("天气不好")), ("wrong_address", _("地址不对")),
                 ("refused", _("不肯收"))],
    )  # fmt: skip
    next_day = forms.DateField(
        label=_("约好哪天再送？"), required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("还没约好就空着，约好了再记一次"),
    )  # fmt: skip

    def bodies(self, seal: Seal) -> list[Body]:
        day: date | None = self.cleaned_data["next_day"]
        if day and day < calendar().local_date(seal.now):
            raise Refused("past_day", "约的日子已经过了，没有记。请选今天或以后的日子。")
        return [e.DeliveryFailed(cause=self.cleaned_data["cause"], next_day=day.isoformat() if day else None)]


class Deliver(Signed, ActForm):
    """Hand over the result, and the originals with it, against one signature."""

    kind, button = "result.delivered", _("送到了，签收")
    back = forms.MultipleChoiceField(
        label=_("一起还了哪几样原件？"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("当面点给他，一起签收"),
    )  # fmt: skip
    field_order = ("back", *Signed.base_fields)

    def shape(self) -> None:
        held = held_originals(self.docket)
        if not held:
            del self.fields["back"]
            return
        names = thing_names(self.docket, held)
        offer(self, "back", [(item.code, name) for item, name in zip(held, names, strict=True)])

    def foresee(self, now: datetime) -> None:
        del now
        if "back" in self.fields:
            self.fields["back"].initial = [item.code for item in held_originals(self.docket)]

    def bodies(self, seal: Seal) -> list[Body]:
        kept = self.evidence(seal)
        back = self.cleaned_data.get("back") or ()
        made: list[Body] = [
            e.ResultDelivered(
                to=self.docket.beneficiary, proof=kept.proof, place="home", paper=kept.paper, picture=kept.picture
            )
        ]
        items = tuple(item for item in held_originals(self.docket) if item.code in back)
        if items:
            made.append(e.MaterialsReturned(items=items, proof=kept.proof, paper=kept.paper, picture=kept.picture))
        return made


PARCEL_FORMS: tuple[type[ActForm], ...] = (Open, Count, PackReturn, BoxParcel, Failed, Deliver)


def has_parcel_for(docket: Docket) -> dict[str, bool]:
    """Whether each act on parcels has anything to act on now."""
    parcel = to_count(docket)
    unopened = parcel is not None and not parcel.opened_ms and parcel.found is None and parcel.where not in RIDING
    return {
        "parcel.opened": unopened,
        "materials.counted": parcel is not None and parcel.where not in RIDING,
        "return.packed": bool(to_bring_home(docket)),
        "parcel.boxed": bool(in_hand(docket)),
    }
