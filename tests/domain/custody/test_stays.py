"""A box remembers what lay in it, from when to when, and how it was found."""

from hypothesis import given
from hypothesis import strategies as st
from tests.cast import CASE, CHEN, TABLES, entry, key
from tests.domain.custody.test_chain import BODIES, BOXES

from driftbox.domain.custody import entries as b
from driftbox.domain.custody import state as boxes
from driftbox.domain.custody.stays import stays


def log_of(*bodies):
    return [entry(n, body, CHEN, "agent", docket=BOXES[0], kind=b.KIND_OF[type(body)]) for n, body in enumerate(bodies)]


def test_a_stay_says_who_put_it_in_who_took_it_out_and_how_the_seal_was():
    put = b.ParcelDeposited(parcel=key(31), case=CASE, count=2, seal="BS-0413")
    log = log_of(
        b.BoxRegistered(label="BX-01", pier="ZHANGZHOU"), put,
        b.ParcelRemoved(parcel=key(31), place="BAISHA", seal_intact=False), put,
    )  # fmt: skip
    first, second = stays(reversed(log), TABLES)
    assert (first.since_ms, first.until_ms) == (log[1].happened_ms, log[2].happened_ms)
    assert (first.put_at, first.taken_at, first.taken_by, first.intact) == ("ZHANGZHOU", "BAISHA", CHEN, False)
    assert (second.until_ms, second.intact) == (0, None)


@given(st.lists(st.sampled_from(BODIES), max_size=10))
def test_whatever_is_told_what_still_stays_is_what_the_box_holds(bodies):
    log = log_of(*bodies)
    assert {one.parcel for one in stays(log, TABLES) if not one.until_ms} == set(boxes.fold(log, TABLES).parcels)
