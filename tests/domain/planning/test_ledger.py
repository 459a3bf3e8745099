"""What an agent did: the sums are those of the lines, to the cent."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.planning.ledger import LedgerLine, between, payable, sums, yuan

LINES = st.lists(
    st.builds(
        LedgerLine,
        entry=st.text("0123456789", min_size=8, max_size=8),
        day=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        number=st.sampled_from(["a-1", "a-2", "a-3"]),
        deed=st.sampled_from(["errand", "delivery", "activity", "expense"]),
        minutes=st.integers(0, 600),
        cents=st.integers(1, 10**6),
        state=st.sampled_from(["asked", "approved", "refused"]),
    ),
    max_size=20,
)


@given(LINES)
def test_what_is_paid_back_is_the_sum_of_the_lines_to_the_cent(lines):
    paid = payable(lines)
    assert sums(lines).cents == sum(one.cents for one in paid)
    whole = sum(int(yuan(one.cents).replace(".", "")) for one in paid)
    assert yuan(sums(lines).cents).replace(".", "").lstrip("0") == (str(whole) if whole else "")


@given(LINES, st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_two_periods_that_meet_hold_every_line_once(lines, day):
    first, rest = between(lines, date.min, day), between(lines, date.fromordinal(day.toordinal() + 1), date.max)
    assert sorted(one.entry for one in (*first, *rest)) == sorted(one.entry for one in lines)


def test_an_errand_counts_once_whatever_was_done_for_it():
    day = date(2026, 5, 12)
    lines = [LedgerLine(entry=str(n), day=day, number="a-1", deed="errand") for n in range(3)]
    assert sums(lines).errands == 1
