"""What was told in confidence stays so: on every page, in every file, list, board, command, log line and error, role by
role; and a stranger never learns whether a case exists.
"""

import logging
import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.apps.conftest import EVENING
from tests.cast import key
from tests.web.doors import BACKEND, DOORS, filled_in
from tests.web.gaps import gaps_of

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load
from driftbox.apps.notices.queries import receipt_of
from driftbox.apps.people.actions import write_account, write_person
from driftbox.apps.people.models import Account
from driftbox.apps.people.queries import Particulars
from driftbox.apps.petitions.registering import Petitioning, register
from driftbox.cli import main

ACCUSATION = {"matter": "XF-JUBAO", "channel": "phone", "caller_name": "梅婶", "words": "有人收钱不办事"}
NAME, PHONE, WORDS = "麦小满", "13800000788", "修滑道的石料被人拉回家砌了院墙"
TOKEN = re.compile(r'csrfmiddlewaretoken" value="[^"]+"')
STAFF = ("lin", "hu", "chen", "yu", "fang", "wang", "zhao", "he", "mei", "mo")
SEARCHES = ("/desk/find/?q={}", "/desk/call/?q={}", "/ask/?q={}", "/petition/?q={}", "/matters/?q={}", "/board/?q={}",
            "/track/find/?number={}&code={}", "/desk/?q={}")  # fmt: skip
COMMANDS = (["verify"], ["verify", "--json"], ["find", WORDS], ["find", NAME], ["find", PHONE], ["rebuild"],
            ["ferry", "status"])  # fmt: skip


@pytest.fixture
def accused(stage):
    """An accusation of the station above, with a name, told at the window of the centre; a like petition beside it."""
    for name, roles, office in (("mei", ("director", "custodian", "clerk"), "ST09"), ("mo", ("custodian",), "D-MZ")):
        write_account(name, "piaoliuxiang-test", name=name, office=office, roles=roles, kind="", phone="", now=EVENING)
    who = Particulars(name=NAME, phone=PHONE, address="老街 9 号")
    told = Petitioning(sort="accusation", words=WORDS, office="C-BS", petitioner=who, complained_offices=("ST09",))
    docket = register(told, recorder=stage.staff["lin"].person, now=EVENING).docket
    other = Petitioning(sort="redress", route="art31-6", words=WORDS, office="C-BS", channel="letter",
                        petitioner=Particulars(name="金阿毛", phone="13800000715"))  # fmt: skip
    register(other, recorder=stage.staff["lin"].person, now=EVENING + timedelta(hours=1))
    return docket


def visitors(as_staff):
    """Everybody who must not see it: staff role by role, a resident who is not party, somebody unknown."""
    yield from ((name, as_staff_of(name, as_staff)) for name in STAFF)
    resident = Client()
    session = resident.session
    stranger = write_person(Particulars(name="何远", phone="13800000799"), now=EVENING)
    session.update({"person": stranger, "people": [stranger]})
    session.save()
    yield from (("resident", resident), ("nobody", Client()))


def as_staff_of(name, as_staff):
    if name not in {"mei", "mo"}:
        return as_staff(name)
    client = Client()
    client.force_login(Account.objects.get(username=name), backend=BACKEND)
    return client


