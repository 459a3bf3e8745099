"""A phone meets the station: who is there, today's sheet, what it hands in."""

from datetime import datetime, timedelta
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from msgspec import Meta, Struct

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.errands.intake import Call
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import Particulars
from driftbox.apps.phones.actions import Piece, Taken, enrol_phone, keep_piece, take_intake, was_here
from driftbox.apps.phones.queries import Became, Phone, became_of, key_of_phone, phones_of, standing_of, wrote_in
from driftbox.apps.sync.intake import arrive
from driftbox.domain.errors import BadEntry, BadPaper, NotAllowed, NotFound
from driftbox.domain.log.codes import Digest, Key
from driftbox.domain.log.entry import decode64
from driftbox.domain.log.ids import instant, is_id, millis
from driftbox.domain.log.reasons import why
from driftbox.gateways.keys import read_public
from driftbox.web.base.middleware import now_of
from driftbox.web.base.viewer import viewer_of
from driftbox.web.phone.guard import phone_door, phone_of, read_body, require_signature
from driftbox.web.phone.sheet import sheet_of

MOST_ENTRIES = 200
LONGEST = 32_768  # characters of one entry as it travels; longer ones are kept apart by the log itself
DIGEST = 43
PIECE = 262_144
DIGITS = 15  # of a number that a phone tells


@never_cache
@phone_door
@require_GET
def hello(request: HttpRequest) -> HttpResponse:
    """Who is signed in, what time it is here, how this phone stands, and which phones this person has."""
    viewer, now = viewer_of(request), now_of(request)
    node = request.GET.get("node", "")[:60]
    standing = standing_of(node, viewer.person)
    if standing != "unknown":
        was_here(node, _number(request, "kept", 9999), _offset(request, now), now=now)
    return JsonResponse({
        "person": viewer.person, "name": viewer.name, "csrf": get_token(request), "now": millis(now),
        "phone": standing, "phones": [_told(one) for one in phones_of([viewer.person]) if one.revoked is None],
    })  # fmt: skip


def _told(phone: Phone) -> dict[str, object]:
    met = millis(phone.met) if phone.met else 0
    return {"node": phone.node, "enrolled": millis(phone.enrolled), "met": met, "kept": phone.kept,
            "entries": phone.entries}  # fmt: skip


def _number(request: HttpRequest, name: str, most: int) -> int:
    text = request.GET.get(name, "")
    return min(int(text), most) if _is_number(text) else 0


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= DIGITS


def _offset(request: HttpRequest, now: datetime) -> timedelta:
    """By how much the phone's clock is behind ours; nothing where it does not say."""
    clock = _number(request, "clock", 10**15)
    return timedelta(milliseconds=millis(now) - clock) if clock else timedelta(0)


@never_cache
@phone_door
@require_GET
def day(request: HttpRequest) -> HttpResponse:
    """Today's sheet: the cases to run, with what they need at sea; it holds keys, so only a believed phone is told."""
    viewer, now, node = viewer_of(request), now_of(request), request.GET.get("node", "")[:60]
    if key_of_phone(node, viewer.person).revoked:
        raise NotAllowed("phone_revoked", "这台手机停用了，单子不再给它。记过的还能交。请打电话问站里。")
    asked = request.GET.get("lang", "")
    code = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(code):
        return JsonResponse(sheet_of(viewer, node, now))


class EnrolBody(Struct, frozen=True, forbid_unknown_fields=True):
    """The public key of a phone: the uncompressed point, base64url."""

    public: Annotated[str, Meta(max_length=100)]


@phone_door
@require_POST
def enrol(request: HttpRequest) -> HttpResponse:
    """Believe this phone of whoever is signed in, which shows that it holds its key."""
    viewer = viewer_of(request)
    public = decode64(read_body(request, EnrolBody).public)
    require_signature(request, read_public("p256", public), request.body)
    node = enrol_phone(public, viewer.person, viewer.office, now=now_of(request))
    return JsonResponse({"node": node, "person": viewer.person})


class EntriesBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Signed entries as they travel, oldest first."""

    entries: Annotated[tuple[Annotated[str, Meta(max_length=LONGEST)], ...], Meta(max_length=MOST_ENTRIES)]


@phone_door
@require_POST
def entries(request: HttpRequest) -> HttpResponse:
    """Take in what a phone recorded; says of each what became of it, why, and who can mend it."""
    node, now = phone_of(request), now_of(request)
    raws = [one.encode("utf-8", "replace") for one in read_body(request, EntriesBody).entries]
    arrive(raws, now=now, via=node)
    return JsonResponse({"results": [_became(became_of(raw)) for raw in raws], "now": millis(now)})


def _became(became: Became) -> dict[str, str]:
    if became.state == "in":
        return {"state": "in", "code": "", "sentence": "", "who": ""}
    if became.state == "contested":
        said = gettext("到站里了，但和别的对不上，等站长来定。")
        return {"state": "contested", "code": "contested", "sentence": said,
                "who": "staff"}  # fmt: skip
    reason = why(became.code)
    sentence = f"{gettext(reason.said)} {gettext(reason.remedy)}"
    return {"state": became.state, "code": became.code, "sentence": sentence, "who": reason.mender}


class IntakeBody(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody asked for where there was no signal; ``key``: of the docket, as the phone made it."""

    docket: Key
    key: Annotated[str, Meta(max_length=60)]
    provisional: Annotated[str, Meta(pattern=r"^[0-9A-F]{3}-[0-9A-F]{3}$")]
    at: Annotated[int, Meta(ge=0, le=10**14)]
    matter: Annotated[str, Meta(max_length=60)]
    words: Annotated[str, Meta(min_length=1, max_length=4000)]
    name: Annotated[str, Meta(min_length=1, max_length=60)]
    phone: Annotated[str, Meta(max_length=20)] = ""
    address: Annotated[str, Meta(max_length=120)] = ""
    papers: Annotated[tuple[Digest, ...], Meta(max_length=8)] = ()


@phone_door
@require_POST
def intake(request: HttpRequest) -> HttpResponse:
    """Open the case of an intake that was taken down without signal; again finds it opened."""
    node, viewer, now = phone_of(request), viewer_of(request), now_of(request)
    if standing_of(node, viewer.person) == "revoked":
        raise BadEntry("revoked_signer", "这台手机已经停用，新的事不能从这里开。请打电话问站里，记下的都还在手机里。")
    said = read_body(request, IntakeBody)
    if not is_id(said.docket):
        raise BadEntry("not_understood", "手机传来的读不懂，没有收。手机里的都还在，请更新这一页再传。")
    if said.matter not in current_pack().matters:
        raise NotFound("no_matter", "要办的这一样现在没有了，没有登记。请在手机上另选一样，再传一次。")
    number = take_intake(_taken(said, viewer, now), node=node, by=viewer.person,
                         role=viewer.role_among(("agent", "director")), note=_note(said, now), now=now)  # fmt: skip
    return JsonResponse({"number": number, "docket": said.docket})


def _taken(said: IntakeBody, viewer: Viewer, now: datetime) -> Taken:
    caller = Particulars(name=said.name.strip(), phone=said.phone.strip(), address=said.address.strip())
    call = Call(matter=said.matter, words=said.words, caller=caller, channel="home", office=viewer.office)
    return Taken(docket=said.docket, key=decode64(said.key), provisional=said.provisional, at=_when(said, now),
                 call=call, papers=said.papers)  # fmt: skip


def _when(said: IntakeBody, now: datetime) -> datetime:
    return min(instant(said.at), now)


def _note(said: IntakeBody, now: datetime) -> str:
    when = _when(said, now).astimezone(calendar().zone)
    return gettext("代办员在没有信号的地方记下的，暂编号 {number}，{when}。").format(
        number=said.provisional, when=f"{when:%Y-%m-%d %H:%M}"
    )


@phone_door
@require_POST
def paper(request: HttpRequest, digest: str) -> HttpResponse:
    """Take one piece of a sealed paper; says how much of it is here, so that it goes on from there."""
    node, viewer, now = phone_of(request), viewer_of(request), now_of(request)
    docket = request.headers.get("X-Docket", "")[:36]
    if len(digest) != DIGEST:
        raise NotFound("no_paper", "没有这份材料。")
    _require_theirs(node, viewer, docket)
    total, offset = (_count(request, name) for name in ("X-Total", "X-Offset"))
    if not 0 < len(request.body) <= PIECE:
        raise BadPaper("bad_piece", "这一段是空的，或者太长，没有收。手机里的还在，请再传一次。")
    piece = Piece(docket, digest, offset, total, request.headers.get("X-Media", "")[:60], request.body)
    has = keep_piece(node, piece, now=now)
    asked_elsewhere = has not in {total, offset + len(request.body)}
    return JsonResponse({"has": has, "done": has == total}, status=409 if asked_elsewhere else 200)


def _count(request: HttpRequest, name: str) -> int:
    text = request.headers.get(name, "")
    if not _is_number(text):
        raise BadPaper("bad_piece", "这一段是空的，或者太长，没有收。手机里的还在，请再传一次。")
    return int(text)


def _require_theirs(node: str, viewer: Viewer, docket: str) -> None:
    """A paper belongs to a case that the viewer reaches, or in which this phone has written."""
    if not (is_id(docket) and wrote_in(node, docket)):
        docket_for(viewer, docket)
