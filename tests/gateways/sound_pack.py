"""A small pack without a fault, and a way to plant one."""

from pathlib import Path

SOUND = {
    "pack.toml": """\
id = "islet"
name = { zh = "小岛", en = "Islet" }
region = { zh = "海上", en = "At sea" }
zone = "Asia/Shanghai"
hotline = "000"
about = { zh = "试一试", en = "A trial" }
[settings]
boxes = 1
""",
    "law/clocks.toml": """\
[[clock]]
id = "reply"
procedure = "errand"
name = { zh = "答复", en = "Reply" }
starts = "case.opened"
stops = ["result.issued"]
unit = "working"
basis = "某法第1条"
in_force_from = 2020-01-01
in_force_to = 2022-12-31
limit = 5

[[clock]]
id = "reply"
procedure = "errand"
name = { zh = "答复", en = "Reply" }
starts = "case.opened"
stops = ["result.issued"]
unit = "working"
basis = "某法第1条（修正）"
in_force_from = 2023-01-01
limit = 3
""",
    "law/holidays/2026.toml": """\
year = 2026
source = "通知"
off = [
  2026-01-01,
  2026-01-02,
]
work = [2026-01-04]
""",
    "law/procedures/errand.toml": """\
id = "errand"
name = { zh = "代办", en = "Errand" }
first = "asked"

[[stage]]
id = "asked"
name = { zh = "问过了", en = "Asked" }
next_act = { zh = "说全", en = "Tell" }
clock = "reply"

[[stage]]
id = "closed"
name = { zh = "办结", en = "Closed" }
next_act = { zh = "没有了", en = "Nothing" }
final = true

[[arrow]]
kind = "case.closed"
roles = ["clerk"]
at = ["asked"]
to = "closed"
reason = { zh = "办好了", en = "Done" }

[[arrow]]
kind = "note.written"
roles = ["clerk"]
at = ["**"]
reason = { zh = "记着", en = "Kept" }
""",
    "matters/aid.toml": """\
code = "AID"
procedure = "errand"
name = { zh = "救助", en = "Aid" }
plain = { zh = "要帮忙", en = "Need help" }
lead = { zh = "家里难。", en = "Hard times." }
category = { zh = "救助", en = "Aid" }
department = "BUREAU"
department_note = { zh = "局里定", en = "The bureau decides" }
agent_allowed = true
steps = [
  { zh = "申请", en = "Apply" },
  { zh = "办结", en = "Done" },
]

[limit]
days = 20
unit = "working"
basis = "某法第2条"

[[question]]
id = "ill"
ask = { zh = "家里有人得大病吗？", en = "Is anyone ill?" }

[[material]]
code = "id_card"
name = { zh = "身份证", en = "Identity card" }
kind = "copy"
issuer = { zh = "公安", en = "Police" }

[[material]]
code = "record"
name = { zh = "病历", en = "Medical record" }
kind = "copy"
issuer = { zh = "医院", en = "Hospital" }
when = ["ill"]
""",
    "places/offices.toml": """\
[[office]]
code = "TOP"
name = { zh = "最上面", en = "Top" }
short = { zh = "上", en = "Top" }
kind = "bureau"

[[office]]
code = "BUREAU"
name = { zh = "某局", en = "Bureau" }
short = { zh = "局", en = "Bureau" }
kind = "department"
parent = "TOP"
pier = "QUAY"
""",
    "places/hours.toml": """\
[[opening]]
office = "TOP"
what = "window"
weekdays = [1, 2]
since = 08:30:00
until = 17:00:00
""",
    "places/piers.toml": """\
[[pier]]
code = "QUAY"
name = { zh = "码头", en = "Quay" }
short = { zh = "码头", en = "Quay" }
island = { zh = "小岛", en = "Islet" }
lon = "122.1"
lat = "29.9"
home_of = ["TOP"]
""",
    "words/dialect.toml": """\
[dialect]
"铜钿" = "钱"
""",
    "words/sayings.toml": """\
saying = [
  { say = "没钱", matters = ["AID"] },
  { say = "难过日子", matters = ["AID"] },
]
""",
}


def lay(folder: Path) -> Path:
    """Write the sound pack into ``folder``."""
    for name, text in SOUND.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def plant(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
