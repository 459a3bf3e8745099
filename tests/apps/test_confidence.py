"""What was told in confidence: who reaches it, role by role, and how an emergency opening makes itself heard."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import cases_for, entries_of
from driftbox.apps.errands.casting import cast_staff
from driftbox.apps.eventlog.actions import enrol_self
from driftbox.apps.notices.queries import outbox
from driftbox.apps.people.access import resident_viewer, staff_viewer
from driftbox.apps.people.actions import write_account
from driftbox.apps.people.queries import Particulars
from driftbox.apps.petitions.actions import name_handler
from driftbox.apps.petitions.confidence import ask_access, force_access, grant_access, revoke_access
from driftbox.apps.petitions.mailbox import answer_message, keep_receipt, leave_message, messages_of, open_mailbox
from driftbox.apps.petitions.queries import forced_openings
from driftbox.apps.petitions.registering import Petitioning, register
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.petition_entries import HandlerNamed
from driftbox.domain.errors import NotAllowed, NotFound, Refused
from driftbox.gateways.mailbox_codes import check_digit, new_mailbox_code, read_mailbox_code, show_mailbox_code

NOW = datetime(2026, 5, 12, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
MEI = Particulars(name="梅婶", phone="13800000716")


@pytest.fixture
def accounts(db):
    enrol_self(NOW)
    return cast_staff("piaoliuxiang-test", now=NOW)


@pytest.fixture
def viewers(accounts):
    return {name: staff_viewer(account) for name, account in accounts.items()}


@pytest.fixture
def accused(accounts):
    told = Petitioning(sort="accusation", words="有人收钱", office="C-BS", petitioner=MEI, complained_offices=("ST09",))
    return register(told, recorder=accounts["lin"].person, now=NOW).docket


def reaches(viewer, docket):
    try:
        docket_for(viewer, docket.id)
    except NotFound:
        assert docket.id not in {row.docket for row in cases_for(viewer)}
        return False
    return True


def test_role_by_role_only_the_custodian_and_the_petitioner_reach_it(viewers, accused):
    reached = {name for name, viewer in viewers.items() if reaches(viewer, accused)}
    assert reached == {"su"}
    assert reaches(resident_viewer(accused.applicant), accused)
    assert not reaches(resident_viewer(""), accused)


def test_the_custodian_lets_in_case_by_case_and_takes_back(viewers, accused):
    ask_access(accused.number, "handling", viewers["zhao"], now=NOW)
    ask_access("nothing-2026-0001", "handling", viewers["zhao"], now=NOW)
    asked = docket_for(viewers["su"], accused.id).petition.asking[0]
    assert (asked.person, asked.reason) == (viewers["zhao"].person, "handling")
    grant_access(accused.id, asked.person, asked.reason, "protecting", viewers["su"], now=NOW)
    assert {name for name, viewer in viewers.items() if reaches(viewer, accused)} == {"su", "zhao"}
    revoke_access(accused.id, asked.person, "done", viewers["su"], now=NOW)
    assert not reaches(viewers["zhao"], accused)
    with pytest.raises(NotAllowed):
        grant_access(accused.id, asked.person, "handling", "handling", viewers["hu"], now=NOW)


def test_the_body_complained_of_never_reaches_it_even_when_named_as_handler(viewers, accused, accounts):
    mei = write_account("mei", "piaoliuxiang-test", name="梅站长", office="ST09", roles=("director", "custodian"),
                        kind="", phone="", now=NOW)  # fmt: skip
    record(accused.id, [HandlerNamed(person=mei.person)], by=viewers["su"].person, role="custodian", now=NOW)
    assert not reaches(staff_viewer(mei), accused)
    with pytest.raises(Refused):
        name_handler(accused.id, mei.person, by=viewers["su"].person, role="custodian", now=NOW)
    with pytest.raises(NotFound):
        force_access(accused.id, "life_at_risk", "要看", staff_viewer(mei), now=NOW)
    handler = HandlerNamed(person=viewers["zhao"].person)
    record(accused.id, [handler], by=viewers["su"].person, role="custodian", now=NOW)
    assert reaches(viewers["zhao"], accused)


def test_somebody_complained_of_loses_an_open_petition_too(viewers, accounts):
    lin = accounts["lin"].person
    told = Petitioning(sort="redress", words="滑道", office="C-BS", petitioner=MEI, complained=(lin,))
    registered = register(told, recorder=accounts["lin"].person, now=NOW)
    assert registered.closed_to_recorder
    assert not reaches(viewers["lin"], registered.docket)
    assert reaches(viewers["hu"], registered.docket)
    with pytest.raises(NotAllowed):
        record(registered.docket.id, [e.PetitionAccepted()], by=accounts["lin"].person, role="clerk", now=NOW)


def test_an_agent_never_carries_an_accusation(accused, accounts):
    agent = accounts["chen"].person
    with pytest.raises(NotAllowed):
        record(accused.id, [e.TaskClaimed(agent=agent)], by=agent, role="agent", now=NOW)


def test_an_emergency_opening_is_loud_and_recorded(viewers, accused):
    with pytest.raises(Refused):
        force_access(accused.id, "life_at_risk", " ", viewers["zhao"], now=NOW)
    force_access(accused.id, "life_at_risk", "有人要出事，专管员不在", viewers["zhao"], now=NOW)
    assert reaches(viewers["zhao"], accused)
    assert [message.phone for message in outbox()] == ["0580-000-0216"]
    assert accused.number in outbox()[0].text
    assert "梅婶" not in outbox()[0].text
    assert "access.forced" in [entry.kind for entry in entries_of(accused.id)]
    assert forced_openings(viewers["su"]) == [(accused.number, viewers["zhao"].person)]


def test_somebody_without_a_name_gets_sixteen_digits_and_a_mailbox(accounts):
    told = Petitioning(sort="accusation", words="有人收钱", office="C-BS", channel="web")
    registered = register(told, now=NOW)
    docket = open_mailbox(show_mailbox_code(registered.code)).id
    assert docket == registered.docket.id
    keep_receipt(docket, now=NOW)
    leave_message(docket, "还有一件", now=NOW + timedelta(hours=1))
    answer_message(docket, "收到", by=accounts["su"].person, role="custodian", now=NOW + timedelta(hours=2))
    assert [(word.text, word.from_staff) for word in messages_of(docket)] == [("还有一件", False), ("收到", True)]
    row = CaseRow.objects.get(pk=docket)
    assert (row.applicant, row.beneficiary, row.parties) == ("", "", "")
    with pytest.raises(NotFound):
        open_mailbox(new_mailbox_code())


def test_a_wrong_digit_of_the_sixteen_is_found():
    code = new_mailbox_code()
    assert read_mailbox_code(f" {show_mailbox_code(code)} ") == code
    assert check_digit("0794") == "5"
    for place in range(16):
        wrong = code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :]
        with pytest.raises(Refused):
            read_mailbox_code(wrong)
