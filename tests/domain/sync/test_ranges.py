"""Two sides find out what differs by telling ranges, however much both hold."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.sync.ranges import Holdings

ids = st.sets(st.text(alphabet="0123456789abcdef-", min_size=1, max_size=12), max_size=300)


def talk(one, other):
    """Both sides talk until nobody asks; what each found that the other lacks, and the bytes told."""
    sides, turn, told = (Holdings(one), Holdings(other)), 1, 0
    ask = (sides[0].all(),)
    missing = (set(), set())  # what the first lacks, what the second lacks
    while ask:
        told += len(msgspec.msgpack.encode(ask))
        answer = sides[turn].answer(ask)
        missing[1 - turn].update(answer.ours)
        missing[turn].update(answer.theirs)
        ask, turn = answer.ask, 1 - turn
    return missing, told


@given(ids, ids)
def test_each_side_learns_exactly_what_it_lacks(one, other):
    (first_lacks, second_lacks), _told = talk(one, other)
    assert (first_lacks, second_lacks) == (other - one, one - other)


def test_what_is_equal_costs_one_range_and_a_small_difference_few_bytes():
    many = {f"{number:08x}" for number in range(20_000)}
    assert talk(many, many)[1] < 100
    (lacks, _none), told = talk(many - {"00000007", "00003333"}, many)
    assert lacks == {"00000007", "00003333"}
    assert told < 8_000


@given(ids)
def test_the_digest_of_a_holding_is_the_same_for_every_order(one):
    assert Holdings(sorted(one)).all() == Holdings(sorted(one, reverse=True)).all()
