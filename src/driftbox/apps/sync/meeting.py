"""Meet the hub over the network: say where we stand, fetch, hand over, then papers. A cut costs a piece at most, and
what is there already is not sent again, also after this process was killed.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, TypeVar
from urllib.parse import urlencode

import msgspec
from django.db.models import F
from msgspec import Struct

from driftbox.apps.node import keys, node_config, paper_store, sync_folder
from driftbox.apps.sync.comparing import Compare, compare_with
from driftbox.apps.sync.intake import settle
from driftbox.apps.sync.models import AskedRow, PeerRow
from driftbox.apps.sync.peers import keep_peer, peer_of, public_of
from driftbox.apps.sync.sending import wanted
from driftbox.apps.sync.taking import Outcome, keep_paper
from driftbox.apps.sync.talk import (
    Hello,
    Out,
    Pushed,
    folder_for,
    hear_hello,
    hello_for,
    piece_of,
    ready_for,
    require_room,
    take_parts,
)
from driftbox.apps.sync.urgency import needed_now
from driftbox.domain.errors import BadPaper, DriftboxError, Refused
from driftbox.domain.log.ids import millis
from driftbox.gateways.alone import alone
from driftbox.gateways.paper_parts import PartStore
from driftbox.gateways.peer_wire import TRIES, Wire

FIRST: Final = 16 * 1024  # bytes of a piece; twice as many after each that arrived, a quarter after a cut
LEAST: Final = 4 * 1024
MOST: Final = 1024 * 1024
CHECK: Final = timedelta(days=1)  # so often both compare what they hold
ASKED: Final = "asked"
FELL: Final = "fell"  # it ended in a fault of ours, which the log tells
Say = Callable[[str, int, int], None]  # what is under way, bytes there, bytes in all
T = TypeVar("T")


class Met(Struct, frozen=True, kw_only=True):
    """How a meeting went: what came, how far the hub's clock is ahead (ms), papers either way, bytes on the wire."""

    came: Outcome
    gone: Outcome
    offset_ms: int
    papers_in: int = 0
    papers_out: int = 0
    sent: int = 0
    received: int = 0


def meet(url: str, *, clock: Callable[[], datetime], say: Say) -> Met:
    """Meet the hub at ``url`` (empty: where this node was told that it is).

    Raises:
        Refused: there is no hub to meet, it cannot be reached, or it refused; what arrived before is kept.
    """
    config = node_config()
    public = public_of(config.hub)
    if public is None or not (url or config.url):
        raise Refused("no_hub", "本机还没有登记，不知道去找哪台。请先 driftbox node init，或写上网址。")
    with alone(sync_folder() / "meeting"):
        return _meet(url or config.url, config.hub, public, clock, say)


def ask_to_meet() -> None:
    """Have the watch beside the pages meet the hub at once."""
    folder = sync_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ASKED).touch()


def was_asked() -> bool:
    """Whether somebody asked for a meeting since this was asked last."""
    asked = (sync_folder() / ASKED).exists()
    (sync_folder() / ASKED).unlink(missing_ok=True)
    return asked


def _meet(url: str, hub: str, public: bytes, clock: Callable[[], datetime], say: Say) -> Met:
    wire = Wire(url, keys(), hub, public, clock)
    keep_peer(peer_of(hub), tried=clock(), failed=FELL)  # what ends without a word has fallen
    try:
        met = _Meeting(wire, hub, clock, say).run()
    except DriftboxError as refusal:
        code = wire.cause if refusal.code == "peer_unreachable" else refusal.code
        PeerRow.objects.filter(pk=hub).update(failed=code)
        raise
    row = PeerRow.objects.filter(pk=hub)
    row.update(bytes_out=F("bytes_out") + wire.sent, failed="")
    settle(now=clock())
    return met


