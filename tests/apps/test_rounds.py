"""A Friday on the invented Baisha: proposed, changed by hand, sent out, carried through, planned anew in between."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from driftbox.apps.agents.squad import authorise
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.intake import Call, take_call
from driftbox.apps.errands.night_call import DAUGHTER, FATHER
from driftbox.apps.people.access import staff_viewer
from driftbox.apps.rounds import actions
from driftbox.apps.rounds.queries import sent_to, sheet_of
from driftbox.apps.rounds.settings import next_day, rounds_settings
from driftbox.apps.rounds.sheet import Held
from driftbox.apps.rounds.world import NOBODY, day_of, due
from driftbox.domain.docket.visit_entries import VisitMade
from driftbox.domain.errors import NotFound, Refused
from driftbox.domain.planning.check import violations

ZONE = ZoneInfo("Asia/Shanghai")
FRIDAY = date(2026, 5, 22)
THURSDAY = datetime(2026, 5, 21, 9, 0, tzinfo=ZONE)
MORNING = datetime(2026, 5, 22, 9, 40, tzinfo=ZONE)


@pytest.fixture
def house(stage, played):
    """A director, and a case whose caller asked for a visit."""
    docket = played("checklist.given")
    authorise({stage.staff[name].person: "" for name in ("chen", "yu")}, now=THURSDAY)
    hu = staff_viewer(stage.staff["hu"])
    actions.wish(hu, docket.id, "once", now=THURSDAY)
    return hu, docket.id


def proposed(hu, **more):
    return actions.propose(hu, FRIDAY, **{"version": 0, "now": THURSDAY, "seconds": 0.2, **more})


def test_the_next_day_of_rounds_is_the_packs_weekday_and_no_day_of_rest(stage):
    assert next_day(date(2026, 5, 18)) == FRIDAY
    assert next_day(FRIDAY) == FRIDAY
    assert next_day(date(2026, 9, 28)) == date(2026, 10, 9)  # the first Friday of October is a holiday
    assert rounds_settings().weekday == 5


def test_who_asked_is_visited_and_the_reason_is_told(house):
    hu, docket = house
    assert [(found.id, why) for found, why in due(hu, FRIDAY, THURSDAY)] == [(docket, ("asked",))]
    sheet = proposed(hu)
    assert [call.visit for _round, call in sheet.calls()] == [docket]
    assert sheet.why == {docket: ("asked",)}
    assert not violations(sheet.plan, day_of(hu, FRIDAY, {}, {}, now=THURSDAY))


def test_weeks_without_being_seen_are_a_reason_and_a_later_agreed_day_holds_it_back(stage, played):
    docket, hu = played("checklist.given"), staff_viewer(stage.staff["hu"])
    assert due(hu, FRIDAY, THURSDAY) == []
    later = FRIDAY + timedelta(weeks=4)
    assert [why for _found, why in due(hu, later, THURSDAY)] == [("not_seen",)]
    chen = staff_viewer(stage.staff["chen"])
    actions.made(chen, docket.id, VisitMade(outcome="next_time", next_day="2026-07-03"), now=THURSDAY)
    assert due(hu, later, THURSDAY) == []
    assert [why for _found, why in due(hu, date(2026, 7, 3), THURSDAY)] == [("agreed", "not_seen")]


def test_a_result_on_its_way_home_is_a_reason(stage, played):
    played("result.collected")
    assert "result" in due(staff_viewer(stage.staff["hu"]), FRIDAY, THURSDAY)[0][1]


def test_the_last_of_two_who_change_one_sheet_is_told_and_nothing_is_overwritten(house):
    hu, docket = house
    first = proposed(hu)
    actions.change(hu, FRIDAY, docket, Held(begin=14 * 60), version=first.version, now=THURSDAY)
    with pytest.raises(Refused) as refusal:
        actions.change(hu, FRIDAY, docket, Held(begin=15 * 60), version=first.version, now=THURSDAY)
    assert refusal.value.code == "rounds.changed"
    assert [call.begin for _round, call in sheet_of(hu, FRIDAY).calls()] == [14 * 60]
    with pytest.raises(Refused, match="先改了"):
        proposed(hu)


def test_a_person_moves_a_visit_and_it_stays_when_all_is_planned_anew(house, stage):
    hu, docket = house
    first = proposed(hu)
    yu = stage.staff["yu"].person
    moved = actions.change(hu, FRIDAY, docket, Held(agents=(yu,), begin=14 * 60), version=first.version, now=THURSDAY)
    again = proposed(hu, version=moved.version)
    for sheet in (moved, again):
        assert [(one.agent, call.begin) for one, call in sheet.calls()] == [(yu, 14 * 60)]


def test_two_go_together_when_a_person_says_so(house):
    hu, docket = house
    sheet = actions.change(hu, FRIDAY, docket, Held(people=2), version=proposed(hu).version, now=THURSDAY)
    assert len({(one.agent, call.begin) for one, call in sheet.calls()}) == 2


def test_what_does_not_fit_is_refused_with_its_reason_and_the_sheet_stays(house):
    hu, docket = house
    first = proposed(hu)
    with pytest.raises(Refused) as refusal:
        actions.change(hu, FRIDAY, docket, Held(begin=12 * 60), version=first.version, now=THURSDAY)
    assert refusal.value.code == "rounds.does_not_fit"
    with pytest.raises(NotFound):
        actions.change(hu, FRIDAY, stage_less(docket), Held(), version=first.version, now=THURSDAY)
    assert sheet_of(hu, FRIDAY) == first


def stage_less(docket):
    return docket[:-4] + ("0000" if docket[-4:] != "0000" else "0001")


def test_a_visit_left_out_comes_back_when_it_is_set_free(house):
    hu, docket = house
    struck = actions.change(hu, FRIDAY, docket, Held(struck=True), version=proposed(hu).version, now=THURSDAY)
    assert not list(struck.calls())
    freed = actions.change(hu, FRIDAY, docket, Held(), version=struck.version, now=THURSDAY)
    assert len(list(freed.calls())) == 1


def test_sending_records_each_visit_once_and_gives_the_agent_the_round(house, stage):
    hu, docket = house
    sheet = proposed(hu)
    agent = sheet.plan.rounds[0].agent
    assert sent_to(agent, FRIDAY) is None
    sent = actions.send(hu, FRIDAY, version=sheet.version, now=THURSDAY)
    known = load(docket).docket.visits
    assert (known.day, known.agents) == (FRIDAY.isoformat(), (agent,))
    assert sent_to(agent, FRIDAY)[0].calls[0].visit == docket
    count = load(docket).docket.count
    actions.send(hu, FRIDAY, version=sent.version, now=THURSDAY)
    assert load(docket).docket.count == count
    assert sheet_of(hu, FRIDAY).sent


def test_an_empty_sheet_is_not_sent_and_a_day_that_is_over_is_not_planned(stage):
    hu = staff_viewer(stage.staff["hu"])
    with pytest.raises(Refused) as refusal:
        actions.send(hu, FRIDAY, version=0, now=THURSDAY)
    assert refusal.value.code == "rounds.empty"
    with pytest.raises(Refused) as refusal:
        actions.propose(hu, FRIDAY, version=0, now=THURSDAY + timedelta(days=3))
    assert refusal.value.code == "rounds.past"


def test_on_the_day_itself_a_new_plan_begins_now_and_without_what_was_made(house, stage):
    hu, docket = house
    sheet = actions.send(hu, FRIDAY, version=proposed(hu).version, now=THURSDAY)
    agent = staff_viewer(
        stage.staff[{one.person: name for name, one in stage.staff.items()}[sheet.plan.rounds[0].agent]]
    )
    late = actions.propose(hu, FRIDAY, version=sheet.version, now=MORNING, seconds=0.2)
    assert all(one.leave >= 9 * 60 + 40 for one in late.plan.rounds)
    actions.made(agent, docket, VisitMade(outcome="not_home", next_day="2026-05-29"), now=MORNING)
    after = actions.propose(hu, FRIDAY, version=late.version, now=MORNING + timedelta(minutes=30), seconds=0.2)
    assert not list(after.calls())
    assert after.heres[agent.person][0] == load(docket).docket.office


def test_who_is_complained_of_or_does_not_reach_the_case_is_not_sent(house, stage):
    hu, docket = house
    day = day_of(hu, FRIDAY, {docket: Held(agents=(stage.staff["wang"].person,))}, {}, now=THURSDAY)
    assert day.visits[0].agents == (NOBODY,)


def test_two_cases_of_one_person_are_one_visit(house, stage):
    hu, docket = house
    first = load(docket).docket
    call = Call(matter="GA-SHENFEN", words="身份证也要补", caller=DAUGHTER, beneficiary=FATHER, relation="child",
                office=first.office)  # fmt: skip
    second = take_call(call, recorder=stage.staff["lin"].person, now=THURSDAY)
    assert second.beneficiary == first.beneficiary
    actions.wish(hu, second.id, "regular", now=THURSDAY)
    sheet = proposed(hu)
    assert len(list(sheet.calls())) == 1
    visit = next(call.visit for _one, call in sheet.calls())
    assert (sheet.why[visit], sheet.also) == (("asked", "alone"), {docket: (second.id,)})
    actions.send(hu, FRIDAY, version=sheet.version, now=THURSDAY)
    agent = next(one for one in stage.staff.values() if one.person == sheet.plan.rounds[0].agent)
    actions.made(staff_viewer(agent), visit, VisitMade(outcome="done"), now=MORNING)
    assert {load(one).docket.visits.outcome for one in (docket, second.id)} == {"done"}
