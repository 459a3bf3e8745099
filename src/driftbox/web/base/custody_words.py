"""Where the papers are and were, bag by bag, in the words of the chain of custody."""

from datetime import datetime

from django.utils.translation import gettext
from msgspec import Struct

from driftbox.apps.custody.queries import box_of
from driftbox.apps.errands.chains import chains_of_case
from driftbox.apps.people.queries import Colleague, colleagues
from driftbox.domain.custody.chain import Chain, Proof, Spell
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.ids import instant
from driftbox.web.base.number_fields import read_out
from driftbox.web.base.telling import place_name


class Held(Struct, frozen=True):
    """One line: where, since when, what shows it; ``now``: it is there; ``odd``: what did not agree, in words."""

    where: str
    since: datetime
    shown: str
    now: bool
    odd: str


class BagWay(Struct, frozen=True):
    """The way of one bag, its last place first; ``back``: it is on the way home."""

    title: str
    seal: str
    lines: tuple[Held, ...]
    open: bool


def ways_of(docket: Docket) -> list[BagWay]:
    """The way of every bag of a case, the bag that moved last first."""
    if not docket.parcels:
        return []
    people = colleagues()
    ways = [(chain.holder.since_ms, _way(docket, chain, people)) for chain in chains_of_case(docket.id)]
    return [way for _since, way in sorted(ways, key=lambda pair: -pair[0])]


def _way(docket: Docket, chain: Chain, people: dict[str, Colleague]) -> BagWay:
    title = gettext("送回家的一袋") if chain.way == "back" else gettext("交出来的一袋")
    spells = [one for one in chain.spells if one.until_ms != one.since_ms or one is chain.holder]
    odd = gettext("这一段对不上，正在弄清楚。") if chain.open_incident else gettext("这一段对不上过，已经弄清楚了。")
    lines = [_held(docket, one, people, odd if one.gap else "", now=one is chain.holder) for one in reversed(spells)]
    resting = chain.holder.holder in {"resident", "department"}
    return BagWay(title, read_out(chain.seal), tuple(lines), open=not resting)


def _held(docket: Docket, spell: Spell, people: dict[str, Colleague], odd: str, *, now: bool) -> Held:
    shown = list(dict.fromkeys(shown_words(proof) for proof in spell.proofs))
    where = _where(docket, spell, people)
    return Held(where, instant(spell.since_ms), gettext("，").join(word for word in shown if word), now, odd)


def _where(docket: Docket, spell: Spell, people: dict[str, Colleague]) -> str:
    place = place_name(spell.place) if spell.place else ""
    if spell.holder == "box":
        row = box_of(spell.who)
        return gettext("在{place}的漂流箱里（{label}）").format(place=place, label=row.label if row else "—")
    if spell.holder == "agent":
        known = people.get(spell.who)
        name = known.name if known else ""
        return gettext("在代办员 {name} 手里").format(name=name) if name else gettext("在代办员手里")
    return {
        "resident": gettext("在您手里"),
        "ship": gettext("在船上，{place}开出").format(place=place),
        "pier": gettext("到了{place}，等人来取").format(place=place),
        "office": gettext("在{place}").format(place=place_name(docket.office)),
        "department": gettext("在部门"),
    }[spell.holder]


def shown_words(proof: Proof) -> str:
    """What a proof shows; empty for what was only told."""
    return {
        "sealed": gettext("封好了"),
        "seal_intact": gettext("封条完好"),
        "seal_not_intact": gettext("封条和记着的不一样"),
        "opened": gettext("拆封了"),
        "counted": gettext("一样一样点过"),
        "signed": gettext("签收了"),
    }.get(proof.shows, "")
