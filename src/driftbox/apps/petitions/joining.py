"""Dockets that belong together: duplicates merged and taken apart, an errand that became a petition, aid beside it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from driftbox.apps.dockets.actions import new_docket, open_case, record
from driftbox.apps.dockets.queries import load
from driftbox.apps.eventlog.actions import together
from driftbox.apps.notices.actions import hand_out_receipt
from driftbox.apps.pack import current_pack
from driftbox.apps.papers.actions import seal_text
from driftbox.apps.petitions.carrying import Asking, beginning, copied, record_asked, taking_part
from driftbox.apps.petitions.registering import matter_for
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.petition_entries import PetitionRegistered
from driftbox.domain.docket.petition_watch_entries import (
    DocketLinked,
    DocketUnlinked,
    PetitionMerged,
    PetitionUnmerged,
    Relation,
)
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import Refused
from driftbox.domain.log.entry import Body

Seal = Callable[[str], str]
Make = Callable[[Docket, Seal], Sequence[Body]]


def link(docket: str, other: str, relation: Relation, *, by: str, role: str, now: datetime) -> Docket:
    """Link ``other`` to ``docket``: ``repeat`` when the same person raised the same before, ``related`` otherwise.

    A repeat of what went through the final review is marked, and is then not accepted again (Art. 36).
    """
    ended = load(other).docket.stage == "ended"
    body = DocketLinked(docket=other, relation=relation, ended=ended)
    return record(docket, [body], by=by, role=role, now=now)


def unlink(docket: str, other: str, reason: str, *, by: str, role: str, now: datetime) -> Docket:
    """Undo a link."""
    return record(docket, [DocketUnlinked(docket=other, reason=reason)], by=by, role=role, now=now)


def merge(duplicate: str, main: str, *, by: str, role: str, now: datetime) -> Docket:
    """Merge ``duplicate`` into ``main``: a person's decision. Both keep their clocks; returns the duplicate.

    Raises:
        Refused: merged already, or something is merged into it; nothing changed.
    """
    into = load(main).docket
    if into.petition.merged_into:
        raise Refused("main_is_merged", "要并进去的那一件，自己已经并到别处了。请并到最后那一件里。")
    with together():
        record(main, [DocketLinked(docket=duplicate, relation="duplicate")], by=by, role=role, now=now)
        return record(duplicate, [PetitionMerged(into=main)], by=by, role=role, now=now)


def unmerge(duplicate: str, reason: str, *, by: str, role: str, now: datetime) -> Docket:
    """Take a merged petition out again; returns it as it stands, which is where it stood."""
    main = load(duplicate).docket.petition.merged_into
    with together():
        after = record(duplicate, [PetitionUnmerged(into=main, reason=reason)], by=by, role=role, now=now)
        record(main, [DocketUnlinked(docket=duplicate, reason=reason)], by=by, role=role, now=now)
    return after


def act_together(main: str, make: Make, *, by: str, role: str, now: datetime, at: datetime | None = None) -> Docket:
    """Do one act on ``main`` and on everything merged into it, with words sealed for each; returns ``main``.

    ``make`` makes the bodies for one docket, given the docket and what seals words for it.

    Raises:
        Refused: one of them does not allow it; nothing was recorded on any.
    """
    held = load(main).docket
    with together():
        for docket in (*held.petition.merged, main):
            state = load(docket).docket
            bodies = make(state, _seal_for(docket, now))
            held = record(docket, bodies, by=by, role=role, now=now, for_=state.beneficiary, at=at)
    return held


def _seal_for(docket: str, now: datetime) -> Seal:
    return lambda words: seal_text(docket, words, now=now)


def petition_from_errand(errand: str, words: str, asking: Asking, *, now: datetime) -> Docket:
    """An errand that failed becomes a petition in one act: linked both ways, its papers sealed once more.

    Raises:
        Refused: it is a petition already.
        NotAllowed: a helper without mandate.
    """
    old = load(errand).docket
    if old.procedure == "petition":
        raise Refused("is_petition", "这一件已经是信访了。对答复不服，请申请复查。")
    with together():
        new = new_docket(now=now)
        said = seal_text(new, words, now=now) if words.strip() else None
        open_case(
            new, matter=matter_for("redress", ""), channel=asking.channel, office=old.office, by=asking.by,
            role=asking.role, for_=old.beneficiary, recorder=asking.recorder, said=said, now=now,
        )  # fmt: skip
        hand_out_receipt(new)
        record(new, beginning(old), by=old.beneficiary, role="resident", now=now, recorder=asking.recorder or asking.by)
        linked = DocketLinked(docket=errand, relation="arisen_from", papers=copied(old, new, now=now))
        bodies = [*taking_part(old), linked, PetitionRegistered(sort="redress")]
        after = record_asked(new, bodies, asking, old.beneficiary, now=now)
        back = DocketLinked(docket=new, relation="became_petition")
        record_asked(errand, [back], asking, old.beneficiary, now=now)
    return after


def open_aid(petition: str, matters: Sequence[str], *, by: str, role: str, now: datetime) -> list[Docket]:
    """Open the aid matters that a hardship petition needs beside it (Art. 37): one docket each, linked.

    A confidential petition knows of them, but they do not know of it.

    Raises:
        Refused: nobody left a name, or a matter that is none.
    """
    old = load(petition).docket
    known = current_pack().matters
    if not old.beneficiary:
        raise Refused("nobody_known", "没有留名，没法替他开别的事。请在信箱里问一声。")
    if any(code not in known or known[code].procedure != "errand" for code in matters):
        raise Refused("no_such_matter", "没有这个事项，什么都没有开。请从单子里选。")
    with together():
        return [_aid(old, code, by, role, now) for code in dict.fromkeys(matters)]


def _aid(old: Docket, matter: str, by: str, role: str, now: datetime) -> Docket:
    new = new_docket(now=now)
    open_case(
        new, matter=matter, channel="window", office=old.office, by=old.beneficiary, role="resident",
        for_=old.beneficiary, recorder=by, said=None, now=now,
    )  # fmt: skip
    hand_out_receipt(new)
    first: list[Body] = [e.PartyNamed(person=old.beneficiary, part="beneficiary")]
    if not old.confidential:
        first.append(DocketLinked(docket=old.id, relation="aid_for"))
    after = record(new, first, by=by, role=role, now=now)
    record(old.id, [DocketLinked(docket=new, relation="aid")], by=by, role=role, now=now)
    return after
