"""A hub, two stations, a post at sea and three phones, with whatever is on its way between them."""

import base64
import json
from pathlib import Path

from msgspec import structs
from tests.houses import PLAY, House
from tests.nodes import PhoneKeys

from driftbox.domain.docket import entries as e
from driftbox.domain.log.entry import Entry, digest_of, sign_entry
from driftbox.domain.log.ids import build_id, instant, next_id

ROOT = Path(__file__).resolve().parents[2]
NODES = ("hub", "east", "west", "post")
ROLES = {"hub": "hub", "east": "station", "west": "station", "post": "sea-post"}
PEOPLE = ("chen", "chen", "lin")  # whose the phones are
MINUTE, DAY = 60_000, 86_400_000
CLOCK = """
from driftbox.cli.clock_now import now
from driftbox.domain.log.ids import millis
result = millis(now())
"""
ENTER = """
import sys
sys.path.insert(0, {root!r})
from tests.sync import inside
result = 1
"""
TELL = """
import json
from tests.sync import inside
result = {call}
"""


class Phone:
    """One phone: it signs what its person records, and keeps it until somebody said that it is in."""

    def __init__(self, who):
        self.keys, self.who, self.person = PhoneKeys(), who, ""
        self.empty()

    def empty(self):
        self.kept, self.last, self.prevs = [], "", {}

    def record(self, docket, beneficiary, last, body, now):
        """Record something, offline."""
        self.last = next_id(max(self.last, last), instant(now), len(self.kept) + 1)
        role = {"chen": "agent", "lin": "clerk"}[self.who]
        made = Entry(id=self.last, docket=docket, kind=e.KIND_OF[type(body)], by=self.person, role=role,
                     node=self.keys.node, body=body, prev=self.prevs.get(docket, ""), for_=beneficiary,
                     alg="p256")  # fmt: skip
        signed = sign_entry(made, self.keys.sign)
        self.prevs[docket] = signed.digest
        self.kept.append(signed.raw)

    def planted(self, docket):
        """What somebody would have signed who copied this phone, and had it say another thing first."""
        other = Entry(id=build_id(0, 0, 1), docket=docket, kind="note.written", by=self.person, role="agent",
                      node=self.keys.node, body=e.NoteWritten(paper="c" * 43), alg="p256")  # fmt: skip
        return sign_entry(structs.replace(other, id=self.last or other.id), self.keys.sign).raw


class World:
    """All of them, one act after the other."""

    def __init__(self, folder):
        self.folder = folder
        self.houses = {name: House(folder / name) for name in NODES}
        hub = self.houses["hub"]
        self.docket = hub.do(PLAY)
        for name in NODES[1:]:
            self.houses[name].join(hub, ROLES[name], "C-BS")
        for house in self.houses.values():
            assert house.do(ENTER.format(root=str(ROOT))) == 1
        self.names = {name: house.name for name, house in self.houses.items()}
        self.phones = [Phone(who) for who in PEOPLE]
        self.clock = self.start = hub.do(CLOCK)
        self.skew, self.wire, self.sent, self.revoked = dict.fromkeys(NODES, 0), [], 0, []
        self._prepare()

    def _prepare(self):
        known = [[p.keys.node, base64.b64encode(p.keys.public).decode(), p.who] for p in self.phones]
        self.tell("hub", act="enrol", phones=known, now=self.clock)
        for phone in self.phones:
            phone.person = self.tell("hub", act="person", who=phone.who)
        for name in NODES[1:]:
            for one, other in (("hub", name), (name, "hub"), ("hub", name)):
                self.meet(one, other)
        for name in NODES:
            self._do(name, "inside.remember_start()")

    def _do(self, name, code):
        return self.houses[name].do(TELL.format(call=code))

    def tell(self, node, **call):
        """Have a node do something; what came of it, nothing when the power went."""
        return self._do(node, f"inside.told(json.loads({json.dumps(call)!r}))")

    def again(self):
        """Everything as it was in the beginning."""
        for name in NODES:
            self._do(name, "inside.back_to_start()")
        for phone in self.phones:
            phone.empty()
        self.clock, self.skew, self.wire, self.revoked = self.start + MINUTE, dict.fromkeys(NODES, 0), [], []

    def now(self, node):
        """What a node's clock says."""
        self.clock += MINUTE // 6
        return self.clock + self.skew[node]

    def write(self, node, **more):
        """Somebody at a node records something."""
        self.tell(node, act="write", docket=self.docket, now=self.now(node), **more)

    def send(self, node, other, **more):
        """A node writes a bundle for another; where it is, if it was written."""
        self.sent += 1
        path = str(self.folder / f"bundle{self.sent}")
        if self.tell(node, act="send", peer=self.names[other], path=path, now=self.now(node), **more):
            self.wire.append((node, other, path))
            return path
        return ""

    def take(self, number, *, offset=0, **more):
        """A bundle that is on its way, or was once, arrives."""
        if self.wire:
            _sender, other, path = self.wire[number % len(self.wire)]
            self.tell(other, act="take", path=path, now=self.now(other), offset=offset, **more)

    def meet(self, node, other, **more):
        """A node tells another what it lacks, over a line, so that each sees the other's clock."""
        if self.send(node, other):
            self.take(-1, offset=self.skew[node] - self.skew[other], **more)

    def speak(self, phone, sort, off):
        """The person of a phone records something, by a clock that is ``off``."""
        one = self.phones[phone]
        last, beneficiary = self.tell("hub", act="head", docket=self.docket)
        bodies = {"note": e.NoteWritten(paper=f"{len(one.kept):043d}"), "claim": e.TaskClaimed(agent=one.person)}
        one.record(self.docket, beneficiary, last, bodies[sort], max(self.clock + off, 1))

    def hand_in(self, phone, node, order=1, **more):
        """A phone hands in all that it keeps, as if no answer ever reached it, in whatever order."""
        one = self.phones[phone]
        raws = [raw.decode() for raw in one.kept[::order]]
        return self.tell(node, act="hand_in", raws=raws, phone=one.keys.node, now=self.now(node), **more)

    def revoke(self, name):
        """The hub believes a node, or a phone by its number, no longer."""
        node = self.phones[name].keys.node if isinstance(name, int) else self.names[name]
        if self.tell("hub", act="revoke", gone=node, now=self.now("hub")):
            self.revoked.append(name)

    def settle(self):
        """Clocks are set right, time passes, everybody meets, and whoever is there goes through what was kept apart."""
        self.skew = dict.fromkeys(NODES, 0)
        self.clock += 60 * DAY
        for phone in range(len(self.phones)):
            self.hand_in(phone, "hub")
        for _round in range(3):
            for name in NODES:
                self.tell(name, act="put_right", now=self.now(name))
            for name in NODES[1:]:
                self.meet(name, "hub")
            for name in NODES[1:]:
                self.meet("hub", name)

    def holds(self):
        """What each node holds."""
        return {name: self.tell(name, act="holds") for name in NODES}

    def apart(self, phone, found):
        """What a phone recorded and that is nowhere to be seen."""
        raws = {digest_of(raw) for raw in self.phones[phone].kept}
        return raws - set(found["raws"]) - {digest for digest, _code in found["quarantine"]} - set(found["waiting"])

    def close(self):
        """End all of them."""
        for house in self.houses.values():
            house.close()
