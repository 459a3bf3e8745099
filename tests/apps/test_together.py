"""Two needs, one call: two cases, one list, one bag, one day."""

from datetime import timedelta

import pytest
from tests.apps.conftest import EVENING

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.intake import Call
from driftbox.apps.errands.night_call import DAUGHTER, FATHER
from driftbox.apps.errands.together import (
    carry_along,
    give_together,
    lead_of,
    one_day,
    sisters_of,
    take_calls,
)
from driftbox.apps.eventlog.queries import since
from driftbox.apps.notices.queries import outbox
from driftbox.apps.people.models import PersonRow
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.form_state import left_to_bring
from driftbox.domain.errors import Refused

BOTH = ("GA-SIWANG", "RS-SANGZANG")
PARCEL = "01890000-0000-7000-8000-0000000000aa"


@pytest.fixture
def ask(stage):
    def call(*matters, **more):
        clerk = stage.staff["lin"]
        said = {"caller": DAUGHTER, "beneficiary": FATHER, "relation": "child", "office": clerk.office, **more}
        return take_calls(Call(matter="", words="", **said), matters, recorder=clerk.person, now=EVENING)

    return call


def tell(stage, dockets, *answers, now=EVENING):
    clerk = stage.staff["lin"].person
    return give_together(dockets, frozenset(answers), ("voice", "sms"), by=clerk, role="clerk", now=now)


def hand_in(stage, docket, items=None):
    """The bag comes to the window, is counted, and found complete."""
    lin = stage.staff["lin"].person
    items = items or left_to_bring(docket)
    sent = e.MaterialsSent(parcel=PARCEL, items=items, via="window", place=docket.office)
    bodies = [sent, e.ParcelCollected(parcel=PARCEL, place=docket.office, seal_intact=True),
              e.MaterialsCounted(parcel=PARCEL, found=items), e.MaterialsChecked()]  # fmt: skip
    after = record(docket.id, bodies, by=lin, role="clerk", now=EVENING + timedelta(hours=1))
    carry_along(after, by=lin, role="clerk", now=EVENING + timedelta(hours=1))
    return after


def test_two_needs_are_two_cases_that_know_each_other_and_the_same_people(ask):
    before = PersonRow.objects.count()
    first, second = ask(*BOTH)
    assert [one.matter for one in (first, second)] == list(BOTH)
    assert (first.beneficiary, first.applicant) == (second.beneficiary, second.applicant)
    assert PersonRow.objects.count() == before + 2
    assert sisters_of(first) == [second.id]
    assert sisters_of(second) == [first.id]
    assert lead_of(first) == lead_of(second) == first.id


def test_a_third_need_knows_both(ask):
    first, second, third = ask(*BOTH, "MZ-DIBAO")
    assert sisters_of(third) == [first.id, second.id]
    assert sisters_of(second) == [first.id, third.id]


def test_coming_to_the_window_for_two_needs_is_one_trip(stage, ask):
    office = stage.staff["lin"].office
    assert [one.trips_made + len(one.trips) for one in ask(*BOTH, appeared=office)][1] == 0


def test_one_list_is_told_and_one_message_sent(stage, ask):
    first, second = tell(stage, ask(*BOTH))
    codes = [item.code for item in first.checklist if item.source == "resident"]
    assert {"death_certificate", "household_register", "bank_card", "authority_letter"} <= set(codes)
    assert len(codes) == len(set(codes))
    assert left_to_bring(second) == ()
    assert {item.from_case for item in second.checklist if item.source == "held"} == {first.id}
    texts = [text.text for text in outbox() if "要备" in text.text]
    assert len(texts) == 2  # one to each of the two, and none for the second case
    assert all(first.number in text for text in texts)


def test_the_bag_of_the_first_completes_the_second(stage, ask):
    first, second = tell(stage, ask(*BOTH))
    assert hand_in(stage, first).stage == "checked"
    assert load(second.id).docket.stage == "checked"
    assert load(second.id).docket.contested == {}


def test_what_lacks_in_the_bag_leaves_both_waiting(stage, ask):
    first, second = tell(stage, ask(*BOTH))
    lin = stage.staff["lin"].person
    items = left_to_bring(first)
    bodies = [e.MaterialsSent(parcel=PARCEL, items=items, via="window", place=first.office),
              e.ParcelCollected(parcel=PARCEL, place=first.office, seal_intact=True),
              e.MaterialsCounted(parcel=PARCEL, found=items[1:]),
              e.MaterialsLacking(lacking=(items[0].code,))]  # fmt: skip
    after = record(first.id, bodies, by=lin, role="clerk", now=EVENING)
    assert carry_along(after, by=lin, role="clerk", now=EVENING) == []
    assert load(second.id).docket.stage == "told"


def test_papers_that_have_not_come_are_not_complete(stage, ask):
    first, _second = tell(stage, ask(*BOTH))
    with pytest.raises(Refused, match="没有到"):
        record(first.id, [e.MaterialsChecked()], by=stage.staff["lin"].person, role="clerk", now=EVENING)


def test_one_day_is_the_latest_and_unknown_while_one_of_them_is(stage, ask):
    first, second = tell(stage, ask("MZ-DIBAO", "YB-CANBAO"))
    hand_in(stage, first)
    lin = stage.staff["lin"].person
    for docket, due in ((first.id, "2026-06-05"), (second.id, "2026-05-20")):
        bodies = [e.CaseAccepted(receipt="r"), e.PromiseMade(due=due)]
        record(docket, bodies, by=lin, role="clerk", now=EVENING + timedelta(hours=2))
    days = {one_day(load(one).docket, EVENING + timedelta(hours=3)).isoformat() for one in (first.id, second.id)}
    assert days == {"2026-06-05"}
    third, _fourth = tell(stage, ask(*BOTH))
    assert one_day(third, EVENING) is None  # no limit is known for a death registration, so none is promised


@pytest.mark.parametrize("matters", [("MZ-DIBAO", "XF-QIUJUE"), ("MZ-DIBAO", "NO-SUCH"), (), ("MZ-DIBAO", "QT-ZIXUN")])
def test_what_goes_alone_is_not_opened_with_others(ask, matters):
    with pytest.raises(Refused, match="没有登记"):
        ask(*matters)


def test_more_than_one_ask_can_hold_is_refused_whole(ask):
    errands = ["MZ-DIBAO", "MZ-DIBIAN", "MZ-TEKUN", "MZ-LINSHI", "MZ-CANBU", "YB-CANBAO"]
    with pytest.raises(Refused, match="太多"):
        ask(*errands)


def test_all_or_none_are_opened(ask):
    before = len(since(ask(*BOTH)[0].id))
    people = PersonRow.objects.count()
    with pytest.raises(Refused):
        ask(*BOTH, caller=type(DAUGHTER)(name="周敏", phone="12"))
    assert PersonRow.objects.count() == people
    assert before == 5  # opened, two parties, a mandate, and one link
