"""Despair is heard however it is written; a question that tells two matters apart says what differs."""

from pathlib import Path

import pytest

import driftbox
from driftbox.domain.consult.apart import tell_apart
from driftbox.domain.consult.distress import tells_distress
from driftbox.gateways.pack_files import load_pack
from driftbox.gateways.word_index import index_of

PACK = load_pack(Path(driftbox.__file__).parent / "packs" / "cn_putuo")


@pytest.mark.parametrize("words", ["不想活了", "不，想。活了", "Ｉ WANT TO DIE", "真想死"])
def test_despair_is_heard_however_it_is_written(words: str) -> None:
    assert tells_distress(words, PACK.distress)


def test_a_pack_without_such_words_hears_none() -> None:
    assert not tells_distress("不想活了", None)


def test_a_person_comes_before_every_matter() -> None:
    first, *others = index_of(PACK).find("不想活了，低保也没批")
    assert (first.matter, first.urgent) == ("QT-ZIXUN", True)
    assert others
    assert not any(one.urgent for one in others)


def test_two_matters_are_told_apart_by_what_comes_of_them() -> None:
    one, other = tell_apart(PACK.matters["MZ-DIBAO"], PACK.matters["YB-JIUZHU"])
    assert one.differs != other.differs
    assert PACK.matters["MZ-DIBAO"].result.zh in one.differs.zh
