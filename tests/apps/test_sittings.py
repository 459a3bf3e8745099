"""Rooms and links: one seat to a link and a browser, one clerk to a room, a recording only with everybody's yes."""

from datetime import timedelta

import pytest
from tests.apps.conftest import EVENING
from tests.cast import STRANGER

from driftbox.apps.dockets.queries import load
from driftbox.apps.notices.models import MessageRow
from driftbox.apps.papers.models import KeyRow
from driftbox.apps.people.access import resident_viewer, staff_viewer
from driftbox.apps.reception.queries import contacts_on
from driftbox.apps.sittings import invitations, presence, queries, recordings, rooms
from driftbox.apps.sittings.models import RecordingRow, RoomRow, SeatRow
from driftbox.domain.docket import sitting_entries as s
from driftbox.domain.errors import BadPaper, NotAllowed, NotFound, Refused

WEBM = b"\x1a\x45\xdf\xa3" + b"picture and sound" * 50
MINUTE = timedelta(minutes=1)


def viewer(stage, who="lin"):
    return staff_viewer(stage.staff[who])


@pytest.fixture
def case(played):
    return played("checklist.given")


@pytest.fixture
def room(stage, case):
    return rooms.start(case.id, viewer(stage), now=EVENING)


@pytest.fixture
def link(stage, room):
    return invitations.invite(room.pk, "resident", viewer(stage), now=EVENING)


def come(link):
    return invitations.open_link(link.token, "", now=EVENING).seat


@pytest.fixture
def both(stage, room, link):
    """The resident and the clerk in one sitting: their seats."""
    his = come(link)
    presence.wait(his, now=EVENING)
    hers = rooms.answer(room.pk, viewer(stage), now=EVENING + MINUTE)
    for seat in (his, hers):
        presence.come_in(seat, now=EVENING + MINUTE)
    return his, hers


def sitting_in(room):
    return load(room.docket).docket.sittings[-1]


def agree(seat, room, now):
    presence.say(seat, s.RecordingConsented(sitting=room.pk, seat=seat.number), now=now)


def test_a_case_has_one_room_however_often_it_is_started(stage, case, room):
    assert rooms.start(case.id, viewer(stage, "hu"), now=EVENING + MINUTE).pk == room.pk
    with pytest.raises(NotFound):
        rooms.start("01890000-0000-7000-8000-000000000000", viewer(stage), now=EVENING)


def test_a_link_opens_in_one_browser_and_again_in_the_same(link):
    first = invitations.open_link(link.token, "", now=EVENING)
    again = invitations.open_link(link.token, first.device, now=EVENING + MINUTE)
    assert (again.seat.pk, again.device) == (first.seat.pk, first.device)
    for other in ("", "made up"):
        with pytest.raises(Refused) as refusal:
            invitations.open_link(link.token, other, now=EVENING)
        assert refusal.value.code == "link_used"


def test_a_link_is_long_and_only_its_index_is_kept(link):
    assert len(link.token) * 6 >= 128
    kept = str(SeatRow.objects.values_list())
    assert link.token not in kept


@pytest.mark.parametrize("token", ["", "guessed", "x" * 500, "a\x00b"])
def test_a_guessed_link_leads_nowhere(link, token):
    with pytest.raises(NotFound):
        invitations.open_link(token, "", now=EVENING)


def test_a_link_ends(link):
    with pytest.raises(NotFound) as refusal:
        invitations.open_link(link.token, "", now=link.ends + MINUTE)
    assert refusal.value.code == "old_link"


def test_asking_again_sends_a_fresh_link_and_ends_the_one_before(stage, room, link):
    fresh = invitations.invite(room.pk, "resident", viewer(stage), now=EVENING)
    with pytest.raises(NotFound):
        come(link)
    assert come(fresh).part == "resident"


def test_a_link_is_texted_to_the_number_of_the_case(room, link):
    before = MessageRow.objects.count()
    invitations.send_link(room, link, site="https://box.example.cn/", now=EVENING)
    assert MessageRow.objects.count() == before + 1
    with pytest.raises(Refused):
        invitations.send_link(room, link, phone="12", site="https://box.example.cn/", now=EVENING)


