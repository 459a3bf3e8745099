"""At every moment each parcel has exactly one holder or an open incident, whatever people scan."""

import itertools
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cast import (
    BENEFICIARY,
    CASE,
    CHEN,
    DAUGHTER,
    HU,
    ID_CARD,
    LIN,
    OPENED,
    TABLES,
    TOLD,
    WANG,
    YU,
    entry,
    key,
    story,
)  # fmt: skip

from driftbox.domain.custody import entries as b
from driftbox.domain.custody import state as boxes
from driftbox.domain.custody.chain import box_spells, chains
from driftbox.domain.custody.decide import check as check_box
from driftbox.domain.custody.scan import read
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import fold as cases
from driftbox.domain.docket.decide import Deed, check
from driftbox.domain.docket.follow_ups import follow_ups
from driftbox.domain.docket.incident_entries import (
    IncidentNotified,
    IncidentOpened,
    IncidentPhotographed,
    IncidentSettled,
)
from driftbox.domain.errors import Refused

TODAY = date(2026, 5, 13)
BOXES = (key(201), key(202))
PIERS = ("ZHANGZHOU", "BAISHA", "TAOHUA")
EMPTY = e.Item(code="result", kind="original")


class Shore:
    """One case and two boxes, written to as ``apps/errands`` writes: what stands, what is kept, what follows."""

    def __init__(self):
        self.number = itertools.count()
        self.case, self.boxes = [], {box: [] for box in BOXES}
        for body, by, role in ((OPENED, DAUGHTER, "helper"), (BENEFICIARY, LIN, "clerk"), (TOLD, LIN, "clerk")):
            self.write_case(body, by, role)
        for box in BOXES:
            self.write_box(box, b.BoxRegistered(label="BX", pier="ZHANGZHOU"), HU, "director")

    def docket(self):
        return cases.fold(self.case, TABLES)

    def box(self, box):
        return boxes.fold(self.boxes[box], TABLES)

    def write_case(self, body, by, role):
        self.case.append(entry(next(self.number), body, by, role))
        for opened in follow_ups(self.docket(), self.case[-1]):
            self.case.append(entry(next(self.number), opened, by, role))

    def write_box(self, box, body, by, role):
        self.boxes[box].append(entry(next(self.number), body, by, role, docket=box, kind=b.KIND_OF[type(body)]))

    def on_case(self, body, by, role):
        """Record on the case if it is allowed; whether it was."""
        deed = Deed(by=by, role=role, today=TODAY, incidents=TABLES["incident"])
        try:
            check(self.docket(), body, deed, TABLES["errand"])
        except Refused:
            return False
        self.write_case(body, by, role)
        return True

    def scan(self, box, body, by, role):
        """Record on the box what stands or what is kept, and open the incident; whether it stands."""
        reading = read(self.box(box), body, by)
        self.write_box(box, reading.body, by, role)
        known = {(one.what, one.parcel) for one in self.box(box).open_incidents}
        parcel = getattr(reading.body, "parcel", None)
        if reading.what and (reading.what, parcel or "") not in known:
            opened = IncidentOpened(what=reading.what, parcel=parcel, about=(self.boxes[box][-1].id,))
            self.write_box(box, opened, by, role)
        return reading.stands

    def deposit(self, box, parcel, by="", role="depositor"):
        back = self.docket().stage in {"issued", "carried"}
        kind, items = (e.ReturnPacked, (EMPTY,)) if back else (e.MaterialsSent, (ID_CARD,))
        role = "agent" if back else role
        made = kind(parcel=parcel, items=items, via="box", place=self.box(box).place, box=box, seal=parcel[-4:])
        body = b.ParcelDeposited(parcel=parcel, case=CASE, count=1, seal=parcel[-4:])
        if not read(self.box(box), body, by).stands or self.on_case(made, by, role):
            self.scan(box, body, by, role)

    def load(self, box, sailing, origin):
        body = b.BoxLoaded(sailing=sailing, origin=origin, destination="BAISHA")
        if self.scan(box, body, HU, "crew"):
            for held in self.box(box).parcels:
                one = e.ParcelLoaded(parcel=held, sailing=sailing, origin=origin, destination="BAISHA")
                assert self.on_case(one, HU, "crew")

    def land(self, box, place):
        if self.scan(box, b.BoxLanded(place=place), HU, "crew"):
            for held in self.box(box).parcels:
                assert self.on_case(e.ParcelLanded(parcel=held, place=place), HU, "crew")

    def collect(self, box, parcel, intact, by):
        body = b.ParcelRemoved(parcel=parcel, place=self.box(box).place, seal_intact=intact)
        if self.scan(box, body, by, "agent"):
            taken = e.ParcelCollected(parcel=parcel, place=self.box(box).place, seal_intact=intact)
            assert self.on_case(taken, by, "agent")

    def settle(self, how):
        for docket, one in [(CASE, one) for one in self.docket().open_incidents] + [
            (box, one) for box in BOXES for one in self.box(box).open_incidents
        ]:
            for body, role in (
                (IncidentPhotographed(incident=one.entry, papers=("x" * 43,)), "agent"),
                (IncidentNotified(incident=one.entry, to=("sender", "receiver")), "clerk"),
                (IncidentSettled(incident=one.entry, how=how, reason="looked_into"), "director"),
            ):
                if docket == CASE:
                    assert self.on_case(body, LIN, role)
                else:
                    before = self.box(docket)
                    check_box(before, body, role, TABLES["incident"])
                    self.write_box(docket, body, LIN, role)
                    self.tell(docket, before)

    def tell(self, box, before):
        after = self.box(box)
        if (before.where, before.place, before.sailing) == (after.where, after.place, after.sailing):
            return
        for held in after.parcels:
            landed = e.ParcelLanded(parcel=held, place=after.place)
            sailed = e.ParcelLoaded(parcel=held, sailing=after.sailing, origin=after.place, destination="BAISHA")
            assert self.on_case(landed if after.where == "pier" else sailed, HU, "crew")

    def onward(self):
        """The case goes on by whatever comes next in the office."""
        uncounted = [one.id for one in self.docket().parcels.values() if one.way == "out" and one.found is None]
        for body, by, role in (
            *((e.MaterialsCounted(parcel=one, found=(ID_CARD,)), CHEN, "agent") for one in uncounted),
            (e.MaterialsChecked(), CHEN, "agent"),
            (e.CaseAccepted(receipt="x"), LIN, "clerk"),
            (e.DecisionMade(outcome="granted"), WANG, "officer"),
            (e.ResultIssued(items=(EMPTY,), place="D-MZ"), WANG, "officer"),
            (e.ResultDelivered(to=DAUGHTER, proof="signature", place="home"), CHEN, "agent"),
        ):
            if self.on_case(body, by, role):
                return

    def chains(self):
        return chains(self.case, self.boxes, TABLES)


