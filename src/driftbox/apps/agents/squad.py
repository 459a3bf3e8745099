"""The invented squad of the demo: as many agents as the pack says there are, always the same. Nobody here exists.

Names are put together from common family and given names; telephone numbers are fictitious ones that do not ring.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password

from driftbox.apps.agents.models import AgentRow
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.people.models import Account
from driftbox.domain.log.ids import next_id
from driftbox.gateways.keys import chance

FAMILY = (
    "陈林王张李周吴徐孙胡朱虞何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘"
    "杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN_ONE = "海秀建文志国美阿玉小晓春永华忠信"
GIVEN_TWO = "燕平英良芳明琴根娟军兰波珍伟霞飞"
AWAY = ("ashore", "ill", "leave")
ENGLISH_EVERY, WHEELS_EVERY, BOAT_EVERY = 11, 3, 13
KINDS = ("part_time", "full_time", "part_time", "volunteer")
EMPTY_EVERY = 23  # every 23rd point has nobody, so that coverage has something to show
ENDING_EVERY, AWAY_EVERY, OVER_EVERY = 31, 29, 41


def make_squad(total: int, *, now: datetime) -> int:
    """Write down ``total`` invented agents over stations and points, in two statements; returns how many there are.

    They have accounts that nobody can sign in to: the password is none.
    """
    today = calendar().local_date(now)
    accounts, rows, password = [], [], make_password(None)
    for number, office in zip(range(total), _offices(), strict=False):
        person = next_id("", now, chance())
        accounts.append(_account(number, person, office, password))
        rows.append(_row(number, person, today))
    Account.objects.bulk_create(accounts)
    AgentRow.objects.bulk_create(rows)
    return len(accounts)


def _offices() -> Iterator[str]:
    """Offices in turn, again and again; points that have nobody are left out."""
    offices = list(current_pack().offices.values())
    stations = [one.code for one in offices if one.kind in ("station", "centre")]
    points = [one.code for place, one in enumerate(o for o in offices if o.kind == "point") if place % EMPTY_EVERY]
    while stations or points:
        yield from points
        yield from stations


def _account(number: int, person: str, office: str, password: str) -> Account:
    family = FAMILY[number * 7 % len(FAMILY)]
    given = GIVEN_ONE[number * 5 % len(GIVEN_ONE)] + GIVEN_TWO[(number // len(GIVEN_ONE) + number * 3) % len(GIVEN_TWO)]
    return Account(
        username=f"agent{number + 1:03}", person=person, name=family + given, office=office, roles=["agent"],
        agent_kind=KINDS[number % len(KINDS)], phone=f"0580-001-{number + 1:04}",
        password=password,
    )  # fmt: skip


def _row(number: int, person: str, today: date) -> AgentRow:
    until = today + timedelta(days=20 if number % ENDING_EVERY == 1 else -5 if number % OVER_EVERY == 1 else 400)
    skills = [skill.code for skill in current_pack().agents.skills]
    languages = ["mandarin", "zhoushan"] + (["english"] if number % ENGLISH_EVERY == 0 else [])
    return AgentRow(
        person=person, authorised_until=until, languages=languages,
        skills=[skills[number % len(skills)]] if skills and number % 2 else [],
        training=[["代办基础", (today - timedelta(days=200)).isoformat()]],
        wheels=number % WHEELS_EVERY == 0, boat=number % BOAT_EVERY == 0,
        away=AWAY[number % len(AWAY)] if number % AWAY_EVERY == 1 else "",
    )  # fmt: skip


def authorise(persons: dict[str, str], *, now: datetime) -> None:
    """Give the cast of the stories an authorisation, and what they speak: person → skill (empty: none)."""
    until = calendar().local_date(now) + timedelta(days=400)
    for person, skill in persons.items():
        fields = {"authorised_until": until, "languages": ["mandarin", "zhoushan"], "skills": [skill] if skill else []}
        AgentRow.objects.get_or_create(person=person, defaults=fields)
