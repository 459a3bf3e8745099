"""The door for other nodes: only who is believed, only now, only once; rubbish is answered with a sentence."""

from datetime import timedelta

import msgspec
import pytest
from tests.apps.conftest import EVENING, stage  # noqa: F401 - a fixture shared with the actions' tests
from tests.nodes import ISLAND, STRANGER

from driftbox.apps.eventlog.models import NodeRow
from driftbox.apps.eventlog.nodes import NewNode, believe
from driftbox.apps.node import keys
from driftbox.apps.sync.models import PeerRow
from driftbox.apps.sync.talk import Hello, hello_for
from driftbox.domain.log.entry import decode64
from driftbox.domain.log.ids import millis
from driftbox.gateways.keys import read_public, verify
from driftbox.gateways.peer_wire import BUNDLE, NODE, NONCE, SIGNED, SIZE, TIME, answer_text, request_text

HELLO = msgspec.json.encode(Hello(life="1" * 16, number=0, of_life="", ack=0, directory=0, clock_ms=millis(EVENING)))


@pytest.fixture
def island(stage):  # noqa: F811 - the fixture
    believe(NewNode(name=ISLAND.node, public=ISLAND.public, sealing=ISLAND.sealing, role="station", office="C-BS"),
            now=EVENING)  # fmt: skip
    return ISLAND


@pytest.fixture
def ask(client):
    """Ask as a node does; whatever is named is said otherwise."""

    def asked(path, body=b"", *, who=ISLAND, nonce="a1", at=EVENING, to="", signed=b""):
        moment = str(millis(at))
        text = signed or request_text(path, to or keys().node, moment, nonce, body)
        said = {NODE: who.node, TIME: moment, NONCE: nonce, SIGNED: who.sign(text)}
        return client.post(
            path, body, content_type="application/octet-stream", headers=said, **{"driftbox.now": EVENING}
        )

    return asked


def code_of(answer):
    return msgspec.json.decode(answer.content)["code"]


def test_a_node_that_is_believed_is_answered_and_the_answer_is_signed(island, ask):
    answer = ask("/sync/hello", HELLO)
    assert answer.status_code == 200
    text = answer_text("a1", answer[BUNDLE], answer[SIZE], answer.content)
    verify(read_public("ed25519", keys().public), decode64(answer[SIGNED]), text)
    assert msgspec.json.decode(answer.content, type=Hello).of_life == ""
    assert PeerRow.objects.get(pk=island.node).offset_ms == 0


def test_strangers_forgers_and_the_revoked_are_turned_away(island, ask):
    assert code_of(ask("/sync/hello", HELLO, who=STRANGER)) == "unknown_node"
    assert code_of(ask("/sync/hello", HELLO, signed=b"else")) == "forged_request"
    assert code_of(ask("/sync/hello", HELLO, to="nother")) == "forged_request"
    NodeRow.objects.filter(pk=island.node).update(revoked=EVENING)
    assert code_of(ask("/sync/hello", HELLO)) == "unknown_node"
    assert not PeerRow.objects.exists()


def test_the_same_request_is_not_heard_twice_and_an_old_one_not_at_all(island, ask):
    assert ask("/sync/hello", HELLO).status_code == 200
    assert code_of(ask("/sync/hello", HELLO)) == "heard_before"
    late = ask("/sync/hello", HELLO, nonce="b2", at=EVENING - timedelta(hours=1))
    assert (code_of(late), msgspec.json.decode(late.content)["time_ms"]) == ("clock", millis(EVENING))


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/sync/hello", b""), ("/sync/hello", b"[1"), ("/sync/hello", b"\xff\xfe"), ("/sync/push", b"x"),
        ("/sync/push?bundle=../../x&offset=0&size=1", b"x"),
        ("/sync/push?bundle=" + "a" * 32 + "&offset=9&size=1", b"x"),
        ("/sync/push?bundle=" + "a" * 32 + "&offset=0&size=99999999999999", b""),
        ("/sync/push?bundle=" + "a" * 32 + "&offset=0&size=4", b"rubb"), ("/sync/pull?offset=-1", b""),
        ("/sync/papers?digest=" + "a" * 43, b""), ("/sync/papers?digest=%00&offset=0&size=1", b"x"),
        ("/sync/papers?digest=../../../etc/passwd", b""),
    ],
)  # fmt: skip
def test_rubbish_is_answered_with_a_sentence(island, ask, path, body):
    answer = ask(path, body)
    assert answer.status_code in {400, 404}
    assert msgspec.json.decode(answer.content)["sentence"].endswith("。")


def test_a_bundle_is_fetched_in_pieces_and_the_same_bytes_come_again(island, ask):
    whole = ask("/sync/pull?offset=0&most=1000000")
    name, size = whole[BUNDLE], int(whole[SIZE])
    assert len(whole.content) == size
    middle = ask(f"/sync/pull?bundle={name}&offset=100&most=50", nonce="b2")
    assert middle.content == whole.content[100:150]


def test_nobody_is_let_in_without_a_code(island, client):
    assert client.post("/sync/enrol", b"{}", content_type="application/json").status_code == 403
    told = msgspec.json.encode({"code": "AAAAAAAAAAA", "request": "eA"})
    assert client.post("/sync/enrol", told, content_type="application/json").status_code == 403


def test_hello_says_where_we_stand(island):
    assert hello_for(island.node, EVENING).number == 0
