"""``driftbox custody export`` from the outside: whole stories as documents that the published schema accepts."""

import json

import pytest
from tests.apps.conftest import played, stage  # noqa: F401 - fixtures shared with the actions' tests
from tests.epcis import faults, judge

from driftbox.apps.errands import broken_seal
from driftbox.cli.main import main

SITE = ("--site", "https://box.example.cn")


def export(capsys, *what):
    capsys.readouterr()  # the story's text messages
    assert main(["custody", "export", *what, *SITE]) == 0
    return json.loads(capsys.readouterr().out)


def steps(document):
    return [(one["type"], one["action"], one["bizStep"]) for one in document["epcisBody"]["eventList"]]


def test_the_night_call_there_and_home_again_is_valid(stage, played, capsys):  # noqa: F811 - fixtures
    docket = played()
    case = export(capsys, "--case", docket.number)
    box = export(capsys, "--box", stage.box)
    assert faults(judge(), case) == []
    assert faults(judge(), box) == []
    packed = [one for one in steps(case) if one[0] == "AggregationEvent"]
    assert packed == [("AggregationEvent", "ADD", "packing"), ("AggregationEvent", "DELETE", "unpacking")] * 2
    assert len(steps(box)) > len(packed)


def test_a_broken_seal_from_the_pier_to_the_settlement_is_valid(stage, capsys):  # noqa: F811 - fixture
    docket = list(broken_seal.play(stage))[-1].docket
    case = export(capsys, "--case", docket.number)
    assert faults(judge(), case) == []
    marks = [one.get("persistentDisposition") for one in case["epcisBody"]["eventList"]]
    assert {"set": ["non_conformant"]} in marks
    assert {"unset": ["non_conformant"]} in marks


def test_nobody_is_named(stage, played, capsys):  # noqa: F811 - fixtures
    docket = played()
    told = json.dumps(export(capsys, "--case", docket.number)) + json.dumps(export(capsys, "--box", stage.box))
    people = [docket.beneficiary, docket.applicant, docket.agent, *(one.person for one in stage.staff.values())]
    assert not [person for person in people if person in told]
    assert docket.matter not in told


def test_a_file_is_written_once(stage, tmp_path, capsys):  # noqa: F811 - fixture
    out = tmp_path / "box.jsonld"
    assert main(["custody", "export", "--box", stage.box, "--out", str(out), *SITE]) == 0
    assert json.loads(out.read_text())["type"] == "EPCISDocument"
    assert main(["custody", "export", "--box", stage.box, "--out", str(out), *SITE]) == 2
    assert "没有盖掉" in capsys.readouterr().err
    assert main(["custody", "export", "--box", stage.box, "--out", str(tmp_path / "no" / "x"), *SITE]) == 2


@pytest.mark.parametrize("what", [("--case", "baisha-2099-0001"), ("--case", "\0"), ("--box", "BX-99")])
@pytest.mark.django_db
def test_what_is_not_there_is_a_sentence(what, capsys):
    assert main(["custody", "export", *what, *SITE]) == 2
    assert "没有" in capsys.readouterr().err


@pytest.mark.django_db
def test_without_an_address_nothing_can_be_named(capsys):
    assert main(["custody", "export", "--box", "BX-01"]) == 2
    assert "--site" in capsys.readouterr().err