def homeward_bound():
    """A case whose result is there and has to go home."""
    shore = Shore()
    shore.deposit(BOXES[0], key(301))
    shore.collect(BOXES[0], key(301), intact=True, by=CHEN)
    for _ in range(5):
        shore.onward()
    assert shore.docket().stage == "issued"
    return shore


def one_holder_or_an_open_incident(shore):
    docket = shore.docket()
    assert docket.contested == {}
    assert [chain.parcel for chain in shore.chains()] == list(docket.parcels)
    for chain in shore.chains():
        assert [one for one in chain.spells if not one.until_ms] == [chain.spells[-1]]


def test_a_case_in_two_bags_on_two_boats_goes_on_when_both_are_there_and_counted():
    shore, (first, second), (one, other) = Shore(), BOXES, (key(301), key(302))
    stages = []
    for act, *words in (
        ("deposit", first, one), ("load", first, "s-1", "ZHANGZHOU"), ("deposit", second, other),
        ("land", first, "BAISHA"), ("collect", first, one, True, CHEN), ("onward",), ("onward",),
        ("load", second, "s-2", "ZHANGZHOU"), ("land", second, "BAISHA"), ("collect", second, other, True, YU),
        ("onward",), ("onward",),
    ):  # fmt: skip
        getattr(shore, act)(*words)
        one_holder_or_an_open_incident(shore)
        stages.append(shore.docket().stage)
    assert stages == ["sent"] * 9 + ["collected", "counted", "checked"]


def test_a_bag_that_comes_while_another_is_counted_is_waited_for_unless_it_is_lost():
    shore, (first, second), (one, other) = Shore(), BOXES, (key(301), key(302))
    shore.deposit(first, one)
    shore.collect(first, one, intact=True, by=CHEN)
    shore.onward()
    assert shore.docket().stage == "counted"
    shore.deposit(second, other)
    assert not shore.on_case(e.MaterialsChecked(), CHEN, "agent")
    assert not shore.on_case(e.MaterialsCounted(parcel=other, found=(ID_CARD,)), CHEN, "agent")
    assert shore.on_case(IncidentOpened(what="damage", parcel=other), CHEN, "agent")
    shore.settle("lost")
    assert shore.on_case(e.MaterialsCounted(parcel=one, found=(ID_CARD,)), CHEN, "agent")
    assert shore.on_case(e.MaterialsChecked(), CHEN, "agent")


PARCELS = st.sampled_from([key(301), key(302), key(303)])
BOX = st.sampled_from(BOXES)
ACTS = st.one_of(
    st.tuples(st.just("deposit"), BOX, PARCELS),
    st.tuples(st.just("load"), BOX, st.sampled_from(["s-1", "s-2"]), st.sampled_from(PIERS)),
    st.tuples(st.just("land"), BOX, st.sampled_from(PIERS)),
    st.tuples(st.just("collect"), BOX, PARCELS, st.booleans(), st.sampled_from([CHEN, YU])),
    st.tuples(st.just("settle"), st.sampled_from(["as_seen", "as_believed", "found"])),
    st.tuples(st.just("onward")),
)


