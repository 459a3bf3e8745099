"""Received at sea, and two boats brought together."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from tests.cast import FATHER, LIN, TABLES
from tests.cast_petition import AT_SEA, WORDS, entries_for
from tests.cast_petition import key as key_of

from driftbox.domain.docket import sea_entries as s
from driftbox.domain.docket.decide import Deed, check
from driftbox.domain.docket.fold import fold
from driftbox.domain.errors import Refused
from driftbox.domain.log.ids import id_millis

DOCKET = key_of(47)
TODAY = date(2026, 5, 11)
AGREED = s.MediationClosed(outcome="agreed", agreement=WORDS, read_back=True, first=WORDS, second=WORDS)


def at(number, *more):
    """The docket after the first ``number`` acts, and ``more`` by the clerk."""
    return fold(entries_for(DOCKET, (*AT_SEA[:number], *((body, LIN, "clerk") for body in more))), TABLES)


def refused(docket, body):
    with pytest.raises(Refused) as refusal:
        check(docket, body, Deed(by=LIN, role="clerk", today=TODAY), TABLES["petition"])
    return refusal.value.code


def test_the_moment_of_receipt_at_sea_is_when_the_post_recorded_it():
    entries = entries_for(DOCKET, AT_SEA)
    docket = fold(entries, TABLES)
    assert not docket.contested
    assert (docket.sea.post, docket.sea.received_ms) == ("PS01", id_millis(entries[2].id))
    assert docket.number == "haishang-2026-0001"


def test_both_sides_are_heard_and_what_was_agreed_is_signed_by_both():
    mediation = fold(entries_for(DOCKET, AT_SEA), TABLES).sea.mediation
    assert (mediation.first.paper, mediation.second.paper) == (WORDS, WORDS)
    assert (mediation.outcome, mediation.agreement, mediation.signed) == ("agreed", WORDS, (WORDS, WORDS))


def test_refusals_say_why():
    assert refused(at(3), s.SeaReceived(post="PS01")) == "sea_once"
    assert refused(at(3), s.MediationStated(side="second", paper=WORDS)) == "no_mediation"
    assert refused(at(4), s.MediationOpened(about="gear", boats=WORDS)) == "mediation_once"
    assert refused(at(5), s.MediationStated(side="second")) == "nothing_stated"
    assert refused(at(5), AGREED) == "one_side_silent"
    assert refused(at(6), structs.replace(AGREED, read_back=False)) == "not_read_back"
    assert refused(at(6), structs.replace(AGREED, agreement=None)) == "not_read_back"
    assert refused(at(6), structs.replace(AGREED, second=None)) == "both_sign"
    assert refused(at(7), s.MediationStated(side="second", paper=WORDS)) == "mediation_over"


def test_a_fisherman_does_not_close_a_mediation_himself():
    with pytest.raises(Refused) as refusal:
        check(at(6), AGREED, Deed(by=FATHER, role="resident", today=TODAY), TABLES["petition"])
    assert refusal.value.code == "not_role"


bodies = st.one_of(
    st.just(s.SeaReceived(post="PS01")),
    st.just(s.MediationOpened(about="gear", boats=WORDS)),
    st.builds(s.MediationStated, side=st.sampled_from(("first", "second")), paper=st.sampled_from((WORDS, None))),
    st.builds(
        s.MediationClosed, outcome=st.sampled_from(("agreed", "partly", "not_agreed", "broken_off")),
        agreement=st.sampled_from((WORDS, None)), read_back=st.booleans(), first=st.sampled_from((WORDS, None)),
        second=st.just(WORDS),
    ),
)  # fmt: skip


@given(st.lists(bodies, max_size=8))
def test_whatever_is_let_through_is_never_contested(wanted):
    done = []
    for body in wanted:
        try:
            check(at(2, *done), body, Deed(by=LIN, role="clerk", today=TODAY), TABLES["petition"])
        except Refused:
            continue
        done.append(body)
        assert not at(2, *done).contested
