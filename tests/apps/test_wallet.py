"""One family, several cases: what was handed in once and is still good is used again, and never against their will."""

from datetime import timedelta

import pytest
from tests.apps.conftest import EVENING

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.intake import Call, checklist_for, give_checklist, take_call
from driftbox.apps.errands.night_call import DAUGHTER, FATHER
from driftbox.apps.errands.wallet import held_by, papers_in, wallet_of, withdraw_reuse
from driftbox.apps.notices.queries import outbox
from driftbox.apps.pack import calendar
from driftbox.apps.papers.actions import destroy_key
from driftbox.apps.people.queries import Particulars
from driftbox.domain.docket.reuse_entries import ReuseWithdrawn
from driftbox.domain.errors import NotFound, Refused

NEXT_MONTH = EVENING + timedelta(days=40)
SON = Particulars(name="周小海", phone="13800000799")
MOTHER = Particulars(name="沈阿妹", phone="13800000798")
NOTHING = frozenset()


@pytest.fixture
def ask(stage):
    """A second call of the family, some days later, for a matter that takes some of the same papers."""

    def call(matter, beneficiary=FATHER, caller=SON, now=NEXT_MONTH):
        clerk = stage.staff["lin"]
        asked = Call(matter=matter, words="", caller=caller, beneficiary=beneficiary, relation="child",
                     office=clerk.office)  # fmt: skip
        return take_call(asked, recorder=clerk.person, now=now)

    return call


def tell(stage, docket, answers=NOTHING, now=NEXT_MONTH):
    clerk = stage.staff["lin"]
    return give_checklist(docket, answers, ("voice", "sms"), by=clerk.person, role="clerk", now=now)


def asked(checklist):
    return {one.code for one in checklist.bring}, {one.code for one in checklist.held}


def test_the_second_case_does_not_ask_for_what_the_first_one_left(stage, played, ask):
    first = played("materials.checked")
    second = ask("MZ-DIBIAN")
    bring, held = asked(checklist_for(second, NOTHING, now=NEXT_MONTH))
    assert held == {"household_register"}
    assert bring.isdisjoint(held)
    assert "id_card" in bring  # its own date is not known, so nothing is stated of it
    after = tell(stage, second)
    item = next(one for one in after.checklist if one.source == "held")
    assert (item.code, item.from_case, item.valid_until) == ("household_register", first.id, "2027-05-13")
    assert any("户口簿用您交过的" in text.text for text in outbox() if second.number in text.text)


def test_one_page_is_not_asked_for_when_the_whole_register_is_here(played, ask):
    played("materials.checked")
    bring, held = asked(checklist_for(ask("MZ-GAOLING"), NOTHING, now=NEXT_MONTH))
    assert held == {"household_register_page", "bank_card"}
    assert bring.isdisjoint(held)


def test_a_paper_is_used_up_to_its_last_day_and_not_after(played, ask):
    played("materials.checked")
    second = ask("MZ-DIBIAN")
    assert asked(checklist_for(second, NOTHING, now=NEXT_MONTH))[1] == {"household_register"}
    last, after = EVENING + timedelta(days=367), EVENING + timedelta(days=368)
    assert calendar().local_date(last).isoformat() == "2027-05-13"
    assert asked(checklist_for(second, NOTHING, now=last))[1] == {"household_register"}
    assert asked(checklist_for(second, NOTHING, now=after))[1] == set()


def test_papers_on_their_way_are_not_held(played, ask):
    played("parcel.collected")
    assert asked(checklist_for(ask("MZ-DIBIAN"), NOTHING, now=NEXT_MONTH))[1] == set()


def test_the_papers_of_one_person_are_never_used_for_another(played, ask):
    played("materials.checked")
    assert asked(checklist_for(ask("MZ-DIBIAN", beneficiary=MOTHER), NOTHING, now=NEXT_MONTH))[1] == set()
    assert asked(checklist_for(ask("MZ-DIBIAN", beneficiary=DAUGHTER), NOTHING, now=NEXT_MONTH))[1] == set()


def test_who_objects_is_asked_again_and_the_docket_says_so(stage, played, ask):
    played("materials.checked")
    second = ask("MZ-GAOLING")
    told = tell(stage, second, frozenset({"ask_afresh.bank_card"}))
    sources = {item.code: item.source for item in told.checklist}
    assert (sources["bank_card"], sources["household_register_page"]) == ("resident", "held")


def test_what_was_withdrawn_is_asked_again_and_the_list_told_before_stays_as_it_was(stage, played, ask):
    first = played("materials.checked")
    second = tell(stage, ask("MZ-DIBIAN"))
    withdraw_reuse([first.applicant, first.beneficiary], first.id, "household_register", now=NEXT_MONTH)
    third = ask("MZ-TEKUN")
    assert "household_register" in asked(checklist_for(third, NOTHING, now=NEXT_MONTH))[0]
    assert load(second.id).docket.checklist == second.checklist
    with pytest.raises(Refused, match="不再用了"):
        withdraw_reuse([first.applicant, first.beneficiary], first.id, "household_register", now=NEXT_MONTH)


def test_nobody_withdraws_for_another(played):
    first = played("materials.checked")
    with pytest.raises(NotFound):
        withdraw_reuse([first.applicant], first.id, "household_register", now=NEXT_MONTH)
    assert load(first.id).docket.reuse_withdrawn == ()


def test_the_window_withdraws_for_somebody_who_calls(stage, played):
    first = played("case.closed")
    clerk = stage.staff["lin"].person
    record(first.id, [ReuseWithdrawn(codes=("bank_card",))], by=clerk, role="clerk", now=NEXT_MONTH)
    withdrawn = {one.held.code: one.withdrawn for one in wallet_of(first.beneficiary)}
    assert withdrawn["bank_card"]
    assert not withdrawn["household_register"]
    assert {one.code for one in held_by(first.beneficiary)} == {"household_register"}


def test_nothing_is_kept_of_a_case_that_was_withdrawn_or_erased(played, ask):
    first = played("materials.checked")
    assert [one.held.code for one in papers_in(first)]
    destroy_key(first.id, now=NEXT_MONTH)
    assert wallet_of(first.beneficiary) == []
    assert asked(checklist_for(ask("MZ-DIBIAN"), NOTHING, now=NEXT_MONTH))[1] == set()


def test_using_a_paper_again_does_not_make_it_good_for_longer(stage, played, ask):
    first = played("materials.checked")
    tell(stage, ask("MZ-DIBIAN"))
    third = checklist_for(ask("MZ-TEKUN"), NOTHING, now=NEXT_MONTH)
    assert [(one.held.case, one.until.isoformat()) for one in third.held if one.code == "household_register"] == [
        (first.id, "2027-05-13")
    ]
