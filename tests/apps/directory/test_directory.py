"""The hub says who is who; a node takes it when it is newer and from its own hub."""

from datetime import timedelta

import pytest
from tests.apps.conftest import EVENING
from tests.nodes import ISLAND, STRANGER, believe_node

from driftbox.apps.directory.enrolling import application, enrol, enrol_code, join
from driftbox.apps.directory.models import CodeRow, LineRow, VersionRow
from driftbox.apps.directory.publishing import changes_since, publish
from driftbox.apps.directory.taking import directory_state, take
from driftbox.apps.eventlog.actions import enrol_self
from driftbox.apps.eventlog.models import NodeRow
from driftbox.apps.node import keys
from driftbox.apps.pack import subtree
from driftbox.apps.people.models import Account
from driftbox.apps.people.queries import account_of
from driftbox.apps.sync.intake import revoke
from driftbox.domain.errors import BadEntry, Refused

LATER = EVENING + timedelta(hours=1)


def elsewhere(settings, tmp_path):
    """From here on this is another machine with a store of its own."""
    settings.DRIFTBOX_HOME = tmp_path / "station"
    for model in (NodeRow, LineRow, VersionRow, CodeRow, Account):
        model.objects.all().delete()


@pytest.fixture
def joining(stage, settings, tmp_path):
    """A station at Lin's office has handed in its application; what it and the hub know."""
    hub = settings.DRIFTBOX_HOME
    office = stage.staff["lin"].office
    code = enrol_code("station", office, now=EVENING)
    settings.DRIFTBOX_HOME = tmp_path / "station"
    request, name = application(keys()), keys().node
    settings.DRIFTBOX_HOME = hub
    return code, request, name, office


def test_a_station_joins_with_a_code_that_was_read_out(joining, stage, settings, tmp_path):
    code, request, name, office = joining
    hub, lin = keys().node, stage.staff["lin"]
    answer = enrol(f"{code[:5].lower()} {code[5:]}", request, now=LATER)
    assert (NodeRow.objects.get(pk=name).role, NodeRow.objects.get(pk=name).office) == ("station", office)
    elsewhere(settings, tmp_path)
    joined = join(code, answer, now=LATER)
    assert (joined.hub, joined.role, joined.office) == (hub, "station", office)
    assert NodeRow.objects.get(pk=hub).role == "hub"
    assert account_of(lin.person).check_password("piaoliuxiang-test")
    assert not directory_state(LATER).is_old
    assert directory_state(LATER + timedelta(days=30)).is_old


def test_a_code_lets_one_node_in_and_not_for_ever(joining):
    code, request, _name, _office = joining
    with pytest.raises(Refused, match="过期"):
        enrol(code, request, now=EVENING + timedelta(hours=25))
    enrol(code, request, now=LATER)
    enrol(code, request, now=LATER)  # the answer got lost
    with pytest.raises(Refused, match="用过"):
        enrol(code, application(STRANGER), now=LATER)
    with pytest.raises(Refused, match="有一位不对"):
        enrol(code[:-1] + ("2" if code[-1] != "2" else "3"), request, now=LATER)


def test_an_application_or_an_answer_that_was_changed_enrols_nobody(joining, settings, tmp_path):
    code, request, _name, office = joining
    with pytest.raises(BadEntry):
        enrol(code, request[:-3] + b"x" + request[-2:], now=LATER)
    answer = enrol(code, request, now=LATER)
    elsewhere(settings, tmp_path)
    for broken in (answer[:-4], answer.replace(office.encode(), b"OTHER"), b"", b".", answer[::-1]):
        with pytest.raises(Refused, match="对不上"):
            join(code, broken, now=LATER)
    assert not NodeRow.objects.exists()


def test_a_directory_travels_by_what_changed_and_only_what_a_node_needs(joining, stage):
    code, request, name, office = joining
    enrol(code, request, now=LATER)
    first = publish(LATER)
    assert publish(LATER) == first
    assert changes_since(first, for_node=name, now=LATER) == b""
    Account.objects.filter(person=stage.staff["lin"].person).update(name="林换名")
    news = changes_since(first, for_node=name, now=LATER)
    assert "林换名" in news.decode()
    assert len(news) < 1000
    everything = changes_since(0, for_node=name, now=LATER).decode()
    far = Account.objects.exclude(office__in=subtree(office)).first()
    assert far.name in everything
    assert f'"{far.username}"' not in everything


def test_an_older_directory_is_ignored_and_a_foreign_one_refused(joining, stage, settings, tmp_path):
    code, request, name, _office = joining
    answer = enrol(code, request, now=LATER)
    old = changes_since(0, for_node=name, now=LATER)
    version = publish(LATER)
    believe_node(ISLAND)
    new = changes_since(version, for_node=name, now=LATER)
    for_another = changes_since(0, for_node=ISLAND.node, now=LATER)
    believe_node(STRANGER)
    publish(LATER)
    Account.objects.filter(person=stage.staff["lin"].person).update(name="林换名")
    newest = changes_since(version + 2, for_node=name, now=LATER)
    elsewhere(settings, tmp_path)
    join(code, answer, now=LATER)
    assert take(old, LATER).version == version
    with pytest.raises(BadEntry, match="中间缺了一段"):
        take(newest, LATER)
    for broken in (for_another, new[:-5], new.replace(b"station", b"hubhubs"), b"", b"x", b"." * 40):
        with pytest.raises(BadEntry, match="不是总站发给本机的"):
            take(broken, LATER)
    assert take(new, LATER).version == version + 1
    assert NodeRow.objects.filter(pk=ISLAND.node).exists()


def test_a_revocation_flows_down(joining, settings, tmp_path):
    code, request, name, _office = joining
    believe_node(ISLAND)
    answer = enrol(code, request, now=LATER)
    version = publish(LATER)
    revoke(ISLAND.node, since=EVENING, now=LATER)
    news = changes_since(version, for_node=name, now=LATER)
    elsewhere(settings, tmp_path)
    join(code, answer, now=LATER)
    assert NodeRow.objects.get(pk=ISLAND.node).revoked is None
    take(news, LATER)
    assert NodeRow.objects.get(pk=ISLAND.node).revoked == EVENING


def test_nobody_revokes_the_machine_they_stand_at(db):
    enrol_self(EVENING)
    with pytest.raises(Refused, match="不能停用自己"):
        revoke(keys().node, since=EVENING, now=EVENING)
