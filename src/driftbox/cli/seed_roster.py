"""The roster of the demo: a month that is published, somebody ill, a note from shift to shift, calls of the night."""

from datetime import datetime, timedelta
from typing import Final

from driftbox.apps.errands.casting import seat
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.people.access import staff_viewer
from driftbox.apps.people.actions import write_account
from driftbox.apps.people.models import Account
from driftbox.apps.people.queries import Particulars, account_of
from driftbox.apps.reception.actions import Talk, log_contact
from driftbox.apps.roster.actions import hand_over, make_month, publish, record
from driftbox.apps.roster.queries import on_duty
from driftbox.domain.planning import roster_facts as f
from driftbox.domain.planning.roster import DAY, Duty
from driftbox.gateways.roster import PlainRosterMaker

SHIFT_CREW: Final = (
    ("ding", "丁小满"), ("jiang", "蒋浪"), ("mao", "毛屿"), ("shao", "邵潮生"), ("leng", "冷月明"), ("bei", "贝安"),
    ("tong", "童海"), ("wei", "魏阿珍"),
)  # fmt: skip
MORNING: Final = 9
NOTE: Final = "庄秀英家里来过电话，问上门照顾的事，说好上午回电。BX-01 的封条看过，是好的。"
CALLER: Final = Particulars(name="庄秀英", phone="13800000722")


def seed_roster(director: Account, *, now: datetime) -> None:
    """Publish last month and this one by the plain maker, which takes no time; nothing where the pack has no roster."""
    office = seat("centre", next(iter(current_pack().matters)))
    if office not in current_pack().rosters:
        return
    for username, name in SHIFT_CREW:
        write_account(username, None, name=name, office=office, roles=["clerk"], kind="", phone="", now=now)
    today, before = calendar().local_date(now), now - 10 * DAY  # what happened since then comes after it in the log
    last = today.replace(day=1) - DAY
    record(
        office, [f.MemberSet(person=director.person, fixed="D", weekdays=(1, 2, 3, 4, 5))], by=director.person,
        role="director", now=before,
    )  # fmt: skip
    for month in (f"{last:%Y-%m}", f"{today:%Y-%m}", f"{today.replace(day=28) + 7 * DAY:%Y-%m}"):
        publish(
            office, month, make_month(office, month, by=PlainRosterMaker()), "plain", by=director.person, now=before
        )
    _last_night(office, now)


def _next_morning(now: datetime) -> datetime:
    """The next 9:30 of the office's own clock."""
    local = now.astimezone(calendar().zone)
    return local.replace(hour=9, minute=30, second=0, microsecond=0) + DAY * (local.hour >= MORNING)


def _last_night(office: str, now: datetime) -> None:
    """The newest night shift that is over left word, and took a call that has to be answered."""
    for hours in range(1, 120):
        then = now - timedelta(hours=hours)
        over = [one for one in on_duty(office, then) if one.slot.shift.night and one.until < now and one.people]
        if not over:
            continue
        duty = Duty(over[0].slot.day, over[0].slot.shift.code, over[0].people[0])
        clerk = account_of(duty.person)
        if clerk is None:
            continue
        talk = Talk(
            channel="phone", words="老了走不动，问有没有人上门照顾。", caller=CALLER,
            answer="已经在办，上午给您回电。", call_back=_next_morning(now),
        )  # fmt: skip
        log_contact(talk, staff_viewer(clerk), now=over[0].until - timedelta(minutes=50))
        hand_over(office, duty, NOTE, role="clerk", now=over[0].until - timedelta(minutes=5))
        break
