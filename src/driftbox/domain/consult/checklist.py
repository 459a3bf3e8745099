"""The one checklist 一次性告知: everything that is needed, told once, and nothing that need not be asked for.

Telling all at once: Administrative Licence Law Art. 32. What an office can look up is not asked for (Social Assistance
Law Art. 62), nor what is already held (Zhejiang 最多跑一次 rules Art. 7).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from msgspec import Struct

from driftbox.domain.consult.holdings import FOREVER, Held, Reuse, find_reuse
from driftbox.domain.consult.matter import Material, MaterialKind, Matter
from driftbox.domain.text import Text

KINDS: Final[Mapping[MaterialKind, Text]] = {
    "original": Text(zh="原件", en="original"),
    "copy": Text(zh="复印件", en="copy"),
    "form": Text(zh="填好的表", en="filled-in form"),
    "photo": Text(zh="照片", en="photograph"),
    "shown": Text(zh="给我们看一眼就还您", en="only shown, and returned at once"),
}
SIGNERS: Final[Mapping[str, Text]] = {
    "applicant": Text(zh="您本人", en="you"),
    "adult_members": Text(zh="一起过日子的成年家人", en="every adult of the household"),
    "doctor": Text(zh="医生", en="the doctor"),
}
WILL_DO: Final[Mapping[MaterialKind, Text]] = {
    "original": Text(zh="要原件，用完还您", en="The original is needed, and comes back to you"),
    "copy": Text(zh="复印件就行", en="A copy will do"),
    "form": Text(zh="表我们有，也替您填", en="We have the form, and help to fill it in"),
    "photo": Text(zh="手机拍的照片，代办员也能帮您印", en="A photograph from a phone; the agent can print it"),
    "shown": Text(zh="拿出来看一眼就收回，不放进箱", en="Shown and taken back at once; not for the box"),
}
_NUMBERS: Final = ("零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十")


class Checklist(Struct, frozen=True):
    """What one person brings for one matter. Items keep the order of the matter.

    ``bring`` is asked for, ``looked_up`` the office finds itself, ``held`` was handed in before and is still good.
    ``presence``: what must be done in person; ``signers``: who has to sign something of ``bring``.
    """

    bring: tuple[Material, ...]
    looked_up: tuple[Material, ...]
    held: tuple[Reuse, ...]
    presence: tuple[Text, ...]
    signers: tuple[str, ...]

    def as_sms(self, language: str, max_chars: int) -> str:
        """The list as a text message of at most ``max_chars`` characters.

        What does not fit is counted, never dropped in silence: first details go, then the last items.
        """
        kept = self._held(language)
        if not self.bring:
            nothing = _NOTHING.in_language(language)
            return nothing + kept if len(nothing + kept) <= max_chars else nothing[:max_chars]
        full = [_short(material).in_language(language) for material in self.bring]
        bare = [material.name.in_language(language) for material in self.bring]
        tail = self._tail(language)
        tries = [_numbered(full, 0, language) + kept + tail, _numbered(full, 0, language) + kept]
        tries += [_numbered(bare, 0, language) + kept, _numbered(full, 0, language), _numbered(bare, 0, language)]
        tries += [_numbered(bare[:-left], left, language) for left in range(1, len(bare))]
        count = Text(zh=f"要备 {len(bare)} 样，请看回执", en=f"{len(bare)} items; see your receipt").in_language(
            language
        )
        return next((text for text in tries if len(text) <= max_chars), count[:max_chars])

    def _held(self, language: str) -> str:
        if not self.held:
            return ""
        names = _names(tuple(reuse.material for reuse in self.held))
        zh = f"{names.zh}用您交过的，不用再交；不想用，打电话说一声。"
        en = f" We use what you gave before: {names.en}. Tell us if you object."
        return Text(zh=zh, en=en).in_language(language)

    def _tail(self, language: str) -> str:
        said = [Text(zh="别的我们来查，不用您跑。", en=" The rest we look up ourselves.")] if self.looked_up else []
        signers = signers_of(self.signers)
        if signers is not None:
            said.append(Text(zh=f"要签名：{signers.zh}。", en=f" Signed by: {signers.en}."))
        return "".join(text.in_language(language) for text in said)

    def as_speech(self, language: str) -> str:
        """The list in sentences to be read out over the telephone, one item at a time."""
        lines = [_NOTHING] if not self.bring else [_opening(len(self.bring))]
        lines += [_spoken(place, material) for place, material in enumerate(self.bring, start=1)]
        lines += [_still_here(reuse) for reuse in self.held]
        lines += [_MAY_OBJECT] if self.held else []
        if self.looked_up:
            names = _names(self.looked_up)
            lines.append(Text(zh=f"{names.zh}，我们来查，不向您要。", en=f"We look up ourselves: {names.en}."))
        lines += [Text(zh=f"要本人：{one.zh}。", en=f"In person: {one.en}.") for one in self.presence]
        return ("" if _chinese(language) else " ").join(line.in_language(language) for line in lines)


_NOTHING: Final = Text(zh="什么都不用您带。", en="There is nothing to bring.")
_MAY_OBJECT: Final = Text(
    zh="不想用交过的，或者家里有变化，现在说一声，就交新的。",
    en="If you would rather not, or something has changed, say so now and hand in a new one.",
)


def build_checklist(matter: Matter, answers: frozenset[str], held: Iterable[Held], today: date) -> Checklist:
    """What ``matter`` needs after ``answers`` (the question ids answered yes, and objections to old papers).

    ``held``: what the person gave in earlier cases; a paper still good on ``today`` is not asked for again.
    """
    needed = [material for material in matter.materials if is_needed(material, answers)]
    asked = [material for material in needed if material.supplied_by == "resident"]
    papers = tuple(held)
    good = {material.code: find_reuse(material, papers, answers, today) for material in asked}
    bring = tuple(material for material in asked if good[material.code] is None)
    return Checklist(
        bring=bring,
        looked_up=tuple(material for material in needed if material.supplied_by == "office"),
        held=tuple(reuse for reuse in good.values() if reuse is not None),
        presence=matter.presence,
        signers=tuple(dict.fromkeys(signer for material in bring for signer in material.signed_by)),
    )


def is_needed(material: Material, answers: frozenset[str]) -> bool:
    """Whether one of the answers calls for ``material``, or nothing has to, and no answer spares it."""
    called_for = not material.when or not answers.isdisjoint(material.when)
    return called_for and answers.isdisjoint(material.unless)


def signers_of(signers: tuple[str, ...]) -> Text | None:
    """Who signs, in words; None when nobody has to."""
    if not signers:
        return None
    names = [SIGNERS.get(signer, Text(zh=signer, en=signer)) for signer in signers]
    return Text(zh="、".join(name.zh for name in names), en=", ".join(name.en for name in names))


def _short(material: Material) -> Text:
    kind, copies = KINDS[material.kind], material.copies
    zh = f"{kind.zh} {copies} 份" if copies > 1 else kind.zh
    en = f"{copies} × {kind.en}" if copies > 1 else kind.en
    later = Text(zh="，可以后补", en=", may follow") if material.may_follow else Text(zh="", en="")
    return Text(zh=f"{material.name.zh}（{zh}{later.zh}）", en=f"{material.name.en} ({en}{later.en})")


def _numbered(items: list[str], left: int, language: str) -> str:
    chinese = _chinese(language)
    listed = ("；" if chinese else "; ").join(f"{place}.{item}" for place, item in enumerate(items, start=1))
    total = len(items) + left
    rest = (
        Text(zh=f"；还有 {left} 样，请看回执", en=f"; and {left} more, see your receipt")
        if left
        else Text(zh="", en="")
    )
    return f"要备 {total} 样：{listed}{rest.zh}。" if chinese else f"Bring {total}: {listed}{rest.en}."


def _opening(count: int) -> Text:
    return Text(
        zh=f"一共要备{_number(count)}样，请您记一下。", en=f"There are {count} things to bring. Please note them."
    )


def _spoken(place: int, material: Material) -> Text:
    kind, note = KINDS[material.kind], material.note
    copies = material.copies
    signers = signers_of(material.signed_by)
    zh = [f"第{_ordinal(place)}样，{material.name.zh}，{kind.zh}"]
    en = [f"Number {place}: {material.name.en}, {kind.en}"]
    zh += [f"，要{_number(copies)}份"] if copies > 1 else []
    en += [f", {copies} of them"] if copies > 1 else []
    zh += ["，可以以后再补"] if material.may_follow else []
    en += [", which may follow later"] if material.may_follow else []
    zh += [f"。{note.zh}"] if note is not None else []
    en += [f". {note.en}"] if note is not None else []
    zh += [f"。要签名的是{signers.zh}"] if signers is not None else []
    en += [f". Signed by {signers.en}"] if signers is not None else []
    return Text(zh=f"{''.join(zh)}。", en=f"{''.join(en)}.")


def _still_here(reuse: Reuse) -> Text:
    name, given, until = reuse.material.name, reuse.held.given, reuse.until
    zh = f"{name.zh}，您{given.year}年{given.month}月{given.day}日交过"
    en = f"You gave us this on {given.isoformat()}: {name.en}"
    if until == FOREVER:
        return Text(zh=f"{zh}，一直有效，这次用原来那张，不用再交。", en=f"{en}. It does not expire; we use it again.")
    return Text(
        zh=f"{zh}，还有效到{until.year}年{until.month}月{until.day}日，这次用原来那张，不用再交。",
        en=f"{en}. It is good until {until.isoformat()}; we use it again.",
    )


def _names(materials: tuple[Material, ...]) -> Text:
    return Text(zh="、".join(m.name.zh for m in materials), en=", ".join(m.name.en for m in materials))


def _number(number: int) -> str:
    """A small number as it is said before a measure word: 两, not 二."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f" {number} "


def _ordinal(place: int) -> str:
    return _number(place).replace("两", "二")


def _chinese(language: str) -> bool:
    return not language.startswith("en")