class _Meeting:
    """One meeting; ``clock`` is read at every step, for a slow line takes its time."""

    def __init__(self, wire: Wire, hub: str, clock: Callable[[], datetime], say: Say) -> None:
        self._wire, self._hub, self._clock, self._say = wire, hub, clock, say
        self._offset = 0

    def run(self) -> Met:
        """All of it."""
        self._hello()
        if self._is_broken():
            self._compare()
        came = self._pull()
        gone = self._push()
        papers_in, papers_out = self._fetch_papers(), self._hand_papers()
        if self._is_due():
            self._compare()
        return Met(
            came=came, gone=gone, offset_ms=self._offset, papers_in=papers_in, papers_out=papers_out,
            sent=self._wire.sent, received=self._wire.received,
        )  # fmt: skip

    def _hello(self) -> None:
        begun = self._clock()
        answer = self._wire.post("/sync/hello", msgspec.json.encode(hello_for(self._hub, begun)), tries=4)
        said, middle = _read(answer.body, Hello), begun + (self._clock() - begun) / 2
        self._offset = said.clock_ms - millis(middle)
        hear_hello(self._hub, said, now=self._clock(), offset_ms=self._offset)

    def _is_broken(self) -> bool:
        """Whether one side lost count of the other, which has met it before: everything would be sent again."""
        known = peer_of(self._hub)
        return known.seen > 0 and not known.compared and not (known.acked and known.taken)

    def _is_due(self) -> bool:
        checked = PeerRow.objects.filter(pk=self._hub).values_list("checked", flat=True).first()
        return checked is None or self._clock() - checked > CHECK

    def _compare(self) -> None:
        def ask(said: Compare) -> Compare:
            return _read(self._wire.post("/sync/compare", msgspec.json.encode(said)).body, Compare)

        compare_with(self._hub, ask, now=self._clock())

    def _pull(self) -> Outcome:
        folder = sync_folder() / "in" / self._hub.replace(":", "_")
        parts = PartStore(folder)
        bundle = next((path.name for path in folder.iterdir()), "") if folder.exists() else ""
        size, have = 1, parts.has(bundle) if bundle else 0

        def fetch(offset: int, most: int) -> int:
            nonlocal bundle, size
            asked = urlencode({"bundle": bundle, "offset": offset, "most": most})
            answer = self._wire.post(f"/sync/pull?{asked}", tries=1)
            if bundle and answer.bundle != bundle:  # ours is gone there: begin with another
                parts.drop(bundle)
                bundle, size = answer.bundle, answer.size
                return 0
            bundle, size = answer.bundle, answer.size
            require_room(size, offset)
            return parts.add(bundle, offset, answer.body)

        self._carry("pull", have, lambda: size, fetch)
        return take_parts(parts, bundle, now=self._clock(), offset_ms=self._offset)

    def _push(self) -> Outcome:
        left = _left_over(self._hub)
        if left is not None:
            self._push_one(left)
        return self._push_one(ready_for(self._hub, "", now=self._clock()))

    def _push_one(self, out: Out) -> Outcome:
        done = Pushed(0)

        def hand(offset: int, most: int) -> int:
            nonlocal done
            asked = urlencode({"bundle": out.id, "offset": offset, "size": out.size})
            answer = self._wire.post(f"/sync/push?{asked}", piece_of(out, offset, most), tries=1)
            done = _read(answer.body, Pushed)
            return done.have

        self._carry("push", 0, lambda: out.size, hand)
        out.path.unlink(missing_ok=True)
        if done.hello is not None:
            hear_hello(self._hub, done.hello, now=self._clock(), offset_ms=self._offset)
        return done.outcome or Outcome()

    def _fetch_papers(self) -> int:
        return sum(self._fetch_paper(digest, size) for digest, size in wanted())

    def _fetch_paper(self, digest: str, size: int) -> bool:
        parts = self._parts()

        def fetch(offset: int, most: int) -> int:
            nonlocal size
            asked = urlencode({"digest": digest, "offset": offset, "most": most})
            answer = self._wire.post(f"/sync/papers?{asked}", tries=1)
            size = answer.size
            return parts.add(digest, offset, answer.body)

        try:
            self._carry("papers", parts.has(digest), lambda: size, fetch)
        except Refused as refusal:
            if refusal.code != "no_paper":
                raise
            return False  # not there yet either
        kept = keep_paper(digest, parts.whole(digest), now=self._clock()) > 0
        parts.drop(digest)
        return kept

    def _parts(self) -> PartStore:
        return PartStore(sync_folder() / "papers" / self._hub.replace(":", "_"))

    def _hand_papers(self) -> int:
        asked = AskedRow.objects.filter(peer=self._hub).values_list("digest", flat=True)
        now = needed_now(asked)
        return sum(self._hand_paper(digest) for digest in sorted(asked, key=lambda one: one not in now))

    def _hand_paper(self, digest: str) -> bool:
        try:
            sealed = paper_store().get(digest)
        except BadPaper:
            return False

        def hand(offset: int, most: int) -> int:
            asked = urlencode({"digest": digest, "offset": offset, "size": len(sealed)})
            answer = self._wire.post(f"/sync/papers?{asked}", sealed[offset : offset + most], tries=1)
            return _read(answer.body, Pushed).have

        self._carry("papers", 0, lambda: len(sealed), hand)
        return True

    def _carry(self, what: str, have: int, size: Callable[[], int], step: Callable[[int, int], int]) -> None:
        """Go on from ``have`` until all is there, in pieces that suit the line."""
        pace, cuts = FIRST, 0
        while have < size():
            try:
                have = step(have, pace)
            except Refused as refusal:
                cuts += 1
                if refusal.code != "peer_unreachable" or cuts >= TRIES:
                    raise
                pace = max(LEAST, pace // 4)
                self._wire.rest(cuts)
                continue
            pace, cuts = min(MOST, pace * 2), 0
            self._say(what, have, size())


def _left_over(hub: str) -> Out | None:
    """A bundle that was being pushed when this process ended."""
    folder = folder_for(hub)
    found = [path for path in folder.iterdir() if path.name != "new"] if folder.exists() else []
    return Out(found[0].name, found[0], found[0].stat().st_size) if found else None


def _read(body: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refused("peer_error", "对方的回话读不懂。什么都没丢，过一会儿再试。") from None
