"""A stage with staff and a box, and one case at any point of the night call."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from driftbox.apps.errands.night_call import play, set_stage
from driftbox.apps.eventlog.actions import enrol_self

EVENING = datetime(2026, 5, 11, 21, 40, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def stage(db):
    enrol_self(EVENING)
    return set_stage(EVENING, password="piaoliuxiang-test")


@pytest.fixture
def played(stage):
    """Play the night call up to the entry of the kind asked for; returns the docket."""

    def until(kind=""):
        docket = None
        for scene in play(stage):
            docket = scene.docket
            if kind and any(moment.kind == kind for moment in docket.moments):
                break
        return docket

    return until
