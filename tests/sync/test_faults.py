"""Sixteen ways in which work done apart was lost elsewhere, each with the tests that hold it shut here.

What another file proves already is named in ``ELSEWHERE`` and must be there; the rest follows below, by its number.
"""

import ast
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from tests.apps.conftest import EVENING
from tests.house.walk import ROOT
from tests.nodes import PhoneKeys, believe_node, raws_of
from tests.triggers import lift

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import entries_of, load, row_of
from driftbox.apps.eventlog.again import until_done
from driftbox.apps.eventlog.models import QuarantineRow
from driftbox.apps.eventlog.queries import verify_docket
from driftbox.apps.papers.actions import destroy_key
from driftbox.apps.papers.queries import read_text
from driftbox.apps.people.models import Account
from driftbox.apps.sync.intake import arrive, release, settle
from driftbox.domain.docket import entries as e
from driftbox.domain.log.entry import Entry, digest_of, sign_entry
from driftbox.domain.log.ids import next_id
from driftbox.gateways.keys import chance

ELSEWHERE = {
    "4 who meets first and how often": {
        "tests/apps/eventlog/test_converge.py": ["test_order_number_and_route_make_no_difference"],
        "tests/sync/test_model.py": ["test_all_that_should_agree_agree_and_every_act_is_somewhere"],
    },
    "5 an effect before its cause, a cause that never comes, a line that dies in between": {
        "tests/apps/eventlog/test_arrivals.py": [
            "test_an_entry_without_its_cause_waits_and_enters_with_it",
            "test_after_a_set_time_it_enters_without_and_the_gap_is_named_until_it_is_closed",
        ],
        "tests/apps/sync/test_sending.py": ["test_a_bundle_that_breaks_off_in_the_middle_leaves_nothing"],
    },
    "6 photographs taken without signal, over a line that drops": {
        "tests/web/phone/test_meeting.py": ["test_a_paper_comes_in_pieces_over_a_line_that_is_cut"],
        "tests/journeys/test_phone.py": ["test_a_day_at_sea_arrives_whole_and_once"],
    },
    "7 the same handed in twice": {
        "tests/web/phone/test_meeting.py": ["test_an_entry_handed_in_twice_is_there_once"],
        "tests/apps/test_take_in.py": ["test_taking_in_twice_changes_nothing"],
    },
    "8 refused: which, why, and it survives": {
        "tests/journeys/test_phone.py": ["test_what_was_refused_is_shown_with_who_can_mend_it_and_survives"],
        "tests/apps/sync/test_sending.py": ["test_an_entry_that_is_refused_is_told_to_who_sent_it"],
    },
    "9 clocks": {
        "tests/journeys/test_phone.py": ["test_a_clock_a_day_ahead_is_measured_and_set_right_before_anybody_sees_it"],
        "tests/apps/eventlog/test_arrivals.py": ["test_a_clock_from_ahead_is_waited_for"],
    },
    "10 a store that was cleared": {"tests/journeys/test_phone.py": ["test_a_store_that_was_cleared_is_told_honestly"]},
    "11 two people, one phone": {
        "tests/journeys/test_phone.py": ["test_two_people_on_one_phone_never_see_or_send_each_other_s_work"],
        "tests/web/phone/test_meeting.py": ["test_nobody_hands_in_for_somebody_else"],
    },
    "12 a form or a list that changes under an open draft": {
        "tests/journeys/test_phone.py": ["test_a_new_version_waits_and_takes_no_open_draft"],
        "tests/apps/test_packdesk.py": [
            "test_a_case_opened_on_the_day_but_before_the_change_keeps_its_list_too"
        ],
    },
    "15 power gone in mid-form or in mid-meeting": {
        "tests/journeys/test_phone.py": ["test_a_phone_that_dies_in_mid_form_has_every_word"],
        "tests/cli/test_meeting.py": ["test_killed_again_and_again_in_the_middle_of_an_import_it_is_whole_at_the_end"],
        "tests/apps/test_kill.py": ["test_a_kill_at_any_moment_leaves_every_act_whole_or_undone"],
    },
    "16 opened again without signal": {
        "tests/journeys/test_phone.py": ["test_a_phone_that_dies_in_mid_form_has_every_word"],
    },
}  # fmt: skip
LATER = EVENING + timedelta(days=30)


