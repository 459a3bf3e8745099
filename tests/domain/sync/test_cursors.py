"""Nothing is skipped, whatever is lost on the way; a store that went back is noticed."""

from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.sync.cursors import Met, Peer, Said, goes_back, hear, own_ack, took

OURS, THEIRS, OTHER = "a" * 16, "b" * 16, "c" * 16
PEER = Peer(node="n2", life=THEIRS, acked=40, taken=70, sent=3, seen=5)


def said(**more):
    return Said(**({"life": THEIRS, "number": 6, "of_life": OURS, "ack": 50} | more))


def heard(peer=PEER, *, top=60, twice=False, **more):
    return hear(peer, said(**more), own_life=OURS, top=top, twice=twice)


def test_an_acknowledged_place_is_where_the_next_bundle_begins():
    assert heard() == Met(Peer(node="n2", life=THEIRS, acked=50, taken=70, sent=3, seen=6))


def test_a_number_or_a_place_that_goes_back_and_a_number_twice_are_alarmed_and_both_send_again():
    for met in (heard(number=4), heard(ack=30), heard(twice=True)):
        assert met.alarm == "store_went_back"
        assert (met.peer.taken, met.peer.returns) == (0, 60)
        assert own_ack(met.peer) == ("", 0)
    assert heard(ack=30).peer.acked == 30


def test_a_store_made_anew_gets_everything_also_what_came_from_it():
    met = heard(life=OTHER, of_life="", ack=0, number=0)
    assert (met.alarm, met.peer.acked, met.peer.life) == ("store_made_anew", 0, OTHER)
    assert goes_back(met.peer, 60, "n2")
    assert not goes_back(met.peer, 61, "n2")


def test_who_acknowledges_more_than_we_have_tells_us_that_we_went_back():
    met = heard(ack=99)
    assert (met.alarm, met.peer.acked) == ("own_store_went_back", 40)


def test_who_wants_all_again_gets_it_without_an_alarm():
    met = heard(of_life="", ack=0)
    assert (met.alarm, met.peer.acked) == ("", 0)


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_bundle_that_begins_behind_what_we_have_moves_no_cursor(base, upto):
    after = took(PEER, THEIRS, base, upto)
    assert after.taken == (max(70, upto) if base <= 70 else 70)
    assert took(PEER, OTHER, base, upto) == PEER
