"""Rounds go by the published roster, by leave, illness and the register, and say of everybody else why they stay."""

from datetime import date

import pytest
from tests.apps.rosters import MONTH, OFFICE, published
from tests.apps.test_rounds import FRIDAY, THURSDAY

from driftbox.apps.agents.models import AgentRow
from driftbox.apps.agents.squad import authorise
from driftbox.apps.agents.standing import agents_now
from driftbox.apps.people.access import staff_viewer
from driftbox.apps.roster import actions, queries
from driftbox.apps.roster.shifts import Rosters
from driftbox.apps.rounds.world import WHY_NOT, crew_on, day_of
from driftbox.domain.planning import roster_facts as f
from driftbox.gateways.roster import PlainRosterMaker

EARLY = date(2026, 5, 11)


@pytest.fixture
def people(stage):
    authorise({stage.staff[name].person: "" for name in ("chen", "yu")}, now=THURSDAY)
    return published(stage)


def record(people, body):
    actions.record(OFFICE, [body], by=people["hu"].person, role="director", now=THURSDAY)


def rostered(people, **more):
    """Chen shares the shifts, as the director says, and the month is made anew."""
    record(people, f.MemberSet(person=people["chen"].person, **more))
    duties = actions.make_month(OFFICE, MONTH, by=PlainRosterMaker())
    actions.publish(OFFICE, MONTH, duties, "plain", by=people["hu"].person, now=THURSDAY)


def chen_on(people, day=FRIDAY):
    crew = crew_on(staff_viewer(people["hu"]), day)
    return next(one for one in (*crew.on, *crew.off) if one.known.person == people["chen"].person)


def test_without_a_roster_that_names_them_agents_keep_the_hours_of_their_office(people):
    assert (chen_on(people).since, chen_on(people).until) == (8 * 60, 17 * 60 + 30)


def test_an_agent_of_the_roster_goes_out_on_their_shift_and_on_no_other_day(people):
    rostered(people, fixed="D", weekdays=(1, 2, 5))
    assert (chen_on(people).since, chen_on(people).until) == (8 * 60, 16 * 60)
    assert chen_on(people, date(2026, 5, 28)).why == "off"  # a Thursday
    day = day_of(staff_viewer(people["hu"]), FRIDAY, {}, {}, now=THURSDAY)
    assert {one.until for one in day.agents if one.person == people["chen"].person} == {16 * 60}


def test_a_night_that_ends_in_the_morning_counts_on_both_days(people):
    rostered(people, fixed="N", weekdays=(1, 2, 3, 4, 5))
    spans = {day: Rosters().spans(people["chen"].person, date(2026, 5, day)) for day in (21, 22)}
    assert any((0, 8 * 60) in found for found in spans.values())


def test_who_is_on_leave_or_ill_is_not_sent_and_the_reason_is_told(people):
    chen = people["chen"].person
    record(people, f.LeaveGranted(person=chen, since="2026-05-22", until="2026-05-24"))
    assert chen_on(people).why == "leave"
    assert chen_on(people, date(2026, 5, 29)).why == ""
    assert chen not in {one.person for one in day_of(staff_viewer(people["hu"]), FRIDAY, {}, {}, now=THURSDAY).agents}


def test_who_reports_ill_for_the_shift_stays_at_home(people):
    rostered(people, fixed="D", weekdays=(5,))
    record(people, f.SickReported(day="2026-05-22", shift="D", person=people["chen"].person))
    assert chen_on(people).why == "ill"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"away": "ashore", "away_until": FRIDAY}, "ashore"),
        ({"away": "ill", "away_until": date(2026, 5, 20)}, ""),
        ({"revoked": EARLY}, "revoked"),
        ({"authorised_until": EARLY}, "authorisation"),
        ({"shifts": [[4, 480, 720]]}, "off"),
        ({"shifts": [[5, 540, 720], [5, 780, 900]]}, ""),
    ],
)
def test_the_register_says_who_cannot_go(people, fields, why):
    AgentRow.objects.filter(person=people["chen"].person).update(**fields)
    assert chen_on(people).why == why
    assert not why or WHY_NOT[why].en


def test_giving_cases_out_sees_the_same_leave_and_the_same_shift(people):
    rostered(people, fixed="D", weekdays=(1,))
    chen = people["chen"].person

    def found():
        return next(one for one in agents_now((OFFICE,), THURSDAY) if one.person == chen)

    assert found().free_from.astimezone(THURSDAY.tzinfo).date() == date(2026, 5, 25)
    assert found().away == ""
    record(people, f.LeaveGranted(person=chen, since="2026-05-21", until="2026-05-21"))
    assert found().away == "leave"
    assert queries.load(OFFICE).book.contested == {}
