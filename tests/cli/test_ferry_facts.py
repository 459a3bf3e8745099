"""Suspensions and timetables from the command line, as a clerk without a browser does it."""

import json
from datetime import UTC, datetime

import pytest
from tests.apps.conftest import stage  # noqa: F401 - the staff who record
from tests.apps.test_sailings import feed_of
from tests.gateways.test_gtfs_realtime import alert, feed

from driftbox.apps.eventlog.queries import Fault
from driftbox.apps.sailings import queries
from driftbox.cli import ferry_facts, log
from driftbox.cli.main import main

NOW = datetime(2026, 6, 1, 0, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_eight(monkeypatch, stage, tmp_path, settings):  # noqa: F811 - pytest hands the fixture in by its name
    monkeypatch.setattr(ferry_facts, "now", lambda: NOW)
    monkeypatch.setattr(ferry_facts, "prepare", lambda: None)
    settings.DRIFTBOX_HOME = tmp_path


def status(capsys):
    capsys.readouterr()
    assert main(["ferry", "status", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_line_is_suspended_seen_and_resumed(capsys):
    words = ["--route", "BS1", "--by", "fang", "--who", "harbour", "--phone"]
    assert main(["ferry", "suspend", *words, "--cause", "wind", "--until", "2026-06-02T08:00"]) == 0
    found = status(capsys)["suspended"][0]
    assert (found["id"], found["cause"], found["who"], found["source"]) == ("BS1", "wind", "harbour", "phone")
    assert (found["since"], found["until"]) == ("2026-06-01T08:10:00+08:00", "2026-06-02T08:00:00+08:00")
    assert main(["ferry", "status"]) == 0
    assert "停航：BS1" in capsys.readouterr().out
    assert main(["ferry", "resume", *words]) == 0
    assert status(capsys)["suspended"] == []


@pytest.mark.parametrize(
    "words",
    [
        ["suspend", "--route", "NONE", "--cause", "fog", "--by", "fang"],
        ["suspend", "--route", "BS1", "--cause", "fog"],
        ["suspend", "--route", "BS1", "--cause", "fog", "--by", "nobody"],
        ["suspend", "--route", "BS1", "--cause", "fog", "--by", "chen"],
        ["suspend", "--route", "BS1", "--cause", "fog", "--by", "fang", "--who", "谁"],
        ["resume", "--route", "BS1", "--by", "fang"],
        ["import", "/no/such.zip", "--by", "fang"],
        ["realtime", "/no/such.pb"],
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(words, capsys):
    assert main(["ferry", *words]) == 2
    assert capsys.readouterr().err.strip()
    assert queries.load().book.count == 0


def test_a_timetable_says_what_it_changes_before_it_is_adopted(tmp_path, capsys):
    path = feed_of(tmp_path)
    assert main(["ferry", "import", str(path), "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "+ 10:00 ZHANGZHOU → BAISHA (BS1)" in told
    assert "WUGONGZHI" in told
    assert queries.load().book.count == 0
    assert main(["ferry", "import", str(path), "--from", "2026-06-03", "--by", "hu"]) == 0
    assert [str(day) for day, _feed in queries.load().book.timetables()] == ["2026-06-03"]


def test_a_realtime_file_is_taken_in_once(tmp_path, capsys):
    path = tmp_path / "alerts.pb"
    path.write_bytes(feed(alert(words="大雾", route_id="BS1"), alert(route_id="MOON")))
    assert main(["ferry", "realtime", str(path)]) == 0
    assert "新记 1 条，早知道的 0 条，没收 1 条" in capsys.readouterr().out
    assert main(["ferry", "realtime", str(path)]) == 0
    assert "新记 0 条，早知道的 1 条" in capsys.readouterr().out
    assert status(capsys)["suspended"][0]["cause"] == "fog"


def test_the_book_of_sailings_is_proved_and_rebuilt_like_every_docket(capsys, monkeypatch):
    main(["ferry", "suspend", "--route", "BS1", "--cause", "fog", "--by", "fang"])
    monkeypatch.setattr(log, "prepare", lambda: None)
    row = queries.facts()[0]
    row.cause = "wind"
    row.save()
    differing = Fault(queries.docket(), row.entry, "row_differs")
    assert differing in log.faults_of(queries.docket())
    assert main(["rebuild"]) == 0
    assert differing not in log.faults_of(queries.docket())
