"""A new case is given out by itself where the pack says so; what needs a yes waits for it, and all is revocable."""

from datetime import date, timedelta

import pytest
from msgspec import structs
from tests.apps.conftest import EVENING

from driftbox.apps.agents import dispatching
from driftbox.apps.agents.actions import revoke_agent
from driftbox.apps.agents.dispatching import assign_new
from driftbox.apps.agents.models import AgentRow
from driftbox.apps.agents.squad import authorise
from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import entries_of, load
from driftbox.apps.pack import current_pack
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import handover_entries as h
from driftbox.domain.docket.handover_state import open_handover
from driftbox.domain.errors import Refused

MORNING = EVENING + timedelta(hours=12)


@pytest.fixture
def squad(stage):
    """Chen knows care, Yu carries; both are authorised."""
    authorise({stage.staff["chen"].person: "care", stage.staff["yu"].person: ""}, now=EVENING)
    return stage


def test_an_errand_goes_to_the_first_in_line_as_an_entry_of_the_node_and_can_be_taken_back(played, squad):
    docket = played("checklist.given")
    found = assign_new(docket, MORNING)
    assert found.assigned
    assert [reason.aspect for reason in found.first.reasons] == list(current_pack().agents.order)
    claimed = entries_of(docket.id)[-1]
    assert (claimed.kind, claimed.role, claimed.by) == ("task.claimed", "node", "")
    state = load(docket.id).docket
    assert state.agent == found.first.agent.person
    hu = squad.staff["hu"].person
    taken_back = record(docket.id, [e.TaskReleased(agent=state.agent)], by=hu, role="director", now=MORNING)
    assert taken_back.agent == ""
    assert taken_back.contested == {}


def test_a_petition_is_only_suggested(played, squad):
    docket = played("petition.registered")
    found = assign_new(docket, MORNING)
    assert not found.assigned
    assert load(docket.id).docket.agent == ""
    assert not open_handover(load(docket.id).docket)


def test_a_pack_that_wants_to_be_asked_assigns_nothing(played, squad, monkeypatch):
    docket, pack = played("checklist.given"), current_pack()
    asks = structs.replace(pack, agents=structs.replace(pack.agents, errands="propose"))
    monkeypatch.setattr(dispatching, "current_pack", lambda: asks)
    assert not assign_new(docket, MORNING).assigned
    assert load(docket.id).docket.agent == ""


def test_somebody_who_claimed_meanwhile_keeps_it(played, squad):
    docket, yu = played("checklist.given"), squad.staff["yu"].person
    record(docket.id, [e.TaskClaimed(agent=yu)], by=yu, role="agent", now=MORNING)
    assert not assign_new(docket, MORNING).assigned
    assert load(docket.id).docket.agent == yu
    assert load(docket.id).docket.contested == {}


def test_a_confidential_case_and_one_that_nobody_can_take_are_left(played, squad):
    docket = played("checklist.given")
    AgentRow.objects.update(away="ashore")
    assert assign_new(docket, MORNING) is None
    docket.confidential = True
    assert assign_new(docket, MORNING) is None


@pytest.mark.parametrize("away", ["ashore", "ill"])
def test_who_is_ashore_or_ill_is_stood_in_for_until_a_day(played, squad, away):
    docket = played("task.claimed")
    chen, yu, hu = (squad.staff[name].person for name in ("chen", "yu", "hu"))
    AgentRow.objects.filter(person=chen).update(away=away)
    body = h.HandoverProposed(to=yu, giver=chen, reason=away, until="2026-05-20")
    state = record(docket.id, [body], by=hu, role="director", now=MORNING)
    proposal = open_handover(state).entry
    with pytest.raises(Refused):
        record(docket.id, [body], by=hu, role="director", now=MORNING)
    yes = [h.HandoverAccepted(proposal=proposal), h.HandoverDone(proposal=proposal)]
    after = record(docket.id, yes, by=yu, role="agent", now=MORNING)
    assert after.agent == yu
    assert after.work.handovers[-1].until == "2026-05-20"


def test_the_cases_of_a_revoked_agent_stay_where_they_are_and_are_given_to_nobody_by_themselves(played, squad):
    docket = played("task.claimed")
    revoke_agent(squad.staff["chen"], date(2026, 5, 12))
    assert assign_new(docket, MORNING) is None
    assert load(docket.id).docket.agent == squad.staff["chen"].person
