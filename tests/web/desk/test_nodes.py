"""The page of the machines: who was not met and why, codes for new ones, and an end to lost ones."""

from datetime import timedelta

import pytest
from tests.apps.conftest import EVENING
from tests.nodes import ISLAND, PHONE, STATION, believe_node

from driftbox.apps.directory.models import CodeRow
from driftbox.apps.eventlog.models import NodeRow
from driftbox.apps.node import keep_node_config, keys
from driftbox.apps.sync.health import health
from driftbox.apps.sync.meeting import was_asked
from driftbox.apps.sync.models import LackRow, PeerRow
from driftbox.gateways.node_file import NodeConfig

PAGE = "/desk/nodes/"


@pytest.fixture
def hu(stage, as_staff):
    """The director, who looks after two machines of the station and a phone."""
    believe_node(ISLAND, office="C-BS")
    believe_node(STATION, office="C-BS", role="sea-post")
    believe_node(PHONE, role="phone", person=stage.staff["chen"].person)
    return as_staff("hu")


@pytest.fixture
def as_station():
    """Let this machine be a station until the test is over."""
    yield lambda: keep_node_config(NodeConfig(role="station", office="C-BS", hub=keys().node, url="http://127.0.0.1:1"))
    keep_node_config(NodeConfig())


def met(node, ago, **more):
    PeerRow.objects.update_or_create(node=node.node, defaults={"met": EVENING - ago} | more)


def line_of(node, now=EVENING):
    return next(one for one in health({"C-BS"}, now=now).lines if one.node == node.node)


def test_causes_are_told_apart(hu):
    met(ISLAND, timedelta(days=4))
    met(STATION, timedelta(minutes=5), offset_ms=1_800_000, checked=EVENING, differing=0)
    assert (line_of(ISLAND).cause, line_of(ISLAND).late) == ("silent", 2)
    assert (line_of(STATION).cause, line_of(STATION).is_off) == ("well", True)
    page = hu.get(PAGE, **{"driftbox.now": EVENING}).content.decode()
    for words in ("对方没有来，别的都在来", "差得太多，请拨准", "有 1 台太久没碰头", "给一个登记码"):
        assert words in page, words
    met(STATION, timedelta(days=2))
    assert line_of(ISLAND).cause == line_of(STATION).cause == "all_silent"
    for failed, cause in [("our_line", "our_line"), ("their_machine", "their_machine"), ("peer_unreachable", "line"),
                          ("fell", "fault"), ("unknown_node", "refused")]:  # fmt: skip
        met(ISLAND, timedelta(hours=1), failed=failed)
        assert line_of(ISLAND).cause == cause
        assert hu.get(PAGE).status_code == 200


def test_a_machine_that_was_never_met_is_late_from_when_it_was_let_in(hu):
    assert (line_of(ISLAND).late, line_of(ISLAND).cause) == (0, "new")
    assert line_of(ISLAND, EVENING + timedelta(days=9)).late == 2


def test_machines_of_other_offices_are_not_shown(hu):
    NodeRow.objects.filter(pk=ISLAND.node).update(office="ST04")
    page = hu.get(PAGE).content.decode()
    assert ISLAND.node not in page
    assert hu.get(f"{PAGE}{ISLAND.node}/revoke/").status_code == 404


def test_what_both_hold_is_told(hu):
    met(ISLAND, timedelta(hours=1), checked=EVENING, differing=3)
    LackRow.objects.create(peer=ISLAND.node, digest="a" * 43)
    assert "差 3 条，下次补上" in hu.get(PAGE).content.decode()


def test_a_code_for_a_new_machine_is_shown_once(hu, stage):
    told = hu.post(f"{PAGE}code/", {"role": "station", "office": "C-BS"}).content.decode()
    row = CodeRow.objects.get()
    assert (row.role, row.office, row.by) == ("station", "C-BS", stage.staff["hu"].person)
    assert "只给这一次看" in told
    assert "只给这一次看" not in hu.get(PAGE).content.decode()


@pytest.mark.parametrize("told", [{}, {"role": "hub", "office": "C-BS"}, {"role": "station", "office": "ST04"}])
def test_no_code_for_what_nobody_chose_or_may_give(hu, told):
    assert "没有给码" in hu.post(f"{PAGE}code/", told, follow=True).content.decode()
    assert not CodeRow.objects.exists()


@pytest.mark.parametrize("node", [ISLAND, PHONE])
def test_a_lost_machine_is_asked_about_once_more_and_then_believed_no_longer(hu, node):
    path = f"{PAGE}{node.node}/revoke/"
    assert path in hu.get(PAGE).content.decode()
    assert "是，停用它" in hu.get(path).content.decode()
    assert NodeRow.objects.get(pk=node.node).revoked is None
    assert "停用了" in hu.post(path, follow=True).content.decode()
    assert NodeRow.objects.get(pk=node.node).revoked is not None


def test_a_station_gives_no_codes_but_meets_at_once_when_asked(hu, as_station):
    assert "不用去见总站" in hu.post(f"{PAGE}meet/", follow=True).content.decode()
    as_station()
    code = hu.post(f"{PAGE}code/", {"role": "station", "office": "C-BS"}, follow=True)
    assert "只有总站能做" in code.content.decode()
    assert not was_asked()
    assert "这就去见总站" in hu.post(f"{PAGE}meet/", follow=True).content.decode()
    assert was_asked()
    assert not was_asked()
