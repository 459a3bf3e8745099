"""The command that makes a login, and takes a lost second factor off it."""

from datetime import UTC, datetime

import pytest
from pyotp import TOTP

from driftbox.apps.people.actions import begin_factor, confirm_factor, write_account
from driftbox.apps.people.queries import factor_of, secret_of
from driftbox.cli.main import main

NOW = datetime(2026, 5, 11, 13, 42, tzinfo=UTC)


@pytest.fixture
def person(db):
    account = write_account(
        "ying", "piaoliuxiang-test", name="应岚", office="C-BS", roles=("clerk",), kind="", phone="", now=NOW
    )
    begin_factor(account.person)
    confirm_factor(account.person, TOTP(secret_of(account.person)).at(NOW), now=NOW)
    return account.person


def test_a_lost_second_factor_is_taken_off(person, capsys):
    assert main(["account", "ying", "--reset-second-factor"]) == 0
    assert "The second factor is off: ying" in capsys.readouterr().out
    assert factor_of(person).since is None
    assert main(["account", "ying", "--reset-second-factor"]) == 0
    assert "There was no second factor" in capsys.readouterr().out


def test_an_account_that_nobody_has_is_told(person, capsys):
    assert main(["account", "nobody", "--reset-second-factor"]) == 2
    assert "No such account: nobody" in capsys.readouterr().err
    assert factor_of(person).since == NOW


def test_an_account_is_not_made_without_name_office_and_role(db, capsys):
    with pytest.raises(SystemExit):
        main(["account", "ying", "--name", "应岚"])
    assert "--office" in capsys.readouterr().err
