"""A scan is a fact: read as what it is, kept when it cannot stand, and never believed against what we know."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import BOX, CASE, CHEN, NIGHT, PARCEL, TABLES, YU, entry, key

from driftbox.domain.custody import entries as b
from driftbox.domain.custody.clock import read_clock
from driftbox.domain.custody.scan import clean, read, read_sighting
from driftbox.domain.custody.state import fold
from driftbox.domain.errors import Refused

REGISTERED = b.BoxRegistered(label="BX-01", pier="ZHANGZHOU")
IN = b.ParcelDeposited(parcel=PARCEL, case=CASE, count=2, seal="BS-0413")
ABOARD = b.BoxLoaded(sailing="boat-1020", origin="ZHANGZHOU", destination="BAISHA")
ASHORE = b.BoxLanded(place="BAISHA")
OUT = b.ParcelRemoved(parcel=PARCEL, place="BAISHA", seal_intact=True)
RETIRED = b.BoxRetired(reason="worn_out")


def box(*bodies, by=CHEN):
    return fold(
        [entry(n, body, by, "crew", docket=BOX, kind=b.KIND_OF[type(body)]) for n, body in enumerate(bodies)], TABLES
    )


@pytest.mark.parametrize(
    ("before", "body", "by", "stands", "what", "note"),
    [
        ((REGISTERED,), IN, "", True, None, ""),
        ((REGISTERED, IN), IN, "", False, None, "again"),
        ((REGISTERED, ABOARD), IN, "", False, "out_of_place", "at_sea"),
        ((REGISTERED,), ABOARD, CHEN, True, None, ""),
        ((REGISTERED, ABOARD), ABOARD, CHEN, False, None, "again"),
        ((REGISTERED, ABOARD), b.BoxLoaded(sailing="x", origin="BAISHA", destination="Z"), CHEN, False,
         "out_of_place", "elsewhere"),
        ((REGISTERED,), b.BoxLoaded(sailing="x", origin="BAISHA", destination="Z"), CHEN, True, "out_of_place",
         "seen_odd"),
        ((REGISTERED, ABOARD), ASHORE, CHEN, True, None, ""),
        ((REGISTERED, ABOARD), b.BoxLanded(place="TAOHUA"), CHEN, True, "out_of_place", "other_pier"),
        ((REGISTERED, ABOARD, ASHORE), ASHORE, CHEN, False, None, "again"),
        ((REGISTERED,), ASHORE, CHEN, False, "out_of_place", "not_here_yet"),
        ((REGISTERED, IN), OUT, CHEN, True, None, ""),
        ((REGISTERED, IN, ABOARD), OUT, CHEN, True, "out_of_place", "taken_at_sea"),
        ((REGISTERED, IN, OUT), OUT, CHEN, False, None, "gone"),
        ((REGISTERED, IN, OUT), OUT, YU, False, "unknown_parcel", "gone"),
        ((REGISTERED,), OUT, CHEN, False, "unknown_parcel", "gone"),
        ((REGISTERED, RETIRED), IN, "", False, "out_of_place", "out_of_use"),
    ],
)  # fmt: skip
def test_every_scan_is_read_as_what_it_is(before, body, by, stands, what, note):
    reading = read(box(*before), body, by)
    told = reading.note.code if reading.note else ""
    assert (reading.stands, reading.what, told) == (stands, what, note)
    assert (reading.body == body) is stands
    after = box(*before, reading.body)
    assert after.contested == box(*before).contested


def test_a_decision_is_no_scan_and_is_refused():
    with pytest.raises(Refused, match="还有袋"):
        read(box(REGISTERED, IN), RETIRED, CHEN)


@pytest.mark.parametrize(
    ("seen", "what"),
    [
        (b.BoxSighted(claim="here", place="ZHANGZHOU"), None),
        (b.BoxSighted(claim="here", place="BAISHA"), "out_of_place"),
        (b.BoxSighted(claim="parcel", parcel=PARCEL), None),
        (b.BoxSighted(claim="parcel", seal="BS-0413"), None),
        (b.BoxSighted(claim="parcel", seal="BS-0499"), "no_case"),
        (b.BoxSighted(claim="parcel", parcel=key(77)), "unknown_parcel"),
        (b.BoxSighted(claim="parcel"), "no_case"),
    ],
)
def test_what_is_seen_is_set_against_what_we_believe(seen, what):
    reading = read_sighting(box(REGISTERED, IN), seen)
    assert (reading.what, reading.stands) == (what, True)


@given(st.text(max_size=80))
def test_whatever_is_typed_fits_the_field_it_is_kept_in(typed):
    kept = clean(typed)
    assert msgspec.convert({"claim": "here", "label": kept}, b.BoxSighted).label == kept


MOMENTS = st.datetimes(timezones=st.sampled_from([UTC]))


@given(MOMENTS | st.none(), MOMENTS | st.none())
def test_no_clock_makes_it_fail_and_what_is_believed_is_never_ahead(claimed, sent):
    told = read_clock(claimed, sent, NIGHT)
    assert told.at is None or told.at <= NIGHT
    assert (told.at is None) == (claimed is None or bool(told.off))


@pytest.mark.parametrize(
    ("claimed", "sent", "off"),
    [(0, None, ""), (-3, None, ""), (-13, None, "behind"), (24, None, "ahead"), (-30, 0, ""), (-24, -24, "behind"),
     (24, 24, "ahead"), (1, 0, "ahead")],
)  # fmt: skip
def test_a_clock_is_believed_as_far_as_it_can_be_right(claimed, sent, off):
    hour = timedelta(hours=1)
    told = read_clock(NIGHT + claimed * hour, None if sent is None else NIGHT + sent * hour, NIGHT)
    assert told.off == off
    assert bool(told.claimed) is bool(off)


@pytest.mark.parametrize("moment", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_the_ends_of_the_calendar_are_clocks_that_are_off(moment):
    assert read_clock(moment, None, NIGHT).off in {"ahead", "behind"}
