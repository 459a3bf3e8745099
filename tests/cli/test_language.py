"""The command line answers in the language asked for, and from the pack asked for."""

import os
import shutil
import subprocess
import sys

import pytest
from tests.cast import PACK_PATH
from tools.messages import is_chinese

from driftbox.cli.main import main

REFUSED = {
    ("find",): ("没有说要找什么", "Nothing to look for"),
    ("clock", "errand", "--receipt", "yesterday"): ("看不懂日期“yesterday”", "Cannot read the date"),
    ("clock", "nothing", "--receipt", "2026-06-01"): ("没有“nothing”这种程序", "nothing"),
    ("ferry", "plan", "BAISHA", "ZHANGZHOU"): ("要写明从哪里", "--at"),
}


@pytest.fixture(autouse=True)
def _english(locale, settings):
    settings.LOCALE_PATHS = [locale]


@pytest.fixture
def other_pack(tmp_path):
    """A pack in which the asked matter is called something else, and every boat sails under another number."""
    pack = shutil.copytree(PACK_PATH, tmp_path / "other")
    matter = pack / "matters" / "mz-dibao.toml"
    matter.write_text(matter.read_text("utf-8").replace("申请低保", "申请另一样", 1), "utf-8")
    for table in ("trips.txt", "stop_times.txt"):
        file = pack / "timetable" / table
        file.write_text(file.read_text("utf-8").replace("BS1-0-0900", "OTHER-0900"), "utf-8")
    return pack


def asked_of(pack):
    """What each command says that depends on the pack."""
    return {
        ("find", "低保"): "申请另一样",
        ("ferry", "plan", "ZHANGZHOU", "BAISHA", "--at", "2026-06-01T08:10"): "OTHER-0900",
        ("clock", "errand", "--receipt", "2026-06-01"): "2026-06-08",
    }


@pytest.mark.parametrize("words", REFUSED)
def test_a_refusal_is_told_in_english_when_asked(words, capsys, settings):
    chinese, english = REFUSED[words]
    assert main(["--lang", "en", *words]) == 2
    told = capsys.readouterr().err
    assert english in told
    assert not is_chinese(told)
    assert main(list(words)) == 2
    assert chinese in capsys.readouterr().err
    settings.DRIFTBOX_LANG = "en"
    assert main(list(words)) == 2
    assert english in capsys.readouterr().err


def test_the_language_can_also_follow_the_command(capsys):
    assert main(["clock", "errand", "--receipt", "2026-06-01", "--at", "2026-06-02", "--lang", "en"]) == 0
    assert "running" in capsys.readouterr().out
    assert main(["--lang", "en", "clock", "errand", "--receipt", "2026-06-01", "--at", "2026-06-02"]) == 0
    assert "running" in capsys.readouterr().out


def test_matters_are_called_by_their_english_name(capsys):
    assert main(["--lang", "en", "find", "低保"]) == 0
    assert "申请低保" not in capsys.readouterr().out


def test_an_unsound_timetable_says_in_english_where(tmp_path, capsys):
    plan = ["ferry", "plan", "A", "B", "--at", "2026-06-01T08:10", "--gtfs", str(tmp_path)]
    assert main(["--lang", "en", *plan]) == 2
    assert capsys.readouterr().err.startswith("Timetable ")
    assert main(plan) == 2
    assert capsys.readouterr().err.startswith("时刻表 ")


def test_an_unsound_pack_says_in_english_where(other_pack, capsys):
    (other_pack / "words" / "dialect.toml").write_text("nothing = 1\n", "utf-8")
    assert main(["--lang", "en", "find", "x", "--pack", str(other_pack)]) == 2
    told = capsys.readouterr().err
    assert told.startswith("The pack “other”")
    assert "words/dialect.toml:1: " in told
    assert not is_chinese(told.replace("“", "").replace("”", ""))


def test_every_command_answers_from_the_pack_named(other_pack, capsys, settings):
    for words, said in asked_of(other_pack).items():
        assert main([*words, "--pack", str(other_pack)]) == 0
        assert said in capsys.readouterr().out, words
    settings.DRIFTBOX_PACK = other_pack
    for words, said in asked_of(other_pack).items():
        assert main(list(words)) == 0
        assert said in capsys.readouterr().out, words


def test_a_pack_that_is_none_is_told_and_not_a_fault(tmp_path, capsys):
    for words in asked_of(tmp_path):
        assert main(["--lang", "en", *words, "--pack", str(tmp_path / "nowhere")]) == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_a_language_nobody_speaks_stops_the_start():
    environment = os.environ | {"DRIFTBOX_LANG": "xx"}
    command = [sys.executable, "-m", "driftbox.cli.main", "find", "低保"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "DRIFTBOX_LANG" in done.stderr
