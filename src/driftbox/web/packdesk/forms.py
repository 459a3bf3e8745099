"""The forms of a draft, one for each part of a matter: what it is called, its lists, its limit, a question, a paper."""

from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from msgspec import structs

from driftbox.domain.consult.checklist import KINDS, SIGNERS
from driftbox.domain.consult.matter import Material, Matter
from driftbox.domain.deadlines.rules import MatterLimit
from driftbox.web.base.act_form import offer
from driftbox.web.base.telling import said
from driftbox.web.packdesk.fields import (
    LANGUAGES,
    LinesField,
    Says,
    add_words,
    lines_of,
    require_as_many,
    text_in,
    text_or_none,
    texts_in,
    words_of,
)

UNITS: Final = [("working", _("工作日")), ("calendar", _("自然日"))]
SUPPLIERS: Final = [("resident", _("群众交")), ("office", _("我们自己查，不向群众要"))]
SURE: Final = [("seen", _("跟部门核对过")), ("mixed", _("一部分核对过")), ("memory", _("还没核对，页面上会写明"))]
FRESH, MONTHS, FOREVER = "fresh", "months", "never"
LASTS: Final = [(FRESH, _("每次都要新的")), (MONTHS, _("管几个月")), (FOREVER, _("一直管用"))]
MANY: Final = forms.CheckboxSelectMultiple


def chinese() -> forms.TextInput:
    """A line for law and sources, which are cited in Chinese on every page."""
    return forms.TextInput(attrs={"lang": "zh-CN"})


class PartForm(forms.Form):
    """One part of a matter. ``rev``: the saving of the draft that whoever writes has before them."""

    use_required_attribute = False  # half-done work may be saved
    says: ClassVar[tuple[Says, ...]] = ()
    rev = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, matter: Matter, place: int, data: Any) -> None:
        super().__init__(data)
        self.matter, self.place = matter, place
        add_words(self, self.says)
        self.shape()

    def shape(self) -> None:
        """Fill choices from the matter; sentences come first."""
        self.order_fields([f"{one.name}_{language}" for one in self.says for language in LANGUAGES])

    @classmethod
    def data_of(cls, matter: Matter, place: int) -> dict[str, Any]:
        """What the matter says, as the fields have it; ``place`` counts questions and papers from 0."""
        raise NotImplementedError

    def put(self) -> Matter:
        """The matter with what was written."""
        raise NotImplementedError


class BasicsForm(PartForm):
    """What it is called, and what is said of it."""

    says = (
        Says("plain", _("邻里怎么说")), Says("name", _("正式名称")), Says("lead", _("一句话说明"), long=True),
        Says("result", _("办出来是什么")), Says("fee", _("收不收钱")), Says("department_note", _("谁来定")),
        Says("eligibility", _("谁能办"), long=True, optional=True),
    )  # fmt: skip
    agent_allowed = forms.BooleanField(label=_("代办员可以替他交"), required=False)
    source = forms.CharField(label=_("哪里查到的"), required=False, max_length=300, widget=chinese())
    confidence = forms.ChoiceField(label=_("核对过没有"), choices=SURE)

    @classmethod
    def data_of(cls, matter: Matter, place: int) -> dict[str, Any]:
        """See ``PartForm``."""
        del place
        found = {key: value for one in cls.says for key, value in words_of(getattr(matter, one.name), one.name).items()}
        rest = ("agent_allowed", "source", "confidence")
        return found | {name: getattr(matter, name) for name in rest}

    def put(self) -> Matter:
        """See ``PartForm``."""
        data = self.cleaned_data
        words = {one.name: (text_or_none if one.optional else text_in)(data, one.name) for one in self.says}
        rest = {name: data[name] for name in ("agent_allowed", "source", "confidence")}
        return structs.replace(self.matter, **words, **rest)


class WordsForm(PartForm):
    """What people call it."""

    aliases = LinesField("zh", label=_("大家怎么叫它，一行一个"))

    @classmethod
    def data_of(cls, matter: Matter, place: int) -> dict[str, Any]:
        """See ``PartForm``."""
        del place
        return {"aliases": "\n".join(matter.aliases)}

    def put(self) -> Matter:
        """See ``PartForm``."""
        return structs.replace(self.matter, aliases=tuple(dict.fromkeys(self.cleaned_data["aliases"])))


class ListsForm(PartForm):
    """Where the person is needed, what we look up, how it goes."""

    LISTS: Final = ("presence", "at_home", "looked_up", "steps")
    presence_zh = LinesField("zh", label=_("要本人在场的（中文），一行一条"))
    presence_en = LinesField("en", label=_("要本人在场的（英文），行对行"))
    at_home_zh = LinesField("zh", label=_("上门就能替的（中文），一行一条"))
    at_home_en = LinesField("en", label=_("上门就能替的（英文），行对行"))
    looked_up_zh = LinesField("zh", label=_("我们去查的（中文），一行一条"))
    looked_up_en = LinesField("en", label=_("我们去查的（英文），行对行"))
    steps_zh = LinesField("zh", label=_("一步一步怎么走（中文），一行一步"))
    steps_en = LinesField("en", label=_("一步一步怎么走（英文），行对行"))

    @classmethod
    def data_of(cls, matter: Matter, place: int) -> dict[str, Any]:
        """See ``PartForm``."""
        del place
        return {key: value for name in cls.LISTS for key, value in lines_of(getattr(matter, name), name).items()}

    def clean(self) -> dict[str, Any]:
        """Both languages of a list have as many lines."""
        data = super().clean() or {}
        for name in self.LISTS:
            require_as_many(self, name)
        return data

    def put(self) -> Matter:
        """See ``PartForm``."""
        return structs.replace(self.matter, **{name: texts_in(self.cleaned_data, name) for name in self.LISTS})


