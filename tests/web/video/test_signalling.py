"""Signalling: who may come in, what is carried to whom, what is kept, and what is refused in a sentence."""

import json

import pytest
from tests.web.video.conftest import LATER, Caller, played_out

from driftbox.apps.dockets.queries import load
from driftbox.apps.people.access import staff_viewer
from driftbox.apps.sittings import rooms
from driftbox.web.video import messages as m
from driftbox.web.video.hub import BURST, BURST_BYTES, HUB, Allowance


def sitting_in(room):
    return load(room.docket).docket.sittings[-1]


async def two(room, cookies):
    """The resident and the clerk, both in the call; what was said to them so far is heard."""
    him, her = (Caller(room.pk, one) for one in cookies)
    await him.hello()
    await her.hello()
    await him.hear("peer.joined")
    return him, her


def test_two_are_told_of_each_other_and_kept_in_the_case(room, answered):
    async def scenario():
        him, her = (Caller(room.pk, one) for one in answered)
        first = await him.hello()
        second = await her.hello()
        joined = await him.hear("peer.joined")
        await him.leave()
        left = await her.hear("peer.left")
        await her.leave()
        return first, second, joined, left

    first, second, joined, left = played_out(scenario)
    assert (first["peers"], first["you"]["part"], first["most"]) == ([], "resident", 6)
    assert [peer["part"] for peer in second["peers"]] == ["resident"]
    assert (joined["peer"]["staff"], left["why"]) == (True, "lost")
    sitting = sitting_in(room)
    assert (len(sitting.sitters), sitting.here) == (2, ())


def test_a_description_goes_to_the_one_it_is_for(room, answered):
    async def scenario():
        him, her = await two(room, answered)
        await her.say("offer", to=1, sdp="v=0")
        offer = await him.hear("offer")
        await him.say("ice", to=9, candidate="x")
        return offer, await him.hear("error")

    offer, error = played_out(scenario)
    assert (offer["sdp"], offer["from"]) == ("v=0", 2)
    assert (error["code"], error["ends"], error["id"]) == ("peer_gone", False, "m2")


@pytest.mark.parametrize("cookies", ["", "sessionid=guessed", "seat-{room}=guessed"])
def test_whoever_has_no_seat_is_told_so_and_shown_out(room, answered, cookies):
    async def scenario():
        stranger = Caller(room.pk, cookies.format(room=room.pk))
        await stranger.connect()
        return await stranger.hear(), await stranger.closes()

    told, code = played_out(scenario)
    assert (told["code"], code) == ("no_seat", 4401)
    assert told["sentence"].startswith("这一间里没有您的位子")


@pytest.mark.parametrize("name", ["not-an-id", "01890000-0000-7000-8000-000000000000"])
def test_a_room_that_is_not_there_is_no_fault_of_ours(answered, name):
    async def scenario():
        stranger = Caller(name, answered[1])
        await stranger.connect()
        return await stranger.closes()

    assert played_out(scenario) == 4401


@pytest.mark.parametrize("origin", ["", "https://evil.example", "null"])
def test_a_page_of_another_house_does_not_connect(room, answered, origin):
    async def scenario():
        return await Caller(room.pk, answered[0], origin=origin).connect()

    assert played_out(scenario) is False


def test_nobody_is_let_in_before_somebody_answered(room, invited):
    cookies = invited("resident")

    async def scenario():
        him = Caller(room.pk, cookies)
        await him.connect()
        await him.say("hello")
        return await him.hear("error"), await him.closes()

    told, code = played_out(scenario)
    assert (told["code"], code) == ("not_answered", 4409)


def test_the_seventh_is_told_that_it_is_full(room, answered, invited):
    others = [invited("relative", f"客{number}") for number in range(5)]

    async def scenario():
        every = [Caller(room.pk, one) for one in (*answered, *others)]
        for one in every[:6]:
            await one.hello()
        await every[6].connect()
        await every[6].say("hello")
        return await every[6].hear("error"), await every[6].closes()

    told, code = played_out(scenario)
    assert (told["code"], code) == ("sitting_full", 4406)
    assert len(sitting_in(room).here) == 6


def test_after_a_restart_everybody_comes_back_to_their_seat(room, answered):
    async def scenario():
        await two(room, answered)
        HUB.rooms.clear()
        him, her = await two(room, answered)
        await him.say("caption", text="还在吗")
        return await her.hear("caption")

    count = None
    told = played_out(scenario)
    count = load(room.docket).docket.count
    assert told["text"] == "还在吗"
    assert (len(sitting_in(room).here), load(room.docket).docket.count) == (2, count)
    assert all(len(one.spells) == 1 for one in sitting_in(room).sitters)


