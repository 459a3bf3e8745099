"""What a simulation assumes of people, weather and departments: data of a pack, none of it measured. See the file."""

from datetime import time

from msgspec import Struct

from driftbox.domain.simulation.hours import Opening


class Spread(Struct, frozen=True, forbid_unknown_fields=True):
    """A length that varies: the least, the most usual, the most; the file says of what unit."""

    low: float
    usual: float
    high: float


class Route(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One island: the office that takes its cases, its pier, the pier across to which its box goes; ``share`` of all
    cases; ``box`` is the label.
    """

    office: str
    island: str
    across: str
    share: float
    box: str


class Kind(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A kind of resident: how they ask, and how their papers leave home (weights; ``visit`` is the Friday round)."""

    code: str
    share: float
    channels: dict[str, float]
    ways: dict[str, float]
    helper: float = 0.0
    relation: str = "child"


class Season(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Bad weather in some months: how many times a month, and how many hours boats then stop."""

    months: tuple[int, ...]
    times: float
    hours: Spread
    cause: str


class Petitions(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Petitions: how many a week, which part is joint, how long the office takes, how often a review is asked for."""

    a_week: float
    joint: float
    days: Spread
    late: float
    review: float


class Odds(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How likely things are, each from 0 to 1, once for each case or parcel unless the file says otherwise."""

    enquiry: float
    answer_yes: float
    never_comes: float
    withdraws: float
    paper_left_out: float
    broken_seal: float
    shortage: float
    second_ask: float
    refused: float
    not_home: float
    rates: float
    dispute: float
    sick_a_day: float
    agent_offline_a_day: float


class Assumptions(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All of it. Lengths are hours unless their names say days."""

    cases_per_day: float
    rest_day_factor: float
    hours: tuple[float, ...]
    routes: tuple[Route, ...]
    kinds: tuple[Kind, ...]
    matters: dict[str, float]
    seasons: tuple[Season, ...]
    petitions: Petitions
    odds: Odds
    office_hours: tuple[Opening, ...]
    full_time_hours: tuple[Opening, ...]
    volunteer_hours: tuple[Opening, ...]
    visit_weekday: int
    visit_from: time
    gathering_days: Spread
    missing_days: Spread
    carry: Spread
    accept: Spread
    department_share: Spread
    department_days: Spread
    fetch: Spread
    door: Spread
    offline: Spread
    without_box: dict[str, float]
    without_visit: dict[str, float]
    satisfaction: dict[str, float]
    families: str
    given: str
    petition_words: tuple[str, ...]
