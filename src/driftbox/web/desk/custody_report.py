"""The custody report 保管报告 in words: who held what, from when to when, with which proof; gaps and what is open."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, ngettext
from msgspec import Struct

from driftbox.apps.custody.queries import box_of
from driftbox.apps.errands.chains import BoxCustody, CaseCustody
from driftbox.apps.pack import current_pack
from driftbox.apps.people.queries import Colleague, colleagues, particulars_of
from driftbox.domain.custody.chain import Chain, Proof, Spell
from driftbox.domain.custody.stays import Stay
from driftbox.domain.docket.incident import Incident
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import Entry
from driftbox.domain.log.ids import instant
from driftbox.web.base.custody_words import shown_words
from driftbox.web.base.incident_words import HOW, REASONS, WHO, what_words
from driftbox.web.base.number_fields import read_out
from driftbox.web.base.telling import place_name


class Trouble(Struct, frozen=True):
    """What did not agree, and how it stands; ``docket`` and ``entry`` lead to its page."""

    words: str
    open: bool
    docket: str
    entry: str


class Line(Struct, frozen=True):
    """One time that somebody held it (``until`` None: still).

    ``wrong``: why it counts as a gap; empty when it does not. ``case``: the docket that the line leads to, when
    whoever looks may see it.
    """

    who: str
    since: datetime
    until: datetime | None
    proofs: tuple[str, ...] = ()
    wrong: str = ""
    troubles: tuple[Trouble, ...] = ()
    case: str = ""


class Part(Struct, frozen=True):
    """The lines of one parcel, or of the box itself, oldest first."""

    title: str
    head: str
    lines: tuple[Line, ...]
    seal: str = ""


class Report(Struct, frozen=True):
    """A whole report; ``troubles`` are those that belong to no single line."""

    title: str
    about: str
    parts: tuple[Part, ...]
    troubles: tuple[Trouble, ...] = ()

    @property
    def gaps(self) -> int:
        """How many lines do not follow from the one before, or whose seal or count was wrong."""
        return sum(bool(line.wrong) for part in self.parts for line in part.lines)

    @property
    def unsettled(self) -> int:
        """How many troubles nobody has settled yet."""
        found = {(one.docket, one.entry): one for part in self.parts for line in part.lines for one in line.troubles}
        found |= {(one.docket, one.entry): one for one in self.troubles}
        return sum(one.open for one in found.values())

    @property
    def summary(self) -> str:
        """The whole report in a sentence or two."""
        if not any(part.lines for part in self.parts):
            return gettext("还没有交过东西。")
        if not self.gaps and not self.unsettled:
            return gettext("从头到尾接得上，没有断档，也没有没定的。")
        gaps = ngettext("有 {n} 处断档。", "有 {n} 处断档。", self.gaps).format(n=self.gaps) if self.gaps else ""
        return gettext("{first}{second}").format(first=gaps, second=self._settling()).strip()

    def _settling(self) -> str:
        if self.unsettled:
            words = ngettext("有 {n} 处对不上，还没有定。", "有 {n} 处对不上，还没有定。", self.unsettled)
            return words.format(n=self.unsettled)
        known = self.troubles or any(line.troubles for part in self.parts for line in part.lines)
        return gettext("对不上的都定了。") if known else ""


def case_report(docket: Docket, custody: CaseCustody) -> Report:
    """The report about a case, for somebody who came through its guarded door."""
    teller = _Teller(docket, custody.entries, colleagues(), custody.incidents)
    told = {key for chain in custody.chains for spell in chain.spells for key in spell.incidents}
    rest = [one for key, one in docket.incidents.items() if key not in told]
    return Report(
        gettext("保管报告"), docket.number, tuple(teller.part(chain) for chain in custody.chains),
        tuple(_trouble(one, docket.id) for one in rest),
    )  # fmt: skip


class _Teller(Struct, frozen=True):
    """Puts the chains of one case into words, with the names of who held it."""

    docket: Docket
    entries: Mapping[str, Entry]
    people: Mapping[str, Colleague]
    incidents: Mapping[str, Incident]

    def part(self, chain: Chain) -> Part:
        title = gettext("送回家的一袋") if chain.way == "back" else gettext("交出来的一袋")
        return Part(title, gettext("谁拿着"), tuple(self.line(spell) for spell in chain.spells), read_out(chain.seal))

    def line(self, spell: Spell) -> Line:
        found = [(key, self.incidents[key]) for key in spell.incidents if key in self.incidents]
        troubles = tuple(_trouble(one, self.docket.id if key in self.docket.incidents else "") for key, one in found)
        return Line(
            self.holder(spell), instant(spell.since_ms), instant(spell.until_ms) if spell.until_ms else None,
            tuple(self.proof(proof) for proof in spell.proofs), _gap(_why(spell, found)) if spell.gap else "", troubles,
        )  # fmt: skip

    def holder(self, spell: Spell) -> str:
        place = place_name(spell.place) if spell.place else ""
        if spell.holder == "box":
            row = box_of(spell.who)
            return gettext("{label} 号漂流箱，{place}").format(label=row.label if row else "—", place=place)
        if spell.holder == "ship":
            return gettext("船上，{place}开出，班次 {sailing}").format(place=place, sailing=spell.who)
        if spell.holder == "agent":
            return gettext("代办员 {name}").format(name=self.name(spell.who))
        department = current_pack().matters[self.docket.matter].department
        return {
            "resident": gettext("{name}（本人）").format(name=self.name(spell.who)),
            "pier": gettext("{place}，等人来取").format(place=place),
            "office": place_name(self.docket.office),
            "department": place_name(department),
        }[spell.holder]

    def proof(self, proof: Proof) -> str:
        words = shown_words(proof) or gettext("当场记下")
        entry = self.entries.get(proof.entry)
        if entry is None:
            return words
        who = self.name(entry.recorder or entry.by)
        return gettext("{what}（{who} 记）").format(what=words, who=who)

    def name(self, person: str) -> str:
        if not person:
            return gettext("没有登记姓名的人")
        known = self.people.get(person)
        return known.name if known else particulars_of(person).name


def _gap(why: str) -> str:
    return gettext("断档：{why}").format(why=why) if why else ""


def _why(spell: Spell, found: Iterable[tuple[str, Incident]]) -> str:
    """Why a spell is a gap, in a few words."""
    reasons = [shown_words(proof) for proof in spell.proofs if proof.shows == "seal_not_intact"]
    reasons += [what_words(one.what) for _key, one in found]
    return gettext("，").join(dict.fromkeys(reasons)) or gettext("和前一段接不上，或者箱和卷宗说的不一样")


def _trouble(one: Incident, docket: str) -> Trouble:
    what = what_words(one.what)
    if not one.settled:
        return Trouble(gettext("还没有定：{what}").format(what=what), open=True, docket=docket, entry=one.entry)
    words = gettext("定了：{what}。{how}，{reason}").format(
        what=what, how=HOW.get(one.how, one.how), reason=REASONS.get(one.reason, one.reason)
    )
    return Trouble(words, open=False, docket=docket, entry=one.entry)


def box_report(custody: BoxCustody, numbers: Mapping[str, str]) -> Report:
    """The report about a box; whoever is named, is named only with a case whose number is in ``numbers``."""
    box, people = custody.box, colleagues()
    parts = (
        Part(gettext("箱在哪里"), gettext("在哪里"), tuple(_stop(spell, custody.entries) for spell in custody.spells)),
        Part(
            gettext("箱里放过什么"),
            gettext("哪一袋"),
            tuple(_stay(stay, numbers.get(stay.case, ""), people) for stay in custody.stays),
        ),
    )
    troubles = tuple(_trouble(one, box.id) for one in box.incidents.values())
    return Report(gettext("保管报告"), gettext("{label} 号漂流箱").format(label=box.label), parts, troubles)


def _stop(spell: Spell, entries: Mapping[str, Entry]) -> Line:
    place = place_name(spell.place)
    ship = gettext("船上，{place}开出，班次 {sailing}").format(place=place, sailing=spell.who)
    wrong = gettext("人看到的和记着的不一样，照看到的改了") if spell.gap else ""
    until = instant(spell.until_ms) if spell.until_ms else None
    told = [_recorded(entries[proof.entry].role) for proof in spell.proofs]
    return Line(ship if spell.holder == "ship" else place, instant(spell.since_ms), until, tuple(told), _gap(wrong))


def _recorded(role: str) -> str:
    return gettext("{who}记下").format(who=WHO[role]) if role in WHO else gettext("当场记下")


def _stay(stay: Stay, number: str, people: Mapping[str, Colleague]) -> Line:
    """``number`` is empty for a case that whoever looks may not see: then nobody is named either."""
    what = ngettext("{n} 份材料", "{n} 份材料", stay.count).format(n=stay.count)
    seal = gettext("封条 {seal}").format(seal=read_out(stay.seal)) if stay.seal else gettext("没有封条")
    who = gettext("{case}，{what}，{seal}").format(case=number or gettext("别处的一件事"), what=what, seal=seal)
    proofs = [_by(gettext("在{place}放进").format(place=place_name(stay.put_at)), number and stay.put_by, people)]
    if stay.until_ms:
        found = gettext("封条完好") if stay.intact else gettext("封条和记着的不一样")
        words = gettext("在{place}取出，{found}").format(place=place_name(stay.taken_at), found=found)
        proofs.append(_by(words, number and stay.taken_by, people))
    wrong = gettext("封条和记着的不一样") if stay.intact is False else ""
    until = instant(stay.until_ms) if stay.until_ms else None
    return Line(who, instant(stay.since_ms), until, tuple(proofs), _gap(wrong), case=stay.case if number else "")


def _by(words: str, person: str, people: Mapping[str, Colleague]) -> str:
    known: Any = people.get(person)
    return gettext("{what}（{who} 记）").format(what=words, who=known.name) if known else words
