"""Whatever happens on the way, in the end all that should agree agree, and every act can be seen somewhere."""

import os

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.sync.world import DAY, MINUTE, NODES

LONG = int(os.environ.get("DRIFTBOX_LONG") or 0)  # 1: the long run; more: so many runs
nodes, shore = st.sampled_from(NODES), st.sampled_from(NODES[1:])
phones, cut = st.integers(0, 2), st.integers(0, 90) | st.just(0)
skews = st.sampled_from([0, 3 * MINUTE, -30 * MINUTE, DAY, -20 * DAY])
off = st.sampled_from([0, 0, DAY, -56 * 365 * DAY, 8 * 60 * MINUTE])
sorts = st.sampled_from(["note", "claim"])


def act(name, *args, **more):
    return st.tuples(st.just(name), st.tuples(*args), st.fixed_dictionaries(more))


whoever = st.sampled_from(["lin", "chen"])
acts = st.one_of(
    act("write", nodes, who=whoever, sort=sorts, number=st.integers(1, 99), crash=cut),
    act("begin", nodes, crash=cut),
    act("up", shore, crash=cut),
    act("down", shore, crash=cut),
    act("arrives", st.integers(0, 20), crash=cut),
    act("meet", shore, crash=cut),
    act("visit", shore, crash=cut),
    act("speak", phones, sorts, off),
    act("hand_in", phones, nodes, order=st.sampled_from([1, -1]), crash=cut),
    act("skew", nodes, skews),
    act("revoke", st.sampled_from(["post", "west", 0, 2])),
    act("copied", phones),
)


class Play:
    """Acts by their names."""

    def __init__(self, world):
        self.world = world

    def begin(self, node, crash):
        self.world.tell(node, act="begin", now=self.world.now(node), crash=crash)

    def up(self, node, crash):
        self.world.send(node, "hub", crash=crash)

    def down(self, node, crash):
        self.world.send("hub", node, crash=crash)

    def arrives(self, number, crash):
        self.world.take(number, crash=crash)

    def meet(self, node, crash):
        self.world.meet(node, "hub", crash=crash)

    def visit(self, node, crash):
        self.world.meet("hub", node, crash=crash)

    def skew(self, node, by):
        self.world.skew[node] = by

    def copied(self, phone):
        one = self.world.phones[phone]
        one.kept.append(one.planted(self.world.docket))

    def __getattr__(self, name):
        return getattr(self.world, name)


def agree(found, revoked):
    """What the nodes that are still believed say of the same cases."""
    hub = found["hub"]
    for name in NODES[1:]:
        if name not in revoked:
            assert found[name]["entries"] == hub["entries"], name
            assert found[name]["aside"] == hub["aside"], name
            assert found[name]["cases"] == hub["cases"], name
            assert found[name]["revoked"] == hub["revoked"], name
            assert found[name]["waiting"] == [], name


def everything_is_somewhere(world, found):
    hub = found["hub"]
    apart = set(hub["digests"]) | {digest for digest, _code in hub["quarantine"]}
    for name in NODES[1:]:
        own = set(found[name]["digests"])
        assert own - apart == set() or name in world.revoked, name
    for phone in range(3):
        assert world.apart(phone, hub) == set()


@example(acts=[("speak", (0, "note", 0), {}), ("hand_in", (0, "east"), {"order": 1, "crash": 0}),
               ("revoke", (0,), {}), ("speak", (0, "claim", 0), {}), ("hand_in", (0, "west"), {"order": 1, "crash": 0}),
               ("write", ("west",), {"who": "lin", "sort": "note", "number": 3, "crash": 0}),
               ("meet", ("west",), {"crash": 0}), ("arrives", (0,), {"crash": 40})])  # fmt: skip
@settings(max_examples={0: 10, 1: 200}.get(LONG, LONG), deadline=None, suppress_health_check=list(HealthCheck),
          derandomize=not LONG)  # fmt: skip
@given(acts=st.lists(acts, min_size=4, max_size=40 if LONG else 18))
def test_all_that_should_agree_agree_and_every_act_is_somewhere(world, acts):
    world.again()
    play = Play(world)
    for name, args, more in acts:
        getattr(play, name)(*args, **more)
    world.settle()
    found = world.holds()
    agree(found, world.revoked)
    everything_is_somewhere(world, found)
    assert all(house.clean() for house in world.houses.values())
