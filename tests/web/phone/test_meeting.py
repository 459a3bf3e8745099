"""What the station answers a phone: once is once, in pieces is whole, and a refusal is a sentence that stays."""

import json
from datetime import UTC, datetime

import pytest
from tests.phone_nodes import BASE, PhoneInHand

from driftbox.apps.dockets.queries import entries_of, load
from driftbox.apps.eventlog.models import QuarantineRow
from driftbox.apps.papers.queries import key_of, open_paper
from driftbox.apps.phones.models import IntakeRow, PhoneRow
from driftbox.domain.docket import entries as e
from driftbox.domain.log.entry import digest_of, encode64
from driftbox.domain.log.ids import build_id, millis
from driftbox.gateways.keys import new_key, seal

NOW = datetime.now(UTC)  # noqa: TID251 - the pages read the real clock
CLAIM = "task.claimed"


@pytest.fixture
def chen(stage, as_staff):
    """Chen's phone, enrolled."""
    phone = PhoneInHand(as_staff("chen"), stage.staff["chen"].person)
    assert phone.enrol().status_code == 200
    return phone


def claim(phone, docket, **more):
    return phone.entry(docket, CLAIM, e.TaskClaimed(agent=phone.person), now=NOW, **more)


def test_an_entry_handed_in_twice_is_there_once(played, chen):
    docket = played("materials.sent")
    raw = claim(chen, docket)
    for _twice in range(2):
        assert chen.hand_in(raw).json()["results"] == [{"state": "in", "code": "", "sentence": "", "who": ""}]
    assert [one.kind for one in entries_of(docket.id)].count(CLAIM) == 1
    assert load(docket.id).docket.agent == chen.person


def test_what_speaks_against_what_is_known_is_kept_and_told_as_contested(played, chen):
    docket = played("materials.sent")
    told = chen.hand_in(chen.entry(docket, "result.collected", e.ResultCollected(place="O-1"), now=NOW)).json()
    assert told["results"][0]["state"] == "contested"
    assert "站长" in told["results"][0]["sentence"]


def test_a_lost_phone_s_entries_wait_and_its_sender_reads_why(played, chen, as_staff):
    docket = played("materials.sent")
    answer = as_staff("hu").post(f"{BASE}phones/{chen.node}/revoke/")
    assert answer.status_code == 302
    told = chen.hand_in(claim(chen, docket)).json()["results"][0]
    assert (told["state"], told["code"], told["who"]) == ("quarantined", "revoked_signer", "staff")
    assert QuarantineRow.objects.get().node == chen.node
    assert load(docket.id).docket.agent == docket.agent
    assert as_staff("chen").get(f"{BASE}hello/?node={chen.node}").json()["phone"] == "revoked"
    assert as_staff("chen").get(f"{BASE}day/?node={chen.node}").status_code == 403


def test_nobody_hands_in_for_somebody_else(played, chen, as_staff):
    docket = played("materials.sent")
    raw = claim(chen, docket)
    chen.client = as_staff("hu")
    assert chen.hand_in(raw).status_code == 404
    thief = PhoneInHand(as_staff("hu"), load(docket.id).docket.beneficiary)
    thief.enrol()
    assert thief.hand_in(claim(thief, docket)).json()["results"][0]["code"] == "not_theirs"
    assert load(docket.id).docket.agent == docket.agent


def test_a_request_signed_by_another_key_is_turned_away(played, chen):
    docket = played("materials.sent")
    other = PhoneInHand(chen.client, chen.person)
    other.node = chen.node
    answer = other.hand_in(claim(chen, docket))
    assert (answer.status_code, answer.json()["code"]) == (400, "forged_request")


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"entries":[1]}', b'{"entries":["x"],"more":1}', b"\xff" * 9])
def test_rubbish_gets_a_sentence(chen, body):
    answer = chen.post(f"{BASE}entries/", body)
    assert answer.status_code == 400
    assert "手机里的都还在" in answer.json()["sentence"]


def test_bytes_that_are_no_entry_wait_apart(chen):
    told = chen.hand_in(b"{}", b'"\\ud800"').json()["results"]
    assert {one["state"] for one in told} == {"quarantined"}


