"""What was learnt of a pack's words is kept, read again, and learnt afresh when the words change."""

from pathlib import Path

import driftbox
from driftbox.gateways.pack import Saying
from driftbox.gateways.pack_files import load_pack
from driftbox.gateways.word_index import index_of

PACK = load_pack(Path(driftbox.__file__).parent / "packs" / "cn_putuo")


def kept(folder: Path) -> list[str]:
    return [one.name for one in folder.glob("words-*.bin")]


def test_it_is_kept_once_and_finds_the_same_when_read_again(tmp_path: Path) -> None:
    learnt = index_of(PACK, tmp_path / "words")
    assert len(kept(tmp_path / "words")) == 1
    assert index_of(PACK, tmp_path / "words").find("dibao") == learnt.find("dibao")


def test_a_new_saying_makes_it_afresh_and_the_old_one_goes(tmp_path: Path) -> None:
    index_of(PACK, tmp_path)
    before = kept(tmp_path)
    index = index_of(PACK, tmp_path, (Saying(say="绿格子登记", matters=("GA-SHENFEN",)),))
    assert index.find("绿格子登记")[0].matter == "GA-SHENFEN"
    assert len(kept(tmp_path)) == 1
    assert kept(tmp_path) != before


def test_a_broken_file_is_as_good_as_none(tmp_path: Path) -> None:
    index_of(PACK, tmp_path)
    for one in tmp_path.iterdir():
        one.write_bytes(b"\x93broken")
    assert index_of(PACK, tmp_path).find("低保")[0].matter == "MZ-DIBAO"
