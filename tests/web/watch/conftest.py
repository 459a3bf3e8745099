"""Petitions at the points that supervision cares about."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from driftbox.apps.dockets.actions import record
from driftbox.apps.people.queries import Particulars
from driftbox.apps.petitions.actions import issue_opinion, serve
from driftbox.apps.petitions.registering import Petitioning, register
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import petition_entries as p

NOW = datetime(2026, 5, 12, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
SLIPWAY = "码头边的滑道塌了半边，船拉不上来，问了几家都说不归他管。"
ZHOU = Particulars(name="周大海", phone="13800000714")


def day(days):
    return NOW + timedelta(days=days)


@pytest.fixture
def raise_one(stage):
    """Register a petition; ``more`` changes what it tells."""

    def made(days=0, **more):
        told = {"sort": "redress", "route": "art31-6", "words": SLIPWAY, "office": "C-BS", "petitioner": ZHOU} | more
        return register(Petitioning(**told), recorder=stage.staff["lin"].person, now=day(days)).docket

    return made


@pytest.fixture
def answered(stage, raise_one):
    """A petition handled by a clerk of the centre and answered on the twentieth day."""
    docket = raise_one().id
    lin, wang = stage.staff["lin"].person, stage.staff["hu"].person
    named = [p.PetitionClassified(sort="redress", route="art31-6"), p.HandlerNamed(person=wang), e.PetitionAccepted()]
    record(docket, named, by=lin, role="clerk", now=day(1))
    record(docket, [p.PetitionerHeard(paper="w" * 43)], by=lin, role="clerk", now=day(2))
    issue_opinion(docket, "explained", "事实", "理由", "依据", by=wang, role="director", now=day(19))
    return serve(docket, "signature", "in_person", "周大海", None, by=lin, role="clerk", now=day(20))