def test_the_same_seat_in_another_window_shows_the_first_out(room, answered):
    async def scenario():
        him, her = await two(room, answered)
        again = Caller(room.pk, answered[0])
        await again.hello()
        code = await him.closes()
        await her.say("mute", audio=False, video=True)
        return code, await again.hear("mute")

    code, told = played_out(scenario)
    assert (code, told["audio"]) == (4408, False)
    assert len(sitting_in(room).here) == 2


def test_recording_begins_only_when_everybody_pressed_yes_and_stops_with_the_first_no(room, answered):
    async def scenario():
        him, her = await two(room, answered)
        await her.say("record.started")
        refused = await her.hear("error")
        await her.say("consent.ask")
        await him.hear("consent.ask")
        for one in (him, her):
            await one.say("consent.give")
        while not (await her.hear("consent"))["all"]:
            pass
        await her.say("record.started")
        started = await him.hear("record.started")
        await him.say("consent.withdraw")
        return refused, started, await her.hear("record.stopped")

    refused, started, stopped = played_out(scenario)
    assert (refused["code"], started["from"], stopped["why"]) == ("not_all_agreed_yet", 2, "consent")
    assert [one.consent for one in sitting_in(room).sitters] == ["withdrawn", "given"]


def test_what_is_read_back_is_confirmed_as_it_was_read(room, answered):
    async def scenario():
        him, her = await two(room, answered)
        await her.say("agree.ask", text="星期五以前办好。")
        asked = await him.hear("agree.ask")
        await him.say("agree.yes", paper="x" * 43)
        wrong = await him.hear("error")
        await him.say("agree.yes", paper=asked["paper"])
        return asked, wrong, await her.hear("agree.yes")

    asked, wrong, said = played_out(scenario)
    assert (asked["text"], wrong["code"], said["from"]) == ("星期五以前办好。", "other_words", 1)
    assert sitting_in(room).agreed == ((asked["paper"], 1),)


def test_a_resident_does_not_press_what_is_the_windows_to_press(room, answered):
    async def scenario():
        him, _her = await two(room, answered)
        for kind, more in (("end", {}), ("consent.ask", {}), ("pin", {"seat": 1}), ("still", {"to": 2})):
            await him.say(kind, **more)
            assert (await him.hear("error"))["code"] == "not_yours"

    played_out(scenario)


def test_leaving_keeps_the_quality_that_was_said_last(room, answered):
    async def scenario():
        him, her = await two(room, answered)
        await him.say("quality", quality={"seconds": 60, "concealed": 12})
        await him.say("bye")
        assert await him.closes() == 1000
        await him.leave()  # as a server tells it after a close
        left = await her.hear("peer.left")
        await her.say("ping")
        await her.hear("pong")
        return left

    assert played_out(scenario)["why"] == "left"
    assert sitting_in(room).sitter(1).quality.concealed == 12


BAD = (
    "", "null", "[]", "{}", '{"type":"hello"}', '{"type":"nothing","id":"a"}', '{"type":"hello","id":"a","more":1}',
    '{"type":"offer","id":"a","to":"2","sdp":"v=0"}', '{"type":"ice","id":"a","to":2,"candidate":7}', "\x00", "{" * 500,
)  # fmt: skip


@pytest.mark.parametrize("text", BAD)
def test_what_cannot_be_read_is_refused_and_the_call_goes_on(room, answered, text):
    async def scenario():
        him, _her = await two(room, answered)
        await him.send(text)
        told = await him.hear("error")
        await him.say("ping")
        return told, await him.hear("pong")

    told, _pong = played_out(scenario)
    assert (told["code"], told["ends"]) == ("bad_message", False)


def test_whoever_floods_the_channel_is_shown_out(room, answered):
    async def scenario():
        him, her = await two(room, answered)
        for _again in range(BURST + 5):
            await him.say("ping")
        code = await him.closes()
        await her.say("ping")
        return code, await her.hear("pong")

    assert played_out(scenario)[0] == 4429


def test_what_is_too_long_is_not_carried(room, answered):
    async def scenario():
        him, _her = await two(room, answered)
        await him.send(json.dumps({"type": "caption", "id": "a", "text": "长" * m.MAX_BYTES}))
        return await him.closes()

    assert played_out(scenario) == 4413


def test_an_allowance_fills_again_with_time():
    allowance = Allowance()
    assert all(allowance.takes(10, 1.0) for _one in range(BURST))
    assert not allowance.takes(10, 1.0)
    assert allowance.takes(10, 2.0)
    assert not Allowance().takes(BURST_BYTES + 1, 1.0)


def test_a_room_that_was_closed_lets_nobody_back_in(stage, room, answered):
    lin = staff_viewer(stage.staff["lin"])
    rooms.close(room.pk, lin, how="done", next_="nothing", by_day=None, words="", confirmed=False, now=LATER)

    async def scenario():
        him = Caller(room.pk, answered[0])
        await him.connect()
        await him.say("hello")
        return await him.closes()

    assert played_out(scenario) == 4410
