"""A copy that leaves the house bears what it is for 仅供…使用: for this case, on this day, for nothing else."""

from datetime import datetime

from django.utils.translation import gettext

from driftbox.apps.pack import calendar, matter_of
from driftbox.apps.papers.queries import Opened
from driftbox.apps.recognition.queries import copies_in
from driftbox.domain.docket.state import Docket
from driftbox.gateways.watermark import MARKED_TYPES, watermarked
from driftbox.web.base.act_form import all_materials
from driftbox.web.base.telling import said


def copies_of(docket: Docket) -> list[tuple[str, str]]:
    """The photographs that were kept as copies: the name of the material, and the digest to open it by."""
    names = dict(all_materials(docket))
    return [(names.get(copy.material, copy.material), copy.digest) for copy in copies_in(docket.id)]


def marked_copy(opened: Opened, docket: Docket, now: datetime) -> Opened:
    """The paper as it may be handed out: a photograph with its purpose burnt in, anything else as it is.

    Raises:
        BadPaper: a photograph that cannot be unpacked.
        BadFont: no Chinese font is on this machine.
    """
    if opened.media_type not in MARKED_TYPES:
        return opened
    matter = said(matter_of(docket).plain)
    day = calendar().local_date(now).isoformat()
    words = gettext("只用于{matter} {number} {day}").format(matter=matter, number=docket.number, day=day)
    return Opened("image/jpeg", watermarked(opened.content, words))
