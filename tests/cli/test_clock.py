"""``driftbox clock`` answers on the command line as the domain counts."""

import argparse
import json

import pytest

from driftbox.cli.clock import register


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    register(parser.add_subparsers())
    arguments = parser.parse_args(["clock", *words])
    code = arguments.func(arguments)
    assert isinstance(code, int)
    return code


def test_a_petition_is_counted_from_its_receipt(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(
        "petition", "--receipt", "2026-06-01", "--entry", "petition.accepted=2026-06-10",
        "--entry", "petition.extended=2026-07-20:30", "--at", "2026-07-21", "--json",
    )  # fmt: skip
    clocks = {row["clock"]: row for row in json.loads(capsys.readouterr().out)}
    assert code == 0
    assert set(clocks["notice"]) == {
        "clock", "starts", "due", "days", "unit", "basis", "provisional", "verdict", "why",
    }  # fmt: skip
    assert (clocks["notice"]["due"], clocks["notice"]["verdict"]) == ("2026-06-16", "met")
    assert (clocks["handling"]["due"], clocks["handling"]["days"]) == ("2026-09-08", 90)


def test_an_errand_with_a_matter_has_its_statutory_clock(capsys: pytest.CaptureFixture[str]) -> None:
    code = run("errand", "--receipt", "2026-06-01", "--matter", "MZ-DIBAO", "--at", "2026-06-02", "--json")
    clocks = {row["clock"]: row for row in json.loads(capsys.readouterr().out)}
    assert code == 0
    assert (clocks["statutory"]["due"], clocks["statutory"]["days"], clocks["statutory"]["unit"]) == (
        "2026-07-03", 23, "working",
    )  # fmt: skip
    assert clocks["notice_once"]["due"] == "2026-06-08"


def test_entries_alone_are_enough_and_a_matter_that_promises_has_two_clocks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("errand", "--matter", "MZ-DIBAO", "--entry", "case.accepted=2026-06-01", "--json") == 0
    clocks = {row["clock"]: row["due"] for row in json.loads(capsys.readouterr().out)}
    assert clocks.pop("statutory") == "2026-07-03"
    assert set(clocks) <= {"promise"}


def test_an_extension_without_days_is_the_longest_allowed(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--entry", "petition.accepted=2026-03-02", "--entry", "petition.extended=2026-04-20", "--json"]
    assert run("petition", *words, "--at", "2026-05-01") == 0
    (handling,) = json.loads(capsys.readouterr().out)
    assert (handling["due"], handling["days"]) == ("2026-06-01", 90)
    assert not any("最多只能" in line for line in handling["why"])


def test_days_that_lie_ahead_are_a_plan(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("petition", "--receipt", "2190-06-01", "--json") == 0
    (notice,) = json.loads(capsys.readouterr().out)
    assert (notice["starts"], notice["verdict"], notice["provisional"]) == ("2190-06-01", "running", True)


def test_before_anything_has_started_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("petition", "--receipt", "2026-06-01", "--at", "2026-05-01") == 0
    assert capsys.readouterr().out == "到这一天，还没有哪个时限开始算\n"


def test_the_reasons_come_in_english_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("petition", "--receipt", "2026-06-01", "--at", "2026-06-02", "--lang", "en") == 0
    shown = capsys.readouterr().out
    assert "Tell who handles it · 2026-06-16 · running" in shown
    assert "that day is not counted (Civil Code Art. 201)" in shown


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["divorce", "--receipt", "2026-06-01"], "petition"),
        (["petition", "--receipt", "1 June"], "2026-07-01"),
        (["petition", "--receipt", "2026-06-31"], "2026-07-01"),
        (["petition", "--receipt", "9999-12-31"], "2026-07-01"),
        (["petition"], "--receipt"),
        (["petition", "--receipt", "2026-06-01", "--at", "yesterday"], "2026-07-01"),
        (["petition", "--receipt", "2026-06-01", "--entry", "petition.acepted=2026-06-02"], "petition.accepted"),
        (["petition", "--receipt", "2026-06-01", "--entry", "petition.accepted"], "2026-07-01"),
        (["petition", "--receipt", "2026-06-01", "--entry", "petition.extended=2026-06-02:-3"], ":30"),
        (["petition", "--receipt", "2026-06-10", "--entry", "petition.accepted=2026-06-01"], "2026-06-10"),
        (["errand", "--receipt", "2026-06-01", "--matter", "MZ-NOTHING"], "driftbox find"),
        (["petition", "--receipt", "2026-06-01", "--matter", "MZ-DIBAO"], "errand"),
    ],
)
def test_a_bad_question_gets_one_sentence_and_code_2(
    words: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert hint in said.err


def test_all_the_clocks_of_a_whole_chain_are_there_and_no_others(capsys: pytest.CaptureFixture[str]) -> None:
    chain = (
        "petition.transferred=2026-09-28", "petition.accepted=2026-10-08", "opinion.served=2026-11-20",
        "review.requested=2026-12-01", "review.served=2026-12-10", "rereview.requested=2026-12-15",
        "hearing.opened=2026-12-21", "hearing.closed=2026-12-22",
    )  # fmt: skip
    words = [word for entry in chain for word in ("--entry", entry)]
    assert run("petition", "--receipt", "2026-09-25", *words, "--at", "2026-12-31", "--json") == 0
    due = {row["clock"]: row["due"] for row in json.loads(capsys.readouterr().out)}
    assert due == {
        "notice": "2026-10-10", "objection": "2026-10-10", "handling": "2026-12-07", "review_request": "2026-12-21",
        "review": "2026-12-31", "rereview_request": "2027-01-11", "rereview": "2027-01-18",
    }  # fmt: skip


def test_a_provinces_rules_are_off_until_named(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["petition", "--receipt", "2021-06-09", "--at", "2021-06-10", "--json"]
    assert run(*asked) == 0
    assert json.loads(capsys.readouterr().out)[0]["days"] == 15
    assert run(*asked, "--profile", "zhejiang-2016") == 0
    (notice,) = json.loads(capsys.readouterr().out)
    assert (notice["days"], notice["unit"], notice["due"]) == (5, "working", "2021-06-17")
    assert run(*asked, "--profile", "moon") == 2
    assert "zhejiang-2016" in capsys.readouterr().err
