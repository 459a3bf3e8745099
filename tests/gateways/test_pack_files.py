"""Every fault that a pack can have is planted alone into a sound pack, and must be told with its own line."""

from pathlib import Path

import pytest
from tests.gateways.sound_pack import lay, plant

from driftbox.domain.errors import BadPack
from driftbox.gateways.pack_files import check_pack, load_pack
from driftbox.gateways.pack_source import key_lines

CLOCKS, HOLIDAYS = "law/clocks.toml", "law/holidays/2026.toml"
CARD = 'issuer = { zh = "公安", en = "Police" }\n'
ERRAND, MATTER = "law/procedures/errand.toml", "matters/aid.toml"
HOURS = "places/hours.toml"
OFFICES, PIERS, SAYINGS = "places/offices.toml", "places/piers.toml", "words/sayings.toml"
NEW_STAGE = """
[[stage]]
id = "lost"
name = { zh = "丢了", en = "Lost" }
next_act = { zh = "找", en = "Find" }
final = true
"""

# file, what stands there, what is planted instead, the line, a word of the fault
PLANTED = {
    "a file that is not TOML": ("pack.toml", 'zone = "Asia/Shanghai"', "zone = Asia", 4, "not TOML"),
    "a field nobody knows": ("pack.toml", "hotline =", 'fax = "1"\nhotline =', 5, "no field `fax`"),
    "a field left out": (MATTER, 'procedure = "errand"\n', "", 1, "`procedure` is missing"),
    "a field left out of a material": (MATTER, 'name = { zh = "病历", en = "Medical record" }\n', "", 30, "missing"),
    "a number written as text": (MATTER, "days = 20", 'days = "20"', 16, "Expected `int"),
    "a kind nobody knows": (
        MATTER,
        'kind = "copy"\nissuer = { zh = "医院"',
        'kind = "fax"\nissuer = { zh = "医院"',
        33,
        "kind",
    ),
    "a text in one language": (MATTER, 'name = { zh = "救助", en = "Aid" }', 'name = "救助"', 3, "Expected `object`"),
    "a setting that is a table": ("pack.toml", "boxes = 1", "boxes = { a = 1 }", 8, "boxes"),
    "an office twice": (OFFICES, 'code = "BUREAU"', 'code = "TOP"', 8, "stands twice"),
    "a material twice": (MATTER, 'code = "record"', 'code = "id_card"', 30, "stands twice"),
    "a stage twice": (ERRAND, 'id = "closed"', 'id = "asked"', 11, "stands twice"),
    "a saying twice": (SAYINGS, "难过日子", "没钱", 3, "stands twice"),
    "a matter of no procedure": (MATTER, 'procedure = "errand"', 'procedure = "walk"', 2, "no procedure `walk`"),
    "a matter nobody decides": (MATTER, 'department = "BUREAU"', 'department = "QUAY"', 7, "no deciding office"),
    "an office under nobody": (OFFICES, 'parent = "TOP"', 'parent = "SKY"', 12, "no parent office `SKY`"),
    "an office above itself": (OFFICES, 'parent = "TOP"', 'parent = "BUREAU"', 12, "is above itself"),
    "a slug no case number can carry": (OFFICES, 'parent = "TOP"', 'parent = "TOP"\nslug = "白沙"', 13, "cannot stand"),
    "an office at no pier": (OFFICES, 'pier = "QUAY"', 'pier = "BEACH"', 13, "no pier `BEACH`"),
    "a pier home to nobody": (PIERS, '["TOP"]', '["SKY"]', 8, "no office `SKY`"),
    "hours of nobody": (HOURS, 'office = "TOP"', 'office = "SKY"', 2, "no office `SKY`"),
    "hours on no day": (HOURS, "[1, 2]", "[]", 4, "No weekday"),
    "hours on an eighth day": (HOURS, "[1, 2]", "[1, 8]", 4, "weekdays"),
    "hours that end before they begin": (HOURS, "until = 17:00:00", "until = 08:00:00", 6, "shuts before it opens"),
    "an hour that is none": (HOURS, "since = 08:30:00", 'since = "8:30"', 5, "since"),
    "a handling of less than no time": ("pack.toml", "boxes = 1", "boxes = 1\n[rounds]\ndoor = -5", 10, "rounds.door"),
    "a saying that means nothing there": (
        SAYINGS,
        '难过日子", matters = ["AID"',
        '难过日子", matters = ["X"',
        3,
        "no matter `X`",
    ),
    "a saying that means nothing": (
        SAYINGS,
        '难过日子", matters = ["AID"]',
        '难过日子", matters = []',
        3,
        "means no matter",
    ),
    "an answer nobody asks for": (MATTER, 'when = ["ill"]', 'when = ["ill", "rich"]', 35, "no question `rich`"),
    "a question for nothing": (MATTER, 'when = ["ill"]\n', "", 20, "no material depends on it"),
    "an identity card kept": (
        MATTER,
        'kind = "copy"\nissuer = { zh = "公安"',
        'kind = "original"\nissuer = { zh = "公安"',
        27,
        "identity card",
    ),
    "a validity of no months": (MATTER, CARD, CARD + "valid_months = 0\n", 29, "Not a validity: 0"),
    "a validity beyond reason": (MATTER, CARD, CARD + "valid_months = 1200\n", 29, "Not a validity"),
    "a validity said twice": (
        MATTER,
        CARD,
        CARD + "valid_months = 6\nnever_expires = true\n",
        30,
        "Both `valid_months` and `never_expires`",
    ),
    "a validity of what goes back": (
        MATTER,
        'kind = "copy"\nissuer = { zh = "医院", en = "Hospital" }\n',
        'kind = "original"\nissuer = { zh = "医院", en = "Hospital" }\nvalid_months = 6\n',
        35,
        "`record` is never used again",
    ),
    "a validity of what is signed anew": (
        MATTER,
        CARD,
        CARD + 'valid_months = 6\nsigned_by = ["applicant"]\n',
        29,
        "`id_card` is never used again",
    ),
    "a paper that nothing does instead of": (
        MATTER,
        CARD,
        CARD + 'instead = ["moon"]\n',
        29,
        "no other material `moon`",
    ),
    "a matter's limit without source": (MATTER, 'basis = "某法第2条"', 'basis = " "', 18, "without a source"),
    "a promise later than the law": (MATTER, "days = 20", "days = 20\npromise_days = 21", 17, "later than the law"),
    "English left in Chinese": (
        MATTER,
        'zh = "办结", en = "Done"',
        'zh = "办结", en = "办结"',
        12,
        "Chinese left in `en`",
    ),
    "no English at all": (MATTER, 'zh = "办结", en = "Done"', 'zh = "办结", en = ""', 12, "has no English"),
    "no Chinese at all": (MATTER, 'zh = "办结", en = "Done"', 'zh = "Done", en = "Done"', 12, "No Chinese"),
    "a clock of no procedure": (CLOCKS, 'procedure = "errand"', 'procedure = "walk"', 3, "no procedure `walk`"),
    "a clock without source": (CLOCKS, 'basis = "某法第1条"', 'basis = ""', 8, "without a source"),
    "a clock without figure": (CLOCKS, "limit = 3\n", "", 13, "No number of days"),
    "a clock that ends before it begins": (CLOCKS, "to = 2022-12-31", "to = 2019-12-31", 10, "ends before"),
    "two laws on one day": (CLOCKS, "to = 2022-12-31", "to = 2023-01-01", 21, "two rules in force"),
    "a procedure that starts nowhere": (ERRAND, 'first = "asked"', 'first = "heard"', 3, "no stage `heard`"),
    "an arrow from nowhere": (ERRAND, 'at = ["asked"]', 'at = ["asked", "heard"]', 20, "no stage `heard`"),
    "an arrow to nowhere": (ERRAND, 'to = "closed"', 'to = "gone"', 21, "no stage `gone`"),
    "a stage nobody reaches": (
        ERRAND,
        '\n[[arrow]]\nkind = "case',
        NEW_STAGE + '\n[[arrow]]\nkind = "case',
        17,
        "No way leads",
    ),
    "a stage nobody leaves": (ERRAND, "final = true\n", "", 11, "no way on"),
    "a stage under no clock": (ERRAND, 'clock = "reply"', 'clock = "sun"', 9, "no clock `sun`"),
    "a day of another year": (HOLIDAYS, "2026-01-02", "2025-01-02", 5, "not in 2026"),
    "a day both off and at work": (HOLIDAYS, "[2026-01-04]", "[2026-01-02]", 7, "both a day off"),
}


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return lay(tmp_path)