def names_in(file):
    """The tests of a file."""
    found = ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8")))
    return {one.name for one in found if isinstance(one, ast.FunctionDef)}


@pytest.mark.parametrize("fault", ELSEWHERE)
def test_what_is_proved_elsewhere_is_there(fault):
    for file, names in ELSEWHERE[fault].items():
        assert set(names) <= names_in(file), file


class Pocket:
    """The phone of an agent, believed here."""

    def __init__(self, staff):
        self.keys, self.person = PhoneKeys(), staff.person
        self.last = self.prev = ""
        believe_node(self.keys, role="phone", person=staff.person)

    def say(self, docket, body, now):
        """Record something offline, after what is known of the docket; as it travels."""
        self.last = next_id(self.last or docket.last, now, chance())
        made = Entry(id=self.last, docket=docket.id, kind=e.KIND_OF[type(body)], by=self.person, role="agent",
                     node=self.keys.node, body=body, prev=self.prev, for_=docket.beneficiary, alg="p256")  # fmt: skip
        signed = sign_entry(made, self.keys.sign)
        self.prev = signed.digest
        return signed

    def hand_in(self, *signed, now=LATER):
        """Hand entries in as they are."""
        return arrive(raws_of(signed), now=now, via=self.keys.node)


def note(letter):
    return e.NoteWritten(paper=letter * 43)


def give(docket, agent, stage, now, *, take_from=""):
    """The director gives the case to an agent."""
    bodies = [e.TaskReleased(agent=take_from)] if take_from else []
    hu = stage.staff["hu"].person
    return record(docket.id, [*bodies, e.TaskClaimed(agent=agent.person)], by=hu, role="director", now=now)


def kinds_of(docket, person):
    return [one.kind for one in entries_of(docket.id) if one.by == person]


def test_1_a_case_given_to_another_while_its_agent_was_at_sea_loses_none_of_their_work(played, stage):
    chen, yu = stage.staff["chen"], stage.staff["yu"]
    docket = give(played("checklist.given"), chen, stage, EVENING + timedelta(days=1))
    phone = Pocket(chen)
    done = [phone.say(docket, note(letter), EVENING + timedelta(days=1, hours=1)) for letter in "abc"]
    give(docket, yu, stage, EVENING + timedelta(days=1, hours=2), take_from=chen.person)
    done.append(phone.say(docket, note("d"), EVENING + timedelta(days=1, hours=3)))
    taken = phone.hand_in(*done)
    assert (taken.new, taken.refused) == (4, ())
    assert kinds_of(docket, chen.person) == ["note.written"] * 4
    assert load(docket.id).docket.agent == yu.person
    assert verify_docket(docket.id) == []


def test_2_what_was_refused_does_not_fire_by_itself_when_the_case_is_given_later(played, stage):
    docket, stranger = played("checklist.given"), stage.staff["yu"]
    Account.objects.filter(person=stranger.person).update(office="ST04")  # works on another island
    phone = Pocket(stranger)
    early = phone.say(docket, note("a"), EVENING + timedelta(days=1))
    assert dict(phone.hand_in(early).refused) == {digest_of(early.raw): "not_theirs"}
    give(docket, stranger, stage, EVENING + timedelta(days=2))
    settle(now=LATER)
    assert QuarantineRow.objects.get(released=None).code == "not_theirs"
    hu = stage.staff["hu"].person
    assert release(digest_of(early.raw), by=hu, now=LATER) == (docket.id,)
    assert not QuarantineRow.objects.filter(released=None).exists()


def test_3_two_at_once_on_one_thing_are_both_kept_and_a_person_settles(played, stage):
    chen, yu, hu = (stage.staff[name] for name in ("chen", "yu", "hu"))
    docket = played("checklist.given")
    phones = [Pocket(one) for one in (chen, yu)]
    claims = [one.say(docket, e.TaskClaimed(agent=one.person), EVENING + timedelta(hours=1 + turn))
              for turn, one in enumerate(phones)]  # fmt: skip
    for one, claim in reversed(list(zip(phones, claims, strict=True))):
        assert one.hand_in(claim).new == 1
    state = load(docket.id).docket
    assert (state.agent, [one.reason for one in state.contested.values()]) == (chen.person, ["already_claimed"])
    [contested] = state.contested
    verdict = e.ContestSettled(entry=contested, verdict="void", reason="other")
    ruled = record(docket.id, [verdict], by=hu.person, role="director", now=LATER)
    assert not [one for one in ruled.contested.values() if not one.verdict]


