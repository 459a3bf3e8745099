"""Six people at the centre and a published month, for tests of rosters and of the reception log."""

from datetime import timedelta

from tests.apps.conftest import EVENING

from driftbox.apps.people.actions import write_account
from driftbox.apps.roster.actions import make_month, publish
from driftbox.gateways.roster import PlainRosterMaker

OFFICE, MONTH = "C-BS", "2026-05"
NAMES = (("ding", "丁小满"), ("jiang", "蒋浪"), ("mao", "毛屿"), ("shao", "邵潮生"))
NIGHT = EVENING + timedelta(hours=5)  # Tuesday, 2:40


def crew_of(stage):
    """The clerks of the centre by user name, four more than the cast has."""
    people = dict(stage.staff)
    for username, name in NAMES:
        people[username] = write_account(
            username, "piaoliuxiang-test", name=name, office=OFFICE, roles=["clerk"], kind="", phone="", now=EVENING
        )
    return people


def published(stage):
    """The same, with the month of the story published by the plain maker."""
    people = crew_of(stage)
    duties = make_month(OFFICE, MONTH, by=PlainRosterMaker())
    publish(OFFICE, MONTH, duties, "plain", by=people["hu"].person, now=EVENING)
    return people
