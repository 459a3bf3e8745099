"""Kinds of paper in a pack: what cannot be told, stands for nothing or is said twice is told by file and line."""

import shutil

import pytest
from tests.cast import PACK_PATH

from driftbox.gateways.pack_files import check_pack, load_pack

PAPERS = "words/papers.toml"


@pytest.fixture
def copy(tmp_path):
    """The pack of Putuo in a folder of its own, to plant faults in."""
    return shutil.copytree(PACK_PATH, tmp_path / "pack")


def test_the_papers_of_the_pack_are_read_in_order():
    papers = load_pack(PACK_PATH).papers
    assert [paper.code for paper in papers][:2] == ["id_card_front", "id_card_back"]
    assert len(papers) == len({paper.code for paper in papers})


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('code = "id_card_back"', 'code = "id_card_front"', "写了两遍"),
        ("needs = 3", "needs = 9", "要认到 9 个字样，只写了 6 个"),
        ("needs = 3", "needs = 0", "要认到 0 个字样"),
        ('materials = ["bank_card"]', 'materials = ["no_such"]', "没有叫“no_such”的材料"),
        ('kind = "name", after = ["姓名"]', 'kind = "name"', "没有写在哪个字后面"),
        ('id = "number", name', 'id = "name", name', "写了两遍"),
        ('en = "Bank card"', 'en = ""', "没有英文"),
        ('kind = "bank_card"', 'kind = "face"', "face"),
    ],
)
def test_a_planted_fault_is_told_with_its_file_and_line(copy, old, new, told):
    file = copy / PAPERS
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    faults = check_pack(copy)
    assert [fault.file for fault in faults] == [PAPERS] * len(faults)
    assert any(told in str(fault) for fault in faults)
    assert all(fault.line > 1 for fault in faults)


def test_a_pack_without_papers_is_sound(copy):
    (copy / PAPERS).unlink()
    assert check_pack(copy) == []
    assert load_pack(copy).papers == ()
