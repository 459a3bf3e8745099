"""Of a node that is there twice one line counts, the same everywhere."""

from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.log.lines import Link, losing_lines

A = [Link("1", "n", "a1", ""), Link("2", "n", "a2", "a1"), Link("4", "n", "a3", "a2"), Link("6", "n", "a4", "a3")]
B = [Link("3", "n", "b1", "a1"), Link("5", "n", "b2", "b1")]
OTHER = [Link("2", "m", "c1", ""), Link("3", "m", "c2", "c1")]
TWICE = Link("2", "n", "a0", "a1")


def test_one_line_loses_nothing():
    assert losing_lines([*A, *OTHER[1:]], ()) == {}


def test_the_line_that_began_later_falls_with_all_that_follows_it():
    assert losing_lines([*A, *B], ()) == {"b1": "forked_chain", "b2": "forked_chain"}


def test_of_two_facts_under_one_id_the_smaller_digest_counts():
    assert losing_lines([*A, TWICE], ()) == dict.fromkeys(["a2", "a3", "a4"], "two_under_one_id")


def test_a_fact_that_was_released_counts_instead_of_the_other():
    assert losing_lines([*A, TWICE], {"a2"}) == {"a0": "two_under_one_id"}


def test_a_line_that_was_released_counts_with_what_follows_it():
    assert losing_lines([*A, *B], {"b1"}) == {}


def test_what_was_released_counts_although_what_it_follows_does_not():
    assert losing_lines([*A, *B], {"b2"}) == {"b1": "forked_chain"}


@given(st.permutations([*A, *B, *OTHER, TWICE]), st.sets(st.sampled_from(["a0", "a2", "b1", "b2"])))
def test_the_order_of_arrival_makes_no_difference(links, released):
    assert losing_lines(links, released) == losing_lines(sorted(links, key=lambda link: link.digest), released)
