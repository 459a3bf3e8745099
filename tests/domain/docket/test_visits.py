from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import CHEN, FATHER, LIN, STORY, TABLES, YU, entry, story

from driftbox.domain.docket import entries as e
from driftbox.domain.docket.decide import Deed, check
from driftbox.domain.docket.fold import extend, fold
from driftbox.domain.docket.fork import fork
from driftbox.domain.docket.visit_entries import VisitAsked, VisitMade, VisitPlanned
from driftbox.domain.errors import Refused

TODAY = date(2026, 5, 13)
FRIDAY = "2026-05-15"
PLANNED = VisitPlanned(day=FRIDAY, agents=(CHEN,), begin=560)


def told(*acts):
    """The visits of a case in which these acts were recorded after its list was told."""
    entries = story(e.ChecklistGiven)
    entries += [entry(200 + number, body, CHEN, "agent" if isinstance(body, VisitMade) else "clerk")
                for number, body in enumerate(acts)]  # fmt: skip
    docket = fold(entries, TABLES)
    assert not docket.contested
    return docket.visits


def refused(body, role="clerk", by=LIN):
    with pytest.raises(Refused) as refusal:
        check(fold(story(e.ChecklistGiven), TABLES), body, Deed(by=by, role=role, today=TODAY), TABLES["errand"])
    return refusal.value.code


def test_a_planned_visit_stands_until_somebody_was_there():
    assert (told(PLANNED).day, told(PLANNED).agents) == (FRIDAY, (CHEN,))
    after = told(PLANNED, VisitMade(outcome="not_home", next_day="2026-05-22"))
    assert (after.day, after.outcome, after.next_day, after.seen_ms) == ("", "not_home", "2026-05-22", 0)
    assert told(PLANNED, VisitMade(outcome="done")).seen_ms


def test_a_wish_for_one_visit_ends_with_it_and_a_regular_one_goes_on():
    assert told(VisitAsked(wish="once"), VisitMade(outcome="done")).wish == ""
    assert told(VisitAsked(wish="once"), VisitMade(outcome="not_home")).wish == "once"
    assert told(VisitAsked(wish="regular"), VisitMade(outcome="done")).wish == "regular"
    assert told(VisitAsked(wish="regular"), VisitAsked(wish="none")).wish == ""


def test_refusals_say_why():
    assert refused(VisitPlanned(day="2026-05-12", agents=(CHEN,), begin=560)) == "visit_past"
    assert refused(PLANNED, "agent", CHEN) == "not_role"
    assert refused(VisitMade(outcome="next_time"), "agent", CHEN) == "visit_when"
    assert refused(VisitMade(outcome="done", next_day="2026-05-13"), "agent", CHEN) == "visit_next_past"
    assert refused(VisitAsked(wish="regular"), "resident", YU) == "not_theirs"


bodies = st.one_of(
    st.builds(VisitAsked, wish=st.sampled_from(("once", "regular", "none"))),
    st.builds(VisitPlanned, day=st.sampled_from((FRIDAY, "2026-05-01")), agents=st.just((CHEN,)),
              begin=st.integers(0, 1439)),
    st.builds(VisitMade, outcome=st.sampled_from(("done", "not_home", "refused", "next_time")),
              next_day=st.sampled_from((None, FRIDAY, "2026-05-01"))),
)  # fmt: skip


@given(st.integers(1, len(STORY)), bodies, st.sampled_from(("clerk", "director", "agent", "resident", "helper")))
def test_what_is_let_through_folds_uncontested(cut, body, role):
    docket = fold(story()[:cut], TABLES)
    try:
        check(docket, body, Deed(by=FATHER, role=role, today=TODAY), TABLES["errand"])
    except Refused:
        return
    assert extend(fork(docket), [entry(99, body, FATHER, role)], TABLES).contested == {}
