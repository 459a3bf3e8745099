"""Whole nodes for tests: each a process and a data folder of its own, told what to do line by line."""

import json
import os
import subprocess
import sys

LOOP = """
import django; django.setup()
import contextlib, io, json, sys
from driftbox.cli.main import main
said = sys.stdout
for line in sys.stdin:
    argv, code = json.loads(line)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        if code:
            scope = {}
            exec(code, scope)
            result = scope.get("result")
        else:
            result = main(argv)
    said.write(json.dumps([result, out.getvalue(), err.getvalue()]) + "\\n"); said.flush()
"""
PLAY = """
from datetime import timedelta
from driftbox.apps.errands.night_call import play, set_stage
from driftbox.cli.clock_now import now
from driftbox.cli.manage import prepare
prepare()
stage = set_stage(now() - timedelta(days=2), password="piaoliuxiang-test")
result = next(scene.docket.id for scene in play(stage) if scene.docket.checklists)
"""


def environment_of(home):
    """What a process of the node in ``home`` sees."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DRIFTBOX_")}
    return kept | {"DRIFTBOX_HOME": str(home), "DJANGO_SETTINGS_MODULE": "driftbox.config.settings"}


class House:
    """One node."""

    def __init__(self, home):
        self.home = home
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            [sys.executable, "-c", LOOP], env=environment_of(home), stdin=pipe, stdout=pipe, text=True
        )

    def _ask(self, argv, code):
        self._process.stdin.write(json.dumps([[str(one) for one in argv], code]) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def run(self, *argv, code=0):
        """Run one command; what it wrote, after it ended with ``code``."""
        result, out, err = self._ask(argv, "")
        assert result == code, (result, out, err)
        return out + err

    def do(self, code):
        """Run some lines of Python; what they left as ``result``."""
        return self._ask([], code)[0]

    def show(self):
        """How this node stands."""
        return json.loads(self.run("node", "show", "--json").splitlines()[-1])

    @property
    def name(self):
        return self.show()["node"]

    def clean(self):
        """Whether the whole log of this node can be proved, and its lists equal a fresh fold."""
        return json.loads(self.run("verify", "--json"))["faults"] == []

    def digest(self, docket):
        """What this node says of a docket, as one digest."""
        return self.do(f"""
import hashlib
from driftbox.apps.dockets.queries import load
result = hashlib.sha256(repr(load({docket!r}).docket).encode()).hexdigest()
""")

    def join(self, hub, role, office):
        """Have this node let in by ``hub``, by files."""
        request, answer = self.home / "request", self.home / "answer"
        code = hub.run("node", "code", "--role", role, "--office", office).split()[-1]
        self.home.mkdir(exist_ok=True)
        self.run("node", "init", "--role", role, "--request", request)
        hub.run("node", "enrol", request, answer, "--code", code)
        self.run("node", "join", answer, "--code", code)

    def give(self, other, file, *more):
        """Write what ``other`` lacks to ``file``."""
        self.run("node", "export", other.name, file, *more)
        return file

    def close(self):
        """End the process."""
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()
