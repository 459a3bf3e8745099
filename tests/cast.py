"""The people and the days of every story. None of them exists."""

import itertools
from datetime import UTC, datetime
from pathlib import Path

import driftbox
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.table import Table, compile_tables
from driftbox.domain.log.entry import Body, Entry
from driftbox.domain.log.ids import build_id, millis
from driftbox.gateways.pack_files import load_pack

PACK_PATH = Path(driftbox.__file__).parent / "packs" / "cn_putuo"
PACK = load_pack(PACK_PATH)
TABLES: dict[str, Table] = compile_tables(PACK.procedures)

NIGHT = datetime(2026, 5, 11, 13, 42, tzinfo=UTC)  # 21:42 in Zhoushan, a Monday


def key(number: int) -> str:
    """The id of somebody or something, always the same for the same number."""
    return build_id(millis(datetime(2026, 1, 1, tzinfo=UTC)), 0, number)


FATHER, DAUGHTER, STRANGER = key(1), key(2), key(3)
LIN, CHEN, YU, WANG, HU = key(11), key(12), key(13), key(14), key(15)  # clerk, two agents, officer, director
CASE, BOX, PARCEL = key(21), key(22), key(31)
NODE = "n-test"

ID_CARD = e.Item(code="id_card")
BOOK = e.Item(code="household_register")
OPENED = e.CaseOpened(procedure="errand", matter="MZ-DIBAO", channel="phone", office="C-BS", number="baisha-2026-0086")
BENEFICIARY = e.PartyNamed(person=FATHER, part="beneficiary")
HELPER = e.PartyNamed(person=DAUGHTER, part="helper", relation="child")
TOLD = e.ChecklistGiven(items=(ID_CARD, BOOK), told=("voice",), to=(DAUGHTER,))
SENT = e.MaterialsSent(parcel=PARCEL, items=(ID_CARD, BOOK), via="box", place="ZHANGZHOU", box=BOX, seal="BS-0413")
LOADED = e.ParcelLoaded(parcel=PARCEL, sailing="boat-1020", origin="ZHANGZHOU", destination="BAISHA")
LANDED = e.ParcelLanded(parcel=PARCEL, place="BAISHA")
COLLECTED = e.ParcelCollected(parcel=PARCEL, place="BAISHA", seal_intact=True)
COUNTED = e.MaterialsCounted(parcel=PARCEL, found=(ID_CARD, BOOK))
CHECKED = e.MaterialsChecked()
ACCEPTED = e.CaseAccepted(receipt="baisha-2026-0086")
GRANTED = e.DecisionMade(outcome="granted")
ISSUED = e.ResultIssued(items=(e.Item(code="result", kind="original"),), place="D-MZ")
FETCHED = e.ResultCollected(place="D-MZ")
HANDED = e.ResultDelivered(to=FATHER, proof="signature", place="home")
CLOSED = e.CaseClosed(how="done")

STORY: tuple[tuple[Body, str, str], ...] = (
    (OPENED, DAUGHTER, "helper"),
    (BENEFICIARY, LIN, "clerk"),
    (HELPER, LIN, "clerk"),
    (TOLD, LIN, "clerk"),
    (SENT, "", "depositor"),
    (e.TaskClaimed(agent=CHEN), CHEN, "agent"),
    (LOADED, HU, "crew"),
    (LANDED, HU, "crew"),
    (COLLECTED, CHEN, "agent"),
    (COUNTED, CHEN, "agent"),
    (CHECKED, CHEN, "agent"),
    (ACCEPTED, LIN, "clerk"),
    (GRANTED, WANG, "officer"),
    (ISSUED, WANG, "officer"),
    (FETCHED, CHEN, "agent"),
    (HANDED, CHEN, "agent"),
    (CLOSED, LIN, "clerk"),
)


def entry(number: int, body: Body, by: str, role: str, *, docket: str = CASE, kind: str = "") -> Entry:
    """The ``number``-th entry of a docket, one minute after the one before."""
    return Entry(
        id=build_id(millis(NIGHT) + number * 60_000, 0, number), docket=docket, kind=kind or e.KIND_OF[type(body)],
        by=by, role=role, for_=FATHER, node=NODE, body=body,
    )  # fmt: skip


def story(until: type[Body] | None = None) -> list[Entry]:
    """The night call as entries, up to and with the first body of type ``until``."""
    entries = []
    for number, (body, by, role) in zip(itertools.count(), STORY, strict=False):
        entries.append(entry(number, body, by, role))
        if until is not None and isinstance(body, until):
            break
    return entries
