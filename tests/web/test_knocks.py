"""Every door of the house, knocked on in every wrong way. A door that is not in the register fails here."""

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver
from tests.apps.conftest import EVENING
from tests.web.doors import BACKEND, DOORS, OPEN, PARTY, knock, visitor
from tests.web.gaps import gaps_of

from driftbox.apps.dockets.queries import load
from driftbox.apps.pack import current_pack, subtree
from driftbox.apps.people.actions import write_account, write_person
from driftbox.apps.people.queries import Particulars

ALL = pytest.mark.parametrize("door", DOORS, ids=str)
POSTS = pytest.mark.parametrize("door", [door for door in DOORS if door.method == "POST"], ids=str)
STAFFED = pytest.mark.parametrize("door", [door for door in DOORS if door.staffed], ids=str)
THEIRS = pytest.mark.parametrize("door", [door for door in DOORS if door.who == PARTY], ids=str)


def names_in(resolver, prefix=""):
    """The full names of every address under ``resolver``."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names_in(pattern, inner)
        else:
            yield f"{prefix}{pattern.name}"


def test_every_address_has_a_door_and_every_door_an_address():
    assert set(names_in(get_resolver())) == {door.name for door in DOORS}


@ALL
def test_the_right_knock_is_answered(stage, played, door):
    docket = played(door.until)
    assert knock(visitor(door, docket), door, gaps_of(docket, stage)).status_code == door.status


@ALL
def test_a_knock_in_the_wrong_way_is_405(stage, played, door):
    docket = played(door.until)
    known = {other.method for other in DOORS if other.name == door.name}
    for method in sorted({"GET", "POST", "DELETE"} - known):
        assert knock(visitor(door, docket), door, gaps_of(docket, stage), method=method).status_code == 405, method


@pytest.mark.parametrize("door", [door for door in DOORS if door.bad], ids=str)
def test_an_address_that_leads_nowhere_is_404(stage, played, door):
    docket = played(door.until)
    for path in door.bad:
        assert knock(visitor(door, docket), door, gaps_of(docket, stage), path=path).status_code == 404, path


@POSTS
def test_a_post_from_another_site_is_403_and_changes_nothing(stage, played, door):
    docket = played(door.until)
    assert knock(visitor(door, docket, csrf=True), door, gaps_of(docket, stage)).status_code == 403
    assert load(docket.id).docket.count == docket.count


@STAFFED
def test_somebody_unknown_is_sent_to_sign_in(stage, played, door):
    docket = played(door.until)
    answer = knock(Client(), door, gaps_of(docket, stage))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/in/staff/?next=")
    assert load(docket.id).docket.count == docket.count


@STAFFED
def test_a_resident_who_signed_in_is_no_staff(stage, played, door):
    docket = played(door.until)
    client = Client()
    session = client.session
    session.update({"person": docket.applicant, "people": [docket.applicant], "cases": [docket.id]})
    session.save()
    answer = knock(client, door, gaps_of(docket, stage))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/in/staff/?next=")


@pytest.mark.parametrize("door", [door for door in DOORS if door.wrong], ids=str)
def test_a_colleague_without_the_role_is_403(as_staff, stage, played, door):
    docket = played(door.until)
    assert knock(as_staff(door.wrong), door, gaps_of(docket, stage)).status_code == 403
    assert load(docket.id).docket.count == docket.count


def test_every_staff_door_names_somebody_who_may_not_come_in():
    assert {door.name for door in DOORS if door.staffed and not door.wrong} == {
        "sign_in:home",
        "sign_in:second_factor",
        "desk:boats",  # whoever works here may read what sails
    }


@pytest.mark.parametrize("door", [d for d in DOORS if d.staffed and "{docket}" in d.path], ids=str)
def test_the_same_role_at_another_office_is_404(stage, played, door):
    docket = played(door.until)
    mine = current_pack().matters[docket.matter].department
    far = next(
        o.code for o in current_pack().offices.values()
        if o.kind == "department" and not {docket.office, mine} & set(subtree(o.code))
    )  # fmt: skip
    roles = ("clerk", "agent", "officer", "supervisor", "custodian")
    account = write_account("far", "piaoliuxiang-test", name="何远", office=far, roles=roles, kind="", phone="",
                            now=EVENING)  # fmt: skip
    client = Client()
    client.force_login(account, backend=BACKEND)
    assert knock(client, door, gaps_of(docket, stage)).status_code == 404
    assert load(docket.id).docket.count == docket.count


@THEIRS
def test_a_case_is_404_to_somebody_unknown(stage, played, door):
    docket = played(door.until)
    assert knock(Client(), door, gaps_of(docket, stage)).status_code == 404
    assert load(docket.id).docket.count == docket.count


@THEIRS
def test_a_case_is_404_to_a_resident_who_is_not_party(stage, played, door):
    docket = played(door.until)
    client = Client()
    session = client.session
    session["person"] = write_person(Particulars(name="何远", phone="13800000799"), now=EVENING)
    session.save()
    assert knock(client, door, gaps_of(docket, stage)).status_code == 404
    assert load(docket.id).docket.count == docket.count


@pytest.mark.parametrize("door", [d for d in DOORS if d.who in OPEN - {"nobody"} and d.method == "GET"], ids=str)
def test_a_second_step_without_the_first_leads_back_to_the_first(stage, played, door):
    docket = played(door.until)
    assert knock(Client(), door, gaps_of(docket, stage)).status_code == 302
