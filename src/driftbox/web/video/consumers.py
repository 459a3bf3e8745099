"""Signalling of calls (WebSocket, RFC 6455): carries what browsers say to each other and keeps what is a fact.

Sound and picture never come here. One process serves all rooms; what it holds in memory is learnt again after a start.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

import msgspec
from channels.consumer import get_handler_name
from channels.db import database_sync_to_async
from channels.exceptions import ChannelFull
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.utils.translation import override

from driftbox.domain.docket.sitting_entries import Gone
from driftbox.domain.docket.sitting_state import MOST
from driftbox.domain.errors import DriftboxError, Refused
from driftbox.gateways.sentences import sentence_of
from driftbox.web.base.middleware import moment_now
from driftbox.web.video import facts
from driftbox.web.video import messages as m
from driftbox.web.video.hub import HUB, Allowance, Live, Peer
from driftbox.web.video.seat_cookie import device_in

BAD, NO_SEAT, REPLACED, NOT_YET, OVER, LARGE, FLOOD, FULL = 4400, 4401, 4408, 4409, 4410, 4413, 4429, 4406
CLOSES: Final = {
    "no_seat": NO_SEAT, "not_answered": NOT_YET, "room_over": OVER, "sitting_over": OVER, "sitting_full": FULL,
}  # fmt: skip
MOST_BAD: Final = 10  # messages that cannot be read, before somebody is shown out
log = logging.getLogger(__name__)


class Call(AsyncWebsocketConsumer):
    """One browser in one call."""

    async def connect(self) -> None:
        """Let in whoever has a seat; anybody else is told so in a sentence and shown out."""
        self.room = str(self.scope["url_route"]["kwargs"]["room"])
        self.peer: Peer | None = None
        self.allowance, self.bad, self.why = Allowance(), 0, "lost"
        await self.accept()
        user, cookies = self.scope.get("user"), self.scope.get("cookies", {})
        try:
            self.seat = await database_sync_to_async(facts.find_seat)(
                self.room, getattr(user, "person", ""), device_in(cookies, self.room)
            )
        except DriftboxError as refusal:
            await self._refuse("", refusal, NO_SEAT)

    async def dispatch(self, message: Any) -> None:
        """Do what came in at once. Channels would first visit the store's thread, so that a word to the other browser
        waited for every entry that is being written; what does ask the store looks after its connection itself.
        """
        await getattr(self, get_handler_name(message))(message)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """One message: measured, read strictly, then done."""
        if not hasattr(self, "seat"):
            return
        size = len((text_data or "").encode()) if text_data is not None else len(bytes_data or b"")
        if size > m.MAX_BYTES:
            await self._refuse("", Refused("too_long", "这一条太长，没有送出去。"), LARGE)
        elif not self.allowance.takes(size, asyncio.get_running_loop().time()):
            sentence = "这一页发得太快，先断开了。过一会儿再进来，什么都没有丢。"
            await self._refuse("", Refused("flood", sentence), FLOOD)
        else:
            await self._read(text_data or "")

    async def _read(self, text: str) -> None:
        try:
            said = m.read(text)
        except (msgspec.DecodeError, UnicodeEncodeError):
            self.bad += 1
            refusal = Refused("bad_message", "这一条看不懂，没有送出去。请刷新这一页再试。")
            await self._refuse("", refusal, BAD if self.bad >= MOST_BAD else 0)
            return
        try:
            await self._take(said)
        except DriftboxError as refusal:
            await self._refuse(said.id, refusal, CLOSES.get(refusal.code, 0))

    async def _take(self, said: m.Said) -> None:
        if isinstance(said, m.Ping):
            await self._tell({"type": "pong", "id": said.id})
        elif isinstance(said, m.Hello):
            await self._hello(said)
        elif self.peer is None:
            raise Refused("hello_first", "还没有进来。请刷新这一页再试。")
        elif isinstance(said, m.FROM_STAFF) and not self.peer.staff:
            raise Refused("not_yours", "这一步要窗口的人来按。")
        elif isinstance(said, m.TO_ONE):
            await self._to_one(said)
        else:
            await self._act(said)

    async def _hello(self, said: m.Hello) -> None:
        """Sit down: kept in the case first, then everybody is told."""
        live = HUB.room(self.room)
        others = [one for one in live.peers if one != self.seat.number]
        if len(others) >= MOST:
            raise Refused("sitting_full", "里面已经有 {most} 个人，坐满了。请等一位出来，或打电话问站里。", most=MOST)
        seated = await database_sync_to_async(facts.take_seat)(self.seat, moment_now())
        live = HUB.room(self.room)
        before = live.peers.get(self.seat.number)
        if before and before.channel != self.channel_name:
            await self.channel_layer.send(before.channel, {"type": "show.out"})
        self.seat = seated.seat
        self.peer = Peer(seat=self.seat.number, part=self.seat.part, name=seated.name, staff=seated.staff,
                         channel=self.channel_name)  # fmt: skip
        live.consents = seated.consents | live.consents
        peers = [peer.told() for seat, peer in live.peers.items() if seat != self.peer.seat]
        live.peers[self.peer.seat] = self.peer
        await self._tell({
            "type": "welcome", "id": said.id, "you": self.peer.told(), "peers": peers, "ice": seated.ice,
            "consents": live.consents, "recording": live.recording, "pinned": live.pinned, "most": MOST,
        })  # fmt: skip
        await self._all({"type": "peer.joined", "peer": self.peer.told(), "again": said.again})
        await self._stop_unless_agreed(live)

    async def _to_one(self, said: m.Offer | m.Answer | m.Ice | m.Still | m.SignAsk) -> None:
        other = HUB.room(self.room).peers.get(said.to)
        if other is None or self.peer is None:
            raise Refused("peer_gone", "他刚才断开了，会自己再连上。请等一等。")
        told = msgspec.to_builtins(said) | {"from": self.peer.seat}
        await self._send(other, told)

    async def _act(self, said: m.Said) -> None:
        done = ACTS.get(type(said))
        if done is not None:
            await done(self, said)
        if isinstance(said, m.TO_ALL) and self.peer:
            await self._all(msgspec.to_builtins(said) | {"from": self.peer.seat})

    async def on_mute(self, said: m.Mute) -> None:
        if self.peer:
            self.peer.audio, self.peer.video = said.audio, said.video

    async def on_pin(self, said: m.Pin) -> None:
        HUB.room(self.room).pinned = said.seat

    async def on_measured(self, said: m.Measured) -> None:
        if self.peer:
            self.peer.quality = said.quality

    async def on_consent(self, said: m.Said) -> None:
        """Kept in the case first; then everybody sees it, and recording stops unless all agree."""
        answer = ANSWERS[type(said)]
        await database_sync_to_async(facts.say_of_recording)(self.seat, answer, moment_now())
        live = HUB.room(self.room)
        live.consents[self.seat.number] = answer
        await self._all({"type": "consent", "from": self.seat.number, "answer": answer, "all": live.all_agreed()},
                        me=True)  # fmt: skip
        await self._stop_unless_agreed(live)

    async def _stop_unless_agreed(self, live: Live) -> None:
        if live.recording and not live.all_agreed():
            live.recording = 0
            await self._all({"type": "record.stopped", "from": 0, "why": "consent"}, me=True)

    async def on_record(self, said: m.RecordStarted) -> None:
        live = HUB.room(self.room)
        if not live.all_agreed():
            raise Refused("not_all_agreed_yet", "还有人没有同意录像，不能录。先问一声，都按了同意再录。")
        live.recording = self.seat.number
        await self._all({"type": "record.started", "id": said.id, "from": self.seat.number}, me=True)

    async def on_record_stopped(self, _said: m.RecordStopped) -> None:
        HUB.room(self.room).recording = 0

    async def on_agree_ask(self, said: m.AgreeAsk) -> None:
        paper = await database_sync_to_async(facts.read_back)(self.seat, said.text, moment_now())
        told = {"type": "agree.ask", "id": said.id, "from": self.seat.number, "text": said.text, "paper": paper}
        await self._all(told, me=True)

    async def on_agree_yes(self, said: m.AgreeYes) -> None:
        await database_sync_to_async(facts.confirm)(self.seat, said.paper, moment_now())
        told = {"type": "agree.yes", "id": said.id, "from": self.seat.number, "paper": said.paper}
        await self._all(told, me=True)

    async def on_bye(self, _said: m.Bye) -> None:
        self.why = "left"
        await self.close(1000)

    async def on_end(self, said: m.End) -> None:
        await self._all({"type": "end", "id": said.id, "from": self.seat.number}, me=True)

    async def disconnect(self, _code: int) -> None:
        """Somebody is gone: told to the others at once, then kept in the case; a browser that came back stays."""
        live = HUB.rooms.get(self.room)
        if self.peer is None or live is None or live.peers.get(self.peer.seat) is not self.peer:
            return
        del live.peers[self.peer.seat]
        if live.recording == self.peer.seat:
            live.recording = 0
        why: Gone = "left" if self.why == "left" else "lost"
        await self._all({"type": "peer.left", "seat": self.peer.seat, "why": why})
        HUB.drop_if_empty(self.room)
        await database_sync_to_async(facts.leave_seat)(self.seat, why, self.peer.quality, moment_now())

    async def relay(self, event: dict[str, Any]) -> None:
        """Something another browser said."""
        await self.send(text_data=event["text"])

    async def show_out(self, _event: dict[str, Any]) -> None:
        """The same seat was opened in another window."""
        refusal = Refused("replaced", "您在另一个窗口里进来了，这一个停了。")
        self.peer = None
        await self._refuse("", refusal, REPLACED)

    async def _all(self, told: dict[str, Any], *, me: bool = False) -> None:
        for peer in list(HUB.room(self.room).peers.values()):
            if me or peer is not self.peer:
                await self._send(peer, told)

    async def _send(self, peer: Peer, told: dict[str, Any]) -> None:
        try:
            await self.channel_layer.send(peer.channel, {"type": "relay", "text": _json(told)})
        except ChannelFull:
            log.warning("a browser takes nothing any more; a message to it was left out")

    async def _tell(self, told: dict[str, Any]) -> None:
        await self.send(text_data=_json(told))

    async def _refuse(self, name: str, refusal: DriftboxError, code: int) -> None:
        """Say what was refused; with ``code`` the connection ends as well."""
        with override(self._language()):
            sentence = sentence_of(refusal)
        await self._tell({"type": "error", "id": name, "code": refusal.code, "sentence": sentence, "ends": bool(code)})
        if code:
            await self.close(code)

    def _language(self) -> str:
        chosen = self.scope.get("cookies", {}).get(settings.LANGUAGE_COOKIE_NAME, "")
        asked = dict(self.scope.get("headers", ())).get(b"accept-language", b"").decode("latin-1")
        return "en" if (chosen or asked).lower().startswith("en") else "zh-hans"


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


ANSWERS: Final[dict[type, facts.Answer]] = {
    m.ConsentGive: "given", m.ConsentRefuse: "refused", m.ConsentWithdraw: "withdrawn",
}  # fmt: skip
ACTS: Final[dict[type, Callable[[Call, Any], Awaitable[None]]]] = {
    m.Mute: Call.on_mute, m.Pin: Call.on_pin, m.Measured: Call.on_measured, m.ConsentGive: Call.on_consent,
    m.ConsentRefuse: Call.on_consent, m.ConsentWithdraw: Call.on_consent, m.RecordStarted: Call.on_record,
    m.RecordStopped: Call.on_record_stopped, m.AgreeAsk: Call.on_agree_ask, m.AgreeYes: Call.on_agree_yes,
    m.Bye: Call.on_bye, m.End: Call.on_end,
}  # fmt: skip