def test_a_sound_pack_has_no_faults_and_loads(sound: Path) -> None:
    assert check_pack(sound) == []
    pack = load_pack(sound)
    assert pack.matters["AID"].limit is not None
    assert pack.offices["BUREAU"].parent == "TOP"
    assert [stage.id for stage in pack.procedures["errand"].stages] == ["asked", "closed"]
    assert pack.dialect == {"铜钿": "钱"}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_told_with_its_file_line_and_remedy(sound: Path, name: str) -> None:
    file, old, new, line, word = PLANTED[name]
    plant(sound, file, old, new)
    told = [fault for fault in check_pack(sound) if word in fault.what.en]
    assert [(fault.file, fault.line) for fault in told] == [(file, line)], [str(one) for one in check_pack(sound)]
    assert told[0].remedy.zh
    assert told[0].remedy.en


def test_all_faults_are_told_at_once_in_order(sound: Path) -> None:
    for name in ("an office under nobody", "a matter of no procedure", "two laws on one day"):
        plant(sound, *PLANTED[name][:3])
    assert [(fault.file, fault.line) for fault in check_pack(sound)] == [(CLOCKS, 21), (MATTER, 2), (OFFICES, 12)]


def test_one_paper_is_good_equally_long_in_every_matter_that_takes_it_again(sound: Path) -> None:
    plant(sound, MATTER, CARD, CARD + "valid_months = 6\n")
    text = (sound / MATTER).read_text(encoding="utf-8")
    second = text.replace('code = "AID"', 'code = "MORE"').replace("valid_months = 6", "valid_months = 12")
    (sound / "matters/more.toml").write_text(second, encoding="utf-8")
    told = [fault for fault in check_pack(sound) if "another validity" in fault.what.en]
    assert [(fault.file, fault.line) for fault in told] == [("matters/more.toml", 29)]
    (sound / "matters/more.toml").write_text(second.replace("valid_months = 12\n", ""), encoding="utf-8")
    assert check_pack(sound) == []


