"""``driftbox pack``: faults by line and an exit code a script can trust; the pack in force, written out."""

import json
import shutil
from argparse import Namespace
from pathlib import Path

import pytest
from msgspec import structs
from tests.apps.conftest import EVENING, stage  # noqa: F401 - a fixture shared with the actions' tests

import driftbox.packs
from driftbox.apps.pack import laid_on, pack_files
from driftbox.apps.packdesk import actions
from driftbox.apps.packdesk.queries import changes, docket
from driftbox.apps.words.actions import adopt, suggest
from driftbox.apps.words.queries import suggestions
from driftbox.cli.log import faults_of, run_rebuild
from driftbox.cli.pack import run
from driftbox.domain.errors import Refused
from driftbox.domain.text import Text
from driftbox.gateways.pack_files import load_pack

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


@pytest.fixture
def changed(stage):  # noqa: F811 - pytest hands the fixture in by its name
    """Since the evening of the stage, one matter says something else; and one saying was added at the desk."""
    who = [stage.staff[name].person for name in ("xu", "gu")]
    draft = actions.begin("YB-TESHU", by=who[0], now=EVENING)
    matter = structs.replace(draft.matter, lead=Text(zh="换个说法。", en="Put another way."))
    draft = actions.save("YB-TESHU", matter, rev=draft.rev, by=who[0], now=EVENING)
    actions.set_terms("YB-TESHU", since=EVENING.date(), note="清楚些。", rev=draft.rev, by=who[0], now=EVENING)
    draft = actions.submit("YB-TESHU", by=who[0], now=EVENING)
    actions.publish("YB-TESHU", rev=draft.rev, by=who[1], now=EVENING)
    suggest("药本子", "YB-TESHU", "", names=(), today=EVENING.date())
    adopt(suggestions("open")[0].row, "YB-TESHU", by=who[0], since=EVENING.date())
    return matter


def test_a_pack_written_out_is_the_one_in_force_and_passes_the_check(changed, tmp_path: Path) -> None:
    assert run(["pack", "export", "--out", str(tmp_path / "now"), "--on", "2026-05-11"]) == 0
    assert run(["pack", "check", str(tmp_path / "now")]) == 0
    written = load_pack(tmp_path / "now")
    assert written.matters["YB-TESHU"] == changed
    assert [one.matters for one in written.sayings if one.say == "药本子"] == [("YB-TESHU",)]
    same = structs.replace(laid_on(EVENING.date(), changes()).pack, sayings=())
    assert structs.replace(written, sayings=()) == same


def test_a_pack_written_out_for_an_earlier_day_is_the_earlier_one(changed, tmp_path: Path) -> None:
    assert run(["pack", "export", "--out", str(tmp_path / "then"), "--on", "2026-05-10"]) == 0
    assert load_pack(tmp_path / "then") == load_pack(PUTUO)


def test_nothing_is_written_over_a_folder_or_for_no_day(changed, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    for asked in (["--out", str(tmp_path)], ["--out", str(tmp_path / "new"), "--on", "2026-02-30"]):
        with pytest.raises(Refused):
            run(["pack", "export", *asked])
    assert [one.name for one in tmp_path.iterdir()] == ["mine"]


def test_the_log_of_changes_is_proved_and_rebuilt_like_any_other(changed) -> None:
    assert faults_of(docket()) == []
    assert run_rebuild(Namespace()) == 0
    assert [change.said.version for change in changes()] == [1]


def test_contents_that_are_not_here_are_a_fault_of_the_log(changed) -> None:
    (change,) = changes()
    kept = pack_files().get(change.said.digest)
    pack_files().drop(change.said.digest)
    assert [(fault.entry, fault.code) for fault in faults_of(docket())] == [(change.entry, "contents_missing")]
    pack_files().put(kept)
