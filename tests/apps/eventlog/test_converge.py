"""Whatever order, number and route: who has heard the same counts the same, shows the same, keeps the same apart."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec import structs
from tests.apps.conftest import EVENING
from tests.cast import story
from tests.nodes import ISLAND, STATION, STRANGER, believe_node, chained

from driftbox.apps.dockets.queries import forget, load
from driftbox.apps.eventlog.models import AlarmRow, AsideRow, EntryRow, NodeRow, QuarantineRow, WaitingRow
from driftbox.apps.eventlog.nodes import dockets_after
from driftbox.apps.eventlog.queries import verify_docket
from driftbox.apps.sync.intake import arrive, restand, settle
from driftbox.domain.log.entry import digest_of
from driftbox.domain.log.ids import build_id, id_millis, instant
from driftbox.gateways.keys import fresh_keys

RELAY = fresh_keys()
LATER = EVENING + timedelta(days=30)
STORY = story()
DOCKET = STORY[0].docket
CUT = 9  # the island's disk is cloned after so many entries of its own


def _later(entry, by_ms):
    return structs.replace(entry, id=build_id(id_millis(entry.id) + by_ms, 0, 7))


def _universe():
    island = chained(STORY[0::2], ISLAND)
    station = chained(STORY[1::2], STATION)
    prev = island[2].digest
    clone = chained([_later(one, 1) for one in STORY[6::2]], ISLAND, prev)
    double = chained([structs.replace(STORY[4], role="officer")], ISLAND, island[1].digest)
    stranger = chained(STORY[3:5], STRANGER)
    ahead = chained([_later(STORY[-1], 90 * 86_400_000)], STATION, station[-1].digest)
    honest = [*island, *station, *clone, *double, *stranger, *ahead]
    return [one.raw for one in honest] + [b"rubbish", island[1].raw[:-9], island[3].raw.replace(b"{", b"[", 1)]


UNIVERSE = _universe()
REVOKED = instant(id_millis(STORY[len(STORY) // 2].id))
ROUTES = ["", RELAY.node, ISLAND.node, STATION.node]


def hear_of_revocation():
    NodeRow.objects.filter(pk=STATION.node).update(revoked=REVOKED)
    restand(dockets_after(STATION.node, REVOKED), now=LATER)


def snapshot():
    forget(DOCKET)
    return (
        frozenset(EntryRow.objects.values_list("digest", flat=True)),
        frozenset(AsideRow.objects.values_list("digest", "code")),
        frozenset(QuarantineRow.objects.filter(released=None).values_list("digest", "code")),
        frozenset(WaitingRow.objects.values_list("digest", flat=True)),
        frozenset(AlarmRow.objects.values_list("node", "code")),
        load(DOCKET).docket,
        tuple(verify_docket(DOCKET)),
    )


def node_that_hears(acts: Sequence[tuple[str, list[int]] | None], last: Sequence[int]):
    """What a node holds in the end: ``acts`` are bundles (route, entries) or the news of the revocation (None); in the
    end everything has come over a node that is believed, in the order of ``last``.
    """
    with transaction.atomic():
        for keys in (ISLAND, STATION, RELAY):
            believe_node(keys)
        for act in acts:
            if act is None:
                hear_of_revocation()
            else:
                arrive([UNIVERSE[one] for one in act[1]], now=LATER, via=act[0])
        hear_of_revocation()
        arrive([UNIVERSE[one] for one in last], now=LATER, via=RELAY.node)
        settle(now=LATER + timedelta(days=3))
        found = snapshot()
        transaction.set_rollback(True)
    return found


places = st.integers(0, len(UNIVERSE) - 1)
bundle = st.tuples(st.sampled_from(ROUTES), st.lists(places, max_size=12))


@example(acts=[(RELAY.node, [*range(len(UNIVERSE))]), None, (STATION.node, [*range(len(UNIVERSE))])],
         last=[*range(len(UNIVERSE))])  # fmt: skip
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.none() | bundle, max_size=6), last=st.permutations(range(len(UNIVERSE))))
def test_order_number_and_route_make_no_difference(db, acts, last):
    assert node_that_hears(acts, last) == node_that_hears([], range(len(UNIVERSE)))


def test_what_is_held_in_the_end(db):
    held, aside, apart, waiting, alarms, _docket, faults = node_that_hears([], range(len(UNIVERSE)))
    assert len(held) == len(UNIVERSE) - 6
    assert {code for _digest, code in aside} == {"forked_chain", "two_under_one_id", "revoked_signer"}
    assert sorted(code for _digest, code in apart) == [
        "clock_ahead", "malformed", "malformed", "malformed", "unknown_signer", "unknown_signer",
    ]  # fmt: skip
    assert digest_of(b"rubbish") in {digest for digest, _code in apart}
    assert waiting == frozenset()
    assert {node for node, _code in alarms} == {ISLAND.node}
    assert faults == ()
