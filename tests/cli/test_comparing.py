"""A store that was put back from a copy is found out, and given what it lacks and nothing else."""

import re
import shutil
from contextlib import ExitStack, closing

from tests.cli.test_meeting import served
from tests.houses import PLAY, House

MORE = (
    PLAY
    + """
from driftbox.apps.errands.night_call import play, set_stage
for turn in range(3):
    for scene in play(stage):
        if scene.docket.checklists:
            break
"""
)
AGAIN = """
from datetime import timedelta
from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.people.models import Account
from driftbox.cli.clock_now import now
from driftbox.domain.docket import entries as e
lin = Account.objects.get(username="lin").person
docket = CaseRow.objects.order_by("docket").values_list("docket", flat=True)[0]
record(docket, [e.NoteWritten(paper=%r * 43)], by=lin, role="clerk", now=now())
result = docket
"""
DIGESTS = """
from driftbox.apps.eventlog.models import EntryRow
result = sorted(EntryRow.objects.values_list("digest", flat=True))
"""
CHECKED = """
from driftbox.apps.sync.models import LackRow, PeerRow
result = [LackRow.objects.count(), list(PeerRow.objects.exclude(checked=None).values_list("differing", flat=True))]
"""
UNCHECK = "from driftbox.apps.sync.models import PeerRow\nPeerRow.objects.update(checked=None)"
TOP = "from driftbox.apps.sync.peers import top\nresult = top()"
LIE = "from driftbox.apps.sync.models import PeerRow\nPeerRow.objects.update(%s=%d)"


def numbers(said, word):
    return [int(one) for one in re.findall(rf"{word} (\d+)", said)]


def test_a_station_put_back_from_a_copy_gets_what_it_lost_and_nothing_twice(tmp_path):
    with ExitStack() as stack:
        hub = stack.enter_context(closing(House(tmp_path / "hub")))
        hub.do(MORE)
        code = hub.run("node", "code", "--role", "station", "--office", "C-BS").split()[-1]
        port = stack.enter_context(served(hub.home))
        station = House(tmp_path / "station")
        station.run("node", "init", "--role", "station", "--hub", f"http://127.0.0.1:{port}", "--code", code)
        first = station.run("node", "sync")
        station.run("node", "sync")
        station.close()
        shutil.copytree(tmp_path / "station", tmp_path / "copy")
        station = House(tmp_path / "station")
        hub.do(AGAIN % "a")
        station.run("node", "sync")
        station.do(AGAIN % "b")
        station.run("node", "sync")
        station.close()
        shutil.rmtree(tmp_path / "station")
        shutil.copytree(tmp_path / "copy", tmp_path / "station")
        station = stack.enter_context(closing(House(tmp_path / "station")))
        station.do(AGAIN % "c")
        said = station.run("node", "sync")
        assert numbers(first, "新 new")[0] >= 20
        assert numbers(said, "已有 known") == [0, 0]
        assert numbers(said, "新 new") == [2, 1]
        assert set(station.do(DIGESTS)) < set(hub.do(DIGESTS))
        assert station.show()["alarms"] + hub.show()["alarms"] > 0
        station.do(UNCHECK)
        station.run("node", "sync")
        assert station.do(CHECKED)[1] == hub.do(CHECKED)[1] == [0]


def test_what_was_lost_without_a_sign_is_found_at_the_daily_comparison(tmp_path):
    with ExitStack() as stack:
        hub, station = (stack.enter_context(closing(House(tmp_path / name))) for name in ("hub", "station"))
        hub.do(MORE)
        code = hub.run("node", "code", "--role", "station", "--office", "C-BS").split()[-1]
        port = stack.enter_context(served(hub.home))
        station.run("node", "init", "--role", "station", "--hub", f"http://127.0.0.1:{port}", "--code", code)
        station.run("node", "sync")
        hub.do(AGAIN % "a")
        place = hub.do(TOP)
        hub.do(LIE % ("acked", place))  # both believe that it came
        station.do(LIE % ("taken", place))
        station.do(UNCHECK)
        station.run("node", "sync")
        assert hub.do(CHECKED) == [1, [1]]
        assert numbers(station.run("node", "sync"), "新 new")[0] == 1
        assert set(station.do(DIGESTS)) < set(hub.do(DIGESTS))
