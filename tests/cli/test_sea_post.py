"""A post at sea and its hub as whole processes: what is told there comes ashore, and no power cut loses a word."""

import os
import signal
import subprocess
import sys
import time

import pytest
from tests.houses import PLAY, House, environment_of

ROUNDS = (0.05, 0.2, 0.4, 0.7, 1.1)  # seconds of telling before the power goes; what must hold holds at any moment
TELL = """
from driftbox.apps.sea_post.drafts import Told, begin, keep, keep_signature
from driftbox.apps.sea_post.receiving import receive
from driftbox.cli.clock_now import now
told = Told(kind="redress", words="网被割了。", name="周大海", boat="浙普渔 00245")
docket = begin(told, now=now())
keep_signature(docket, "[[10,10,200,120]]", "周大海", now=now())
after = receive(docket, now=now())
result = [docket, after.number, after.sea.received_ms, after.sea.signature]
"""
SEEN = """
from driftbox.apps.dockets.queries import load
from driftbox.apps.papers.queries import open_paper, read_text
after = load({docket!r}).docket
result = [after.number, after.sea.received_ms, read_text(after.id, after.said),
          open_paper(after.id, after.sea.signature).media_type]
"""
WITHOUT_END = """
import django; django.setup()
import itertools, sys
from driftbox.apps.sea_post.drafts import Told, begin, keep, keep_signature
from driftbox.apps.sea_post.receiving import receive
from driftbox.cli.clock_now import now
print("ready", flush=True)
for turn in itertools.count():
    told = Told(kind="redress", words=f"第 {turn} 件", name="周大海")
    docket = begin(told, now=now())
    keep(docket, told, now=now())
    keep_signature(docket, "[[10,10,200,120]]", "周大海", now=now())
    print("kept", docket, flush=True)
    if turn % 2:
        receive(docket, now=now())
        print("received", docket, flush=True)
"""
HELD = """
from driftbox.apps.dockets.queries import load
from driftbox.apps.sea_post.drafts import draft
safe = all(draft(one).done or draft(one).told.signature for one in {kept!r})
result = safe and all(load(one).docket.sea.post for one in {received!r})
"""


@pytest.fixture
def houses(tmp_path):
    hub, post = House(tmp_path / "hub"), House(tmp_path / "post")
    hub.do(PLAY)
    post.join(hub, "sea-post", "PS01")
    yield hub, post
    hub.close()
    post.close()


def test_what_was_told_at_sea_comes_ashore_by_file_with_its_number_and_papers(houses, tmp_path):
    hub, post = houses
    docket, number, received_ms, _signature = post.do(TELL)
    assert number.startswith("haishang-")
    hub.run("node", "import", post.give(hub, tmp_path / "ferry"))
    assert hub.do(SEEN.format(docket=docket)) == [number, received_ms, "网被割了。", "image/svg+xml"]
    assert hub.digest(docket) == post.digest(docket)
    assert hub.clean()
    assert post.clean()


def test_a_power_cut_in_the_middle_of_telling_loses_nothing_that_was_kept(houses):
    _hub, post = houses
    kept, received = [], []
    for seconds in ROUNDS:
        process = subprocess.Popen(
            [sys.executable, "-c", WITHOUT_END], env=environment_of(post.home), stdout=subprocess.PIPE, text=True
        )
        assert process.stdout.readline() == "ready\n"
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)
        said = [line.split() for line in process.communicate()[0].splitlines()]
        kept += [line[1] for line in said if line[0] == "kept" and len(line) == 2]
        received += [line[1] for line in said if line[0] == "received" and len(line) == 2]
        assert post.do(HELD.format(kept=kept, received=received))
        assert post.clean()
    assert kept
