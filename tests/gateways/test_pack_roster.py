"""Rosters and reception days of a pack that cannot stand are found, with file and line."""

import shutil

import pytest
from django.conf import settings

from driftbox.gateways.pack_check import check_pack

FILE = "places/roster.toml"


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pack") / "cn_putuo"
    shutil.copytree(settings.DRIFTBOX_PACK, folder)
    return folder


def faults(pack, old, new):
    text = (pack / FILE).read_text("utf-8")
    assert old in text
    return [str(fault) for fault in check_pack(pack, {FILE: text.replace(old, new, 1).encode()}) if fault.file == FILE]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("until = 08:00:00", "until = 07:30:00", "07:30–08:00 没有人当班"),
        ('office = "C-BS"', 'office = "NOWHERE"', "没有叫“NOWHERE”的机构"),
        ('code = "D"', 'code = "N"', "“N”写了两遍"),
        ("clerk = 1", "clerk = 3", "要的本事比人还多"),
        ("rest_after_night = 24", "rest_after_night = 168", "下一周就没有人了"),
        ("month_day = 15", "month_day = 15\nweekday = 2", "要么写星期几"),
        ("until = 11:30:00", "until = 08:00:00", "还没开始就结束了"),
        ("per_week = 5", "per_week = 0", "per_week"),
    ],
)
def test_what_cannot_be_kept_is_said_with_its_line(pack, old, new, said):
    found = faults(pack, old, new)
    assert any(said in one for one in found), found
    assert all(one.split(":")[1].isdigit() for one in found)


def test_the_pack_as_it_is_has_none(pack):
    assert faults(pack, "C-BS", "C-BS") == []