class LimitForm(PartForm):
    """How many days it takes, by which article; all empty where nobody found a figure."""

    days = forms.IntegerField(label=_("法律规定最多几天"), required=False, min_value=1, max_value=999)
    promise_days = forms.IntegerField(label=_("答应几天办好"), required=False, min_value=1, max_value=999)
    unit = forms.ChoiceField(label=_("怎么数"), choices=UNITS)
    basis = forms.CharField(label=_("依据：法名和条号"), required=False, max_length=300, widget=chinese())

    @classmethod
    def data_of(cls, matter: Matter, place: int) -> dict[str, Any]:
        """See ``PartForm``."""
        del place
        limit = matter.limit or MatterLimit(unit="working", basis="")
        return {name: getattr(limit, name) for name in ("days", "promise_days", "unit", "basis")}

    def put(self) -> Matter:
        """See ``PartForm``."""
        data = self.cleaned_data
        fields = {name: data[name] for name in ("days", "promise_days", "unit", "basis")}
        said_any = data["days"] or data["promise_days"] or data["basis"]
        return structs.replace(self.matter, limit=MatterLimit(**fields) if said_any else None)


class QuestionForm(PartForm):
    """One plain question."""

    says = (Says("ask", _("怎么问")), Says("hint", _("再说明一句"), optional=True))

    @classmethod
    def data_of(cls, matter: Matter, place: int) -> dict[str, Any]:
        """See ``PartForm``."""
        question = matter.questions[place]
        return words_of(question.ask, "ask") | words_of(question.hint, "hint")

    def put(self) -> Matter:
        """See ``PartForm``."""
        data, rows = self.cleaned_data, list(self.matter.questions)
        words = {"ask": text_in(data, "ask"), "hint": text_or_none(data, "hint")}
        rows[self.place] = structs.replace(rows[self.place], **words)
        return structs.replace(self.matter, questions=tuple(rows))


class MaterialForm(PartForm):
    """One paper: how it is handed in, by whom it is made, when it is needed, for how long it does."""

    KEPT: Final = ("kind", "copies", "supplied_by", "ground", "needs_presence", "may_follow")
    ANSWERS: Final = ("when", "unless", "signed_by")
    says = (Says("name", _("叫什么")), Says("issuer", _("谁开")), Says("note", _("说明"), optional=True))
    kind = forms.ChoiceField(label=_("怎么交"))
    copies = forms.IntegerField(label=_("几份"), min_value=1, max_value=20)
    supplied_by = forms.ChoiceField(label=_("谁来备"), choices=SUPPLIERS)
    ground = forms.CharField(label=_("凭什么由我们查：法名和条号"), required=False, max_length=200, widget=chinese())
    when = forms.MultipleChoiceField(label=_("答了哪样才要，都不勾就是都要"), required=False, widget=MANY)
    unless = forms.MultipleChoiceField(label=_("答了哪样就不要"), required=False, widget=MANY)
    signed_by = forms.MultipleChoiceField(label=_("谁要签名"), required=False, widget=MANY)
    needs_presence = forms.BooleanField(label=_("要本人到场"), required=False)
    may_follow = forms.BooleanField(label=_("可以后补"), required=False)
    lasts = forms.ChoiceField(label=_("交过的还能用多久"), choices=LASTS)
    valid_months = forms.IntegerField(label=_("管几个月"), required=False, min_value=1, max_value=120)

    def shape(self) -> None:
        """Fill choices from the matter."""
        offer(self, "kind", [(code, said(text)) for code, text in KINDS.items()])
        known = [(question.id, said(question.ask) or question.id) for question in self.matter.questions]
        row = self.matter.materials[self.place]
        for name in ("when", "unless"):
            lost = [(code, code) for code in getattr(row, name) if code not in dict(known)]
            offer(self, name, known + lost)
        offer(self, "signed_by", [(code, said(text)) for code, text in SIGNERS.items()])
        self.order_fields(["name_zh", "name_en", "kind", "copies", "issuer_zh", "issuer_en", "note_zh", "note_en"])

    @classmethod
    def data_of(cls, matter: Matter, place: int) -> dict[str, Any]:
        """See ``PartForm``."""
        row = matter.materials[place]
        words = {key: value for one in cls.says for key, value in words_of(getattr(row, one.name), one.name).items()}
        kept = {name: getattr(row, name) for name in cls.KEPT} | {n: list(getattr(row, n)) for n in cls.ANSWERS}
        lasts = FOREVER if row.never_expires else FRESH if row.valid_months is None else MONTHS
        return words | kept | {"lasts": lasts, "valid_months": row.valid_months}

    def clean(self) -> dict[str, Any]:
        """Months where months are meant."""
        data = super().clean() or {}
        if data.get("lasts") == MONTHS and not data.get("valid_months") and "valid_months" not in self.errors:
            self.add_error("valid_months", _("写上几个月，1 到 120。"))
        return data

    def put(self) -> Matter:
        """See ``PartForm``."""
        data, rows = self.cleaned_data, list(self.matter.materials)
        rows[self.place] = self._row(rows[self.place], data)
        return structs.replace(self.matter, materials=tuple(rows))

    def _row(self, row: Material, data: dict[str, Any]) -> Material:
        fields = {name: data[name] for name in self.KEPT} | {name: tuple(data[name]) for name in self.ANSWERS}
        words = {"name": text_in(data, "name"), "issuer": text_in(data, "issuer"), "note": text_or_none(data, "note")}
        months = data["valid_months"] if data["lasts"] == MONTHS else None
        lasting = {"valid_months": months, "never_expires": data["lasts"] == FOREVER}
        return structs.replace(row, **fields, **words, **lasting)
