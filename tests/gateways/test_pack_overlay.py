"""Changes over a pack: written as a person writes, read back the same; what does not fit is left out, and said."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

import driftbox.packs
from driftbox.domain.deadlines.rules import MatterLimit
from driftbox.domain.errors import BadPack, BadPaper, Refused
from driftbox.domain.log.entry import digest_of
from driftbox.domain.text import Text
from driftbox.gateways.pack_check import check_pack
from driftbox.gateways.pack_files import load_pack
from driftbox.gateways.pack_overlay import Layer, lay_over, write_pack
from driftbox.gateways.pack_write import matter_file, read_matter
from driftbox.gateways.paper_store import MemoryStore

PUTUO = Path(driftbox.packs.__path__[0]) / "cn_putuo"
PACK = load_pack(PUTUO)
FILE = "matters/yb-teshu.toml"
MATTER = PACK.matters["YB-TESHU"]
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.mark.parametrize("code", sorted(PACK.matters))
def test_every_matter_is_written_and_read_back_the_same(code):
    assert read_matter(matter_file(PACK.matters[code])) == PACK.matters[code]


@given(WORDS, WORDS, st.lists(WORDS, max_size=4), st.integers(0, 99))
def test_whatever_is_typed_is_written_and_read_back(zh, en, aliases, copies):
    first = structs.replace(MATTER.materials[0], name=Text(zh=zh, en=en), copies=copies, note=Text(zh=en, en=zh))
    limit = MatterLimit(days=copies, unit="working", basis=zh)
    typed = structs.replace(MATTER, materials=(first,), aliases=tuple(aliases), limit=limit)
    assert read_matter(matter_file(typed)) == typed


def test_what_is_no_matter_is_refused():
    for content in (b"\xff", b"code =", b'code = "X"'):
        with pytest.raises(BadPack):
            read_matter(content)


@pytest.fixture
def store():
    return MemoryStore()


def said(store, lead):
    return store.put(matter_file(structs.replace(MATTER, lead=Text(zh=lead, en="Anew."))))


def test_the_newest_version_counts(store):
    laid = lay_over(PUTUO, [Layer(FILE, (said(store, "新的。"), said(store, "旧的。")))], store.get)
    assert laid.pack.matters["YB-TESHU"].lead.zh == "新的。"
    assert laid.left_out == ()


def test_a_version_with_faults_is_left_out_and_the_one_before_counts(store):
    bad = store.put(matter_file(structs.replace(MATTER, department="MOON")))
    laid = lay_over(PUTUO, [Layer(FILE, (bad, said(store, "旧的。")))], store.get)
    assert laid.pack.matters["YB-TESHU"].lead.zh == "旧的。"
    assert [(one.file, one.digest, one.faults[0].file) for one in laid.left_out] == [(FILE, bad, FILE)]


def test_contents_that_are_not_here_are_left_out_and_the_disk_counts(store):
    laid = lay_over(PUTUO, [Layer(FILE, (digest_of(b"elsewhere"),))], store.get)
    assert laid.pack.matters["YB-TESHU"] == MATTER
    assert [one.faults for one in laid.left_out] == [()]


def test_altered_contents_are_no_contents(tmp_path):
    def altered(_digest):
        raise BadPaper("altered", "这份材料被动过，或者钥匙不对，打不开。")

    assert lay_over(PUTUO, [Layer(FILE, ("x" * 43,))], altered).pack.matters["YB-TESHU"] == MATTER


def test_a_pack_written_out_is_sound_and_says_the_same(tmp_path, store):
    laid = lay_over(PUTUO, [Layer(FILE, (said(store, "新的。"),))], store.get)
    out = tmp_path / "out"
    write_pack(PUTUO, laid.contents, out)
    assert check_pack(out) == []
    assert load_pack(out) == laid.pack
    with pytest.raises(Refused):
        write_pack(PUTUO, laid.contents, out)


def test_a_fault_names_the_field_it_is_about(store):
    bad = structs.replace(MATTER.materials[1], name=Text(zh="申请表", en=""))
    content = matter_file(structs.replace(MATTER, materials=(MATTER.materials[0], bad)))
    (fault, *_rest) = [one for one in check_pack(PUTUO, {FILE: content}) if "English" in one.what.en]
    assert fault.path == ("materials", 1, "name", "en")
    assert fault.line > 1
