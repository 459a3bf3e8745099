"""A hub, a station and a post at sea that never have a line between them: files on the ferry are enough."""

import random
import zlib
from contextlib import ExitStack, closing

import pytest
from tests.houses import PLAY, House

NOTE = """
from driftbox.apps.dockets.actions import record
from driftbox.apps.people.queries import account_named
from driftbox.apps.dockets.queries import load
from driftbox.cli.clock_now import now
from driftbox.domain.docket import entries as e
record({docket!r}, [{body}], by=account_named({who!r}).person, role={role!r}, now=now())
result = load({docket!r}).docket.count
"""
OPEN = """
from driftbox.apps.errands.intake import Call, take_call
from driftbox.apps.errands.night_call import DAUGHTER, FATHER, WORDS, first_matter
from driftbox.apps.people.queries import account_named
from driftbox.cli.clock_now import now
call = Call(matter=first_matter(), words=WORDS, caller=DAUGHTER, beneficiary=FATHER, relation="child", office="C-BS")
result = take_call(call, recorder=account_named("lin").person, now=now()).id
"""
NAMES = """
from driftbox.apps.dockets.queries import load
from driftbox.apps.people.queries import particulars_of
from driftbox.apps.papers.queries import read_text
docket = load({docket!r}).docket
result = [particulars_of(docket.beneficiary).name, read_text(docket.id, docket.said)]
"""


@pytest.fixture(scope="module")
def islands(tmp_path_factory):
    """A hub with one case, the station of its office, and a post at sea that it does not concern."""
    folder = tmp_path_factory.mktemp("nodes")
    with ExitStack() as stack:
        houses = [stack.enter_context(closing(House(folder / name))) for name in ("hub", "station", "post")]
        hub, station, post = houses
        docket = hub.do(PLAY)
        station.join(hub, "station", "C-BS")
        post.join(hub, "sea-post", "ST04")
        yield hub, station, post, docket, folder


def test_a_station_gets_what_concerns_it_with_names_and_words_and_works_on(islands):
    hub, station, post, docket, folder = islands
    hub.give(station, folder / "down")
    assert "以前收过了" not in station.run("node", "import", folder / "down")
    assert "以前收过了" in station.run("node", "import", folder / "down")
    assert station.digest(docket) == hub.digest(docket)
    assert station.do(NAMES.format(docket=docket)) == hub.do(NAMES.format(docket=docket))
    hub.run("node", "export", post.name, folder / "for-post")
    post.run("node", "import", folder / "for-post")
    assert post.show()["cases"] == 0
    station.do(
        NOTE.format(docket=docket, body="e.TaskClaimed(agent=account_named('chen').person)", who="chen", role="agent")
    )
    station.give(hub, folder / "up")
    assert "新 new 1" in hub.run("node", "import", folder / "up")
    assert station.digest(docket) == hub.digest(docket)
    assert all(house.clean() for house in (hub, station, post))


def test_what_was_begun_at_a_station_comes_to_the_hub_with_names_and_words(islands):
    hub, station, _post, _docket, folder = islands
    begun = station.do(OPEN)
    station.give(hub, folder / "begun")
    hub.run("node", "import", folder / "begun")
    assert hub.do(NAMES.format(docket=begun)) == station.do(NAMES.format(docket=begun))
    assert hub.digest(begun) == station.digest(begun)


def test_a_lost_file_is_no_loss_and_order_and_repetition_change_nothing(islands):
    hub, station, _post, docket, folder = islands
    files = []
    for turn in range(3):
        body = f"e.NoteWritten(paper={'abc'[turn] * 43!r})"
        station.do(NOTE.format(docket=docket, body=body, who="lin", role="clerk"))
        files.append(station.give(hub, folder / f"up{turn}"))
    hub.run("node", "import", files[2])  # the first two are still on the ferry
    assert station.digest(docket) == hub.digest(docket)
    for file in (files[1], files[0], files[2]):
        hub.run("node", "import", file)
    assert station.digest(docket) == hub.digest(docket)
    assert hub.show()["alarms"] == 0
    assert hub.clean()


def test_pieces_come_in_any_order_and_a_wrong_one_is_refused(islands):
    hub, station, _post, _docket, folder = islands
    hub.give(station, folder / "cut", "--piece-bytes", "700")
    pieces = sorted(folder.glob("cut.*"))
    random.Random(3).shuffle(pieces)  # noqa: S311 - an order, no secret
    broken = folder / "broken"
    broken.write_bytes(pieces[0].read_bytes()[:-3] + b"xyz")
    assert "被动过" in station.run("node", "import", broken, code=2)
    for piece in pieces[:-1]:
        assert "还差" in station.run("node", "import", piece)
    assert "新 new" in station.run("node", "import", pieces[-1])
    assert station.show()["pieces"] == []


def test_cut_off_flipped_foreign_and_blown_up_files_are_refused_with_a_sentence(islands):
    hub, station, post, _docket, folder = islands
    good = hub.give(station, folder / "good").read_bytes()
    rubbish = {
        "cut": good[:-40], "flipped": good[:300] + b"!" + good[301:], "nothing": b"",
        "zip": zlib.compress(bytes(10_000_000)), "twice": good + good,
    }  # fmt: skip
    for name, data in rubbish.items():
        (folder / name).write_bytes(data)
        assert "。" in station.run("node", "import", folder / name, code=2), name
    assert "不是给这里的" in post.run("node", "import", folder / "good", code=2)
    before = station.show()["entries"]
    station.run("node", "import", folder / "good")
    assert station.show()["entries"] == before
    assert station.clean()


def test_what_a_revoked_station_still_sends_waits_and_is_told_to_it(islands):
    hub, station, _post, docket, folder = islands
    hub.run("node", "revoke", station.name)
    station.do(NOTE.format(docket=docket, body=f"e.NoteWritten(paper={'z' * 43!r})", who="lin", role="clerk"))
    station.give(hub, folder / "late")
    hub.run("node", "import", folder / "late")
    shown = hub.show()
    assert shown["quarantined"] == 1
    assert "吊销" in hub.run("node", "export", station.name, folder / "never", code=2)
