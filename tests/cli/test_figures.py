"""``driftbox figures`` and the watch beside the pages take in what is new; verify notices what is not so."""

import pytest
from tests.apps.conftest import played, stage  # noqa: F401 - fixtures shared with the actions' tests

from driftbox.apps.figures.models import TodoRow, TotalRow
from driftbox.cli.figures_watch import FiguresWatch, step
from driftbox.cli.main import main


@pytest.fixture
def asked(played):  # noqa: F811 - pytest hands the fixture in by its name
    """One case to the point where its list was told."""
    return played("checklist.given")


def test_the_command_takes_in_what_is_new_once(asked, capsys):
    waiting = TodoRow.objects.count()
    assert main(["figures"]) == 0
    assert f"Took {waiting} entries" in capsys.readouterr().out
    main(["figures"])
    assert "Took 0 entries" in capsys.readouterr().out


def test_a_recount_mends_totals_and_verify_says_what_was_wrong(asked, capsys):
    main(["figures"])
    TotalRow.objects.filter(figure="opened").update(count=7)
    assert main(["verify"]) == 1
    assert "totals  figures_differ" in capsys.readouterr().out
    main(["figures", "--recount"])
    assert main(["verify"]) == 0


def test_the_watch_takes_a_little_at_a_time_and_ends_when_told(asked):
    while step():
        pass
    assert not TodoRow.objects.exists()
    FiguresWatch().stop()
