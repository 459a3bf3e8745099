"""The only readers of sheets of rounds."""

from datetime import date
from typing import Final

import msgspec
from msgspec import structs

from driftbox.apps.people.access import Viewer
from driftbox.apps.rounds.models import RoundsRow
from driftbox.apps.rounds.sheet import Sheet
from driftbox.domain.planning.day import Round

_DECODER: Final = msgspec.json.Decoder(Sheet)


def sheet_of(viewer: Viewer, day: date) -> Sheet | None:
    """The sheet of the office of ``viewer`` for ``day``; None when nobody has made one."""
    row = RoundsRow.objects.filter(day=day.isoformat(), office=viewer.office).first()
    return opened(row) if row else None


def opened(row: RoundsRow) -> Sheet:
    """The sheet in a row."""
    return structs.replace(_DECODER.decode(bytes(row.sheet)), version=row.version, sent=row.out == row.sheet)


def sent_out(viewer: Viewer, day: date) -> Sheet | None:
    """The sheet of the office of ``viewer`` as agents have it; None when none was sent out."""
    row = RoundsRow.objects.filter(day=day.isoformat(), office=viewer.office).exclude(sent=None).first()
    return _DECODER.decode(bytes(row.out)) if row else None


def sent_to(person: str, day: date) -> tuple[Round, Sheet] | None:
    """The round of an agent on ``day`` as it was sent out, and the sheet it is on; None when they have none."""
    for row in RoundsRow.objects.filter(day=day.isoformat()).exclude(sent=None).order_by("office"):
        sheet = _DECODER.decode(bytes(row.out))
        found = next((one for one in sheet.plan.rounds if one.agent == person), None)
        if found is not None:
            return found, sheet
    return None


def busy_for_others(viewer: Viewer, day: date) -> frozenset[str]:
    """The agents whom another office has sent out on ``day``."""
    rows = RoundsRow.objects.filter(day=day.isoformat()).exclude(office=viewer.office).exclude(sent=None)
    return frozenset(one.agent for row in rows for one in _DECODER.decode(bytes(row.out)).plan.rounds)
