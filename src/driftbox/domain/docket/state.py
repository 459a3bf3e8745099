"""The state of a case as its entries make it. Written by ``fold`` alone; everyone else reads."""

from typing import Literal

from msgspec import Struct, field

from driftbox.domain.docket.entries import Item
from driftbox.domain.docket.form_state import FormState
from driftbox.domain.docket.handover_state import NO_WORK, Work
from driftbox.domain.docket.incident import Incident, holding, open_ones
from driftbox.domain.docket.notice_state import Notice
from driftbox.domain.docket.petition_state import NO_PETITION, Petition
from driftbox.domain.docket.sea_state import NOT_AT_SEA, AtSea
from driftbox.domain.docket.sitting_state import Sitting
from driftbox.domain.docket.visit_state import NO_VISITS, Visits
from driftbox.domain.log.entry import Entry

Where = Literal["resident", "box", "ship", "landing", "agent", "office", "department", "returned"]
Reason = Literal[
    "not_here",
    "not_role",
    "unknown_parcel",
    "already_claimed",
    "not_claimed",
    "unknown_entry",
    "not_open",
    "opened_twice",
    "already_said",
    "nothing_open",
    "not_another",
    "barred",
]


class Contest(Struct, frozen=True):
    """An entry that cannot stand where it is, why, and what a person has decided about it."""

    entry: Entry
    reason: Reason
    verdict: str = ""


class Parcel(Struct):
    """One parcel 袋 of a case: what was said to be in it, what was found, where it is, under which seal.

    ``way``: ``out`` from home to the office, ``back`` on the way home. ``openers`` cut the seal. ``label``: the
    number printed on the bag, when it has one.
    """

    id: str
    manifest: tuple[Item, ...]
    seal: str
    box: str
    place: str
    where: Where
    moved_ms: int
    seal_intact: bool | None = None
    found: tuple[Item, ...] | None = None
    due: str = ""
    sailing: str = ""
    destination: str = ""
    way: str = "out"
    seal_found: str = ""
    opened_ms: int = 0
    openers: tuple[str, ...] = ()
    sent_ms: int = 0
    checked: bool = False
    label: str = ""

    def shortage(self) -> tuple[str, ...]:
        """Codes of what the manifest names and the count did not find."""
        return () if self.found is None else _missing(self.manifest, self.found)

    def surplus(self) -> tuple[str, ...]:
        """Codes of what was found and the manifest does not name."""
        return () if self.found is None else _missing(self.found, self.manifest)


def _missing(wanted: tuple[Item, ...], there: tuple[Item, ...]) -> tuple[str, ...]:
    counts = {item.code: item.count for item in there}
    return tuple(item.code for item in wanted if item.count > counts.get(item.code, 0))


class Mandate(Struct, frozen=True):
    """A mandate as it stands: the entry that granted it, its reach, and whether it was revoked."""

    entry: str
    principal: str
    agent: str
    acts: tuple[str, ...]
    form: str
    until: str
    revoked: bool = False


class Promise(Struct, frozen=True):
    """A day that was promised, and when it was said; older promises stay visible. See ``PromiseMade``."""

    due: str
    made_ms: int
    subject_to_boats: bool
    open_ended: bool = False
    basis: str = "chosen"
    halts: tuple[str, ...] = ()


class Moment(Struct, frozen=True):
    """One happening that clocks may care about."""

    kind: str
    ms: int
    days: int = 0


class Trip(Struct, frozen=True):
    """One time the resident, or a helper, had to appear somewhere other than home or the home point."""

    place: str
    ms: int
    by_helper: bool


class Docket(Struct):
    """A case as its entries say it is. ``given``: the number that its node gave it; ``number``: as it is shown, told
    apart where two nodes gave one number twice.
    """

    id: str = ""
    procedure: str = ""
    matter: str = ""
    office: str = ""
    number: str = ""
    given: str = ""
    channel: str = ""
    stage: str = ""
    confidential: bool = False
    said: str = ""
    opened_ms: int = 0
    touched_ms: int = 0
    last: str = ""
    count: int = 0
    beneficiary: str = ""
    applicant: str = ""
    parties: dict[str, str] = field(default_factory=dict)
    relations: dict[str, str] = field(default_factory=dict)
    mandates: dict[str, Mandate] = field(default_factory=dict)
    checklist: tuple[Item, ...] = ()
    checklists: int = 0
    told_ms: int = 0
    second_asks: int = 0
    faults: int = 0
    agent: str = ""
    parcels: dict[str, Parcel] = field(default_factory=dict)
    lacking: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    originals: dict[str, int] = field(default_factory=dict)
    originals_ms: int = 0
    originals_since: dict[str, int] = field(default_factory=dict)
    reuse_withdrawn: tuple[str, ...] = ()
    receipt: str = ""
    promises: list[Promise] = field(default_factory=list)
    outcome: str = ""
    decision_paper: str = ""
    result: tuple[Item, ...] = ()
    result_with: str = ""
    failed_deliveries: int = 0
    delivered_ms: int = 0
    satisfaction: int = 0
    solved: str = ""
    how_closed: str = ""
    trips: list[Trip] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    contested: dict[str, Contest] = field(default_factory=dict)
    petition: Petition = NO_PETITION
    incidents: dict[str, Incident] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    forms: tuple[FormState, ...] = ()
    visits: Visits = NO_VISITS
    sea: AtSea = NOT_AT_SEA
    work: Work = NO_WORK
    sittings: tuple[Sitting, ...] = ()

    @property
    def trips_made(self) -> int:
        """How often the resident had to appear: the figure that heads every case 跑了几次."""
        return sum(1 for trip in self.trips if not trip.by_helper)

    @property
    def promised(self) -> str:
        """The day promised last (ISO date), empty if none was."""
        return self.promises[-1].due if self.promises else ""

    @property
    def promised_before_boats(self) -> str:
        """The day promised last while boats sailed (ISO date), empty if none was."""
        return next((one.due for one in reversed(self.promises) if not one.subject_to_boats), "")

    @property
    def waits_for_boats(self) -> bool:
        """Whether the promise that stands was moved because boats do not sail."""
        return bool(self.promises) and self.promises[-1].subject_to_boats

    @property
    def open_contests(self) -> tuple[Contest, ...]:
        """Contested entries that wait for a person."""
        return tuple(contest for contest in self.contested.values() if not contest.verdict)

    @property
    def open_incidents(self) -> tuple[Incident, ...]:
        """Incidents that nobody has settled yet."""
        return open_ones(self.incidents)

    @property
    def on_hold(self) -> tuple[Incident, ...]:
        """Open incidents that keep a parcel from going on."""
        return holding(self.incidents)

    @property
    def custody_gaps(self) -> int:
        """How many parcels came with a broken seal, a shortage or a surplus."""
        return sum(1 for p in self.parcels.values() if p.seal_intact is False or p.shortage() or p.surplus())
