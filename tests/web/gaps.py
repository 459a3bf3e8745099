"""What stands in the gaps of a door's path and fields, once the story has come so far."""

import re
from datetime import date

import pypdfium2 as pdfium
from tests.apps.conftest import EVENING
from tests.nodes import ISLAND

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.errands.forms import token_for
from driftbox.apps.eventlog.nodes import NewNode, believe
from driftbox.apps.packdesk.actions import begin
from driftbox.apps.people.access import staff_viewer
from driftbox.apps.people.models import Account
from driftbox.apps.recognition.models import RecognitionRow
from driftbox.apps.serving.queries import pdf_of
from driftbox.apps.sittings import rooms
from driftbox.apps.sittings.invitations import invite

SHOTS = tuple(f"0189{n}000-0000-7000-8000-000000000000" for n in (1, 2, 3))
CODE = re.compile(r"(?:[2-9A-Z]{4}\s+){3}[2-9A-Z]{4}")


def gaps_of(docket, stage):
    """What stands in the gaps of a door's path and fields for this case."""
    papers = [item.code for item in docket.checklist if item.source == "resident" and item.kind != "shown"]
    begin(docket.matter, by=Account.objects.get(username="xu").person, now=EVENING)  # a draft, for its pages
    return {
        "island": _island(),
        "docket": docket.id, "matter": docket.matter, "label": stage.box, "digest": docket.said or "",
        "parcel": next(iter(docket.parcels), ""), "pier": stage.destination, "item": papers[0] if papers else "",
        "colleague": stage.staff["zhao"].person,
        "other": CaseRow.objects.exclude(pk=docket.id).values_list("docket", flat=True).first() or "",
        "agent": Account.objects.get(username="chen").person,
        **_printed(docket),
        **_odd_one(docket),
        **_invitation(docket),
        **_photographed(docket),
        **_room(docket, stage),
    }  # fmt: skip


def _island():
    """The name of a station that is believed here."""
    believe(NewNode(name=ISLAND.node, public=ISLAND.public, sealing=ISLAND.sealing, role="station", office="C-BS"),
            now=EVENING)  # fmt: skip
    return ISLAND.node


def _room(docket, stage):
    """A room for the case, appointed for a day far ahead, and the link of a seat; none where the clerk sees no case."""
    if docket.confidential:
        return {"room": "", "seat_link": ""}
    lin = staff_viewer(stage.staff["lin"])
    room = rooms.start(docket.id, lin, starts=EVENING.replace(year=2099), now=EVENING)
    return {"room": room.pk, "seat_link": invite(room.pk, "interpreter", lin, name="手语", now=EVENING).token}


def _invitation(docket):
    """The link of somebody in the household who was asked to sign."""
    asked = [(form.form, signer) for form in docket.forms for signer in form.asked]
    return {"invited": token_for(docket.id, *asked[0], date.max) if asked else ""}


def _printed(docket):
    """The number of the case's notice, and the code that stands on its sheet."""
    if not docket.notices:
        return {"serial": "", "code": ""}
    serial = docket.notices[-1].serial
    words = pdfium.PdfDocument(pdf_of(docket, serial, "zh", large=False))[0].get_textpage().get_text_bounded()
    return {"serial": serial, "code": "".join(CODE.search(words)[0].split())}


def _photographed(docket):
    """A photograph of a paper that somebody at the box, the clerk and the agent each sent."""
    staff = [Account.objects.get(username=name).person for name in ("lin", "chen")]
    for by, shot in zip(("", *staff), SHOTS, strict=True):
        RecognitionRow.objects.get_or_create(
            id=shot, defaults={"docket": docket.id, "by": by, "persons": "", "made": EVENING}
        )
    return dict(zip(("shot_box", "shot_desk", "shot_pocket"), SHOTS, strict=True))


def _odd_one(docket):
    """What does not agree on the case, and its photograph."""
    odd = next(iter(docket.open_incidents), None)
    return {"incident": odd.entry if odd else "", "photo": odd.papers[0] if odd and odd.papers else ""}