def seen_in(answer, docket, receipt):
    """What of the accusation stands in an answer, asked words aside: only what the visitor did not type."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = body.decode("utf-8", "replace") + str(dict(answer.headers))
    secrets = (NAME, PHONE, docket.number, receipt, docket.applicant, "老街 9 号")
    return [secret for secret in secrets if secret in text]


def addresses(docket, stage):
    """Every page of the house, with the accusation wherever a case can stand."""
    gaps = gaps_of(docket, stage) | {"docket": docket.id, "digest": docket.said, "serial": "baisha-2026-n0001",
                                     "other": docket.id, "incident": key(9), "photo": docket.said}  # fmt: skip
    for door in DOORS:
        yield door, filled_in(door.path, gaps), {k: filled_in(str(v), gaps) for k, v in door.data.items()}


def test_on_no_page_does_anybody_but_the_custodian_meet_it(as_staff, accused, stage, caplog):
    caplog.set_level(logging.DEBUG)
    receipt, found = receipt_of(accused.id), []
    for name, client in visitors(as_staff):
        for door, path, _data in addresses(accused, stage):
            if door.name not in {"sign_in:out", "sign_in:resident_out", "base:language"}:
                leaked = seen_in(client.get(path), accused, receipt)
                found += [(name, path, leaked)] if leaked else []
    assert found == []
    assert not [secret for secret in (NAME, PHONE, WORDS, receipt) if secret in caplog.text]


def test_no_act_of_anybody_else_tells_of_it_or_changes_it(as_staff, accused, stage):
    receipt, found = receipt_of(accused.id), []
    for name, client in visitors(as_staff):
        for door, path, data in addresses(accused, stage):
            if door.method == "POST" and "{docket}" in door.path:
                leaked = seen_in(client.post(path, data), accused, receipt)
                found += [(name, path, leaked)] if leaked else []
    assert found == []
    assert load(accused.id).docket.count == accused.count


def test_no_search_finds_it(as_staff, accused):
    receipt, found = receipt_of(accused.id), []
    for name, client in visitors(as_staff):
        for asked in (NAME, PHONE, WORDS, accused.number):
            for search in SEARCHES:
                answer = client.get(search.format(asked, asked))
                leaked = [one for one in seen_in(answer, accused, receipt) if one != asked]
                again = asked == accused.number and re.search(rf"/cases/{accused.id}|/track/{accused.id}", answer.text)
                found += [(name, search, asked, leaked)] if leaked or again else []
    assert found == []


def test_what_reads_like_it_is_not_offered_to_whoever_may_not_see_it(as_staff, accused):
    like = CaseRow.objects.exclude(pk=accused.id).get()
    page = as_staff("lin").get(f"/watch/{like.docket}/beside/").text
    assert accused.number not in page
    assert "没有看着像的" in page


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_prints_it(accused, command, capsys, caplog):
    caplog.set_level(logging.DEBUG)
    main.main(command)
    printed = capsys.readouterr()
    told = printed.out + printed.err + caplog.text
    secrets = {NAME, PHONE, WORDS, accused.number, receipt_of(accused.id)} - set(command)
    assert not [secret for secret in secrets if secret in told]


def test_an_export_carries_codes_and_digests_but_neither_name_nor_words(accused, tmp_path):
    main.main(["export", accused.id, str(tmp_path / "docket.jsonl")])
    written = (tmp_path / "docket.jsonl").read_text("utf-8")
    assert accused.id in written
    assert not [secret for secret in (NAME, PHONE, WORDS, receipt_of(accused.id)) if secret in written]


def test_the_table_of_the_year_does_not_say_whom_accusations_are_about(as_staff, accused):
    page = as_staff("zhao").get("/watch/annual/2026/figures.csv").content.decode("utf-8-sig")
    assert "说到的单位" not in page
    assert NAME not in page


def test_the_custodian_lists_numbers_only_and_reads_the_rest_behind_the_door(as_staff, accused):
    su = as_staff("su")
    listed = su.get("/watch/secret/").text
    assert accused.number in listed
    assert not [secret for secret in (NAME, PHONE, WORDS) if secret in listed]
    assert NAME in su.get(f"/desk/cases/{accused.id}/").text


def test_access_is_asked_granted_and_taken_back_with_both_reasons(as_staff, accused, stage):
    zhao, su, person = as_staff("zhao"), as_staff("su"), stage.staff["zhao"].person
    asked = {"number": accused.number, "reason": "handling"}
    told = [
        TOKEN.sub("", zhao.post("/watch/secret/ask/", asked | {"number": number}, follow=True).text)
        for number in (accused.number, "nothing-2026-0001")
    ]
    assert told[0] == told[1]
    assert "赵平" in su.get(f"/watch/secret/{accused.id}/").text
    granted = {"person": person, "asked": "handling", "reason": "protecting"}
    assert su.post(f"/watch/secret/{accused.id}/grant/", granted | {"person": key(3)}).status_code == 400
    su.post(f"/watch/secret/{accused.id}/grant/", granted)
    assert zhao.get(f"/desk/cases/{accused.id}/").status_code == 200
    assert "他说：要办这件事；准的理由：要保护举报人" in su.get(f"/watch/secret/{accused.id}/").text
    su.post(f"/watch/secret/{accused.id}/revoke/", {"person": person, "reason": "done"})
    assert zhao.get(f"/desk/cases/{accused.id}/").status_code == 404


def test_nobody_of_the_body_complained_of_can_be_let_in(as_staff, accused):
    page = as_staff("su").get(f"/watch/secret/{accused.id}/").text
    assert "赵平" in page
    assert "mei（" not in page


def test_an_emergency_opening_is_confirmed_recorded_and_listed_without_what_is_inside(as_staff, accused):
    zhao = as_staff("zhao")
    forcing = {"number": accused.number, "reason": "life_at_risk", "words": "有人要出事。"}
    sure = zhao.post("/watch/secret/open/", forcing).text
    assert "苏宁" in sure
    assert "谁也抹不掉" in sure
    assert zhao.get(f"/desk/cases/{accused.id}/").status_code == 404
    assert zhao.post("/watch/secret/open/", forcing | {"sure": "yes"})["Location"] == f"/desk/cases/{accused.id}/"
    assert zhao.get(f"/desk/cases/{accused.id}/").status_code == 200
    for who in ("su", "zhao"):
        page = as_staff(who).get("/watch/").text
        assert accused.number in page
        assert "有人有危险，等不及" in page
        assert not [secret for secret in (NAME, PHONE, WORDS) if secret in page]
    for who in ("mei", "hu", "lin"):  # the body complained of, and those below it; a clerk
        client = as_staff_of(who, as_staff)
        assert accused.number not in client.get("/watch/").text + client.get("/desk/outbox/").text
    assert accused.number in as_staff("zhao").get("/desk/outbox/").text


def test_whoever_may_not_open_it_learns_nothing_from_trying(as_staff, accused):
    sure = {"reason": "life_at_risk", "words": "要看。", "sure": "yes"}
    mei = as_staff_of("mei", as_staff)
    theirs = mei.post("/watch/secret/open/", sure | {"number": accused.number})
    nothing = mei.post("/watch/secret/open/", sure | {"number": "baisha-2026-9999"})
    assert theirs.status_code == nothing.status_code == 404
    assert as_staff("lin").post("/watch/secret/open/", sure | {"number": accused.number}).status_code == 403


def test_a_clerk_registers_an_accusation_and_cannot_open_it(as_staff):
    told = {"way": "accusation", "channel": "phone", "name": "梅婶", "words": ACCUSATION["words"]}
    answer = as_staff("lin").post("/desk/petitions/", told, follow=True)
    case = CaseRow.objects.get()
    assert "回执码" in answer.content.decode()
    for who in ("lin", "hu", "wang", "zhao", "chen"):
        client = as_staff(who)
        assert client.get(f"/desk/cases/{case.docket}/").status_code in {403, 404}
        assert "梅婶" not in client.get("/desk/", follow=True).content.decode()


def test_a_case_that_is_not_yours_reads_like_one_that_is_not_there(client, played):
    docket = played("case.accepted")
    theirs, nothing = client.get(f"/track/{docket.id}/"), client.get(f"/track/{key(404)}/")
    assert theirs.status_code == nothing.status_code == 404
    assert theirs.content.replace(docket.id.encode(), b"") == nothing.content.replace(key(404).encode(), b"")
