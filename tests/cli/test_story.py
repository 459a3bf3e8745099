"""The stories end as they are told: the card comes home by box, and a broken seal is settled in the open."""

import json
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("night-call", {"stage": "closed", "trips": 0, "parcels": 2, "custody_gaps": 0, "incidents": 0}),
        ("petition", {"stage": "declined"}),
        ("broken-seal", {"stage": "lacking", "parcels": 1, "custody_gaps": 1, "incidents": 2, "incidents_open": 0}),
    ],
)
def test_a_story_ends_with_its_figures(name, ends):
    command = [sys.executable, "-m", "driftbox.cli.main", "story", name, "--json"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    told = json.loads(said.splitlines()[-1])
    assert {word: told[word] for word in ends} == ends
    assert told["verified"] is True
