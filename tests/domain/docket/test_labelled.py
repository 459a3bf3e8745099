"""A bag is known by the number printed on it."""

from datetime import date

import pytest
from tests.cast import CHEN, PARCEL, SENT, TABLES, entry, key, story

from driftbox.domain.docket.decide import Deed, check
from driftbox.domain.docket.fold import fold
from driftbox.domain.docket.parcel_entries import ParcelLabelled
from driftbox.domain.errors import Refused

TODAY, ERRAND = date(2026, 5, 13), TABLES["errand"]
AGENT = Deed(by=CHEN, role="agent", today=TODAY)


def test_the_label_stands_on_its_bag():
    body = ParcelLabelled(parcel=PARCEL, label="PK-10000184")
    log = story(type(SENT))
    check(fold(log, TABLES), body, AGENT, ERRAND)
    docket = fold([*log, entry(40, body, CHEN, "agent")], TABLES)
    assert (docket.parcels[PARCEL].label, docket.contested) == ("PK-10000184", {})


def test_a_label_on_a_bag_that_is_not_there_is_refused_and_contested():
    body = ParcelLabelled(parcel=key(99), label="PK-10000184")
    log = story(type(SENT))
    with pytest.raises(Refused, match="没有这一袋"):
        check(fold(log, TABLES), body, AGENT, ERRAND)
    odd = entry(40, body, CHEN, "agent")
    assert fold([*log, odd], TABLES).contested[odd.id].reason == "unknown_parcel"
