"""What a sitting does to a case, and what speaks against it. It is reception, never a trip: no trip is counted."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from msgspec import structs

from driftbox.domain.docket import sitting_entries as s
from driftbox.domain.docket.deed import Deed
from driftbox.domain.docket.sitting_state import AWAY, MOST, Recording, Sitter, Sitting, open_sitting, sitting_of
from driftbox.domain.docket.state import Docket, Reason
from driftbox.domain.errors import NotAllowed, Refused
from driftbox.domain.log.entry import Body, Entry

SITTER: Final = "sitter"  # somebody who came into the call by a link of their own
RESIDENTS: Final = frozenset({"resident", "relative"})
SECOND: Final = 1000


def _put(docket: Docket, sitting: Sitting) -> None:
    docket.sittings = tuple(sitting if one.id == sitting.id else one for one in docket.sittings)


def _seated(sitting: Sitting, sitter: Sitter) -> Sitting:
    others = tuple(one for one in sitting.sitters if one.seat != sitter.seat)
    return structs.replace(sitting, sitters=tuple(sorted((*others, sitter), key=lambda one: one.seat)))


def _opened(docket: Docket, entry: Entry, body: s.SittingOpened) -> Reason | None:
    if sitting_of(docket.sittings, body.sitting) or open_sitting(docket.sittings):
        return "already_said"
    began = Sitting(id=body.sitting, office=body.office, start=body.start, opened_ms=entry.happened_ms)
    docket.sittings = (*docket.sittings, began)
    return None


def _joined(docket: Docket, entry: Entry, body: s.SittingJoined) -> Reason | None:
    sitting = sitting_of(docket.sittings, body.sitting)
    if sitting is None or not sitting.open:
        return "nothing_open"
    known = sitting.sitter(body.seat)
    if (known and (known.here or known.person != body.person)) or len(sitting.here) >= MOST:
        return "already_said"
    spell = (entry.happened_ms, AWAY)
    sitter = (
        structs.replace(known, spells=(*known.spells, spell))
        if known else Sitter(seat=body.seat, part=body.part, person=body.person, spells=(spell,))
    )  # fmt: skip
    _put(docket, _seated(sitting, sitter))
    return None


def _left(docket: Docket, entry: Entry, body: s.SittingLeft) -> Reason | None:
    sitting = sitting_of(docket.sittings, body.sitting)
    sitter = sitting.sitter(body.seat) if sitting else None
    if sitting is None or sitter is None or not sitter.here:
        return "nothing_open"
    _put(docket, _seated(sitting, structs.replace(_ended(sitter, entry.happened_ms), quality=body.quality)))
    return None


def _ended(sitter: Sitter, ms: int) -> Sitter:
    begin, _end = sitter.spells[-1]
    return structs.replace(sitter, spells=(*sitter.spells[:-1], (begin, max(ms, begin + 1))))


def _said(answer: str) -> Callable[[Docket, Entry, Any], Reason | None]:
    def effect(docket: Docket, _entry: Entry, body: Any) -> Reason | None:
        sitting = sitting_of(docket.sittings, body.sitting)
        sitter = sitting.sitter(body.seat) if sitting else None
        if sitting is None or sitter is None or (answer == "withdrawn" and sitter.consent != "given"):
            return "nothing_open"
        if sitter.consent == answer:
            return "already_said"
        _put(docket, _seated(sitting, structs.replace(sitter, consent=answer, gave=sitter.gave or answer == "given")))
        return None

    return effect


def _kept(docket: Docket, _entry: Entry, body: s.RecordingKept) -> Reason | None:
    sitting = sitting_of(docket.sittings, body.sitting)
    if sitting is None:
        return "nothing_open"
    if sitting.recording(body.recording):
        return "already_said"
    if unasked(sitting, body):
        return "barred"
    kept = Recording(
        id=body.recording, paper=body.paper, content=body.content, seconds=body.seconds, consented=body.consented,
        until=body.until,
    )  # fmt: skip
    _put(docket, structs.replace(sitting, recordings=(*sitting.recordings, kept)))
    return None


def unasked(sitting: Sitting, body: s.RecordingKept) -> bool:
    """Whether somebody who was there while it was recorded never agreed, or is named without having been there."""
    since = sitting.opened_ms + body.began * SECOND
    there = {one.seat for one in sitting.sitters if one.here_between(since, since + body.seconds * SECOND)}
    agreed = {one.seat for one in sitting.sitters if one.gave}
    return not there <= set(body.consented) <= agreed


def _destroyed(docket: Docket, _entry: Entry, body: s.RecordingDestroyed) -> Reason | None:
    sitting = sitting_of(docket.sittings, body.sitting)
    held = sitting.recording(body.recording) if sitting else None
    if sitting is None or held is None or held.destroyed:
        return "nothing_open"
    gone = structs.replace(held, destroyed=body.why)
    recordings = tuple(gone if one.id == gone.id else one for one in sitting.recordings)
    _put(docket, structs.replace(sitting, recordings=recordings))
    return None


def _shown(docket: Docket, _entry: Entry, body: s.PaperShown) -> Reason | None:
    sitting = sitting_of(docket.sittings, body.sitting)
    if sitting is None or sitting.sitter(body.seat) is None:
        return "nothing_open"
    _put(docket, structs.replace(sitting, shown=(*sitting.shown, (body.material, body.paper))))
    return None


def _agreed(docket: Docket, _entry: Entry, body: s.SittingAgreed) -> Reason | None:
    sitting = sitting_of(docket.sittings, body.sitting)
    if sitting is None or not sitting.open or sitting.sitter(body.seat) is None:
        return "nothing_open"
    if (body.paper, body.seat) in sitting.agreed:
        return "already_said"
    _put(docket, structs.replace(sitting, agreed=(*sitting.agreed, (body.paper, body.seat))))
    return None


def _closed(docket: Docket, entry: Entry, body: s.SittingClosed) -> Reason | None:
    sitting = sitting_of(docket.sittings, body.sitting)
    if sitting is None or not sitting.open:
        return "nothing_open"
    sitters = tuple(_ended(one, entry.happened_ms) if one.here else one for one in sitting.sitters)
    ended = structs.replace(
        sitting, sitters=sitters, closed_ms=entry.happened_ms, how=body.how, next=body.next, by_day=body.by_day or "",
    )  # fmt: skip
    _put(docket, ended)
    return None


def require_sitting(docket: Docket, key: str) -> Sitting:
    """The sitting of this id, open or over.

    Raises:
        Refused: this case has none.
    """
    sitting = sitting_of(docket.sittings, key)
    if sitting is None:
        raise Refused("no_sitting", "这件事没有这一次视频，什么都没有记。请从排队的那一页进来。")
    return sitting


def _require_open(docket: Docket, key: str) -> Sitting:
    sitting = require_sitting(docket, key)
    if not sitting.open:
        raise Refused("sitting_over", "这一次视频已经结束了，记的都在。要接着谈，请再开一次。")
    return sitting


def _sitter(sitting: Sitting, seat: int) -> Sitter:
    sitter = sitting.sitter(seat)
    if sitter is None:
        raise Refused("not_seated", "这个人还没有进来过，没有记。请等他进来再说。")
    return sitter


def _own(sitter: Sitter, deed: Deed) -> None:
    if deed.by != sitter.person:
        raise NotAllowed("own_consent", "同意不同意，要他自己说、自己按，别人不能替。什么都没有记。")


def _may_open(docket: Docket, body: s.SittingOpened, _deed: Deed) -> None:
    if sitting_of(docket.sittings, body.sitting):
        raise Refused("sitting_again", "这一次视频已经开过了。要再谈，请另开一次。")
    if open_sitting(docket.sittings):
        raise Refused("sitting_open", "这件事正在视频，没有另开。请进原来的那一间。")


def _may_join(docket: Docket, body: s.SittingJoined, _deed: Deed) -> None:
    sitting = _require_open(docket, body.sitting)
    known = sitting.sitter(body.seat)
    if known and (known.here or known.person != body.person):
        raise Refused("seat_taken", "这个位子上已经有人了。请用发给您自己的链接。")
    if len(sitting.here) >= MOST:
        raise Refused("sitting_full", "里面已经有 {most} 个人，坐满了。请等一位出来，或打电话问站里。", most=MOST)


def _may_leave(docket: Docket, body: s.SittingLeft, _deed: Deed) -> None:
    if not _sitter(require_sitting(docket, body.sitting), body.seat).here:
        raise Refused("not_here_now", "他已经不在里面了，不用再记。")


def _may_answer(docket: Docket, body: s.RecordingConsented | s.RecordingRefused, deed: Deed) -> None:
    sitter = _sitter(_require_open(docket, body.sitting), body.seat)
    _own(sitter, deed)
    if sitter.consent == ("given" if isinstance(body, s.RecordingConsented) else "refused"):
        raise Refused("said_already", "这句话已经记下了，没有再记一遍。")


def _may_withdraw(docket: Docket, body: s.RecordingWithdrawn, deed: Deed) -> None:
    sitter = _sitter(require_sitting(docket, body.sitting), body.seat)
    _own(sitter, deed)
    if sitter.consent != "given":
        raise Refused("no_consent", "您没有同意过录像，没有什么要收回的。")


def _may_keep(docket: Docket, body: s.RecordingKept, deed: Deed) -> None:
    sitting = require_sitting(docket, body.sitting)
    if sitting.recording(body.recording):
        raise Refused("kept_already", "这段录像已经留下了，没有再留一遍。")
    if unasked(sitting, body):
        raise Refused("not_all_agreed", "录的时候在场的人没有都同意，这段录像没有留。别的都在，接着谈就行。")
    if date.fromisoformat(body.until) <= deed.today:
        raise Refused("kept_no_day", "录像留到哪一天不对，没有留。请看看资料包里留几天。")


def _may_destroy(docket: Docket, body: s.RecordingDestroyed, _deed: Deed) -> None:
    held = require_sitting(docket, body.sitting).recording(body.recording)
    if held is None or held.destroyed:
        raise Refused("no_recording", "没有这段录像，或者已经销毁了。")


def _may_show(docket: Docket, body: s.PaperShown, deed: Deed) -> None:
    sitter = _sitter(_require_open(docket, body.sitting), body.seat)
    if body.how == "pressed":
        _own(sitter, deed)
    if body.material and all(item.code != body.material for item in docket.checklist):
        raise Refused("not_on_list", "单子上没有的不能说缺。真要，请记“再要材料”，算我们没说全。")


def _may_agree(docket: Docket, body: s.SittingAgreed, deed: Deed) -> None:
    sitting = _require_open(docket, body.sitting)
    sitter = _sitter(sitting, body.seat)
    if body.how == "pressed":
        _own(sitter, deed)
    if sitter.part not in RESIDENTS:
        raise Refused("agrees_not", "说对的要是来办事的人或他家里人，没有记。请读给他听。")
    if (body.paper, body.seat) in sitting.agreed:
        raise Refused("agreed_already", "他已经说过对了，没有再记一遍。")


def _may_close(docket: Docket, body: s.SittingClosed, deed: Deed) -> None:
    _require_open(docket, body.sitting)
    if body.by_day and date.fromisoformat(body.by_day) < deed.today:
        raise Refused("sitting_day", "说好的日子已经过了，没有记。请选今天或以后的日子。")
    if body.next in {"we_act", "meet_again"} and body.by_day is None:
        raise Refused("sitting_no_day", "下一步归我们，还没说哪天以前。请选一个日子。")


SITTING_EFFECTS: dict[type[Body], Callable[[Docket, Entry, Any], Reason | None]] = {
    s.SittingOpened: _opened,
    s.SittingJoined: _joined,
    s.SittingLeft: _left,
    s.RecordingConsented: _said("given"),
    s.RecordingRefused: _said("refused"),
    s.RecordingWithdrawn: _said("withdrawn"),
    s.RecordingKept: _kept,
    s.RecordingDestroyed: _destroyed,
    s.PaperShown: _shown,
    s.SittingAgreed: _agreed,
    s.SittingClosed: _closed,
}
SITTING_GUARDS: dict[type[Body], Callable[[Docket, Any, Deed], None]] = {
    s.SittingOpened: _may_open,
    s.SittingJoined: _may_join,
    s.SittingLeft: _may_leave,
    s.RecordingConsented: _may_answer,
    s.RecordingRefused: _may_answer,
    s.RecordingWithdrawn: _may_withdraw,
    s.RecordingKept: _may_keep,
    s.RecordingDestroyed: _may_destroy,
    s.PaperShown: _may_show,
    s.SittingAgreed: _may_agree,
    s.SittingClosed: _may_close,
}