def test_two_clerks_who_answer_at_once_one_does_and_the_other_is_told_who(stage, room, link):
    presence.wait(come(link), now=EVENING)
    rooms.answer(room.pk, viewer(stage, "hu"), now=EVENING)
    with pytest.raises(Refused) as refusal:
        rooms.answer(room.pk, viewer(stage, "lin"), now=EVENING)
    assert refusal.value.code == "answered_by_other"
    assert stage.staff["hu"].name in str(refusal.value)
    assert len(load(room.docket).docket.sittings) == 1
    assert rooms.answer(room.pk, viewer(stage, "hu"), now=EVENING).person == stage.staff["hu"].person


def test_an_agent_sits_beside_the_resident_and_cannot_answer(stage, room):
    with pytest.raises(NotAllowed):
        rooms.answer(room.pk, viewer(stage, "chen"), now=EVENING)


def test_a_sitting_is_one_contact_of_the_reception_log_and_no_trip(room, both):
    contacts = [one for one in contacts_on(room.office, EVENING.date()) if one.channel == "video"]
    assert [one.docket for one in contacts] == [room.docket]
    assert load(room.docket).docket.trips_made == 0


def test_nobody_comes_in_before_somebody_answered(link):
    with pytest.raises(Refused) as refusal:
        presence.come_in(come(link), now=EVENING)
    assert refusal.value.code == "not_answered"


def test_coming_again_after_a_restart_changes_nothing(room, both):
    his, _hers = both
    count = load(room.docket).docket.count
    presence.come_in(his, now=EVENING + 2 * MINUTE)
    assert load(room.docket).docket.count == count


def test_leaving_keeps_the_quality_in_the_case_and_for_statistics(stage, room, both):
    his, _hers = both
    good = s.Quality(seconds=60, lost=30, concealed=12, round_trip=400)
    presence.go_out(his, "lost", good, now=EVENING + 2 * MINUTE)
    presence.go_out(his, "lost", good, now=EVENING + 2 * MINUTE)
    assert sitting_in(room).sitter(his.number).quality == good
    numbers = queries.figures(viewer(stage), EVENING, EVENING + timedelta(days=1))
    assert (numbers.held, numbers.waited, numbers.concealed) == (1, 1, 12)


def test_a_recording_is_kept_only_with_the_yes_of_everybody(stage, room, both):
    his, hers = both
    agree(hers, room, EVENING + MINUTE)
    with pytest.raises(Refused) as refusal:
        recordings.keep_recording(room.pk, WEBM, viewer(stage), began=0, seconds=60, now=EVENING + 3 * MINUTE)
    assert refusal.value.code == "not_all_agreed"
    assert not RecordingRow.objects.exists()
    agree(his, room, EVENING + MINUTE)
    kept = recordings.keep_recording(room.pk, WEBM, viewer(stage), began=0, seconds=60, now=EVENING + 3 * MINUTE)
    played = recordings.play(viewer(stage), room.docket, kept.recording)
    assert (played.content, played.media_type, played.whole) == (WEBM, "video/webm", True)


@pytest.mark.parametrize("content", [b"", b"not a film", b"%PDF-1.7"])
def test_only_a_recording_is_kept_as_one(stage, room, both, content):
    with pytest.raises(BadPaper):
        recordings.keep_recording(room.pk, content, viewer(stage), began=0, seconds=60, now=EVENING)


def test_a_recording_is_destroyed_alone_on_its_day(stage, room, both):
    for seat in both:
        agree(seat, room, EVENING + MINUTE)
    kept = recordings.keep_recording(room.pk, WEBM, viewer(stage), began=0, seconds=60, now=EVENING + 3 * MINUTE)
    assert recordings.destroy_due(now=EVENING + timedelta(days=89)) == 0
    assert recordings.destroy_due(now=EVENING + timedelta(days=90)) == 1
    assert recordings.destroy_due(now=EVENING + timedelta(days=90)) == 0
    with pytest.raises(BadPaper):
        recordings.play(viewer(stage), room.docket, kept.recording)
    assert KeyRow.objects.get(context=kept.recording).destroyed
    assert KeyRow.objects.get(context=room.docket).destroyed is None
    assert sitting_in(room).recordings[0].destroyed == "due"


