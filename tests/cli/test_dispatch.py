"""``driftbox dispatch`` gives out what waits, once, and names no person."""

import json

from tests.apps.conftest import played, stage  # noqa: F401 - fixtures shared with the actions' tests

from driftbox.apps.agents.squad import authorise
from driftbox.apps.dockets.queries import load
from driftbox.cli import dispatch
from driftbox.cli.clock_now import now
from driftbox.cli.main import main


def test_what_waits_is_looked_at_given_out_and_then_done(played, stage, capsys, monkeypatch):  # noqa: F811 - by name
    docket = played("checklist.given")
    authorise({stage.staff["chen"].person: "care"}, now=now())
    monkeypatch.setattr(dispatch, "prepare", lambda: None)  # the test's own tables are there already
    capsys.readouterr()
    assert main(["dispatch", "--dry-run"]) == 0
    assert docket.number in capsys.readouterr().out
    assert load(docket.id).docket.agent == ""
    assert main(["dispatch", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["assigned"], told["nobody"]) == (1, 0)
    assert load(docket.id).docket.agent == stage.staff["chen"].person
    assert main(["dispatch", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["waiting"] == 0
