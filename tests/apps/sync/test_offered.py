"""A wrong key that a believed node gave is found out, and a disk that is full loses nothing."""

import resource
import signal
from contextlib import contextmanager

import pytest
from msgspec import structs
from tests.apps.conftest import EVENING, stage  # noqa: F401 - a fixture shared with the actions' tests
from tests.apps.sync.test_sending import bring, enrolled
from tests.cast import story
from tests.nodes import ISLAND, STATION, chained, raws_of

from driftbox.apps.node import keys, paper_store
from driftbox.apps.papers.models import KeyRow
from driftbox.apps.papers.queries import key_of, open_paper
from driftbox.apps.sync import talk
from driftbox.apps.sync.models import OfferedKeyRow, WantRow
from driftbox.apps.sync.offered import prove_key
from driftbox.apps.sync.talk import require_room
from driftbox.domain.docket import entries as e
from driftbox.domain.errors import BadBundle, Refused
from driftbox.domain.log.entry import digest_of
from driftbox.domain.log.ids import build_id, millis
from driftbox.domain.sync import frames as f
from driftbox.gateways.keys import WRAP_ALGORITHM, seal, wrap_for
from driftbox.gateways.paper_parts import PartStore

RIGHT, WRONG = b"r" * 32, b"w" * 32


def key_frame(docket, key):
    wrapped = wrap_for(keys().sealing, key, docket)
    return f.pack(b"K", f.KeyFor(context=docket, algorithm=WRAP_ALGORITHM, wrapped=wrapped, made_ms=millis(EVENING)))


def paper_frames(docket, sealed, size):
    told = f.PaperIs(docket=docket, digest=digest_of(sealed), media_type="text/plain; charset=utf-8", size=size,
                     algorithm="AES-256-GCM", made_ms=millis(EVENING))  # fmt: skip
    return f.pack(b"M", told), f.frame(b"P", digest_of(sealed).encode() + sealed)


@pytest.fixture
def named(stage):  # noqa: F811 - the fixture
    """A docket, a paper of it, and the entries that name it."""
    opened = story()[0]
    sealed = seal(RIGHT, b"spoken", opened.docket)
    body = e.NoteWritten(paper=digest_of(sealed))
    note = structs.replace(opened, id=build_id(millis(EVENING) + 5, 0, 9), kind=e.KIND_OF[type(body)], body=body)
    return opened.docket, sealed, raws_of(chained([opened, note], STATION))


@contextmanager
def no_room_beyond(size):
    """Files of this process grow no further than ``size`` bytes."""
    before, heard = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, heard)


@pytest.mark.parametrize("first", ["wrong", "right"])
def test_a_planted_key_gives_way_to_the_one_that_opens_what_the_docket_names(stage, named, first):  # noqa: F811
    docket, sealed, raws = named
    honest, liar = enrolled(STATION, "C-BS"), enrolled(ISLAND, "C-BS")
    meta, content = paper_frames(docket, sealed, 6)
    plant = [key_frame(docket, WRONG), *paper_frames(docket, seal(WRONG, b"planted", docket), 7)]
    give = [*(f.frame(b"E", raw) for raw in raws), key_frame(docket, RIGHT), meta, content]
    for node, frames in [(liar, plant), (honest, give)][:: 1 if first == "wrong" else -1]:
        bring(node, frames)
    assert key_of(docket) == RIGHT
    assert open_paper(docket, digest_of(sealed)).content == b"spoken"
    assert not KeyRow.objects.get(context=docket).unproven
    assert not OfferedKeyRow.objects.exists()


def test_a_key_that_is_known_to_be_right_is_not_given_up(stage, named):  # noqa: F811
    docket, sealed, raws = named
    meta, content = paper_frames(docket, sealed, 6)
    bring(enrolled(STATION, "C-BS"), [*(f.frame(b"E", raw) for raw in raws), key_frame(docket, RIGHT), meta, content])
    bring(enrolled(ISLAND, "C-BS"), [key_frame(docket, WRONG)])
    prove_key(docket, digest_of(seal(WRONG, b"x", docket)), seal(WRONG, b"x", docket))
    assert key_of(docket) == RIGHT
    assert not OfferedKeyRow.objects.exists()


def test_a_paper_that_no_key_opens_is_still_wanted(stage, named):  # noqa: F811
    docket, sealed, raws = named
    meta, content = paper_frames(docket, sealed, 6)
    bring(enrolled(ISLAND, "C-BS"), [*(f.frame(b"E", raw) for raw in raws), key_frame(docket, WRONG), meta, content])
    assert WantRow.objects.filter(pk=digest_of(sealed)).exists()
    assert not paper_store().has(digest_of(sealed))


def test_a_piece_for_which_there_is_no_room_is_refused_and_what_came_before_stays(tmp_path):
    parts = PartStore(tmp_path)
    parts.add("a" * 32, 0, b"x" * 1000)
    with no_room_beyond(1500), pytest.raises(Refused) as refusal:
        parts.add("a" * 32, 1000, b"y" * 1000)
    assert refusal.value.code == "no_room"
    assert parts.whole("a" * 32) == b"x" * 1000
    assert parts.add("a" * 32, 1000, b"y" * 1000) == 2000


def test_a_bundle_larger_than_the_limit_or_the_disk_is_refused_at_its_first_piece(settings, tmp_path, monkeypatch):
    settings.DRIFTBOX_HOME = tmp_path
    monkeypatch.setattr(talk, "SPARE", 1 << 60)
    with pytest.raises(Refused, match="盘满了"):
        require_room(1, 0)
    monkeypatch.setattr(talk, "MOST_BUNDLE", 10)
    with pytest.raises(BadBundle):
        require_room(11, 0)
