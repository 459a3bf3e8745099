import json
import os
import subprocess
import sys

import pytest

from driftbox.cli.main import main

FEW = ("--days", "4", "--cases-per-day", "3")


@pytest.fixture(autouse=True)
def _product(monkeypatch):
    """What is started runs by the product's own settings, not by those of the tests."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "driftbox.config.settings")


def simulated(out, *words):
    """What ``simulate --json`` says; ``out`` reads what was printed since."""
    assert main(["simulate", "--json", *words]) == 0
    return json.loads(out())


@pytest.fixture
def out(capsys):
    return lambda: capsys.readouterr().out


def apart(home, *words):
    environment = os.environ | {"DRIFTBOX_HOME": str(home), "DRIFTBOX_DATABASE_URL": "", "DRIFTBOX_LANG": "zh"}
    command = [sys.executable, "-m", "driftbox.cli.main", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_same_seed_makes_the_same_history_and_another_does_not(out):
    both = simulated(out, *FEW, "--seed", "a", "--runs", "2")
    again = simulated(out, *FEW, "--seed", "a-1")["runs"][0]
    one, other = both["runs"]
    assert (one["seed"], other["seed"], both["means"]["box"]["cases"]["runs"]) == ("a-1", "a-2", 2)
    assert (one["digest"], one["figures"]) == (again["digest"], again["figures"])
    assert one["digest"] != other["digest"]


def test_what_was_simulated_verifies_and_its_rows_equal_a_fresh_fold(out, tmp_path):
    home = tmp_path / "kept"
    simulated(out, "--days", "8", "--cases-per-day", "4", "--home", str(home))
    told = json.loads(apart(home, "verify", "--json").stdout)
    assert (told["faults"], told["dockets"] > 20) == ([], True)
    refused = apart(home, "serve", "--port", "1")
    assert (refused.returncode, "模拟用的" in refused.stderr) == (2, True)


def test_without_the_box_no_box_sails_and_people_take_the_boat_themselves(out):
    words = ("--days", "16", "--cases-per-day", "4", "--seed", "a", "--policy", "box", "--policy", "no-box")
    both = {one["policy"]: one for one in simulated(out, *words)["runs"]}
    box, without = both["box"]["figures"], both["no-box"]["figures"]
    assert box["cases"] == without["cases"] > 20  # the same people ask for the same
    assert box["boxes"] > 0 == without["boxes"]
    assert without["trips"] > box["trips"]
    assert all(one["refused"] == {} for one in both.values())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--days", "0"), "天数要在 1 到 400 之间"),
        (("--runs", "0"), "遍数要在 1 到 200 之间"),
        (("--cases-per-day", "-1"), "一天的件数要大于 0"),
        (("--cases-per-day", "nan"), "一天的件数要大于 0"),
        (("--from", "yesterday"), "第一天要写成"),
        (("--home", "h", "--runs", "2"), "一个文件夹只放一遍"),
        (("--home", "."), "这个文件夹不是空的"),
    ],
)
def test_what_cannot_be_simulated_is_told_in_a_sentence(capsys, words, sentence):
    assert main(["simulate", *words]) == 2
    assert sentence in capsys.readouterr().err
