"""Clocks explain themselves, keep the law of their start, and never depend on the order of arrival."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from driftbox.domain.deadlines.calendar import Calendar
from driftbox.domain.deadlines.clocks import Happening, Reading, compute_due, read_clocks
from driftbox.domain.deadlines.counting import Span, spans
from driftbox.domain.deadlines.rules import ClockRule, MatterLimit, Pause
from driftbox.domain.text import Text

ZONE = ZoneInfo("Asia/Shanghai")
DRAGON_BOAT = frozenset({date(2026, 6, 19), date(2026, 6, 20), date(2026, 6, 21)})
MADE_UP = frozenset({date(2026, 6, 28)})  # a Sunday that is worked
CALENDAR = Calendar(ZONE, {2026: DRAGON_BOAT}, {2026: MADE_UP})
HEARING = Pause(opens="hearing.opened", closes="hearing.closed", reason=Text(zh="听证", en="Hearing"), article="第36条")
RULE = ClockRule(
    id="handling",
    procedure="petition",
    name=Text(zh="办结", en="Settle"),
    starts="petition.accepted",
    stops=("opinion.served",),
    limit=10,
    unit="working",
    basis="第34条",
    in_force_from=date(2022, 5, 1),
    extends="petition.extended",
    extension_max=5,
    pauses=(HEARING,),
)
NOW = datetime(2026, 6, 30, 9, tzinfo=ZONE)


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 6, day, hour, tzinfo=ZONE)


def read(*happenings: Happening, rule: ClockRule = RULE, now: datetime = NOW) -> Reading:
    (reading,) = read_clocks([rule], happenings, CALENDAR, now)
    return reading


def chinese(reading: Reading) -> str:
    return "\n".join(line.zh for line in reading.why)


def test_a_day_off_a_weekend_and_a_made_up_day_are_told_apart() -> None:
    assert CALENDAR.is_rest_day(date(2026, 6, 19))
    assert CALENDAR.is_rest_day(date(2026, 6, 27))
    assert not CALENDAR.is_rest_day(date(2026, 6, 28))
    assert not CALENDAR.is_rest_day(date(2026, 6, 22))


def test_late_evening_utc_is_already_tomorrow_on_the_island() -> None:
    assert CALENDAR.local_date(datetime(2026, 6, 1, 16, 0, tzinfo=UTC)) == date(2026, 6, 2)
    assert CALENDAR.local_date(datetime(2026, 6, 1, 15, 59, tzinfo=UTC)) == date(2026, 6, 1)


def test_a_year_without_an_announcement_knows_only_its_weekends() -> None:
    assert CALENDAR.covers(2026)
    assert not CALENDAR.covers(2027)
    assert not CALENDAR.is_rest_day(date(2027, 1, 1))
    assert CALENDAR.is_rest_day(date(2027, 1, 2))


def test_days_in_a_row_are_drawn_together() -> None:
    days = [date(2026, 6, 3), date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 7)]
    assert spans(days) == (Span(date(2026, 6, 1), date(2026, 6, 3)), Span(date(2026, 6, 7), date(2026, 6, 7)))


def test_a_due_day_says_what_it_skipped_and_where_it_rolled_from() -> None:
    working = compute_due(date(2026, 6, 18), 1, "working", CALENDAR, rolls=True)
    assert (working.day, working.skipped) == (date(2026, 6, 22), (Span(date(2026, 6, 19), date(2026, 6, 21)),))
    rolled = compute_due(date(2026, 6, 4), 15, "calendar", CALENDAR, rolls=True)
    assert (rolled.day, rolled.rolled_from) == (date(2026, 6, 22), date(2026, 6, 19))
    assert compute_due(date(2026, 6, 4), 15, "calendar", CALENDAR, rolls=False).day == date(2026, 6, 19)


def test_counting_into_an_unannounced_year_is_provisional_only_where_rest_days_matter() -> None:
    assert compute_due(date(2026, 12, 30), 2, "working", CALENDAR, rolls=True).provisional_years == (2027,)
    assert compute_due(date(2026, 12, 30), 5, "calendar", CALENDAR, rolls=False).provisional_years == ()


def test_a_clock_that_has_not_started_is_not_shown() -> None:
    assert read_clocks([RULE], [Happening("opinion.served", at(3))], CALENDAR, NOW) == ()


def test_what_is_dated_after_now_has_not_happened_yet() -> None:
    served = Happening("opinion.served", at(20))
    assert read(Happening("petition.accepted", at(1)), served, now=at(10)).verdict == "running"


def test_the_first_stop_wins_and_freezes_the_verdict() -> None:
    reading = read(
        Happening("petition.accepted", at(1)),
        Happening("opinion.served", at(10)),
        Happening("opinion.served", at(29)),
        Happening("petition.extended", at(11), 5),
        Happening("hearing.opened", at(11)),
    )
    assert (reading.verdict, reading.stopped, reading.due) == ("met", date(2026, 6, 10), date(2026, 6, 15))
    assert (reading.extended, reading.paused_days, reading.days_left) == (0, 0, None)


def test_a_stop_before_the_start_stops_nothing() -> None:
    assert read(Happening("opinion.served", at(1)), Happening("petition.accepted", at(2)), now=at(3)).stopped is None


def test_a_pause_that_opened_before_the_start_counts_from_the_start_on() -> None:
    reading = read(
        Happening("hearing.opened", datetime(2026, 5, 28, 9, tzinfo=ZONE)),
        Happening("petition.accepted", at(1)),
        Happening("hearing.closed", at(3)),
    )
    assert (reading.paused_days, reading.due) == (2, date(2026, 6, 17))


def test_opening_twice_and_closing_twice_say_nothing_new() -> None:
    reading = read(
        Happening("petition.accepted", at(1)),
        Happening("hearing.closed", at(2)),
        Happening("hearing.opened", at(3)),
        Happening("hearing.opened", at(4)),
        Happening("hearing.closed", at(4, 13)),
        Happening("hearing.closed", at(9)),
    )
    assert reading.paused_days == 2


def test_the_last_day_does_not_roll_onto_a_paused_day() -> None:
    days = replace(RULE, unit="calendar", limit=15)
    reading = read(
        Happening("petition.accepted", at(4)),
        Happening("hearing.opened", at(22)),
        Happening("hearing.closed", at(23)),
        rule=days,
        now=at(24),
    )
    assert (reading.due, reading.verdict) == (date(2026, 6, 24), "running")


def test_a_clock_says_why_in_both_languages() -> None:
    reading = read(
        Happening("petition.accepted", at(1)),
        Happening("hearing.opened", at(8)),
        Happening("hearing.closed", at(9)),
        Happening("petition.extended", at(10), 9),
    )
    text = chinese(reading)
    assert "10 个工作日，第34条（2022-05-01 起施行）" in text
    assert "当天不算（民法典第201条）" in text
    assert "2026-06-19至2026-06-21" in text
    assert "听证：2026-06-08 到 2026-06-09，头尾两天都不算（第36条）" in text
    assert "最多只能延 5 个工作日" in text
    assert all(line.en and line.zh for line in reading.why)


def test_a_rolled_day_an_open_pause_and_a_late_extension_are_explained() -> None:
    days = replace(RULE, unit="calendar", limit=18)
    rolled = read(Happening("petition.accepted", at(2)), Happening("petition.extended", at(29), 3), rule=days)
    assert "2026-06-20 是休息日，顺延（民法典第203条）" in chinese(rolled)
    assert "2026-06-29 才批延期" in chinese(rolled)
    held = read(Happening("petition.accepted", at(2)), Happening("hearing.opened", at(5)), rule=days)
    assert "2026-06-05 起停着，还没结束" in chinese(held)
    assert held.verdict == "paused"


def test_a_day_that_an_open_pause_still_moves_is_provisional() -> None:
    held = read(Happening("petition.accepted", at(1)), Happening("hearing.opened", at(8)), now=at(9))
    assert held.provisional
    assert held.provisional_why is not None
    assert "日子还没定下来" in held.provisional_why.zh
    done = read(
        Happening("petition.accepted", at(1)), Happening("hearing.opened", at(8)), Happening("opinion.served", at(9))
    )
    assert not done.provisional


def test_a_worked_weekend_and_the_stop_are_told() -> None:
    made_up = read(Happening("petition.accepted", at(16)), Happening("opinion.served", at(30)))
    assert "调休上班的周末照算：2026-06-28" in chinese(made_up)
    assert made_up.why[-1].zh == "2026-06-30 办到，没有过期"
    late = read(Happening("petition.accepted", at(1)), Happening("opinion.served", at(17)))
    assert late.why[-1].en == "Met on 2026-06-17, 2 days late"


def test_a_provisional_day_says_which_year_is_missing() -> None:
    start = Happening("petition.accepted", datetime(2026, 12, 28, 9, tzinfo=ZONE))
    reading = read(start, now=datetime(2026, 12, 29, 9, tzinfo=ZONE))
    assert reading.provisional
    assert reading.provisional_why is not None
    assert "2027 年的放假安排还没有" in reading.provisional_why.zh


def test_a_matter_without_a_figure_has_a_clock_without_a_day() -> None:
    by_matter = replace(RULE, by_matter=True, limit=None, id="statutory")
    start = Happening("petition.accepted", at(1))
    for limit in (None, MatterLimit(unit="working", basis="没有查到")):
        (reading,) = read_clocks([by_matter], [start], CALENDAR, NOW, limit)
        assert (reading.due, reading.days, reading.verdict, reading.days_left) == (None, None, "running", None)
        assert "没有写几天" in chinese(reading)


def test_a_promise_runs_beside_the_law() -> None:
    by_matter = replace(RULE, by_matter=True, limit=None, id="statutory")
    limit = MatterLimit(days=10, unit="working", basis="指南", promise_days=5)
    readings = read_clocks([by_matter], [Happening("petition.accepted", at(1))], CALENDAR, at(2), limit)
    assert [(r.clock, r.due) for r in readings] == [
        ("statutory", date(2026, 6, 15)),
        ("promise", date(2026, 6, 8)),
    ]


def test_a_provincial_profile_is_off_unless_named_and_then_holds() -> None:
    local = replace(RULE, profile="elsewhere", limit=3, in_force_from=date(2010, 1, 1))
    start = [Happening("petition.accepted", at(1))]
    assert [r.days for r in read_clocks([local], start, CALENDAR, NOW)] == []
    assert [r.days for r in read_clocks([local, RULE], start, CALENDAR, NOW)] == [10]
    assert [r.days for r in read_clocks([local, RULE], start, CALENDAR, NOW, profiles=("national", "elsewhere"))] == [3]


def test_before_a_law_is_in_force_its_clock_does_not_start() -> None:
    old = Happening("petition.accepted", datetime(2022, 4, 30, 23, 59, tzinfo=ZONE))
    assert read_clocks([RULE], [old], CALENDAR, NOW) == ()
    assert len(read_clocks([RULE], [Happening(old.kind, old.at + timedelta(minutes=1))], CALENDAR, NOW)) == 1


def test_no_order_of_arrival_changes_a_reading() -> None:
    happenings = (
        Happening("petition.accepted", at(1)),
        Happening("hearing.opened", at(8)),
        Happening("hearing.closed", at(8)),
        Happening("petition.extended", at(9), 2),
        Happening("opinion.served", at(18)),
    )
    assert len({read(*order) for order in permutations(happenings)}) == 1
