"""The review chain 复查、复核: a docket of its own one level up, linked both ways (Arts. 35, 36)."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy
from msgspec import Struct

from driftbox.apps.deadlines.queries import last_lawful_day
from driftbox.apps.dockets.actions import new_docket, open_case, record
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.intake import tell_parties
from driftbox.apps.eventlog.actions import together
from driftbox.apps.notices.actions import hand_out_receipt
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.papers.actions import seal_text
from driftbox.apps.petitions.carrying import (
    Asking,
    beginning,
    complained_of,
    copied,
    record_asked,
    taking_part,
)
from driftbox.apps.petitions.registering import guide
from driftbox.domain.docket import petition_entries as p
from driftbox.domain.docket.petition_watch_entries import DocketLinked
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import Refused
from driftbox.domain.log.entry import Body

REQUESTS = frozenset({"review_request", "rereview_request"})
ENDED = "这件事复核过了，到头了，同样的事实和理由不再受理。有新的情况可以另外提，生活上有难处我们照样帮。"
LATE = gettext_lazy("您的申请收下了，过了 30 天。有出海、住院这样的理由，请告诉我们，有理由照样办。")


class Requested(Struct, frozen=True):
    """The new docket in which it is looked at again; ``late``: asked for after ``due``, recorded and told."""

    docket: Docket
    code: str
    late: bool
    due: date | None


def request_review(docket: str, words: str, asking: Asking, *, now: datetime) -> Requested:
    """Ask for the review of an answered petition, or, of a review, for the final one: a new docket one level up.

    A late request is opened all the same, marked late, and the person is told.

    Raises:
        Refused: nothing was answered yet, it was asked for already, or the final review is over.
        NotAllowed: a helper without mandate.
    """
    old = load(docket).docket
    if old.petition.tier > 1:
        raise Refused("ended", ENDED)
    due = last_lawful_day(old, now, REQUESTS)
    late = due is not None and calendar().local_date(now) > due
    with together():
        new = new_docket(now=now)
        record_asked(docket, [p.ReviewOpened(docket=new, late=late)], asking, old.beneficiary, now=now)
        _open(new, old, asking, now)
        code = hand_out_receipt(new)
        secret: list[Body] = [p.PetitionRegistered(sort="accusation")] if old.confidential else []
        bodies = [*secret, *taking_part(old), *complained_of(old), *_request(new, old, words, late=late, now=now)]
        after = record_asked(new, bodies, asking, old.beneficiary, now=now)
        if late:
            tell_parties(after, LATE, now=now)
    return Requested(after, code, late, due)


def level_up(office: str) -> str:
    """The office above ``office``; the root of the tree passes on what goes beyond it."""
    found = current_pack().offices.get(office)
    return found.parent if found and found.parent else office


def _open(new: str, old: Docket, asking: Asking, now: datetime) -> None:
    matter = guide().rereview if old.petition.tier else guide().review
    open_case(
        new, matter=matter, channel=asking.channel, office=level_up(old.petition.office or old.office), by=asking.by,
        role=asking.role, for_=old.beneficiary, recorder=asking.recorder, said=None, now=now,
    )  # fmt: skip
    record(new, beginning(old), by=old.beneficiary, role="resident", now=now, recorder=asking.recorder or asking.by)


def _request(new: str, old: Docket, words: str, *, late: bool, now: datetime) -> list[Body]:
    paper = seal_text(new, words, now=now) if words.strip() else None
    kind = p.RereviewRequested if old.petition.tier else p.ReviewRequested
    barred = tuple(dict.fromkeys((*old.petition.barred, *old.petition.handlers)))
    linked = DocketLinked(docket=old.id, relation="reviewed", papers=copied(old, new, now=now))
    return [linked, kind(of=old.id, late=late, barred=barred, paper=paper)]
