"""``driftbox find`` answers in words and for machines."""

import argparse
import json
from pathlib import Path

import pytest

from driftbox.cli.find import register


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    register(parser.add_subparsers())
    arguments = parser.parse_args(["find", *words])
    code = arguments.func(arguments)
    assert isinstance(code, int)
    return code


def test_words_find_a_matter_and_say_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("身份证过期了") == 0
    best = capsys.readouterr().out.splitlines()[0]
    assert "GA-SHENFEN" in best
    assert "身份证过期" in best


def test_several_words_are_one_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("看病", "没钱", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found[0]) == {"matter", "name", "score", "why"}
    assert found[0]["matter"] in {"MZ-LINSHI", "YB-JIUZHU"}


def test_a_file_asks_one_question_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    questions = tmp_path / "questions.txt"
    questions.write_text("低保\n\n火星旅行\n", "utf-8")
    assert run("--batch", str(questions)) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row[0]["matter"] if row else "" for row in rows] == ["MZ-DIBAO", "", "QT-ZIXUN"]


@pytest.mark.parametrize("words", [[], ["--batch", "/nowhere/at/all.txt"], ["低保", "--batch", "x.txt"]])
def test_a_bad_question_gets_one_sentence_and_code_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
