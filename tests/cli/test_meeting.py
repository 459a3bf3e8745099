"""Nodes meet over a line that is cut again and again, and are killed in the middle: nothing is lost, nothing twice."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, closing, contextmanager

import pytest
from tests.houses import PLAY, House, environment_of

KILLS = 200 if os.environ.get("DRIFTBOX_LONG") else 20
TAKE = """
import django; django.setup()
import os, sys
from pathlib import Path
from driftbox.apps.sync.files import take_file
from driftbox.cli.clock_now import now
for _go in sys.stdin:  # each line starts one worker; this process only waits for its end
    worker = os.fork()
    if not worker:
        break
    os.waitpid(worker, 0)
else:
    sys.exit()
sys.stderr.write(f"{os.getpid()}\\n"); sys.stderr.flush()
take_file(Path(sys.argv[1]), now=now())
os._exit(0)
"""
MANY = (
    PLAY
    + """
from driftbox.apps.errands.night_call import play, set_stage
for turn in range(12):
    for scene in play(stage):
        if scene.docket.checklists:
            break
"""
)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(home):
    """The node in ``home``, served; gives its address."""
    port = free_port()
    words = [sys.executable, "-m", "driftbox.cli.main", "serve", "--port", str(port)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(words, env=environment_of(home), stdout=quiet, stderr=quiet) as server:
        try:
            for _wait in range(200):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield port
        finally:
            server.terminate()


@contextmanager
def cut_line(port, after):
    """A line to ``port`` that is cut after so many bytes of an answer; gives its own port and a count of bytes."""
    passed = [0]
    door = socket.create_server(("127.0.0.1", 0))

    def carry(caller):
        with caller, socket.create_connection(("127.0.0.1", port)) as server:
            back = threading.Thread(target=pour, args=(caller, server, 1 << 30, [0]), daemon=True)
            back.start()
            pour(server, caller, after, passed)

    def pour(source, sink, most, count):
        try:
            while most > 0 and (data := source.recv(4096)):
                sink.sendall(data)
                most -= len(data)
                count[0] += len(data)
            sink.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    def listen():
        while True:
            try:
                caller, _address = door.accept()
            except OSError:
                return
            threading.Thread(target=carry, args=(caller,), daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield door.getsockname()[1], passed
    finally:
        door.close()


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """A hub with some cases and a station that is not let in yet."""
    folder = tmp_path_factory.mktemp("meeting")
    with ExitStack() as stack:
        hub, station = (stack.enter_context(closing(House(folder / name))) for name in ("hub", "station"))
        hub.do(MANY)
        yield hub, station, folder


def test_a_station_is_let_in_by_a_code_and_meets_over_a_line_that_is_cut(two):
    hub, station, _folder = two
    code = hub.run("node", "code", "--role", "station", "--office", "C-BS").split()[-1]
    with served(hub.home) as port:
        station.run("node", "init", "--role", "station", "--hub", f"http://127.0.0.1:{port}", "--code", code)
        with cut_line(port, after=6_000) as (cut, passed):
            said = station.run("node", "sync", f"http://127.0.0.1:{cut}")
        first = passed[0]
        assert "新 new" in said
        shown = station.show()
        assert shown["cases"] == hub.show()["cases"] > 0
        assert shown["papers_missing"] == 0
        again = station.run("node", "sync")
        assert "新 new 0" in again
        assert "连不上" in station.run("node", "sync", "http://127.0.0.1:1", code=2)
    assert first > 6_000
    assert shown["peers"][0]["offset_ms"] is not None
    assert hub.clean()
    assert station.clean()


def test_killed_again_and_again_in_the_middle_of_an_import_it_is_whole_at_the_end(two):
    hub, _station, folder = two
    with closing(House(folder / "other")) as other:
        other.join(hub, "station", "C-BS")
        file = hub.give(other, folder / "killed")
        kill_in_the_middle(folder / "other", file)
        assert other.clean()
        other.run("node", "import", file)
        assert other.clean()
        assert other.show()["cases"] == hub.show()["cases"]


def kill_in_the_middle(home, file):
    """Start an import and kill it, later each time, without a chance to tidy up."""
    pipe = subprocess.PIPE
    words = [sys.executable, "-c", TAKE, str(file)]
    with subprocess.Popen(words, env=environment_of(home), stdin=pipe, stderr=pipe, text=True) as foreman:
        for turn in range(KILLS):
            foreman.stdin.write("go\n")
            foreman.stdin.flush()
            worker = int(foreman.stderr.readline())
            time.sleep(0.01 + turn % 20 * 0.012)
            os.kill(worker, signal.SIGKILL)
        foreman.stdin.close()
