"""Promises, storm and recovery: counted anew, told once, the old day still to be seen."""

from datetime import date, timedelta

import pytest
from django.db import OperationalError
from tests.apps.conftest import EVENING

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import entries_of, load
from driftbox.apps.errands import recompute as recomputing
from driftbox.apps.errands.promises import forecast_for, promise_for
from driftbox.apps.errands.recompute import recompute
from driftbox.apps.notices.queries import outbox
from driftbox.apps.sailings.actions import resume, suspend
from driftbox.apps.sailings.queries import forget
from driftbox.apps.sailings.queries import load as load_book
from driftbox.domain.docket import entries as e
from driftbox.domain.errors import Refused

BOATS = {"by": "", "role": "crew", "who": "captain"}


@pytest.fixture(autouse=True)
def _fresh_book():
    forget()
    yield
    forget()


@pytest.fixture
def promised(stage, played):
    """A case taken on, promised for the day that was foretold."""
    docket = played("case.accepted")
    clerk = stage.staff["lin"]
    day = promise_for(docket, at(2, "11:20")).day
    body = e.PromiseMade(due=day.isoformat(), basis="forecast")
    return record(docket.id, [body], by=clerk.person, role="clerk", now=at(2, "11:20"))


def at(days, clock):
    hour, minute = map(int, clock.split(":"))
    return (EVENING + timedelta(days=days)).replace(hour=hour, minute=minute)


def halted(since, until=None, replaces=""):
    """Nothing calls at Baisha."""
    book = suspend("stop", "BAISHA", since=since, until=until, cause="wind", replaces=replaces, now=since, **BOATS)
    return max(book.halts)


def texts():
    return [one.text for one in outbox(500) if "船停" in one.text or "船开" in one.text]


def test_the_day_foretold_has_the_department_decide_early_enough_for_the_laws_last_day(played):
    docket = played("materials.checked")
    proposal = promise_for(docket, at(2, "11:20"))
    assert proposal.lawful == date(2026, 6, 15)  # 23 working days after 13 May
    assert proposal.decide_by == date(2026, 6, 12)  # the Friday before: fetched and brought home on Monday
    assert proposal.day == date(2026, 6, 15)
    assert [step.what for step in proposal.forecast.steps] == ["decide", "fetch", "walk", "sail", "deliver"]


def test_with_boats_stopped_without_end_no_day_is_proposed(played):
    docket = played("materials.checked")
    halted(at(2, "11:00"))
    proposal = promise_for(docket, at(2, "11:20"))
    assert proposal.day is None
    assert proposal.forecast.unknown is not None


def test_the_forecast_follows_the_box(played):
    assert forecast_for(played("checklist.given"), at(1, "9:00")).steps[0].what == "sail"
    docket = played("parcel.landed")
    assert [step.what for step in forecast_for(docket, at(2, "10:52")).steps[:2]] == ["collect", "window"]


def test_a_storm_without_end_opens_the_promise_tells_each_once_and_keeps_the_law(promised):
    due, clocks = promised.promised, [m for m in promised.moments if m.kind != "promise.made"]
    storm = halted(at(3, "6:00"))
    done = recompute(at(3, "6:05"))
    assert (done.cases, done.renewed, done.told) == (1, 1, 1)
    after = load(promised.id).docket
    last = after.promises[-1]
    assert (last.due, last.subject_to_boats, last.open_ended, last.basis, last.halts) == (
        due, True, True, "boats", (storm,),
    )  # fmt: skip
    assert [m for m in after.moments if m.kind != "promise.made"] == clocks
    assert len(texts()) == 2  # the father's phone and the daughter's
    assert CaseRow.objects.get(pk=promised.id).waits_for_boats
    assert recompute(at(3, "6:06")).renewed == 0
    entry = entries_of(promised.id)[-1]
    assert (entry.by, entry.role) == ("", "node")


def test_a_storm_whose_end_is_moved_three_times_is_told_once_and_going_again_once(promised):
    storm = halted(at(30, "6:00"), at(36, "12:00"))
    assert recompute(at(30, "6:05")).told == 1
    moved = load(promised.id).docket.promises[-1]
    assert (moved.subject_to_boats, moved.open_ended) == (True, False)
    assert moved.due > promised.promised
    for day in (37, 38):
        corrected = halted(at(30, "7:00"), at(day, "12:00"), replaces=storm)
        done = recompute(at(30, f"{day - 29}:05"))
        assert (done.renewed, done.told) == (1, 0)
        storm = corrected
    resume(storm, since=at(31, "6:00"), now=at(31, "6:00"), **BOATS)
    done = recompute(at(31, "6:05"))
    assert (done.renewed, done.told) == (1, 1)
    last = load(promised.id).docket.promises[-1]
    assert (last.due, last.subject_to_boats) == (promised.promised, False)
    assert len(texts()) == 4
    assert load(promised.id).docket.promises[0].due == promised.promised
    assert recompute(at(31, "7:00")).renewed == 0


def test_a_second_storm_is_told_again(promised):
    storm = halted(at(3, "6:00"))
    recompute(at(3, "6:05"))
    resume(storm, since=at(4, "6:00"), now=at(4, "6:00"), **BOATS)
    recompute(at(4, "6:05"))
    halted(at(5, "6:00"))
    assert recompute(at(5, "6:05")).told == 1


def test_a_storm_that_is_over_before_the_boat_of_the_promise_moves_nothing(promised):
    halted(at(3, "6:00"), at(5, "6:00"))
    assert recompute(at(3, "6:05")).renewed == 0
    assert texts() == []


def test_a_person_cannot_write_what_only_boats_may(promised, stage):
    body = e.PromiseMade(due="2027-01-01", subject_to_boats=True, basis="boats")
    with pytest.raises(Refused):
        record(promised.id, [body], by=stage.staff["lin"].person, role="clerk", now=at(3, "9:00"))


def test_rows_rebuilt_say_the_same(promised):
    halted(at(3, "6:00"))
    recompute(at(3, "6:05"))
    assert load_book().book.halts
    row = CaseRow.objects.get(pk=promised.id)
    assert (row.promised, row.waits_for_boats) == (promised.promised, True)


def test_a_chunk_that_the_database_undoes_is_done_again_and_everybody_is_told_once(
    promised, monkeypatch, django_capture_on_commit_callbacks
):
    class Deadlock(Exception):
        sqlstate = "40P01"

    monkeypatch.setattr("driftbox.apps.eventlog.again.is_inside", lambda: False)
    halted(at(3, "6:00"))
    real, tried = recomputing.record_each, []

    def record_each(*asked, **more):
        done = real(*asked, **more)
        tried.append(len(done))
        if len(tried) < 3:
            raise OperationalError("deadlock detected") from Deadlock()
        return done

    monkeypatch.setattr(recomputing, "record_each", record_each)
    with django_capture_on_commit_callbacks(execute=True):
        done = recompute(at(3, "6:05"))
    assert (tried, done.renewed, done.told, len(texts())) == ([1, 1, 1], 1, 1, 2)
    assert [one.basis for one in load(promised.id).docket.promises] == ["forecast", "boats"]
