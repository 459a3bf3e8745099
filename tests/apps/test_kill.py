"""The plug is pulled in the middle of work: every act is whole or undone, and nothing told as done is lost."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

DELAYS = (
    0.02,
    0.05,
    0.09,
    0.14,
    0.2,
    0.27,
    0.35,
    0.44,
    0.5,
    0.6,
)  # seconds of work before each kill; what must hold holds at any moment
PREPARE = """
import django; django.setup()
from datetime import UTC, datetime
from driftbox.apps.errands.night_call import set_stage
from driftbox.cli.manage import prepare
prepare()
set_stage(datetime.now(UTC), password="piaoliuxiang-test")
"""
WORK = """
import django; django.setup()
import itertools, os, sys
from datetime import UTC, datetime
from driftbox.apps.custody.actions import register_box
from driftbox.apps.dockets.actions import record
from driftbox.apps.errands import night_call as story
from driftbox.apps.errands.carriage import Sailing, collect, land_box, load_box
from driftbox.apps.errands.deposits import Bag, deposit
from driftbox.apps.errands.hands import Hand
from driftbox.apps.errands.intake import Call, give_checklist, take_call
from driftbox.domain.docket import entries as e

def now():
    return datetime.now(UTC)

def done(docket):
    acks.write(f"{docket.id} {docket.count}\\n")
    acks.flush()
    return docket

for _go in sys.stdin:  # each line starts one worker; this process only waits for its end
    worker = os.fork()
    if not worker:
        break
    os.waitpid(worker, 0)
else:
    sys.exit()
acks = open(sys.argv[1], "a")
stage = story.set_stage(now(), password="piaoliuxiang-test")
clerk, agent, crew, director = (stage.staff[name] for name in ("lin", "chen", "fang", "hu"))
sys.stderr.write(f"{os.getpid()}\\n"); sys.stderr.flush()
for turn in itertools.count():
    label = f"K{os.getpid()}-{turn}"
    register_box(label, stage.origin, by=director.person, role="director", now=now())
    call = Call(matter=story.first_matter(), words=story.WORDS, caller=story.DAUGHTER, beneficiary=story.FATHER,
                relation="child", office=clerk.office)
    case = done(take_call(call, recorder=clerk.person, now=now()))
    case = done(give_checklist(case, frozenset(), ("voice",), by=clerk.person, role="clerk", now=now()))
    papers = tuple(i for i in case.checklist if i.source == "resident" and i.kind != "shown")
    bag = Bag(case.id, papers, f"BS-{os.getpid()}{turn:04d}")
    case = done(deposit(label, bag, Hand(by="", role="depositor", now=now())))
    done(record(case.id, [e.TaskClaimed(agent=agent.person)], by=agent.person, role="agent", now=now()))
    sailing = Sailing("boat", stage.origin, stage.destination)
    load_box(label, sailing, Hand(by=crew.person, role="crew", now=now()))
    land_box(label, stage.destination, Hand(by=crew.person, role="crew", now=now()))
    parcel = next(iter(case.parcels))
    done(collect(label, parcel, Hand(by=agent.person, role="agent", now=now())))
    counted = [e.MaterialsCounted(parcel=parcel, found=papers), e.MaterialsChecked()]
    done(record(case.id, counted, by=agent.person, role="agent", now=now()))
"""
LOOK = """
import django; django.setup()
import json
from driftbox.apps.dockets.queries import entries_of, row_of
from driftbox.apps.eventlog.queries import dockets
found = {d: {"row": bool(row_of(d)), "entries": [[x.kind, getattr(x.body, "parcel", "")] for x in entries_of(d)]}
         for d in list(dockets())}
print(json.dumps(found))
"""
OPENING = ["case.opened", "party.named", "party.named", "mandate.granted"]
TWINS = {
    "materials.sent": "parcel.deposited",
    "parcel.collected": "parcel.removed",
}


@pytest.fixture
def house(tmp_path):
    """The environment of a fresh house on SQLite, made ready."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DRIFTBOX_")}
    environment = kept | {"DRIFTBOX_HOME": str(tmp_path / "home"), "DJANGO_SETTINGS_MODULE": "driftbox.config.settings"}
    run(environment, "-c", PREPARE)
    return environment


def run(environment, *words):
    """Run Python to its end; what it wrote."""
    return subprocess.run(
        [sys.executable, *words], env=environment, check=True, capture_output=True, text=True
    ).stdout  # fmt: skip


def work_and_be_killed(environment, acks):
    """For each delay start a worker and kill it after so long, without a chance to tidy up."""
    words = [sys.executable, "-c", WORK, str(acks)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        words, env=environment, stdin=pipe, stdout=subprocess.DEVNULL, stderr=pipe, text=True
    ) as foreman:  # fmt: skip
        for delay in DELAYS:
            foreman.stdin.write("go\n")
            foreman.stdin.flush()
            said = foreman.stderr.readline()
            assert said.strip().isdecimal(), said + foreman.stderr.read()
            time.sleep(delay)
            os.kill(int(said), signal.SIGKILL)
        foreman.stdin.close()
        assert foreman.stderr.read() == ""


def parcels(found, kind):
    """Every parcel that an entry of this kind names, in whichever docket."""
    return sorted(parcel for docket in found.values() for was, parcel in docket["entries"] if was == kind)


def test_a_kill_at_any_moment_leaves_every_act_whole_or_undone(house, tmp_path):
    acks = tmp_path / "acks"
    work_and_be_killed(house, acks)
    verdict = json.loads(run(house, "-m", "driftbox.cli.main", "verify", "--json"))
    assert verdict["verified"], verdict["faults"]
    found = json.loads(run(house, "-c", LOOK))
    assert len(found) == verdict["dockets"] > 0
    cases = {key: docket for key, docket in found.items() if docket["entries"][0][0] == "case.opened"}
    for docket in cases.values():
        kinds = [kind for kind, _parcel in docket["entries"]]
        assert docket["row"]
        assert kinds[:4] == OPENING
        assert ("materials.counted" in kinds) == ("materials.checked" in kinds)
    for mine, theirs in TWINS.items():
        assert parcels(found, mine) == parcels(found, theirs)
    told = [line.split() for line in acks.read_text().splitlines()] if acks.exists() else []
    assert len(told) > len(DELAYS)
    for docket, count in told:
        assert len(found[docket]["entries"]) >= int(count)