def test_3_two_at_once_on_different_things_both_count(played, stage):
    docket = played("checklist.given")
    for turn, name in enumerate(("chen", "yu")):
        phone = Pocket(stage.staff[name])
        phone.hand_in(phone.say(docket, note("ab"[turn]), EVENING + timedelta(hours=1)))
    state = load(docket.id).docket
    assert state.count == docket.count + 2
    assert state.contested == {}


def test_3_what_was_erased_stays_erased_and_what_was_done_meanwhile_is_kept(played, stage):
    docket, phone = played("checklist.given"), Pocket(stage.staff["chen"])
    done = phone.say(docket, note("a"), EVENING + timedelta(hours=1))
    destroy_key(docket.id, now=EVENING + timedelta(hours=2))
    assert phone.hand_in(done).new == 1
    assert "抹去" in read_text(docket.id, docket.said)
    assert verify_docket(docket.id) == []


def test_8_what_a_station_that_was_down_did_not_take_is_taken_when_it_is_back(played, stage):
    docket, phone = played("checklist.given"), Pocket(stage.staff["chen"])
    done = [phone.say(docket, note(letter), EVENING + timedelta(hours=1)) for letter in "ab"]
    with transaction.atomic():
        phone.hand_in(*done)
        transaction.set_rollback(True)  # the power went before it was kept
    assert phone.hand_in(*done).new == 2
    assert phone.hand_in(*done).known == 2
    assert kinds_of(docket, phone.person) == ["note.written"] * 2


@pytest.mark.parametrize("off", [timedelta(days=-20_000), timedelta(days=1), timedelta(hours=8)])
def test_9_a_wrong_clock_moves_neither_the_order_nor_what_is_due(played, stage, off):
    docket, phone = played("checklist.given"), Pocket(stage.staff["chen"])
    there, due = EVENING + timedelta(hours=1), row_of(docket.id).due
    done = phone.say(docket, note("a"), there + off)
    phone.hand_in(done, now=there)
    if off > timedelta(0):  # waits until its time has come
        assert load(docket.id).docket.count == docket.count
        settle(now=there + off)
    state = load(docket.id).docket
    assert state.count == docket.count + 1
    assert [one.id for one in entries_of(docket.id)][-1] == phone.last > docket.last
    assert state.contested == {}
    assert row_of(docket.id).due == due


def test_13_what_was_erased_takes_no_work_that_is_under_way_with_it(played, stage, as_staff):
    chen = stage.staff["chen"]
    docket = give(played("checklist.given"), chen, stage, EVENING + timedelta(hours=1))
    phone = Pocket(chen)
    done = phone.say(load(docket.id).docket, note("a"), EVENING + timedelta(hours=2))
    destroy_key(docket.id, now=EVENING + timedelta(hours=3))
    assert as_staff("chen").get(f"/pocket/app/day/?node={phone.keys.node}").json()["tasks"] == []
    assert as_staff("hu").get(f"/desk/cases/{docket.id}/").status_code == 200
    assert phone.hand_in(done).new == 1
    assert load(docket.id).docket.contested == {}
    assert verify_docket(docket.id) == []


MANY, EACH = 20, 10


@pytest.fixture
def committed(transactional_db, played):
    """A case that other threads see, too."""
    yield played("checklist.given")
    lift()


def test_14_everybody_on_the_same_morning_is_served(committed, stage):
    docket = committed
    phones = [Pocket(stage.staff[name]) for name in ("chen", "yu") * (MANY // 2)]
    said = [[one.say(docket, note("a"), EVENING + timedelta(hours=1)) for _each in range(EACH)] for one in phones]

    def morning(pair):
        try:
            return until_done(lambda: pair[0].hand_in(*pair[1]).new)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(morning, zip(phones, said, strict=True))) == {EACH}
    assert load(docket.id).docket.count == docket.count + MANY * EACH
    assert verify_docket(docket.id) == []
