"""A stage with staff and a box, and one case at any point of the night call."""

import io
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.hands import Hand
from driftbox.apps.errands.incidents import open_incident, photograph
from driftbox.apps.errands.night_call import play, set_stage
from driftbox.apps.eventlog.actions import enrol_self
from driftbox.apps.serving.actions import Issuing, Service, issue, serve
from driftbox.domain.docket.incident_entries import IncidentOpened

EVENING = datetime(2026, 5, 11, 21, 40, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def stage(db):
    enrol_self(EVENING)
    return set_stage(EVENING, password="piaoliuxiang-test")


WRITTEN = ("notice.issued", "notice.served")


def in_writing(docket, stage, kind):
    """The case with its acceptance issued as a notice, and served if asked."""
    lin = stage.staff["lin"]
    who = Issuing(by=lin.person, role="clerk", office=lin.office, site="https://box.example.cn/")
    notice = issue(docket.id, "errand_acceptance", who, now=EVENING + timedelta(days=9))
    if kind == "notice.served":
        by_hand = Service(way="in_person", proof="signature")
        serve(docket.id, notice.serial, by_hand, by=lin.person, role="clerk", now=EVENING + timedelta(days=9))
    return load(docket.id).docket


def with_incident(docket, stage):
    """The case with something damaged, noted and photographed."""
    hand = Hand(by=stage.staff["chen"].person, role="agent", now=EVENING)
    open_incident(docket.id, IncidentOpened(what="damage"), hand)
    odd = load(docket.id).docket.open_incidents[-1]
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(picture, "PNG")
    return photograph(docket.id, odd.entry, [picture.getvalue()], hand)


@pytest.fixture
def played(stage):
    """Play the night call up to the entry of the kind asked for; returns the docket."""

    def until(kind=""):
        if kind in WRITTEN:
            return in_writing(until("case.accepted"), stage, kind)
        if kind == "incident.photographed":
            return with_incident(until("checklist.given"), stage)
        docket = None
        for scene in play(stage):
            docket = scene.docket
            if kind and any(moment.kind == kind for moment in docket.moments):
                break
        return docket

    return until
