"""What does not agree: held, photographed, told to both ends, settled; whatever is let through folds uncontested."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import (
    BOOK,
    BOX,
    CHEN,
    HU,
    ID_CARD,
    LIN,
    PARCEL,
    STORY,
    TABLES,
    WANG,
    YU,
    entry,
    key,
    story,
)

from driftbox.domain.docket import entries as e
from driftbox.domain.docket import incident_entries as i
from driftbox.domain.docket import parcel_entries as p
from driftbox.domain.docket.decide import Deed, check
from driftbox.domain.docket.fold import extend, fold
from driftbox.domain.docket.follow_ups import follow_ups
from driftbox.domain.docket.fork import fork
from driftbox.domain.docket.next_step import next_step
from driftbox.domain.errors import NotAllowed, Refused

TODAY = date(2026, 5, 13)
BROKEN = e.ParcelCollected(parcel=PARCEL, place="BAISHA", seal_intact=False, seal="absent")
OPENED = entry(60, i.IncidentOpened(what="broken_seal", parcel=PARCEL), CHEN, "agent")
PHOTO = i.IncidentPhotographed(incident=OPENED.id, papers=("x" * 43,))
TOLD = i.IncidentNotified(incident=OPENED.id, to=("sender", "receiver"))
SETTLED = i.IncidentSettled(incident=OPENED.id, how="accepted", reason="all_there")
BACK = key(61)
PACKED = e.ReturnPacked(parcel=BACK, items=(e.Item(code="card", kind="original"),), via="box", place="Z", box=BOX,
                        seal="BS-9")  # fmt: skip
ACTS = (
    *STORY,
    (OPENED.body, CHEN, "agent"), (PHOTO, CHEN, "agent"), (TOLD, LIN, "clerk"), (SETTLED, HU, "director"),
    (i.IncidentSettled(incident=OPENED.id, how="misread", reason="read_again"), CHEN, "agent"),
    (i.IncidentOpened(what="clock_off"), "", "depositor"), (BROKEN, CHEN, "agent"),
    (p.ParcelOpened(parcel=PARCEL, place="C-BS", witness=YU), CHEN, "agent"),
    (p.ParcelBoxed(parcel=PARCEL, box=BOX, place="ZHANGZHOU"), CHEN, "agent"), (PACKED, WANG, "officer"),
    (p.ParcelBoxed(parcel=BACK, box=BOX, place="ZHANGZHOU"), CHEN, "agent"),
    (e.ParcelLoaded(parcel=BACK, sailing="s", origin="Z", destination="B"), HU, "crew"),
    (e.ParcelLanded(parcel=BACK, place="B"), HU, "crew"),
    (e.ParcelCollected(parcel=BACK, place="B", seal_intact=True), YU, "agent"),
)  # fmt: skip


def deed(by, role, *, two=False):
    return Deed(by=by, role=role, today=TODAY, incidents=TABLES["incident"], open_with_two=two)


def let(docket, body, by, role, **more):
    check(docket, body, deed(by, role, **more), TABLES["errand"])


@given(st.integers(1, len(STORY)), st.lists(st.sampled_from(ACTS), max_size=6), st.booleans())
def test_what_is_let_through_folds_uncontested(cut, acts, held):
    log = [*story()[:cut], *([OPENED] if held else [])]
    docket = fold(log, TABLES)
    for number, (body, by, role) in enumerate(acts, start=100):
        try:
            let(docket, body, by, role)
        except Refused:
            continue
        docket = extend(fork(docket), [entry(number, body, by, role)], TABLES)
        log.append(entry(number, body, by, role))
        assert docket.contested == {}
    assert fold(reversed(log), TABLES) == docket


@given(st.permutations([OPENED, *(entry(70 + n, *act) for n, act in enumerate(ACTS[len(STORY) + 1 :]))]))
def test_incidents_fold_alike_in_every_order_and_never_fail(order):
    log = story(e.MaterialsCounted)
    assert fold([*log, *order], TABLES) == fold([*order, *log, *order], TABLES)


def settled_up_to(*bodies):
    acts = ((PHOTO, CHEN, "agent"), (TOLD, LIN, "clerk"), (SETTLED, HU, "director"))
    log = [*story(e.MaterialsCounted), OPENED]
    log += [entry(61 + n, *act) for n, act in enumerate(acts) if act[0] in bodies]
    return fold(log, TABLES)


@pytest.mark.parametrize(
    ("done", "stage", "role"),
    [((), "hold", "agent"), ((PHOTO,), "photographed", "clerk"), ((PHOTO, TOLD), "notified", "director")],
)
def test_while_it_is_open_the_next_step_is_its_own_and_the_papers_wait(done, stage, role):
    docket = settled_up_to(*done)
    assert (docket.incidents[OPENED.id].stage, docket.on_hold[0].what) == (stage, "broken_seal")
    assert next_step(docket, TABLES["errand"], TABLES["incident"]).role == role
    with pytest.raises(Refused) as refusal:
        let(docket, e.MaterialsChecked(), CHEN, "agent")
    assert refusal.value.gaps["next"] == TABLES["incident"].stages[stage].next_act.zh


def test_once_settled_the_case_goes_on():
    docket = settled_up_to(PHOTO, TOLD, SETTLED)
    assert (docket.on_hold, docket.open_incidents, docket.incidents[OPENED.id].how) == ((), (), "accepted")
    let(docket, e.MaterialsChecked(), CHEN, "agent")


def test_steps_are_not_skipped_and_only_a_director_or_clerk_decides():
    held = settled_up_to()
    for body, by, role, code in (
        (TOLD, LIN, "clerk", "incident_not_yet"),
        (SETTLED, HU, "director", "incident_not_yet"),
        (i.IncidentNotified(incident=key(5), to=("sender",)), LIN, "clerk", "unknown_incident"),
    ):
        with pytest.raises(Refused) as refusal:
            let(held, body, by, role)
        assert refusal.value.code == code
    with pytest.raises(NotAllowed):
        let(settled_up_to(PHOTO, TOLD), SETTLED, CHEN, "agent")
    with pytest.raises(Refused, match="已经定过了"):
        let(settled_up_to(PHOTO, TOLD, SETTLED), SETTLED, HU, "director")


def test_nobody_decides_before_both_ends_know():
    one_end = entry(62, i.IncidentNotified(incident=OPENED.id, to=("sender",)), LIN, "clerk")
    log = [*story(e.MaterialsCounted), OPENED, entry(61, PHOTO, CHEN, "agent"), one_end]
    with pytest.raises(Refused) as refusal:
        let(fold(log, TABLES), SETTLED, HU, "director")
    assert refusal.value.code == "one_end"
    log.append(entry(63, i.IncidentNotified(incident=OPENED.id, to=("receiver",)), LIN, "clerk"))
    let(fold(log, TABLES), SETTLED, HU, "director")


def test_what_came_out_of_order_from_elsewhere_is_contested_and_changes_nothing():
    early = entry(62, SETTLED, HU, "director")
    docket = fold([*story(e.MaterialsCounted), OPENED, early], TABLES)
    assert (docket.contested[early.id].reason, len(docket.on_hold)) == ("not_here", 1)


def test_a_pack_without_a_procedure_for_incidents_keeps_them_as_contested():
    errands = {"errand": TABLES["errand"]}
    docket = fold([*story(e.MaterialsCounted), OPENED], errands)
    assert docket.contested[OPENED.id].reason == "not_here"
    with pytest.raises(Refused):
        check(docket, OPENED.body, Deed(by=CHEN, role="agent", today=TODAY), TABLES["errand"])


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (BROKEN, [("broken_seal", ("absent",))]),
        (e.ParcelCollected(parcel=PARCEL, place="BAISHA", seal_intact=False), [("broken_seal", ("broken",))]),
        (e.ParcelCollected(parcel=PARCEL, place="BAISHA", seal_intact=True), []),
        (e.MaterialsCounted(parcel=PARCEL, found=(ID_CARD, BOOK)), []),
        (e.MaterialsCounted(parcel=PARCEL, found=(BOOK,)), [("shortage", ("id_card",))]),
        (e.MaterialsCounted(parcel=PARCEL, found=(ID_CARD, BOOK, e.Item(code="cat"))), [("surplus", ("cat",))]),
    ],
)
def test_a_seal_or_a_count_that_is_wrong_opens_its_incident(body, what):
    before = e.ParcelLanded if isinstance(body, e.ParcelCollected) else e.ParcelCollected
    told = entry(60, body, CHEN, "agent")
    docket = fold([*story(before), told], TABLES)
    assert [(one.what, one.codes) for one in follow_ups(docket, told)] == what


def test_a_result_handed_over_that_is_still_in_a_box_opens_an_incident():
    handed = entry(91, e.ResultDelivered(to=LIN, proof="photo", place="home"), CHEN, "agent")
    docket = fold([*story(e.ResultIssued), entry(90, PACKED, WANG, "officer"), handed], TABLES)
    assert [(one.what, one.parcel) for one in follow_ups(docket, handed)] == [("out_of_place", BACK)]
    assert (docket.parcels[BACK].where, docket.result_with) == ("box", "resident")


def test_the_result_is_where_its_parcel_is():
    log, where = story(e.ResultIssued), []
    for number, act in enumerate((PACKED, *(body for body, _by, _role in ACTS[-3:])), start=90):
        role = {e.ReturnPacked: "officer", e.ParcelCollected: "agent"}.get(type(act), "crew")
        log.append(entry(number, act, WANG, role))
        where.append(fold(log, TABLES).result_with)
    assert (where, fold(log, TABLES).stage) == (["box", "ship", "landing", "agent"], "carried")


def test_originals_are_counted_one_by_one_until_they_are_back():
    deeds = (e.Item(code="deed", kind="original", count=2), e.Item(code="will", kind="original"))
    log = story(e.ChecklistGiven)
    log.append(entry(80, e.MaterialsSent(parcel=PARCEL, items=deeds, via="agent", place="C-BS"), CHEN, "agent"))
    back = e.Item(code="will", kind="original")
    log.append(entry(81, e.MaterialsReturned(items=(back,), proof="signature"), CHEN, "agent"))
    docket = fold(log, TABLES)
    assert docket.originals_since == {"deed": log[-2].happened_ms}
    assert docket.originals_ms == log[-2].happened_ms


def test_one_alone_opens_nothing_where_two_are_asked_for():
    docket = fold(story(e.ParcelCollected), TABLES)
    alone, twice = (p.ParcelOpened(parcel=PARCEL, place="C-BS", witness=w) for w in (None, CHEN))
    for body, code in ((alone, "needs_two"), (twice, "own_witness"),
                       (e.MaterialsCounted(parcel=PARCEL, found=()), "not_opened")):  # fmt: skip
        with pytest.raises(Refused) as refusal:
            let(docket, body, CHEN, "agent", two=True)
        assert refusal.value.code == code
    let(docket, p.ParcelOpened(parcel=PARCEL, place="C-BS", witness=YU), CHEN, "agent", two=True)
