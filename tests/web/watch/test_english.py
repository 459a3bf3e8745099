"""Who asks for English reads no Chinese on the pages of supervision and of the mailbox."""

import pytest
from tests.web.test_english import english, read, visitor  # noqa: F401 - fixtures shared with the other pages
from tests.web.watch.conftest import SLIPWAY, ZHOU

from driftbox.apps.dockets.actions import record
from driftbox.domain.docket import petition_watch_entries as w

PAGES = ["/mailbox/", "/mailbox/new/"]


def unsaid(found):
    """What is left when what people said is taken away."""
    return [(where, words) for where, words in found if words not in (SLIPWAY, ZHOU.name)]


@pytest.mark.parametrize("address", PAGES)
def test_the_mailbox_in_english_has_no_chinese_left(visitor, stage, address):  # noqa: F811 - handed in by its name
    assert read(visitor, address) == []


def test_supervision_in_english_has_no_chinese_left(english, answered, raise_one, stage):  # noqa: F811 - see above
    zhao = stage.staff["zhao"].person
    raise_one(3)
    bodies = [w.SupervisionOpened(ground="art40-2"), w.CardIssued(colour="red", office="C-BS", ground="overdue"),
              w.ReopenAsked(reason="not_done")]  # fmt: skip
    record(answered.id, bodies, by=zhao, role="supervisor", now=stage.at(60, "9:00"))
    secret = raise_one(sort="accusation", route="")
    clerk, above, custodian = english("lin"), english("zhao"), english("su")
    found = read(clerk, "/watch/") + read(above, "/watch/") + read(above, "/watch/annual/2026/")
    found += read(clerk, f"/watch/{answered.id}/") + read(clerk, f"/watch/{answered.id}/beside/")
    found += read(above, "/watch/secret/ask/") + read(above, "/watch/secret/open/")
    found += read(custodian, "/watch/secret/") + read(custodian, f"/watch/secret/{secret.id}/")
    for kind in ("supervision.opened", "card.issued", "card.withdrawn", "reopen.decided"):
        found += read(above, f"/watch/{answered.id}/act/{kind}/")
    for kind in ("case.rated", "supervision.answered"):
        found += read(clerk, f"/watch/{answered.id}/act/{kind}/")
    assert unsaid(found) == []
