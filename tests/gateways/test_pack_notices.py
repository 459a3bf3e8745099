"""A notice whose gaps, entries or clocks lead nowhere is told with its own line; the rest of the pack is still read."""

import shutil
from pathlib import Path

import pytest

import driftbox.packs
from driftbox.gateways.pack_files import check_pack, load_pack

PUTUO = Path(driftbox.packs.__path__[0]) / "cn_putuo"
FILE = "law/notices/transfer.toml"


@pytest.fixture
def pack(tmp_path):
    copied = tmp_path / "pack"
    shutil.copytree(PUTUO / "law", copied / "law")
    return copied


def line_of(pack, words):
    return next(n for n, line in enumerate((pack / FILE).read_text(encoding="utf-8").splitlines(), 1) if words in line)


@pytest.mark.parametrize(
    ("was", "becomes", "what"),
    [
        ("{received}收到", "{recieved}收到", "没有叫“recieved”的空档"),
        ("{number}, {matter})", "{number}, matter)", "两种文字的空档不一样"),
        ("编号 {number}，", "编号 {number，", "花括号没有配对"),
        ('zh = "转送告知书"', 'zh = "转送{day}"', "没有叫“day”的空档"),
        ('after = ["petition.transferred"]', 'after = ["petition.moved"]', "没有叫“petition.moved”的条目"),
        ('after = ["petition.transferred"]', "after = []", "没写哪一步以后出这份文书"),
        ('procedure = "petition"', 'procedure = "errant"', "没有叫“errant”的办法"),
        ('procedure = "petition"', 'procedure = "petition"\nclock = "noon"', "没有叫“noon”的时限"),
        ('code = "transfer"', 'code = "receipt"', "“receipt”写了两遍"),
        ('en = "Notice of Transfer"', 'en = ""', "“转送告知书”没有英文"),
        ("required = true", "required = 1", "“body.0.required”写得不对"),
        ("required = true", "needed = true", "不认得“needed”这一项"),
    ],
)
def test_a_planted_fault_is_told_with_its_line_and_a_remedy(pack, was, becomes, what):
    path = pack / FILE
    path.write_text(path.read_text(encoding="utf-8").replace(was, becomes, 1), encoding="utf-8")
    faults = [fault for fault in check_pack(pack) if fault.file == FILE]
    assert [fault.what.zh for fault in faults if what in fault.what.zh], faults
    fault = next(fault for fault in faults if what in fault.what.zh)
    assert fault.line == line_of(pack, becomes.splitlines()[-1])
    assert fault.remedy.zh
    assert fault.remedy.en


def test_a_notice_without_law_or_words_is_refused(pack):
    path = pack / FILE
    path.write_text(path.read_text(encoding="utf-8").partition("[[body]]")[0], encoding="utf-8")
    assert {fault.what.zh for fault in check_pack(pack)} >= {"少了“body”这一项", "少了“basis”这一项"}


def test_every_notice_the_law_asks_for_is_in_the_pack():
    notices = load_pack(PUTUO).notices
    assert set(notices) == {
        "receipt", "acceptance", "non_acceptance", "transfer", "sent_on", "extension", "opinion", "review_opinion",
        "rereview_opinion", "errand_acceptance", "errand_refusal", "errand_decision",
    }  # fmt: skip
    assert all(one.basis and one.body for one in notices.values())
