"""What the resident's pages say about this house, counted from its pack."""

from collections import Counter
from datetime import date

from msgspec import Struct

from driftbox.domain.consult.matter import Matter
from driftbox.domain.text import Text
from driftbox.gateways.pack import Pack
from driftbox.gateways.word_index import fallback_of


class Figures(Struct, frozen=True):
    """How many stations, points and agents there are; 0 where the pack does not say."""

    stations: int
    points: int
    agents: int


class Days(Struct, frozen=True):
    """Calendar days that the law gives a petition: to tell who handles it, and to answer."""

    notice: int
    answer: int


def figures(pack: Pack) -> Figures:
    """The figures of the foot line: offices are counted, agents are as the pack reports them."""
    kinds = [office.kind for office in pack.offices.values()]
    agents = pack.settings.get("agents_total", 0)
    return Figures(kinds.count("station"), kinds.count("point"), agents if isinstance(agents, int) else 0)


def catch_all(pack: Pack) -> Matter:
    """The matter for whatever fits nowhere."""
    return pack.matters[fallback_of(pack)]


def featured(pack: Pack) -> list[Matter]:
    """The common matters of the home page, in their order."""
    shown = (matter for matter in pack.matters.values() if matter.featured)
    return sorted(shown, key=lambda matter: matter.featured)


def petitions(pack: Pack) -> list[Matter]:
    """The matters of petition 信访, those that people have most ways of asking for first."""
    said = Counter(code for saying in pack.sayings for code in saying.matters)
    found = [matter for matter in pack.matters.values() if matter.procedure == "petition"]
    return sorted(found, key=lambda matter: -said[matter.code])


def by_category(pack: Pack) -> list[tuple[Text, list[Matter]]]:
    """All matters by category, the largest category first."""
    groups: dict[Text, list[Matter]] = {}
    for matter in pack.matters.values():
        groups.setdefault(matter.category, []).append(matter)
    return sorted(groups.items(), key=lambda group: -len(group[1]))


def petition_days(pack: Pack, today: date) -> Days | None:
    """The two limits of a petition as the law of ``today`` has them (Regulation on Petition Work Arts. 22–23, 34).

    None when the pack lacks either: a limit that is not known is not promised.
    """
    limits = {
        rule.id: rule.limit
        for rule in pack.clocks
        if rule.procedure == "petition"
        and rule.profile == "national"
        and rule.in_force_from <= today
        and (rule.in_force_to is None or today <= rule.in_force_to)
    }
    notice, answer = limits.get("notice"), limits.get("handling")
    return Days(notice, answer) if notice and answer else None
