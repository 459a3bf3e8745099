"""The register, giving cases out, races, and the ledger: through the same actions that the pages use."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connections
from tests.apps.conftest import EVENING
from tests.triggers import guard, lift

from driftbox.apps.agents.actions import Particulars, change_agent, new_agent, restore_agent, revoke_agent
from driftbox.apps.agents.dispatching import NODE, give_one, give_out, plan_day, suggestions_for, unclaimed
from driftbox.apps.agents.importing import BadTable, import_agents, read_shifts
from driftbox.apps.agents.ledgers import ledger_of
from driftbox.apps.agents.models import AgentRow
from driftbox.apps.agents.queries import asked_of, known_agent, open_cases_of, register
from driftbox.apps.agents.squad import authorise, make_squad
from driftbox.apps.dockets.access import docket_for
from driftbox.apps.dockets.actions import rebuild, record
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load
from driftbox.apps.pack import current_pack
from driftbox.apps.people.access import staff_viewer
from driftbox.apps.people.models import Account
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import handover_entries as h
from driftbox.domain.docket.handover_state import open_handover
from driftbox.domain.errors import NotAllowed, NotFound, Refused
from driftbox.domain.planning.cover import Shift
from driftbox.domain.planning.ledger import sums

MORNING = EVENING + timedelta(hours=12)
TOMORROW = EVENING + timedelta(days=1)
OFFICES = ("C-BS",)


@pytest.fixture
def squad(stage):
    """Chen knows care, Yu carries; both are authorised."""
    authorise({stage.staff["chen"].person: "care", stage.staff["yu"].person: ""}, now=EVENING)
    return stage


def viewer(stage, name):
    return staff_viewer(stage.staff[name])


def told(**more):
    known = {"name": "贺小满", "office": "C-BS", "kind": "part_time", "phone": "13800000731", "until": date(2027, 1, 1)}
    return Particulars(**{**known, **more})


def test_suggestions_come_with_reasons_and_leave_out_with_one(played, squad):
    docket = played("checklist.given")
    found = suggestions_for(docket, MORNING)
    assert {one.agent.name for one in found.candidates} == {"陈海燕", "虞阿良"}
    revoke_agent(squad.staff["yu"], date(2026, 5, 12))
    (left,) = suggestions_for(docket, MORNING).left_out
    assert (left.agent.name, left.code) == ("虞阿良", "revoked")


def test_who_declared_a_relative_is_left_out_of_their_cases_and_the_number_is_not_kept(played, squad):
    docket = played("checklist.given")
    chen = squad.staff["chen"]
    change_agent(viewer(squad, "hu"), chen, told(name="陈海燕", declared=("138 0000 0714",)))
    assert suggestions_for(docket, MORNING).left_out[0].code == "related"
    assert "13800000714" not in str(AgentRow.objects.get(pk=chen.person).declared)
    change_agent(viewer(squad, "hu"), chen, told(name="陈海燕", forget_declared=True))
    assert not suggestions_for(docket, MORNING).left_out


def test_errands_are_assigned_and_petitions_wait_for_a_yes(played, squad):
    errand, petition = played("checklist.given"), played("petition.registered")
    chen = squad.staff["chen"].person
    assert give_one(errand.id, chen, by=squad.staff["hu"].person, role="director", now=MORNING)
    assert not give_one(petition.id, chen, by=squad.staff["hu"].person, role="director", now=MORNING)
    assert load(errand.id).docket.agent == chen
    waits = load(petition.id).docket
    assert (waits.agent, open_handover(waits).to) == ("", chen)
    assert [row.docket for row in asked_of(chen)] == [petition.id]
    yes = [h.HandoverAccepted(proposal=open_handover(waits).entry), h.HandoverDone(proposal=open_handover(waits).entry)]
    assert record(petition.id, yes, by=chen, role="agent", now=MORNING).agent == chen
    assert asked_of(chen) == []


def test_a_whole_day_is_given_out_by_the_node_and_a_second_turn_finds_nothing(played, squad):
    docket = played("checklist.given")
    rows = unclaimed()
    assert [row.docket for row in rows] == [docket.id]
    _cases, plan = plan_day([row.docket for row in rows], OFFICES, MORNING)
    pairs = [(key, agent.person) for key, (agent, _reasons) in plan.given.items()]
    assert give_out(pairs, by="", role=NODE, now=MORNING).assigned == (docket.id,)
    assert give_out(pairs, by="", role=NODE, now=MORNING).overtaken == (docket.id,)
    assert unclaimed() == []


def test_whoever_is_asked_reaches_the_case_until_they_answered(played, squad):
    docket = played("checklist.given")
    new = new_agent(viewer(squad, "zhao"), "far", told(office="ST01"), now=EVENING)
    with pytest.raises(NotFound):
        docket_for(staff_viewer(new), docket.id)
    record(docket.id, [h.HandoverProposed(to=new.person)], by=squad.staff["hu"].person, role="director", now=MORNING)
    state = docket_for(staff_viewer(new), docket.id)
    no = h.HandoverRefused(proposal=open_handover(state).entry, reason="too_far")
    record(docket.id, [no], by=new.person, role="agent", now=MORNING)
    with pytest.raises(NotFound):
        docket_for(staff_viewer(new), docket.id)


def test_rows_made_afresh_say_who_is_asked_and_who_has_had_it(played, squad):
    docket = played("task.claimed")
    chen, yu = squad.staff["chen"].person, squad.staff["yu"].person
    record(docket.id, [h.HandoverProposed(to=yu, giver=chen)], by=chen, role="agent", now=TOMORROW)
    before = CaseRow.objects.filter(pk=docket.id).values().get()
    rebuild(docket.id)
    assert CaseRow.objects.filter(pk=docket.id).values().get() == before
    assert (before["asked"], before["hands"]) == (yu, f" {chen} ")


@pytest.fixture
def append_only_again(django_db_setup, django_db_blocker):
    yield
    with django_db_blocker.unblock():
        guard()


@pytest.fixture
def really_committed(append_only_again, transactional_db):
    yield
    lift()


def test_of_two_who_press_at_once_one_gets_it_and_the_other_a_sentence(really_committed, played, squad):
    docket = played("checklist.given").id
    people = [squad.staff[name].person for name in ("chen", "yu")]
    ready, said = threading.Barrier(2), []

    def press(person):
        ready.wait()
        try:
            record(docket, [e.TaskClaimed(agent=person)], by=person, role="agent", now=MORNING)
        except Refused as refusal:
            said.append(refusal.code)
        finally:
            connections.close_all()

    presses = [threading.Thread(target=press, args=(person,)) for person in people]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    state = load(docket).docket
    assert said == ["already_claimed"]
    assert state.agent in people
    assert state.contested == {}


def test_a_revoked_agent_leaves_the_list_of_what_is_in_hand_and_can_come_back(played, squad):
    docket = played("task.claimed")
    chen = squad.staff["chen"]
    revoke_agent(chen, date(2026, 5, 12))
    assert "agent" not in Account.objects.get(pk=chen.pk).roles
    assert [row.docket for row in open_cases_of(chen.person)] == [docket.id]
    yu = squad.staff["yu"].person
    hu = squad.staff["hu"].person
    ended = h.HandoverProposed(to=yu, giver=chen.person, reason="ended")
    state = record(docket.id, [ended], by=hu, role="director", now=TOMORROW)
    proposal = open_handover(state).entry
    record(docket.id, [h.HandoverAccepted(proposal=proposal)], by=yu, role="agent", now=TOMORROW)
    assert record(docket.id, [h.HandoverDone(proposal=proposal)], by=hu, role="director", now=TOMORROW).agent == yu
    restore_agent(Account.objects.get(pk=chen.pk))
    assert known_agent(Account.objects.get(pk=chen.pk)).serves_on(date(2026, 5, 12))


def test_the_ledger_is_what_the_entries_say_and_only_approved_money_is_paid(played, squad):
    docket = played("result.delivered")
    chen, hu = squad.staff["chen"].person, squad.staff["hu"].person
    work = [
        h.ActivityRecorded(minutes=95, metres=4200),
        h.ExpenseRecorded(cents=1250, purpose="boat", voucher="v" * 43),
        h.ExpenseRecorded(cents=800, purpose="bus", voucher="w" * 43),
    ]
    late = EVENING + timedelta(days=60)
    state = record(docket.id, work, by=chen, role="agent", now=late)
    boat, bus = (one.entry for one in state.work.expenses)
    record(docket.id, [h.ExpenseApproved(expense=boat)], by=hu, role="director", now=late)
    with pytest.raises(NotAllowed):
        record(docket.id, [h.ExpenseApproved(expense=bus)], by=chen, role="supervisor", now=late)
    total = sums(ledger_of(chen))
    assert (total.errands, total.deliveries, total.minutes, total.metres) == (1, 1, 95, 4200)
    assert (total.cents, total.waiting) == (1250, 800)
    assert ledger_of(hu) == []


HEAD = "工号,姓名,机构,类别,电话,资格到,语言,专长,当班\n"
GOOD = HEAD + "q1,贺小满,C-BS,志愿者,13800000731,2027-06-30,舟山话,,周六 09:00-12:00\n"
BAD = (
    "q2,丁小波,C-BS,志愿者,,,,,",
    "q3,沈小雨,C-BS,队长,13800000733,,,,",
    "q1,谁,C-BS,志愿者,13800000734,,,,",
    "q5,庄小云,ST01,志愿者,13800000735,明年,,,",
    'q6,王小虎,C-BS,志愿者,13800000736,,,,"周一 08:00-12:00;周一 11:00-13:00"',
)


def test_a_table_comes_in_whole_or_not_at_all_and_every_fault_has_its_line(squad):
    bad = GOOD + "\n".join(BAD)
    with pytest.raises(BadTable) as refused:
        import_agents(bad.encode(), viewer(squad, "zhao"), now=EVENING)
    assert [fault.line for fault in refused.value.faults] == [3, 4, 5, 6, 7]
    assert not Account.objects.filter(username="q1").exists()
    assert import_agents(GOOD.encode("gb18030"), viewer(squad, "zhao"), now=EVENING) == 1
    (known,) = (one for one in register(OFFICES) if one.username == "q1")
    assert (known.kind, known.languages, known.shifts) == ("volunteer", ("zhoushan",), (Shift(6, 540, 720),))


@pytest.mark.parametrize("table", [b"", b"\xff\xfe\x00", "姓名\n谁\n".encode(), HEAD.encode()])
def test_what_is_no_table_is_refused_in_words(squad, table):
    with pytest.raises(BadTable) as refused:
        import_agents(table, viewer(squad, "zhao"), now=EVENING)
    assert refused.value.faults[0].line == 1


def test_an_agent_needs_a_phone_an_office_of_ours_and_shifts_that_do_not_overlap(squad):
    hu = viewer(squad, "hu")
    for more, code in (
        ({"phone": ""}, "agent_phone"), ({"office": "ST01"}, "not_your_office"), ({"kind": "boss"}, "no_such_kind"),
        ({"languages": ("klingon",)}, "no_such_word"), ({"shifts": (Shift(1, 480, 480),)}, "shift_backwards"),
        ({"shifts": (Shift(1, 480, 720), Shift(1, 700, 800))}, "shifts_overlap"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            new_agent(hu, "new", told(**more), now=EVENING)
        assert refused.value.code == code
    assert read_shifts("周一二 08:00-12:00；周六 09:00-10:30") == (
        Shift(1, 480, 720), Shift(2, 480, 720), Shift(6, 540, 630),
    )  # fmt: skip


def test_the_invented_squad_fills_the_pack_and_leaves_gaps_to_be_seen(stage):
    assert make_squad(258, now=EVENING) == 258
    known = register(current_pack().offices)
    assert len([one for one in known if one.username.startswith("agent")]) == 258
    assert all(one.phone for one in known if one.username.startswith("agent"))
    assert not any(one.name.startswith("戚") for one in known)
