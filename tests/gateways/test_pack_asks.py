"""A bundle or a form that leads nowhere is told with its own file and line; the rest of the pack is still read."""

import shutil
from pathlib import Path

import pytest

import driftbox.packs
from driftbox.gateways.pack_files import check_pack, load_pack

PUTUO = Path(driftbox.packs.__path__[0]) / "cn_putuo"
BUNDLE, FORM = "bundles/chusheng.toml", "forms/authority.toml"


@pytest.fixture
def pack(tmp_path):
    copied = tmp_path / "pack"
    shutil.copytree(PUTUO, copied)
    return copied


def line_of(pack, file, words):
    return next(n for n, line in enumerate((pack / file).read_text(encoding="utf-8").splitlines(), 1) if words in line)


def planted(pack, file, was, becomes):
    path = pack / file
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes, 1), encoding="utf-8")
    return [fault for fault in check_pack(pack) if fault.file == file]


@pytest.mark.parametrize(
    ("file", "was", "becomes", "what"),
    [
        (BUNDLE, '"YB-CANBAO"]', '"NO-SUCH"]', "没有叫“NO-SUCH”的事项"),
        (BUNDLE, '"YB-CANBAO"]', '"XF-QIUJUE"]', "“XF-QIUJUE”不能跟别的一起办"),
        (BUNDLE, ', "YB-CANBAO"]', "]", "这里写了 1 件事"),
        (BUNDLE, '"YB-CANBAO"]', '"GA-CHUSHENG"]', "这里写了 2 件事"),
        (BUNDLE, '["newborn", "first_time"]', '["moonlight"]', "没有叫“moonlight”的问题"),
        (FORM, 'code = "authority"', 'code = "aid"', "“aid”写了两遍"),
        (BUNDLE, 'en = "A new child"', 'en = ""', "“出生一件事”没有英文"),
        (BUNDLE, 'code = "new_born"', 'code = "new_born"\nprice = 3', "不认得“price”这一项"),
        (FORM, 'material = "authority_letter"', 'material = "moon_letter"', "没有叫“moon_letter”的要填的表"),
        (FORM, 'material = "authority_letter"', 'material = "id_card"', "没有叫“id_card”的要填的表"),
        (FORM, 'signers = ["applicant"]', 'signers = ["mayor"]', "没有叫“mayor”的签名的人"),
        (FORM, 'signers = ["applicant"]', "signers = []", "签名"),
        (FORM, 'known = "applicant.name"', 'known = "applicant.shoe"', "没有叫“applicant.shoe”的知道的内容"),
        (FORM, 'known = "applicant.name"', 'known = "answer.moonlight"', "没有叫“answer.moonlight”的知道的内容"),
        (FORM, 'id = "until"', 'id = "agent"', "“agent”写了两遍"),
        (FORM, "我委托{applicant}", "我委托{applicaant}", "没有叫“applicaant”的空档"),
        (FORM, "我委托{applicant}", "我委托{applicant", "花括号没有配对"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_told_with_its_line_and_a_remedy(pack, file, was, becomes, what):
    faults = planted(pack, file, was, becomes)
    fault = next(fault for fault in faults if what in fault.what.zh)
    assert fault.remedy.zh
    assert fault.remedy.en
    assert fault.line <= len((pack / file).read_text(encoding="utf-8").splitlines())


def test_the_line_is_the_one_to_mend(pack):
    fault = planted(pack, FORM, 'known = "applicant.name"', 'known = "applicant.shoe"')[0]
    assert fault.line == line_of(pack, FORM, "applicant.shoe")
    fault = planted(pack, BUNDLE, '["newborn", "first_time"]', '["moonlight"]')[0]
    assert fault.line == line_of(pack, BUNDLE, "moonlight")


def test_nobody_is_asked_more_than_five_questions(pack):
    file = "matters/mz-dibao.toml"
    more = "".join(f'[[question]]\nid = "q{n}"\nask = {{ zh = "问", en = "ask" }}\n\n' for n in range(3))
    faults = planted(pack, file, "[[question]]", f"{more}[[question]]")
    assert any("问了 6 句，太多" in fault.what.zh for fault in faults)
    bundle = "bundles/shenhou.toml"
    many = '"GA-SIWANG", "RS-SANGZANG", "YB-YIDI", "YY-CHUANYUAN"'
    assert any("太多" in f.what.zh for f in planted(pack, bundle, '"GA-SIWANG", "RS-SANGZANG"', many))


def test_the_pack_has_its_bundles_and_its_forms():
    pack = load_pack(PUTUO)
    assert {"after_a_death", "new_born"} <= set(pack.bundles)
    assert {"aid", "emergency", "disability", "authority"} <= set(pack.forms)
    assert max(len(matter.questions) for matter in pack.matters.values()) <= 5