@settings(max_examples=150, deadline=None)
@given(st.booleans(), st.lists(ACTS, max_size=14))
def test_at_every_moment_each_parcel_has_one_holder_or_an_open_incident(homeward, acts):
    shore = homeward_bound() if homeward else Shore()
    for name, *words in acts:
        getattr(shore, name)(*words)
        docket = shore.docket()
        assert docket.contested == {}
        assert [chain.parcel for chain in shore.chains()] == list(docket.parcels)
        for chain in shore.chains():
            spells = chain.spells
            assert [one for one in spells if not one.until_ms] == [spells[-1]]
            assert all(one.until_ms == later.since_ms for one, later in itertools.pairwise(spells))
            holding = [box for box in BOXES if chain.parcel in shore.box(box).parcels]
            assert len(holding) == (chain.holder.holder in {"box", "ship", "pier"}) or chain.open_incident
    for box in BOXES:
        assert shore.box(box).contested == {}


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, max_size=10), st.randoms(use_true_random=False))
def test_a_chain_is_the_same_for_every_order_of_arrival(acts, chance):
    shore = Shore()
    for name, *words in acts:
        getattr(shore, name)(*words)
    straight = shore.chains()
    for log in (shore.case, *shore.boxes.values()):
        chance.shuffle(log)
        log.extend(log[:3])
    assert shore.chains() == straight


BODIES = (
    b.BoxRegistered(label="BX", pier="ZHANGZHOU"), b.BoxLanded(place="BAISHA"), b.BoxRetired(reason="old"),
    b.BoxLoaded(sailing="s", origin="ZHANGZHOU", destination="BAISHA"), b.BoxSighted(claim="landed", place="TAOHUA"),
    b.ParcelDeposited(parcel=key(31), case=CASE, count=2, seal="BS-0413"),
    b.ParcelRemoved(parcel=key(31), place="BAISHA", seal_intact=False), IncidentOpened(what="out_of_place"),
)  # fmt: skip


@given(st.lists(st.sampled_from(story()), max_size=20), st.lists(st.sampled_from(BODIES), max_size=8))
def test_no_entries_whatever_make_a_chain_fail(case, told):
    log = [entry(n, body, "", "crew", docket=BOXES[0], kind=b.KIND_OF[type(body)]) for n, body in enumerate(told)]
    for chain in chains(case, {BOXES[0]: log}, TABLES):
        assert chain.spells
    box_spells(log, TABLES)


def test_the_night_call_went_from_hand_to_hand_without_a_gap():
    log = story()
    box = next(one.body.box for one in log if isinstance(one.body, e.MaterialsSent))
    registered, put_in, taken = (
        b.BoxRegistered(label="BX-01", pier="ZHANGZHOU"),
        b.ParcelDeposited(parcel=key(31), case=CASE, count=2, seal="BS-0413"),
        b.ParcelRemoved(parcel=key(31), place="BAISHA", seal_intact=True),
    )
    numbered = ((0, registered), (4, put_in), (8, taken))
    told = [entry(n, body, "", "crew", docket=box, kind=b.KIND_OF[type(body)]) for n, body in numbered]
    (chain,) = chains(log, {box: told}, TABLES)
    assert [one.holder for one in chain.spells] == ["box", "ship", "pier", "agent", "office", "department"]
    assert [proof.shows for one in chain.spells for proof in one.proofs] == [
        "sealed", "told", "told", "seal_intact", "counted", "told", "told"
    ]  # fmt: skip
    assert (chain.gaps, chain.open_incident) == ((), False)


def test_a_broken_seal_shows_as_a_gap_and_as_an_open_incident():
    shore = Shore()
    shore.deposit(BOXES[0], key(301))
    shore.collect(BOXES[0], key(301), intact=False, by=CHEN)
    (chain,) = shore.chains()
    assert [(one.holder, one.gap) for one in chain.spells] == [("box", False), ("agent", True)]
    assert chain.open_incident
    shore.settle("found")
    assert not shore.chains()[0].open_incident


def test_a_box_that_was_seen_elsewhere_is_there_once_a_person_says_so():
    shore = Shore()
    shore.deposit(BOXES[0], key(301))
    shore.land(BOXES[0], "TAOHUA")
    assert (shore.box(BOXES[0]).place, len(shore.box(BOXES[0]).open_incidents)) == ("ZHANGZHOU", 1)
    shore.settle("as_seen")
    assert shore.box(BOXES[0]).place == "TAOHUA"
    assert shore.chains()[0].holder.holder == "pier"
    spells = box_spells(shore.boxes[BOXES[0]], TABLES)
    assert [(one.who, one.gap) for one in spells] == [("ZHANGZHOU", False), ("TAOHUA", True)]


def test_the_result_goes_home_by_the_same_steps():
    shore = homeward_bound()
    shore.deposit(BOXES[0], key(302))
    shore.load(BOXES[0], "s-2", "ZHANGZHOU")
    shore.land(BOXES[0], "BAISHA")
    shore.collect(BOXES[0], key(302), intact=True, by=YU)
    shore.onward()
    chain = shore.chains()[-1]
    assert (chain.way, shore.docket().stage) == ("back", "delivered")
    assert [one.holder for one in chain.spells] == ["box", "ship", "pier", "agent", "resident"]
    assert [proof.shows for proof in chain.holder.proofs] == ["signed"]
    assert (chain.gaps, shore.docket().incidents) == ((), {})
