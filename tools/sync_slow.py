"""A slow line: 50 kbit/s each way, 800 ms there and back, one piece in twenty lost (it stalls until sent again), and a
cut every twenty seconds. A station hands over entries and photographs; counted is every byte that crossed the line.
"""

import io
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from PIL import Image
from sync_phones import serve

from driftbox.apps.directory.enrolling import enrol_code
from driftbox.apps.node import keys
from driftbox.cli.clock_now import now

RATE = 50_000 / 8  # bytes a second, each way
DELAY = 0.4  # seconds one way
LOSS, STALL = 0.05, 0.8  # of pieces of 1,400 bytes; seconds until a lost one is there
CUT = 20.0  # seconds
ENTRIES, PHOTOS, PHOTO_BYTES = 200, 10, 60_000
WASTE = 0.10
RECORD = """
import django; django.setup()
import sys
from pathlib import Path
from driftbox.apps.dockets.actions import record
from driftbox.apps.errands.night_call import ask_once, set_stage
from driftbox.apps.papers.actions import seal_file, seal_text
from driftbox.apps.node import keys
from driftbox.cli.clock_now import now
from driftbox.domain.docket import entries as e
stage = set_stage(now(), password="piaoliuxiang-test")
for scene in ask_once(stage):
    docket = scene.docket.id
lin = stage.staff["lin"].person
for turn in range(int(sys.argv[1])):
    paper = seal_text(docket, f"note {turn}", now=now())
    record(docket, [e.NoteWritten(paper=paper)], by=lin, role="clerk", now=now())
for photo in sorted(Path(sys.argv[2]).iterdir()):
    paper = seal_file(docket, photo.read_bytes(), now=now())
    record(docket, [e.NoteWritten(paper=paper)], by=lin, role="clerk", now=now())
"""
COUNT = """
import django; django.setup()
import json
from driftbox.apps.eventlog.models import EntryRow
from driftbox.apps.papers.models import PaperRow
from driftbox.apps.sync.models import WantRow
from driftbox.apps.node import paper_store
here = [row.size for row in PaperRow.objects.all() if paper_store().has(row.digest)]
print(json.dumps([EntryRow.objects.count(), len(here), sum(here), WantRow.objects.count()]))
"""


class Line:
    """A slow line to ``port``: counts what crossed it, up and down."""

    def __init__(self, port: int) -> None:
        self._to, self._dice = port, random.Random(7)  # noqa: S311 - nothing secret
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port, self.bytes, self.cuts = self._door.getsockname()[1], 0, 0
        self._open: set[socket.socket] = set()
        for target in (self._listen, self._cut):
            threading.Thread(target=target, daemon=True).start()

    def _listen(self) -> None:
        while True:
            caller, _address = self._door.accept()
            threading.Thread(target=self._carry, args=(caller,), daemon=True).start()

    def _carry(self, caller: socket.socket) -> None:
        with caller, socket.create_connection(("127.0.0.1", self._to)) as server:
            self._open |= {caller, server}
            back = threading.Thread(target=self._pour, args=(server, caller), daemon=True)
            back.start()
            self._pour(caller, server)
            back.join()
            self._open -= {caller, server}

    def _pour(self, source: socket.socket, sink: socket.socket) -> None:
        late = 0.0  # until when the line is taken
        try:
            while data := source.recv(1400):
                now_is = time.monotonic()
                late = max(late, now_is + (0 if late > now_is else DELAY)) + len(data) / RATE
                late += STALL if self._dice.random() < LOSS else 0
                time.sleep(max(0.0, late - time.monotonic()))
                sink.sendall(data)
                self.bytes += len(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            return

    def _cut(self) -> None:
        while True:
            time.sleep(CUT)
            for one in list(self._open):
                try:
                    one.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue
            self.cuts += 1


def photos(folder: Path, count: int) -> None:
    """Pictures of chance, so that nothing can be packed."""
    for number in range(count):
        dice, side, quality = random.Random(number), 160, 95  # noqa: S311 - nothing secret
        file = io.BytesIO()
        Image.frombytes("RGB", (side, side), dice.randbytes(side * side * 3)).save(file, "JPEG", quality=quality)
        (folder / f"{number:02d}.jpg").write_bytes(file.getvalue())


def slow_line(scale: float) -> None:
    """Hand over as much, times ``scale``, from a station to the hub."""
    server, port = serve()
    try:
        with tempfile.TemporaryDirectory() as folder:
            _measure(scale, port, Path(folder))
    finally:
        server.terminate()
        server.wait()


def _measure(scale: float, port: int, folder: Path) -> None:
    pictures, home = folder / "pictures", folder / "station"
    pictures.mkdir()
    photos(pictures, max(1, round(PHOTOS * scale)))
    environment = os.environ | {"DRIFTBOX_HOME": str(home), "DJANGO_SETTINGS_MODULE": "driftbox.config.settings"}
    node = [sys.executable, "-m", "driftbox.cli.main", "node"]
    code = enrol_code("station", "C-BS", now=now())
    init = [*node, "init", "--role", "station", "--hub", f"http://127.0.0.1:{port}", "--code", code]
    subprocess.run(init, env=environment, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([*node, "sync", "--quiet"], env=environment, check=True)
    wanted = [sys.executable, "-c", RECORD, str(round(ENTRIES * scale)), str(pictures)]
    subprocess.run(wanted, env=environment, check=True)
    bundle = folder / "bundle"
    subprocess.run([*node, "export", keys().node, str(bundle)], env=environment, check=True, stdout=subprocess.DEVNULL)
    useful, line, begun, meetings = bundle.stat().st_size, Line(port), time.monotonic(), 0
    while True:
        meetings += 1
        again = [*node, "sync", "--quiet", f"http://127.0.0.1:{line.port}"]
        if not subprocess.run(again, env=environment, check=False, stderr=subprocess.DEVNULL).returncode:
            break
    spent = time.monotonic() - begun
    there = subprocess.run([sys.executable, "-c", COUNT], check=True, capture_output=True, text=True).stdout.strip()
    waste = line.bytes / useful - 1
    print(f"slow line, {scale:g} of it: at the hub [entries, papers, bytes, missing] {there} · {useful} B to carry · "
          f"{line.bytes} B crossed, {waste:+.1%} (allowed {WASTE:.0%}) · {line.cuts} cuts · {meetings} meetings · "
          f"{spent:.0f} s")  # fmt: skip
    if waste > WASTE or not there.endswith(" 0]"):
        sys.exit(1)