def test_two_offices_never_give_out_the_same_case_numbers(sound: Path) -> None:
    plant(sound, OFFICES, 'kind = "bureau"', 'kind = "bureau"\nslug = "islet"')
    plant(sound, OFFICES, 'kind = "department"', 'kind = "department"\nslug = "islet"')
    assert [(fault.file, fault.line) for fault in check_pack(sound)] == [(OFFICES, 13)]


def test_two_faults_of_one_section_are_both_told(sound: Path) -> None:
    plant(sound, MATTER, 'kind = "copy"\nissuer = { zh = "医院"', 'kind = "fax"\nissuer = { cn = "医院"')
    assert {fault.line for fault in check_pack(sound)} == {33, 34}


def test_a_misfit_in_one_office_does_not_make_others_lead_nowhere(sound: Path) -> None:
    plant(sound, OFFICES, 'kind = "bureau"', 'kind = "palace"')
    assert [fault.line for fault in check_pack(sound)] == [5]


def test_a_folder_without_a_pack_is_told(tmp_path: Path) -> None:
    assert "There is no pack.toml, so this is not a pack" in {fault.what.en for fault in check_pack(tmp_path)}


def test_a_file_that_is_not_utf8_is_told(sound: Path) -> None:
    (sound / SAYINGS).write_bytes("saying = '没'".encode("gb18030"))
    assert [(fault.file, fault.line) for fault in check_pack(sound)] == [(SAYINGS, 1)]


def test_a_pack_with_faults_does_not_load_and_carries_them(sound: Path) -> None:
    plant(sound, *PLANTED["a matter of no procedure"][:3])
    with pytest.raises(BadPack) as refused:
        load_pack(sound)
    assert refused.value.code == "pack.bad"
    assert [str(fault) for fault in refused.value.faults] == [
        "matters/aid.toml:2: 没有叫“walk”的程序 — 改成有的程序，或先把它写上"
    ]
    assert "1 处要改" in str(refused.value)


def test_a_fault_reads_in_either_language(sound: Path) -> None:
    plant(sound, *PLANTED["a clock without source"][:3])
    (fault,) = check_pack(sound)
    assert str(fault).startswith("law/clocks.toml:8: 时限没有写依据")
    assert fault.in_language("en").startswith("law/clocks.toml:8: A time limit without a source")


def test_lines_are_found_through_every_way_to_write_toml() -> None:
    lines = key_lines('''\
# a comment with = and [brackets]
"a key" = """
many [lines]
"""
dotted.key = 1.5 # done
list = [ # begin
  "x, ]",
  { in = 'y' },
  [1,
   2],
]
[table."quoted.part"]
when = 2026-01-01T10:00:00Z
[[row]]
a = 1
[row.inner]
b = 2
[[row]]
a = 3
''')
    assert {path: lines[path] for path in lines if path[0] not in ("table", "row")} == {
        ("a key",): 2,
        ("dotted",): 5,
        ("dotted", "key"): 5,
        ("list",): 6,
        ("list", 0): 7,
        ("list", 1): 8,
        ("list", 1, "in"): 8,
        ("list", 2): 9,
        ("list", 2, 0): 9,
        ("list", 2, 1): 10,
    }
    assert lines["table", "quoted.part", "when"] == 13
    assert (lines["row", 0, "inner", "b"], lines["row", 1], lines["row", 1, "a"]) == (17, 18, 19)
