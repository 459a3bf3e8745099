"""Sittings face to face over video: who was there, who agreed to be recorded, what was read back, what comes next."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import CHEN, FATHER, LIN, TABLES, YU, entry, key, story

from driftbox.domain.docket import entries as e
from driftbox.domain.docket import sitting_entries as s
from driftbox.domain.docket.decide import Deed, check
from driftbox.domain.docket.fold import extend, fold
from driftbox.domain.docket.fork import fork
from driftbox.domain.docket.sitting_acts import SITTER
from driftbox.domain.errors import NotAllowed, Refused

TODAY = date(2026, 5, 13)
ROOM, OTHER, TAPE = key(401), key(402), key(403)
WORDS, PHOTO, CLEAR = "w" * 43, "p" * 43, "c" * 43
OPEN = s.SittingOpened(sitting=ROOM, office="C-BS")
CLERK = s.SittingJoined(sitting=ROOM, seat=1, part="clerk", person=LIN)
HIM = s.SittingJoined(sitting=ROOM, seat=2, part="resident", person=FATHER)
SIGNS = s.SittingJoined(sitting=ROOM, seat=3, part="interpreter")
BOTH = (OPEN, CLERK, HIM)
YES = tuple(s.RecordingConsented(sitting=ROOM, seat=seat) for seat in (1, 2))
KEPT = s.RecordingKept(
    sitting=ROOM, recording=TAPE, paper=PHOTO, content=CLEAR, began=60, seconds=90, consented=(1, 2), until="2026-08-11"
)
ROLE = {s.SittingJoined: "node", s.SittingLeft: "node", s.RecordingDestroyed: "node"}
PRESSED = (s.RecordingConsented, s.RecordingRefused, s.RecordingWithdrawn, s.SittingAgreed, s.PaperShown)
WHOSE = {1: (LIN, "clerk"), 2: (FATHER, SITTER), 3: ("", SITTER)}


def deed_of(body):
    if isinstance(body, PRESSED):
        return WHOSE.get(body.seat, ("", SITTER))
    return ("", "node") if type(body) in ROLE else (LIN, "clerk")


def told(*acts):
    """The case in which these acts were recorded one minute after the other, once its list was told."""
    entries = story(e.ChecklistGiven)
    entries += [entry(200 + number, body, *deed_of(body)) for number, body in enumerate(acts)]
    docket = fold(entries, TABLES)
    assert not docket.contested, docket.contested
    return docket


def refused(body, *acts, by="", role=""):
    who = (by, role) if role else deed_of(body)
    with pytest.raises(Refused) as refusal:
        check(told(*acts), body, Deed(by=who[0], role=who[1], today=TODAY), TABLES["errand"])
    return refusal.value.code


def test_it_is_kept_who_was_there_from_when_to_when():
    left = s.SittingLeft(sitting=ROOM, seat=2, why="lost", quality=s.Quality(seconds=60, concealed=12))
    back = told(*BOTH, left, HIM).sittings[0].sitter(2)
    assert back.here
    assert [end - begin for begin, end in back.spells[:1]] == [60_000]
    assert back.quality.concealed == 12


def test_a_sitting_is_reception_and_never_a_trip():
    docket = told(*BOTH, s.SittingClosed(sitting=ROOM))
    assert docket.trips == []
    assert not docket.sittings[0].open
    assert docket.sittings[0].here == ()


def test_a_recording_is_kept_only_when_everybody_who_was_there_agreed():
    assert refused(KEPT, *BOTH) == "not_all_agreed"
    assert refused(KEPT, *BOTH, YES[0]) == "not_all_agreed"
    assert refused(KEPT, *BOTH, YES[0], s.RecordingRefused(sitting=ROOM, seat=2)) == "not_all_agreed"
    assert told(*BOTH, *YES, KEPT).sittings[0].recordings[0].seconds == 90


def test_somebody_who_came_in_after_the_recording_need_not_have_agreed():
    assert told(*BOTH, *YES, SIGNS, KEPT).sittings[0].recordings
    late = s.RecordingKept(
        sitting=ROOM,
        recording=TAPE,
        paper=PHOTO,
        content=CLEAR,
        began=240,
        seconds=90,
        consented=(1, 2),
        until="2026-08-11",
    )
    assert refused(late, *BOTH, *YES, SIGNS) == "not_all_agreed"


def test_consent_taken_back_leaves_what_was_recorded_before():
    back = s.RecordingWithdrawn(sitting=ROOM, seat=2)
    sitting = told(*BOTH, *YES, back, KEPT).sittings[0]
    assert sitting.sitter(2).consent == "withdrawn"
    assert sitting.recordings[0].consented == (1, 2)
    assert refused(back, *BOTH) == "no_consent"


def test_nobody_agrees_for_another():
    assert refused(YES[1], *BOTH, by=LIN, role="clerk") == "own_consent"
    assert refused(YES[1], *BOTH, by=YU, role=SITTER) == "own_consent"
    agreed = s.SittingAgreed(sitting=ROOM, seat=2, paper=WORDS, how="pressed")
    assert refused(agreed, *BOTH, by=LIN, role="clerk") == "own_consent"
    spoken = s.SittingAgreed(sitting=ROOM, seat=2, paper=WORDS, how="spoken")
    check(told(*BOTH), spoken, Deed(by=LIN, role="clerk", today=TODAY), TABLES["errand"])


def test_a_recording_is_destroyed_once():
    gone = s.RecordingDestroyed(sitting=ROOM, recording=TAPE)
    assert told(*BOTH, *YES, KEPT, gone).sittings[0].recordings[0].destroyed == "due"
    assert refused(gone, *BOTH, *YES, KEPT, gone) == "no_recording"


def test_the_seventh_waits_outside():
    six = [s.SittingJoined(sitting=ROOM, seat=seat, part="relative") for seat in range(1, 7)]
    assert refused(s.SittingJoined(sitting=ROOM, seat=7, part="relative"), OPEN, *six) == "sitting_full"
    out = s.SittingLeft(sitting=ROOM, seat=1)
    assert len(told(OPEN, *six, out, s.SittingJoined(sitting=ROOM, seat=7, part="relative")).sittings[0].here) == 6


def test_refusals_say_why():
    over = s.SittingClosed(sitting=ROOM)
    assert refused(OPEN, OPEN) == "sitting_again"
    assert refused(s.SittingOpened(sitting=OTHER, office="C-BS"), OPEN) == "sitting_open"
    assert refused(CLERK) == "no_sitting"
    assert refused(CLERK, OPEN, over) == "sitting_over"
    assert refused(CLERK, OPEN, CLERK) == "seat_taken"
    assert refused(s.SittingLeft(sitting=ROOM, seat=1), OPEN) == "not_seated"
    assert refused(s.SittingClosed(sitting=ROOM, by_day="2026-05-12"), OPEN) == "sitting_day"
    assert refused(s.SittingClosed(sitting=ROOM, next="we_act"), OPEN) == "sitting_no_day"
    shown = s.PaperShown(sitting=ROOM, seat=2, paper=PHOTO, how="pressed", material="dog_licence")
    assert refused(shown, *BOTH) == "not_on_list"
    agreed = s.SittingAgreed(sitting=ROOM, seat=1, paper=WORDS, how="pressed")
    assert refused(agreed, *BOTH) == "agrees_not"


def test_only_the_node_says_who_came_in():
    with pytest.raises(NotAllowed):
        check(told(OPEN), CLERK, Deed(by=LIN, role="clerk", today=TODAY), TABLES["errand"])


seats, rooms = st.integers(1, 8), st.sampled_from((ROOM, OTHER))
persons = st.sampled_from((LIN, FATHER, CHEN, ""))
parts = st.sampled_from(("clerk", "resident", "relative"))
acts = st.one_of(
    st.builds(s.SittingOpened, sitting=rooms, office=st.just("C-BS")),
    st.builds(s.SittingJoined, sitting=rooms, seat=seats, part=parts, person=persons),
    st.builds(s.SittingLeft, sitting=rooms, seat=seats),
    st.builds(s.RecordingConsented, sitting=rooms, seat=seats),
    st.builds(s.RecordingRefused, sitting=rooms, seat=seats),
    st.builds(s.RecordingWithdrawn, sitting=rooms, seat=seats),
    st.builds(
        s.RecordingKept, sitting=rooms, recording=st.sampled_from((TAPE, key(404))), paper=st.just(PHOTO),
        content=st.just(CLEAR), began=st.integers(0, 600), seconds=st.integers(1, 600), until=st.just("2026-08-11"),
        consented=st.lists(seats, min_size=1, max_size=4).map(tuple),
    ),
    st.builds(s.RecordingDestroyed, sitting=rooms, recording=st.just(TAPE)),
    st.builds(s.PaperShown, sitting=rooms, seat=seats, paper=st.just(PHOTO), how=st.just("spoken")),
    st.builds(s.SittingAgreed, sitting=rooms, seat=seats, paper=st.just(WORDS), how=st.just("spoken")),
    st.builds(s.SittingClosed, sitting=rooms),
)  # fmt: skip


@given(st.lists(acts, max_size=30), persons)
def test_what_may_be_recorded_is_never_contested_and_replays_to_the_same(tried, by):
    entries = story(e.ChecklistGiven)
    docket = fold(entries, TABLES)
    for number, body in enumerate((OPEN, *tried)):
        roles = [
            role for role in ("clerk", "node", SITTER) if role in TABLES["errand"].kinds[e.KIND_OF[type(body)]].roles
        ]
        try:
            check(docket, body, Deed(by=by, role=roles[0], today=TODAY), TABLES["errand"])
        except Refused:
            continue
        entries.append(entry(200 + number, body, by, roles[0]))
        docket = extend(fork(docket), entries[-1:], TABLES)
        assert not docket.contested
    assert fold(entries, TABLES) == docket
    assert docket.trips_made == 0
