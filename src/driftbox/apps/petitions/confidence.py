"""Who may see a confidential petition 保密: the identity custodian lets people in case by case; an emergency opening is
loud and recorded (Regulation on Petition Work, Art. 30).
"""

from datetime import datetime

from django.utils.translation import gettext

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import row_of, rows_numbered
from driftbox.apps.eventlog.actions import together
from driftbox.apps.notices.actions import send_text
from driftbox.apps.pack import line_up
from driftbox.apps.papers.actions import seal_text
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import colleagues_in
from driftbox.domain.docket import petition_watch_entries as w
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound, Refused

MAY_ASK = ("officer", "director", "supervisor", "clerk")
MAY_FORCE = ("director", "supervisor", "officer")


def ask_access(number: str, reason: str, viewer: Viewer, *, now: datetime) -> None:
    """Ask to see the confidential petition with this case number; silent whether there is one or not."""
    role = viewer.role_among(MAY_ASK)
    for docket in rows_numbered(number):
        try:
            record(docket, [w.AccessAsked(person=viewer.person, reason=reason)], by=viewer.person, role=role, now=now)
        except Refused:
            return


def grant_access(docket: str, person: str, asked: str, reason: str, viewer: Viewer, *, now: datetime) -> Docket:
    """The custodian ``viewer`` lets ``person`` see this one petition: why they asked, and why it is granted.

    Raises:
        NotAllowed: not a custodian, the person is complained of, or they are the custodian.
        Refused: it is not confidential.
    """
    body = w.AccessGranted(person=person, asked=asked, reason=reason)
    return record(docket, [body], by=viewer.person, role=viewer.role_among(("custodian",)), now=now)


def revoke_access(docket: str, person: str, reason: str, viewer: Viewer, *, now: datetime) -> Docket:
    """The person sees it no more."""
    body = w.AccessRevoked(person=person, reason=reason)
    return record(docket, [body], by=viewer.person, role=viewer.role_among(("custodian",)), now=now)


def force_access(docket: str, reason: str, words: str, viewer: Viewer, *, now: datetime) -> Docket:
    """Open a confidential petition in an emergency: recorded with ``words``, and every custodian is texted at once.

    Raises:
        NotFound: no such petition under the viewer's office, or the viewer is complained of; never told apart.
        Refused: no words say why; it is not confidential.
    """
    role = viewer.role_among(MAY_FORCE)
    row = row_of(docket)
    if row is None or not {row.office, row.department} & viewer.reach or _named(row.complained, viewer):
        raise NotFound("no_case", "没有这件事，或者不归您看。请对一对编号，或打电话问站里。")
    if not words.strip():
        raise Refused("why_forced", "紧急打开要写明为什么，什么都没有打开。写一句再来。")
    with together():
        body = w.AccessForced(reason=reason, paper=seal_text(docket, words, now=now))
        after = record(docket, [body], by=viewer.person, role=role, now=now)
        for custodian in colleagues_in("custodian"):
            if custodian.phone:
                text = gettext("漂流箱：保密件 {number} 被紧急打开了，打开的人是 {name}。请马上看一看。")
                send_text(docket, custodian.phone, text.format(number=after.number, name=viewer.name), now=now)
    return after


def _named(complained: str, viewer: Viewer) -> bool:
    return any(f" {word} " in complained for word in (viewer.person, *line_up(viewer.office)))
