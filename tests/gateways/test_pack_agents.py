"""Whatever is wrong with what a pack says of agents is told with its line."""

import shutil

import pytest
from tests.cast import PACK, PACK_PATH

from driftbox.gateways.pack_files import check_pack


@pytest.fixture
def copied(tmp_path):
    return shutil.copytree(PACK_PATH, tmp_path / "pack")


def faults_after(folder, old, new):
    file = folder / "law" / "agents.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [(fault.file, fault.what.en) for fault in check_pack(folder) if fault.line > 1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('matters = ["YY-BULAO"', 'matters = ["YY-MOON"', "YY-MOON"),
        ('code = "part_time"', 'code = "full_time"', "full_time"),
        ('procedure = "enquiry"', 'procedure = "picnic"', "picnic"),
        ('stages = ["counted"]', 'stages = ["asleep"]', "asleep"),
        ('may = ["carry"]', 'may = ["decide"]', "decide"),
        ("at_once = 8", "at_once = 0", "at_once"),
    ],
)
def test_each_fault_is_named(copied, old, new, said):
    faults = faults_after(copied, old, new)
    assert any(file == "law/agents.toml" and said in what for file, what in faults)


def test_a_need_that_no_kind_serves_is_a_fault(copied):
    text = (copied / "law" / "agents.toml").read_text(encoding="utf-8").replace(', "petition", "answer"]', "]")
    (copied / "law" / "agents.toml").write_text(text, encoding="utf-8")
    assert [fault.what.en for fault in check_pack(copied)] == [
        "No kind of agent may do `petition`", "No kind of agent may do `answer`",
    ]  # fmt: skip


def test_a_volunteer_carries_and_no_more():
    assert PACK.agents.kind("volunteer").may == ("carry",)
