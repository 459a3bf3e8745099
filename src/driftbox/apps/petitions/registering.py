"""Register a petition 登记, from whatever channel (Regulation on Petition Work, Arts. 19–23, 30)."""

from datetime import datetime

from msgspec import Struct

from driftbox.apps.dockets.actions import new_docket, open_case, record
from driftbox.apps.errands.intake import SPOKEN_ACTS, known_or_new
from driftbox.apps.eventlog.actions import together
from driftbox.apps.notices.actions import hand_out_receipt
from driftbox.apps.notices.mailbox import hand_out_mailbox
from driftbox.apps.pack import current_pack
from driftbox.apps.papers.actions import seal_file, seal_text
from driftbox.apps.people.queries import Particulars
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.petition_entries import PetitionRegistered, Route, Sort
from driftbox.domain.docket.petition_guide import PetitionGuide, route_for
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import Refused
from driftbox.domain.log.entry import Body


class Petitioning(Struct, frozen=True, kw_only=True):
    """What a petition tells: of which sort, in which words, from whom, about whom.

    ``petitioner`` None: no name is left. ``helper`` speaks for the petitioner, with their word. ``others`` petition
    too; ``representatives`` are those who speak for all. ``complained`` are persons (ids), ``complained_offices``
    codes. ``scan``: the letter as it came, a photo or PDF. ``appeared``: where the petitioner had to go.
    """

    sort: Sort
    words: str
    office: str
    channel: e.Channel = "window"
    route: Route = ""
    answers: tuple[str, ...] = ()
    petitioner: Particulars | None = None
    helper: Particulars | None = None
    relation: str = ""
    others: tuple[Particulars, ...] = ()
    representatives: tuple[Particulars, ...] = ()
    complained: tuple[str, ...] = ()
    complained_offices: tuple[str, ...] = ()
    scan: bytes = b""
    appeared: str = ""


class Registered(Struct, frozen=True):
    """A petition as registered. ``code``: the receipt code, or the sixteen digits of whoever left no name, shown once.

    ``closed_to_recorder``: it names whoever typed it, who from now on can neither see nor handle it; ``not_speaking``:
    how many were named to speak for all and are kept as petitioners, because the law lets five come.
    """

    docket: Docket
    code: str
    closed_to_recorder: bool = False
    not_speaking: int = 0


def guide() -> PetitionGuide:
    """The guide of the pack in use.

    Raises:
        Refused: this pack has none.
    """
    found = current_pack().guide
    if found is None:
        raise Refused("no_guide", "这里还不办信访。请打电话，我们告诉您找哪里。")
    return found


def matter_for(sort: str, route: str) -> str:
    """The matter under which a petition of this sort and route is registered.

    Raises:
        Refused: this pack has no petitions.
    """
    way = route_for(guide(), sort, route)
    if way is None:
        raise Refused("no_guide", "这里还不办信访。请打电话，我们告诉您找哪里。")
    return way.matter


def register(petitioning: Petitioning, *, recorder: str = "", role: str = "clerk", now: datetime) -> Registered:
    """Open and register a petition in one act. ``recorder`` typed it in ``role``; empty when the petitioner did.

    Raises:
        Refused: a phone or identity number that is not one; no words and no scan.
        BadPaper: a scan that is neither photo nor PDF.
    """
    if not petitioning.words.strip() and not petitioning.scan:
        raise Refused("nothing_said", "还没写什么事。写几句，或者附上来信，都行。")
    with together():
        who = known_or_new(petitioning.petitioner, now) if petitioning.petitioner else ""
        by = known_or_new(petitioning.helper, now) if petitioning.helper and who else who
        docket = _open(petitioning, who, by, recorder, now)
        code = hand_out_receipt(docket) if who else hand_out_mailbox(docket)
        scan = seal_file(docket, petitioning.scan, now=now) if petitioning.scan else None
        everybody = [who] + [known_or_new(one, now) for one in petitioning.others]
        speaking = [known_or_new(one, now) for one in petitioning.representatives]
        said = PetitionRegistered(
            sort=petitioning.sort, route=petitioning.route, answers=petitioning.answers, anonymous=not who, scan=scan,
            petitioners=len(dict.fromkeys([*everybody, *speaking])),
        )  # fmt: skip
        writer, as_role = (recorder, role) if recorder else (by, "resident")
        named = _parties(petitioning, who, by, everybody[1:])
        record(docket, [said, *named], by=writer, role=as_role, now=now)
        silent = sum(not _speaks(docket, person, writer, as_role, now) for person in dict.fromkeys(speaking))
        complained = _complained(petitioning)
        after = record(docket, complained, by=by, role="resident", now=now, recorder=recorder)
    return Registered(after, code, bool(recorder) and recorder in after.petition.complained, silent)


def _open(petitioning: Petitioning, who: str, by: str, recorder: str, now: datetime) -> str:
    docket = new_docket(now=now)
    said = seal_text(docket, petitioning.words, now=now) if petitioning.words.strip() else None
    open_case(
        docket, matter=matter_for(petitioning.sort, petitioning.route), channel=petitioning.channel,
        office=petitioning.office, by=by, role="helper" if by != who else "resident", for_=who, recorder=recorder,
        said=said, appeared=petitioning.appeared, now=now,
    )  # fmt: skip
    return docket


def _parties(petitioning: Petitioning, who: str, by: str, others: list[str]) -> list[Body]:
    named: list[Body] = [e.PartyNamed(person=who, part="beneficiary")] if who else []
    if by != who:
        named.append(e.PartyNamed(person=by, part="helper", relation=petitioning.relation))
        named.append(e.MandateGranted(principal=who, agent=by, acts=SPOKEN_ACTS, form="spoken"))
    return named + [e.PartyNamed(person=one, part="petitioner") for one in others]


def _speaks(docket: str, person: str, by: str, role: str, now: datetime) -> bool:
    """Name a representative; one too many is kept as a petitioner, so that nobody is lost."""
    try:
        record(docket, [e.PartyNamed(person=person, part="representative")], by=by, role=role, now=now)
    except Refused:
        record(docket, [e.PartyNamed(person=person, part="petitioner")], by=by, role=role, now=now)
        return False
    return True


def _complained(petitioning: Petitioning) -> list[Body]:
    """Said by the petitioner, whoever typed it, and last: whoever is named records nothing more."""
    people: list[Body] = [e.PartyNamed(person=one, part="complained_of") for one in petitioning.complained]
    return people + [e.PartyNamed(office=one, part="complained_of") for one in petitioning.complained_offices]