def test_a_paper_comes_in_pieces_over_a_line_that_is_cut(played, chen):
    docket = played("materials.sent")
    sealed = seal(key_of(docket.id), "门口有狗。".encode() * 100, docket.id)
    digest, total = digest_of(sealed), len(sealed)
    assert chen.send(docket.id, digest, sealed[:500], 0, total).json() == {"has": 500, "done": False}
    again = chen.send(docket.id, digest, sealed[:500], 0, total)
    assert (again.status_code, again.json()["has"]) == (200, 500)
    ahead = chen.send(docket.id, digest, sealed[900:1000], 900, total)
    assert (ahead.status_code, ahead.json()["has"]) == (409, 500)
    assert chen.send(docket.id, digest, sealed[500:], 500, total).json() == {"has": total, "done": True}
    assert chen.send(docket.id, digest, sealed[:500], 0, total).json() == {"has": total, "done": True}
    assert open_paper(docket.id, digest).content.startswith("门口有狗。".encode())


@pytest.mark.parametrize(
    ("content", "media"),
    [(b"<svg onload='x'/>", "image/svg+xml"), (b"\xff\xfe", "text/plain; charset=utf-8"), (b"words", "image/jpeg"),
     (b"words", "text/html"), (b"a" * 20_000, "text/plain; charset=utf-8")],
)  # fmt: skip
def test_a_paper_that_is_not_what_it_is_said_to_be_is_not_taken(played, chen, content, media):
    docket = played("materials.sent")
    sealed = seal(key_of(docket.id), content, docket.id)
    answer = chen.send(docket.id, digest_of(sealed), sealed, 0, len(sealed), media)
    assert answer.status_code == 400
    assert answer.json()["sentence"]


def test_an_altered_paper_begins_again(played, chen):
    docket = played("materials.sent")
    sealed = seal(key_of(docket.id), b"good", docket.id)
    bad = bytes([sealed[0] ^ 1]) + sealed[1:]
    assert chen.send(docket.id, digest_of(sealed), bad, 0, len(bad)).json()["code"] == "altered"
    assert chen.send(docket.id, digest_of(sealed), sealed, 0, len(sealed)).json()["done"]


def intake(key, **more):
    said = {"docket": build_id(millis(NOW), 0, 77), "key": encode64(key), "provisional": "0AF-3C1",
            "at": millis(NOW) - 5000, "matter": "MZ-DIBAO", "words": "问问低保。", "name": "何阿婆", "phone": "",
            "address": "龙眼里 12 号"}  # fmt: skip
    return json.dumps({**said, **more}).encode()


def test_an_intake_becomes_one_case_under_its_docket_with_its_time_and_number(chen):
    key, path = new_key(), f"{BASE}intake/"
    first, second = (chen.post(path, intake(key)) for _twice in range(2))
    assert first.json() == second.json()
    docket = load(first.json()["docket"]).docket
    assert docket.opened_ms == (millis(NOW) - 5000) // 1000 * 1000
    assert IntakeRow.objects.get().number == docket.number
    note = next(one for one in entries_of(docket.id) if one.kind == "note.written")
    assert "0AF-3C1" in open_paper(docket.id, note.body.paper).content.decode()
    assert key_of(docket.id) == key


def test_an_intake_never_takes_a_docket_that_is_there(played, chen):
    docket = played("materials.sent")
    assert chen.post(f"{BASE}intake/", intake(new_key(), docket=docket.id)).status_code == 409
    assert chen.post(f"{BASE}intake/", intake(new_key(), matter="NO-SUCH")).status_code == 404
    assert chen.post(f"{BASE}intake/", intake(new_key(), phone="12")).status_code == 409
    assert not IntakeRow.objects.exists()


def test_the_sheet_of_the_day_has_what_a_day_at_sea_needs(played, chen, as_staff):
    docket = played("parcel.landed")
    sheet = chen.client.get(f"{BASE}day/?node={chen.node}").json()
    task = next(one for one in sheet["tasks"] if one["docket"] == docket.id)
    assert task["number"] == docket.number
    kinds = [act["kind"] for act in task["acts"]]
    assert {"parcel.collected", "materials.counted", "result.delivered", "photo"} <= set(kinds)
    assert task["table"]["parcel.collected"]["sent"] == "collected"
    assert sheet["heads"][docket.id]["last"] == docket.last
    assert as_staff("chen").get(f"{BASE}day/?node={chen.node}&lang=en").json()["day_text"] != sheet["day_text"]


def test_the_station_remembers_how_much_a_phone_still_kept(chen):
    chen.client.get(f"{BASE}hello/?node={chen.node}&kept=17&clock={millis(NOW)}")
    assert PhoneRow.objects.get().kept == 17
    assert chen.client.get(f"{BASE}hello/").json()["phones"][0]["kept"] == 17
