"""The journey from the command line, for people and for machines."""

import json

import pytest

from driftbox.cli.main import main


def test_a_journey_is_told_with_its_legs(capsys):
    assert main(["ferry", "plan", "ZHANGZHOU", "白沙岛码头", "--at", "2026-06-01T08:10", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "depart": "2026-06-01T09:00:00+08:00",
        "arrive": "2026-06-01T09:20:00+08:00",
        "legs": [
            {
                "from": "ZHANGZHOU",
                "to": "BAISHA",
                "route": "BS1",
                "trip": "BS1-0-0900",
                "depart": "2026-06-01T09:00:00+08:00",
                "arrive": "2026-06-01T09:20:00+08:00",
            }
        ],
    }


def test_the_last_boat_that_is_still_in_time(capsys):
    main(["ferry", "plan", "ZHANGZHOU", "BAISHA", "--at", "2026-06-01T01:25:00Z", "--latest-by", "--json"])
    assert json.loads(capsys.readouterr().out)["depart"] == "2026-06-01T09:00:00+08:00"


def test_people_read_lines(capsys):
    assert main(["ferry", "plan", "ZHANGZHOU", "BAISHA", "--at", "2026-06-01T08:10"]) == 0
    assert "BS1-0-0900" in capsys.readouterr().out


def test_a_batch_answers_line_for_line_also_where_there_is_no_answer(tmp_path, capsys):
    asked = tmp_path / "asked.tsv"
    asked.write_text(
        "ZHANGZHOU\tBAISHA\t2026-06-01T08:10\nZHANGZHOU\t月亮\t2026-06-01T08:10\nBAISHA\n\nBAISHA\tBAISHA\tsoon\n",
        encoding="utf-8",
    )
    assert main(["ferry", "plan", "--batch", str(asked)]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["arrive"] for answer in answers] == ["2026-06-01T09:20:00+08:00", None, None, None, None]
    assert "月亮" in answers[1]["why"]


@pytest.mark.parametrize(
    "words",
    [
        ["ZHANGZHOU", "BAISHA"],
        ["ZHANGZHOU", "BAISHA", "--at", "soon"],
        ["ZHANGZHOU", "BAISHA", "--at", "2026-06-01", "--gtfs", "/no/such.zip"],
        ["ZHANGZHOU", "--batch", "x"],
        ["--batch", "/no/such.tsv"],
    ],
)
def test_an_unsound_question_is_refused_with_a_sentence(words, capsys):
    assert main(["ferry", "plan", *words]) == 2
    assert capsys.readouterr().err.strip()
