"""The written notices of a case, ready for a page."""

from datetime import date

from msgspec import Struct

from driftbox.apps.pack import current_pack
from driftbox.apps.serving.queries import WAYS
from driftbox.apps.serving.values import local_day
from driftbox.domain.docket.notice_state import Notice
from driftbox.domain.docket.state import Docket
from driftbox.web.base.telling import said


class Written(Struct, frozen=True):
    """One notice as a page shows it; ``served`` None: it has not reached the person yet."""

    serial: str
    title: str
    issued: date
    served: date | None
    way: str


def written_of(docket: Docket, *, served_only: bool = False) -> list[Written]:
    """The notices of a case, newest first; only those that reached the person if ``served_only``."""
    wanted = [notice for notice in reversed(docket.notices) if notice.served_ms or not served_only]
    return [_written(notice) for notice in wanted]


def _written(notice: Notice) -> Written:
    form = current_pack().notices.get(notice.kind)
    return Written(
        notice.serial, said(form.title) if form else notice.kind, local_day(notice.issued_ms),
        local_day(notice.served_ms) if notice.served_ms else None, str(WAYS[notice.way]) if notice.way else "",
    )  # fmt: skip
