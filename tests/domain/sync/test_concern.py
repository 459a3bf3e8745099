"""A docket goes where it is handled, and nowhere else."""

from driftbox.domain.sync.concern import Facts, Place, concerns

HUB = Place(role="hub", reach=frozenset(), line=frozenset())
BAISHA = Place(
    role="station", reach=frozenset({"ST04", "V1"}), line=frozenset({"ST04", "PT"}), piers=frozenset({"BAISHA"})
)
ELSEWHERE = frozenset({"ST09"})


def case(**more):
    return Facts(sort="case", **more)


def test_the_hub_holds_everything():
    assert concerns(HUB, case(offices=ELSEWHERE, confidential=True))


def test_a_station_holds_what_it_and_the_points_below_it_handle():
    assert concerns(BAISHA, case(offices=frozenset({"V1"})))
    assert not concerns(BAISHA, case(offices=ELSEWHERE))
    assert not concerns(BAISHA, case(offices=frozenset({"PT"})))


def test_a_confidential_petition_goes_only_where_somebody_may_open_it():
    assert not concerns(BAISHA, case(offices=frozenset({"ST04"}), confidential=True))
    assert concerns(BAISHA, case(confidential=True, secret=frozenset({"ST04"})))


def test_nothing_goes_to_an_office_complained_of_or_below_one():
    assert not concerns(BAISHA, case(offices=frozenset({"ST04"}), complained=frozenset({"PT"})))


def test_books_of_nobody_are_everybodys_and_a_roster_is_its_offices():
    assert concerns(BAISHA, Facts(sort="book"))
    assert concerns(BAISHA, Facts(sort="book", book=frozenset({"V1"})))
    assert not concerns(BAISHA, Facts(sort="book", book=ELSEWHERE))


def test_a_box_goes_where_it_stands_and_to_whom_its_parcels_belong():
    assert concerns(BAISHA, Facts(sort="box", piers=frozenset({"BAISHA"})))
    assert concerns(BAISHA, Facts(sort="box", piers=ELSEWHERE, offices=frozenset({"V1"})))
    assert not concerns(BAISHA, Facts(sort="box", piers=ELSEWHERE))
