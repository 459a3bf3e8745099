"""The due day of a list row is the one that the clocks of the case give, however its moments fall within their days."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from driftbox.apps.deadlines.queries import RUNNING, clocks_of, nearest_due
from driftbox.domain.docket.state import Docket, Moment
from driftbox.domain.log.ids import millis

START = datetime(2026, 5, 11, 0, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
KINDS = ["case.opened", "checklist.given", "case.accepted", "publicity.opened", "publicity.closed", "decision.made"]
MOMENTS = st.builds(
    lambda kind, half_days, extra: Moment(kind, millis(START + timedelta(hours=12 * half_days, minutes=extra))),
    st.sampled_from(KINDS), st.integers(0, 30), st.sampled_from([0, 0, 1, 719]),
)  # fmt: skip


@given(st.lists(MOMENTS, max_size=8), st.integers(0, 40))
def test_the_nearest_due_is_what_the_clocks_say(moments, days):
    docket = Docket(procedure="errand", matter="MZ-DIBAO", moments=moments)
    now = START + timedelta(days=days, hours=23, minutes=59)
    due = min(((r.due, r.clock) for r in clocks_of(docket, now) if r.verdict in RUNNING and r.due), default=None)
    assert nearest_due(docket, now) == ((due[0].isoformat(), due[1]) if due else ("", ""))