def test_an_outsider_hears_nothing(stage, room, both):
    for seat in both:
        agree(seat, room, EVENING + MINUTE)
    kept = recordings.keep_recording(room.pk, WEBM, viewer(stage), began=0, seconds=60, now=EVENING + 3 * MINUTE)
    with pytest.raises(NotFound):
        recordings.play(resident_viewer(STRANGER), room.docket, kept.recording)


def test_what_was_read_back_is_confirmed_as_it_was_read(stage, room, both):
    his, _hers = both
    first = rooms.read_back(room.pk, "星期五以前给他办好。", now=EVENING + MINUTE)
    second = rooms.read_back(room.pk, "星期四以前给他办好。", now=EVENING + MINUTE)
    with pytest.raises(Refused) as refusal:
        presence.confirm(his, first, now=EVENING + MINUTE)
    assert refusal.value.code == "other_words"
    presence.confirm(his, second, now=EVENING + MINUTE)
    assert sitting_in(room).agreed == ((second, his.number),)


def end(room, stage, **more):
    said = {"how": "done", "next_": "we_act", "by_day": "2026-05-15", "words": "星期五以前办好。", "confirmed": True}
    return rooms.close(room.pk, viewer(stage), now=EVENING + 9 * MINUTE, **{**said, **more})


def test_a_sitting_ends_in_the_docket(stage, room, both):
    sitting = end(room, stage).sittings[-1]
    assert (sitting.how, sitting.next, sitting.by_day, len(sitting.agreed)) == ("done", "we_act", "2026-05-15", 1)
    with pytest.raises(Refused):
        end(room, stage)
    with pytest.raises(Refused):
        presence.come_in(both[0], now=EVENING + 10 * MINUTE)


def test_a_refused_end_leaves_the_room_open(stage, room, both):
    with pytest.raises(Refused):
        end(room, stage, by_day="2026-05-01")
    assert RoomRow.objects.get(pk=room.pk).closed is None


def test_a_room_that_nobody_answered_is_only_closed(stage, room, link):
    presence.wait(come(link), now=EVENING)
    count = load(room.docket).docket.count
    assert end(room, stage, how="nobody", next_="nothing").count == count
    assert queries.figures(viewer(stage), EVENING, EVENING + timedelta(days=1)).gave_up == 1


def test_the_queue_says_who_is_ahead_and_marks_long_waits(stage, room, link, played):
    presence.wait(come(link), now=EVENING)
    soon, late = (queries.queue_of(viewer(stage), now=EVENING + n * MINUTE)[0] for n in (1, 11))
    assert (soon.long, soon.away, late.long, late.away) == (False, False, True, True)
    turn = queries.turn_of(room, now=EVENING)
    assert turn.ahead == 0
    assert queries.going_on(viewer(stage), now=EVENING) == []


def test_an_appointment_lies_ahead_and_its_link_lasts_from_there(stage, case):
    starts = EVENING + timedelta(days=3)
    room = rooms.start(case.id, viewer(stage), starts=starts, now=EVENING)
    link = invitations.invite(room.pk, "relative", viewer(stage), name="周敏", now=EVENING)
    assert link.ends > starts
    assert queries.shown_name(come(link)) == "周敏"
    with pytest.raises(Refused):
        rooms.start(case.id, viewer(stage), starts=EVENING - MINUTE, now=EVENING)


def test_nobody_is_invited_without_a_name(stage, room):
    with pytest.raises(Refused):
        invitations.invite(room.pk, "interpreter", viewer(stage), now=EVENING)


def test_there_is_always_a_number_to_call_instead(room):
    assert queries.phone_instead(room, EVENING)


def test_turn_credentials_end_and_are_made_only_where_it_is_set_up(settings, both):
    assert queries.ice_servers(both[0], now=EVENING) == ()
    settings.DRIFTBOX_TURN_URL, settings.DRIFTBOX_TURN_SECRET = "turn:box.example.cn:3478", "a secret"
    server = queries.ice_servers(both[0], now=EVENING)[0]
    ends, _who = server.username.split(":")
    assert int(ends) > EVENING.timestamp()
    assert server.credential
