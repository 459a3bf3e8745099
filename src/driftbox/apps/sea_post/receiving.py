"""Receive at sea 海上收件: what was told becomes a petition with a number that stays, at the moment it is handed in."""

from datetime import datetime
from typing import Final

from driftbox.apps.dockets.actions import open_case, record
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.intake import known_or_new
from driftbox.apps.eventlog.actions import lock, together
from driftbox.apps.notices.actions import hand_out_receipt
from driftbox.apps.notices.mailbox import hand_out_mailbox
from driftbox.apps.papers.actions import seal_text
from driftbox.apps.people.queries import Particulars
from driftbox.apps.petitions.registering import matter_for
from driftbox.apps.sea_post.drafts import Told, draft, keep
from driftbox.apps.sea_post.models import DraftRow
from driftbox.apps.sea_post.post import this_post
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import sea_entries as s
from driftbox.domain.docket.petition_entries import PetitionRegistered, Sort
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import Refused
from driftbox.domain.log.entry import Body

SORTS: Final[dict[str, Sort]] = {
    "redress": "redress", "suggestion": "suggestion", "accusation": "accusation", "dispute": "redress",
}  # fmt: skip


def receive(docket: str, *, now: datetime) -> Docket:
    """Open the petition that was told under ``docket``; handing it in twice gives the same petition.

    Raises:
        Refused: it is not said what it is about, or nothing was said; the draft stays as it is.
    """
    with together():
        lock(docket)
        held = draft(docket)
        if held.done:
            return load(docket).docket
        told = held.told
        if told.kind not in SORTS:
            raise Refused("what_kind", "还没选是哪一种事。说的都还在，选好再交。")
        if not told.words.strip() and not told.recording:
            raise Refused("nothing_said", "还没写什么事。写几句，或者附上来信，都行。")
        who = known_or_new(_particulars(told), now) if told.name.strip() else ""
        said = seal_text(docket, told.words.strip(), now=now) if told.words.strip() else None
        open_case(
            docket, matter=matter_for(SORTS[told.kind], ""), channel="sea", office=this_post().code, by=who,
            role="resident", for_=who, recorder="", said=said, confidential=told.confidential, now=now,
        )  # fmt: skip
        code = hand_out_receipt(docket) if who else hand_out_mailbox(docket)
        after = record(docket, _bodies(docket, told, who, said, now), by=who, role="resident", now=now)
        keep(docket, Told(code=code, language=told.language), now=now)
        DraftRow.objects.filter(pk=docket).update(done=True)
    return after


def _particulars(told: Told) -> Particulars:
    return Particulars(name=told.name.strip(), phone=told.phone, language="en" if told.language == "en" else "zh")


def _bodies(docket: str, told: Told, who: str, said: str | None, now: datetime) -> list[Body]:
    bodies: list[Body] = [PetitionRegistered(sort=SORTS[told.kind], anonymous=not who)]
    if who:
        bodies.append(e.PartyNamed(person=who, part="beneficiary"))
    recording, signature = told.recording or None, told.signature or None
    boat = seal_text(docket, told.boat.strip(), now=now) if told.boat.strip() else None
    bodies.append(s.SeaReceived(
        post=this_post().code, recording=recording, photos=told.photos, signature=signature, boat=boat,
    ))  # fmt: skip
    if told.kind == "dispute":
        boats = seal_text(docket, f"{told.boat.strip()}\n{told.other_boat.strip()}", now=now)
        bodies.append(s.MediationOpened(about=told.about or "other", boats=boats))
        bodies.append(s.MediationStated(side="first", paper=said, recording=recording, signature=signature))
    return bodies


def code_of(docket: str) -> str:
    """The code of a receipt that is still on the screen; empty when it was cleared."""
    row = DraftRow.objects.filter(pk=docket, done=True).first()
    return draft(docket).told.code if row else ""


def forget_receipt(docket: str) -> None:
    """Whoever it is for has it: take it off the screen."""
    DraftRow.objects.filter(pk=docket, done=True).delete()
