"""``driftbox pack check``: faults by line and an exit code a script can trust."""

import json
import shutil
from pathlib import Path

import pytest

import driftbox.packs
from driftbox.cli.pack import run

PUTUO = Path(driftbox.packs.__path__[0]) / "cn_putuo"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    shutil.copytree(PUTUO, folder)
    head = folder / "pack.toml"
    head.write_text(head.read_text(encoding="utf-8").replace("zone = ", "zoom = "), encoding="utf-8")
    return folder


def test_a_sound_pack_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "check", str(PUTUO)]) == 0
    printed = capsys.readouterr().out
    assert "No faults" in printed
    assert "matters 40" in printed


def test_faults_are_printed_by_line_and_the_exit_code_is_one(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "check", str(broken)]) == 1
    printed = capsys.readouterr().out
    assert "pack.toml:6: 不认得“zoom”这一项" in printed
    assert "2 to mend" in printed


def test_a_script_gets_json(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "check", str(broken), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [(fault["file"], fault["line"]) for fault in found["faults"]] == [("pack.toml", 1), ("pack.toml", 6)]
    assert run(["pack", "check", str(PUTUO), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["points"] == 91
