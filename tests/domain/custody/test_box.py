"""A box is held to account: what cannot be is refused before, and kept as contested when it arrives anyway."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import BOX, CASE, PARCEL, entry, key

from driftbox.domain.custody import entries as b
from driftbox.domain.custody.decide import check
from driftbox.domain.custody.state import fold
from driftbox.domain.errors import Refused

REGISTERED = b.BoxRegistered(label="BX-01", pier="ZHANGZHOU")
IN = b.ParcelDeposited(parcel=PARCEL, case=CASE, count=2, seal="BS-0413")
ABOARD = b.BoxLoaded(sailing="boat-1020", origin="ZHANGZHOU", destination="BAISHA")
ASHORE = b.BoxLanded(place="BAISHA")
OUT = b.ParcelRemoved(parcel=PARCEL, place="BAISHA", seal_intact=True)
TWIN = b.ParcelDeposited(parcel=key(77), case=CASE, count=1, seal="BS-0413")
RETIRED = b.BoxRetired(reason="worn_out")
SEEN = b.BoxSighted(claim="here", place="TAOHUA")
BODIES = (REGISTERED, IN, ABOARD, ASHORE, OUT, TWIN, RETIRED, SEEN)


def log(*bodies):
    return [entry(n, body, "", "crew", docket=BOX, kind=b.KIND_OF[type(body)]) for n, body in enumerate(bodies)]


def test_a_box_goes_over_the_sea_and_is_empty_again():
    at_sea = fold(log(REGISTERED, IN, ABOARD))
    assert (at_sea.where, list(at_sea.parcels)) == ("ship", [PARCEL])
    home = fold(log(REGISTERED, IN, ABOARD, ASHORE, OUT))
    assert (home.where, home.place, home.parcels, home.contested) == ("pier", "BAISHA", {}, {})


@pytest.mark.parametrize(
    ("before", "body", "code"),
    [
        ((REGISTERED,), REGISTERED, "registered_twice"),
        ((REGISTERED, ABOARD), IN, "aboard"),
        ((REGISTERED, ABOARD), ABOARD, "aboard_already"),
        ((REGISTERED, IN), IN, "deposited_twice"),
        ((REGISTERED, IN), RETIRED, "not_empty"),
        ((REGISTERED, RETIRED), IN, "retired"),
        ((), IN, "not_registered"),
        ((REGISTERED,), OUT, "not_in_box"),
        ((REGISTERED,), ASHORE, "not_aboard"),
    ],
)
def test_what_cannot_be_is_refused(before, body, code):
    with pytest.raises(Refused) as refusal:
        check(fold(log(*before)), body)
    assert refusal.value.code == code


@given(st.lists(st.sampled_from(BODIES), max_size=12))
def test_whatever_comes_in_any_order_each_parcel_is_in_or_out_and_nothing_is_lost(bodies):
    entries = log(*bodies)
    box = fold(entries)
    assert box == fold(reversed(entries))
    assert box.count == len(entries)
    accepted = [one for one in entries if one.id not in box.contested]
    ins = [one.body.parcel for one in accepted if isinstance(one.body, b.ParcelDeposited)]
    outs = [one.body.parcel for one in accepted if isinstance(one.body, b.ParcelRemoved)]
    assert sorted([*box.parcels, *outs]) == sorted(ins)


@given(st.lists(st.sampled_from(BODIES), max_size=8), st.sampled_from(BODIES))
def test_what_is_let_through_folds_uncontested(bodies, body):
    before = [REGISTERED, *bodies]
    box = fold(log(*before))
    try:
        check(box, body)
    except Refused:
        return
    after = fold(log(*before, body))
    assert after.contested.keys() == box.contested.keys()


def test_two_parcels_with_one_seal_are_both_kept():
    assert list(fold(log(REGISTERED, IN, TWIN)).parcels) == [PARCEL, TWIN.parcel]
