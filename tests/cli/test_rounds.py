import json
from math import hypot

import pytest
from tests.domain.planning.test_solomon import SQUARE

from driftbox.cli.main import main


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "Q004.txt"
    path.write_text(SQUARE, "utf-8")
    return path


def test_an_instance_is_solved_and_its_distance_is_the_unrounded_sum(file, capsys):
    assert main(["rounds", "solve", str(file), "--seconds", "0.5", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["vehicles"], sorted(map(sorted, answer["routes"]))) == (2, [[1], [2, 3]])
    assert answer["distance"] == pytest.approx(3 + 3 + hypot(3, 4) + 3 + 4, abs=1e-9)


def test_a_fleet_that_is_too_small_becomes_a_sentence(file, capsys):
    assert main(["rounds", "solve", str(file), "--seconds", "0.3", "--vehicles", "1"]) == 2
    assert "这么多车跑不过来" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"hello", b"1 2 3"])
def test_a_file_that_is_none_becomes_a_sentence(tmp_path, content, capsys):
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    assert main(["rounds", "solve", str(path)]) == 2
    assert "，" in capsys.readouterr().err
    assert main(["rounds", "solve", str(tmp_path / "none.txt")]) == 2


@pytest.mark.parametrize("option", [("--seconds", "0"), ("--seconds", "nan"), ("--vehicles", "0")])
def test_options_that_make_no_sense_are_refused(file, option, capsys):
    with pytest.raises(SystemExit):
        main(["rounds", "solve", str(file), *option])
    capsys.readouterr()
