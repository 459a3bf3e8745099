"""What the database undid for somebody else is done again; anything else is not hidden."""

import sqlite3

import pytest
from django.db import OperationalError, transaction

from driftbox.apps.eventlog.again import TRIES, until_done


class Deadlock(Exception):
    """What psycopg raises."""

    def __init__(self, sqlstate):
        super().__init__("deadlock detected")
        self.sqlstate = sqlstate


def busy():
    fault = sqlite3.OperationalError("database is locked")
    fault.sqlite_errorname = "SQLITE_BUSY"
    return fault


@pytest.fixture
def outside(monkeypatch):
    """As without the transaction that each test is in."""
    monkeypatch.setattr("driftbox.apps.eventlog.again.is_inside", lambda: False)


class Act:
    """Is undone a number of times, and then done."""

    def __init__(self, cause, times):
        self.cause, self.left, self.tried = cause, times, 0

    def __call__(self):
        self.tried += 1
        if self.left:
            self.left -= 1
            raise OperationalError("undone") from self.cause
        return "done"


@pytest.mark.usefixtures("outside")
@pytest.mark.parametrize("cause", [Deadlock("40P01"), Deadlock("40001"), busy()])
def test_what_was_undone_for_somebody_else_is_done_again_but_not_for_ever(cause):
    act = Act(cause, TRIES - 1)
    assert (until_done(act), act.tried) == ("done", TRIES)
    act = Act(cause, TRIES)
    with pytest.raises(OperationalError):
        until_done(act)
    assert act.tried == TRIES


@pytest.mark.usefixtures("outside")
@pytest.mark.parametrize("cause", [None, Deadlock("53100"), sqlite3.OperationalError("no such table: entry")])
def test_another_fault_is_told_at_once(cause):
    act = Act(cause, 1)
    with pytest.raises(OperationalError):
        until_done(act)
    assert act.tried == 1


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_tried_twice():
    act = Act(busy(), 1)
    with transaction.atomic(), pytest.raises(OperationalError):
        until_done(act)
    assert act.tried == 1
