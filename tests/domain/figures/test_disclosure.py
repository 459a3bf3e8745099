"""What is published gives no group of one to four away, however it is added and subtracted."""

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from driftbox.domain.figures.disclosure import FEW, Published, Row, publish

BUCKETS = ("yes", "no", "none")
SMALL = st.dictionaries(
    st.sampled_from("abc"),
    st.fixed_dictionaries({bucket: st.integers(0, 9) for bucket in BUCKETS}),
    min_size=1,
)


def equations(table, shown):
    """Every number that can be read, as which cells it is the sum of."""
    cells = [(office, bucket) for office in table for bucket in BUCKETS]
    told = []
    for office, row in shown.rows.items():
        if row.count is not None:
            told.append({cell for cell in cells if cell[0] == office})
        told += [{(office, bucket)} for bucket in BUCKETS if row.split is not None]
    if shown.count is not None:
        told.append(set(cells))
    told += [{cell for cell in cells if cell[1] == bucket} for bucket in BUCKETS if shown.split is not None]
    return cells, [[int(cell in sum_) for cell in cells] for sum_ in told]


def echelon(rows):
    """A basis of what can be come by through adding and subtracting, each with its leading place."""
    basis = {}
    for row in rows:
        left = reduced([Fraction(one) for one in row], basis)
        lead = next((place for place, one in enumerate(left) if one), None)
        if lead is not None:
            basis[lead] = [one / left[lead] for one in left]
    return basis


def reduced(row, basis):
    for lead in sorted(basis):
        if row[lead]:
            row = [one - row[lead] * other for one, other in zip(row, basis[lead], strict=True)]
    return row


def exposed(table, shown):
    """Groups of cells with one to four in them whose sum can be come by."""
    cells, rows = equations(table, shown)
    values = [table[office][bucket] for office, bucket in cells]
    basis = echelon(rows)
    return [
        group
        for group in product((0, 1), repeat=len(cells))
        if 0 < sum(value for value, taken in zip(values, group, strict=True) if taken) < FEW
        and not any(reduced([Fraction(one) for one in group], basis))
    ]


@settings(max_examples=60, deadline=None)
@given(SMALL)
def test_no_sum_or_difference_of_what_is_published_tells_of_one_to_four(table):
    assert exposed(table, publish(table)) == []


@given(SMALL)
def test_nothing_below_five_is_published(table):
    shown = publish(table)
    numbers = [row.count for row in shown.rows.values()] + [shown.count]
    numbers += [one for row in (*shown.rows.values(), shown) for one in (row.split or {}).values()]
    assert all(number is None or number == 0 or number >= FEW for number in numbers)


@given(SMALL)
def test_what_is_published_is_true(table):
    shown = publish(table)
    for office, row in shown.rows.items():
        assert row.count in {None, sum(table[office].values())}
        assert row.split is None or {b: row.split.get(b, 0) for b in BUCKETS} == table[office]
    assert shown.count in {None, sum(sum(split.values()) for split in table.values())}


@given(SMALL, st.randoms())
def test_which_numbers_are_shown_depends_on_the_numbers_alone(table, chance):
    shuffled = {}
    for office, split in table.items():
        size = sum(split.values())
        first = chance.randint(0, size)
        shuffled[office] = {"yes": first, "no": size - first, "none": 0}
    told = {office: row.count for office, row in publish(table).rows.items()}
    assert told == {office: row.count for office, row in publish(shuffled).rows.items()}


def test_naming_the_whole_and_all_offices_but_one_would_give_the_one_away_so_two_are_held_back():
    table = {"a": {"yes": 3}, "b": {"yes": 20}, "c": {"yes": 40}}
    shown = publish(table)
    assert [shown.rows[office].count for office in "abc"] == [None, None, 40]
    assert shown.count == 63


def test_a_plain_table_is_published_whole():
    table = {"a": {"yes": 20, "no": 7}, "b": {"yes": 30}}
    shown = publish(table)
    assert shown.rows["a"].split == {"yes": 20, "no": 7}
    assert shown.split == {"yes": 50, "no": 7}


def test_the_attacker_of_these_tests_would_notice_a_difference():
    table = {"a": {"yes": 3, "no": 0, "none": 0}, "b": {"yes": 20, "no": 0, "none": 0}}
    careless = Published({"a": Row(), "b": Row(20)}, 23)
    assert exposed(table, careless)
