"""The register of doors: every address with who may come in, and with what. A new address needs a line here."""

from dataclasses import dataclass, field

from django.test import Client
from tests.web import doors_arrivals, doors_district, doors_duty, doors_figures, doors_phone, doors_sea
from tests.web.doors_agents import doors_of as agents_of
from tests.web.doors_video import doors_of as video_doors
from tests.web.doors_watch import doors_of
from tests.web.gaps import SHOTS

from driftbox.apps.people.models import Account
from driftbox.web.sign_in.half import HALF

NOBODY, PARTY, DEPOSITOR, PHONE, MINE, OWNER, HALF_IN, LETTERS = (
    "nobody", "party", "depositor", "phone", "mine", "owner", "half in", "letters",
)  # fmt: skip
OPEN = frozenset({NOBODY, DEPOSITOR, PHONE, MINE, OWNER, HALF_IN, LETTERS})
UNKNOWN = "01890000-0000-7000-8000-000000000000"
PASSWORD = "piaoliuxiang-test"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Door:
    """One address asked in one way.

    ``who`` may come in: a user name, or one of the visitors above; ``wrong`` is a member of staff without the role.
    ``until`` is how far the case has come; ``bad`` are paths that lead nowhere.
    """

    name: str
    path: str
    method: str = "GET"
    status: int = 200
    who: str = NOBODY
    wrong: str = ""
    until: str = "checklist.given"
    data: dict[str, object] = field(default_factory=dict)
    bad: tuple[str, ...] = ()

    @property
    def staffed(self):
        return self.who not in OPEN | {PARTY}

    def __str__(self):
        return f"{self.method} {self.name}"


CASES = (UNKNOWN, "not-an-id", "7f3c1f52-0000-4000-8000-00000000000g", "%00", "%ff")
CALL = {"matter": "{matter}", "channel": "phone", "caller_name": "周敏", "caller_phone": "13800000713"}


def _bad(path, gap, *values):
    return tuple(path.replace(gap, value) for value in values)


def _case(name, path, **more):
    return Door(name, path, bad=_bad(path, "{docket}", *CASES), **more)


def _box(name, path, **more):
    return Door(name, path, bad=_bad(path, "{label}", "BX-99", "%00", "%ff", "a" * 500), **more)


def _odd(name, path, **more):
    """The page of something that does not agree, on a case that has one such thing with a photograph."""
    bad = tuple(bad for gap in ("{docket}", "{incident}") for bad in _bad(path, gap, *CASES))
    return Door(name, path, until="incident.photographed", bad=bad, **more)


def _matter(name, path, **more):
    return Door(name, path, bad=_bad(path, "{matter}", "NO-SUCH", "%00", "%ff", "a" * 500), **more)


def _part(**more):
    path = "/desk/matters/{matter}/draft/basics/"
    bad = (*_bad(path, "{matter}", "NO-SUCH", "%00"), *_bad(path, "basics", "no.such", "material-9", "%00", "a" * 500))
    return Door("packdesk:part", path, who="xu", wrong="hu", bad=bad, **more)


def _form(name, path, **more):
    bad = (*_bad(path, "{docket}", *CASES), *_bad(path, "/aid/", "/no-such/", "/%00/"))
    return Door(name, path, bad=bad, **more)


def _notice(name, path, **more):
    bad = (*_bad(path, "{docket}", *CASES), *_bad(path, "{serial}", "baisha-2026-n9999", "%00", "%ff", "a" * 500))
    return Door(name, path, **{"until": "notice.issued", "bad": bad, **more})


def _friday(name, path, **more):
    """A page of the rounds of a Friday far ahead, for the director."""
    bad = _bad(path, "2099-01-02", "2099-13-02", "20990102", "no-day", "%00", "a" * 500)
    bad += _bad(path, "{docket}", *CASES) if "{docket}" in path else ()
    return Door(name, path, who="hu", wrong="chen", bad=bad, **more)


def _genuine(**more):
    path = "/genuine/{code}/"
    bad = _bad(path, "{code}", "2" * 15 + "3", "ABCD", "%00", "%ff", "a" * 500)
    return Door("genuine:answer", path, until="notice.issued", bad=bad, **more)


PETITION = {"way": "redress", "channel": "visit", "words": "滑道塌了。", "name": "周大海"}
RATING = {"satisfaction": "1", "solved": "yes"}
DOORS = (
    *doors_of(Door, _case, CASES, LETTERS),
    *agents_of(Door, _case, CASES),
    *doors_district.doors_of(Door, _case, CASES),
    *doors_duty.doors_of(Door),
    *doors_figures.doors_of(Door),
    *doors_phone.doors_of(Door),
    *video_doors(Door, _case, CASES),
    *doors_arrivals.doors_of(Door, _case),
    *doors_sea.doors_of(Door, _case),
    Door("base:mode", "/mode/elder/", status=302, bad=("/mode/giant/",)),
    Door("base:language", "/language/en/", status=302, bad=("/language/xx/",)),
    Door("resident:home", "/"),
    Door("resident:ask", "/ask/?q=老年证"),
    Door("resident:matters", "/matters/"),
    _matter("resident:matter", "/matters/{matter}/"),
    _matter("resident:list", "/matters/{matter}/list/"),
    _matter("resident:start", "/matters/{matter}/start/"),
    _matter("resident:start", "/matters/{matter}/start/", method="POST", status=400,
            data={"name": "周敏"}),
    Door("resident:together", "/together/?bundle=after_a_death", status=302),
    Door("resident:together", "/together/?matter=GA-SIWANG&matter=RS-SANGZANG&answer=someone_acts"),
    Door("resident:start_together", "/together/start/?matter=GA-SIWANG&matter=RS-SANGZANG"),
    Door("resident:start_together", "/together/start/?matter=GA-SIWANG&matter=RS-SANGZANG", method="POST", status=400,
         data={"name": "周敏"}),
    Door("resident:papers", "/papers/", who=MINE),
    _case("resident:stop_reuse", "/papers/{docket}/stop/", method="POST", status=302, who=OWNER,
          data={"code": "household_register"}, until="materials.checked"),
    Door("resident:privacy", "/privacy/"),
    Door("resident:accessibility", "/accessibility/"),
    Door("track:find", "/track/find/"),
    _case("track:case", "/track/{docket}/", who=PARTY),
    _case("track:rate", "/track/{docket}/rate/", method="POST", status=302, who=PARTY, data=RATING,
          until="result.delivered"),
    _case("track:list", "/track/{docket}/list/", who=PARTY),
    _case("forms:case", "/forms/{docket}/", who=PARTY),
    _form("forms:fill", "/forms/{docket}/aid/", who=PARTY),
    _form("forms:fill", "/forms/{docket}/aid/", method="POST", status=302, who=PARTY,
          data={"blank_name": "周大海", "others_count": "0", "proof": "signature", "signed": "周大海"}),
    _form("forms:pdf", "/forms/{docket}/aid/pdf/?lang=en&large=1", who=PARTY),
    _form("forms:ask", "/forms/{docket}/aid/ask/", method="POST", status=302, who=PARTY,
          data={"name": "沈阿妹", "phone": "13800000798"}),
    Door("forms:invited", "/sign/{invited}/", until="form.asked", bad=("/sign/x/", "/sign/%00/", "/sign/a:b/",
         "/sign/" + "a" * 500 + "/")),
    Door("forms:invited", "/sign/{invited}/", method="POST", until="form.asked"),
    _notice("track:notice", "/track/{docket}/notices/{serial}/?large=1", who=PARTY, until="notice.served"),
    Door("petitions:tell", "/petition/?answer=idea"),
    Door("petitions:tell", "/petition/?answer=idea", method="POST", status=400, data={"name": "周敏"}),
    _case("petitions:receipt", "/petition/{docket}/receipt/", who=PARTY, until="petition.registered"),
    _case("petitions:review", "/petition/{docket}/review/", who=PARTY, until="opinion.served"),
    _case("petitions:review", "/petition/{docket}/review/", method="POST", status=302, who=PARTY,
          data={"words": "没有写哪年。"}, until="opinion.served"),
    Door("petitions:why", "/why/{docket}/notice/", who=PARTY, until="petition.registered",
         bad=(*_bad("/why/{docket}/notice/", "{docket}", *CASES), "/why/{docket}/no-such/", "/why/{docket}/%00/")),
    Door("genuine:ask", "/genuine/"),
    Door("walk:walk", "/walk/"),
    _genuine(),
    _genuine(method="POST", status=400),
    _box("box:label", "/b/{label}/"),
    _box("box:deposit", "/b/{label}/deposit/", who=DEPOSITOR),
    _box("box:deposit", "/b/{label}/deposit/", method="POST", status=302, who=DEPOSITOR,
         data={"items": "{item}", "seal": "BS-0777"}),
    _box("box:read", "/b/{label}/read/", who=DEPOSITOR),
    _box("box:read", "/b/{label}/read/", method="POST", status=400, who=DEPOSITOR),
    Door("box:photo", "/b/{label}/read/{shot_box}/", who=DEPOSITOR,
         bad=_bad("/b/{label}/read/{shot_box}/", "{shot_box}", *CASES)),
    Door("box:photo", "/b/{label}/read/{shot_box}/", method="POST", status=302, who=DEPOSITOR, data={"discard": "1"}),
    _box("box:done", "/b/{label}/done/"),
    _box("labels:label", "/l/{label}/", status=302),
    _box("labels:start", "/l/{label}/start/", method="POST", status=302, who="hu", wrong="lin",
         data={"pier": "{pier}"}),
    Door("labels:scan", "/scan/"),
    Door("labels:scan", "/scan/", method="POST", status=400),
    Door("labels:sheets", "/labels/", who="lin", wrong="chen"),
    Door("labels:sheets", "/labels/", method="POST", who="lin", wrong="chen", data={"kind": "seal", "count": "2"}),
    Door("board:all", "/board/"),
    Door("board:pier", "/board/{pier}/", bad=_bad("/board/{pier}/", "{pier}", "MOON", "%00", "%ff", "a" * 500)),
    Door("sign_in:staff", "/in/staff/"),
    Door("sign_in:staff", "/in/staff/", method="POST", status=302, data={"username": "lin", "password": PASSWORD}),
    Door("sign_in:out", "/in/staff/out/", method="POST", status=302),
    Door("sign_in:staff_code", "/in/staff/code/", who=HALF_IN),
    Door("sign_in:staff_code", "/in/staff/code/", method="POST", status=400, who=HALF_IN, data={"code": "000000"}),
    Door("sign_in:second_factor", "/in/staff/second-factor/", who="chen"),
    Door("sign_in:second_factor", "/in/staff/second-factor/", method="POST", status=302, who="chen",
         data={"step": "begin"}),
    Door("sign_in:second_factor_reset", "/in/staff/second-factor/reset/", method="POST", status=302, who="hu",
         wrong="lin", data={"username": "lin"}),
    Door("sign_in:home", "/in/staff/home/", status=302, who="lin"),
    Door("sign_in:resident", "/in/resident/"),
    Door("sign_in:resident", "/in/resident/", method="POST", status=302, data={"phone": "13800000713"}),
    Door("sign_in:code", "/in/resident/code/", who=PHONE),
    Door("sign_in:code", "/in/resident/code/", method="POST", status=400, who=PHONE, data={"code": "000000"}),
    Door("sign_in:resident_out", "/in/resident/out/", method="POST", status=302),
    Door("sign_in:mine", "/in/mine/", who=MINE),
    Door("desk:queue", "/desk/", who="zhao", wrong="chen"),
    Door("desk:call", "/desk/call/", who="lin", wrong="wang"),
    Door("desk:call", "/desk/call/", method="POST", status=302, who="lin", wrong="wang", data=CALL),
    Door("desk:find", "/desk/find/?q=13800000713", who="lin", wrong="chen"),
    Door("desk:boats", "/desk/boats/", who="fang"),
    Door("desk:boats", "/desk/boats/", method="POST", status=400, who="fang", wrong="chen", data={"what": "suspend"}),
    Door("desk:words", "/desk/words/", who="hu", wrong="lin"),
    Door("desk:word", "/desk/words/1/", method="POST", status=404, who="hu", wrong="lin", data={"do": "dismiss"},
         bad=_bad("/desk/words/1/", "1", "0", "-1", "x", "9" * 30, "%00")),
    Door("packdesk:matters", "/desk/matters/", who="xu", wrong="hu"),
    _matter("packdesk:matter", "/desk/matters/{matter}/", who="xu", wrong="hu"),
    _matter("packdesk:matter", "/desk/matters/{matter}/", method="POST", status=302, who="xu", wrong="hu"),
    _matter("packdesk:draft", "/desk/matters/{matter}/draft/", who="xu", wrong="hu"),
    _matter("packdesk:draft", "/desk/matters/{matter}/draft/", method="POST", status=302, who="xu", wrong="hu",
            data={"do": "withdraw"}),
    _matter("packdesk:preview", "/desk/matters/{matter}/draft/preview/", who="xu", wrong="hu"),
    _part(),
    _part(method="POST", status=400),
    *(Door(f"sync:{name}", f"/sync/{name}", method="POST", status=403)
      for name in ("enrol", "hello", "push", "pull", "papers", "compare")),
    Door("desk:carry", "/desk/carry/", who="lin", wrong="chen"),
    Door("desk:carry", "/desk/carry/", method="POST", status=302, who="lin", wrong="chen"),
    Door("desk:carry_make", "/desk/carry/{island}/", method="POST", who="lin", wrong="chen",
         bad=_bad("/desk/carry/{island}/", "{island}", "no-such", "%00", "%ff", "a" * 500)),
    Door("desk:outbox", "/desk/outbox/", who="lin", wrong="chen"),
    Door("desk:texts_again", "/desk/outbox/again/", method="POST", status=302, who="lin", wrong="chen"),
    _case("desk:case", "/desk/cases/{docket}/", who="lin", wrong="chen"),
    _case("desk:checklist", "/desk/cases/{docket}/checklist/", method="POST", status=302, who="lin", wrong="wang",
          data={"told": "voice"}, until="case.opened"),
    Door("desk:act", "/desk/cases/{docket}/act/note.written/", method="POST", status=302, who="lin", wrong="chen",
         data={"words": "来过电话。"},
         bad=(*_bad("/desk/cases/{docket}/act/note.written/", "{docket}", *CASES), "/desk/cases/{docket}/act/no.such/",
              "/desk/cases/{docket}/act/%00/")),
    _case("desk:list", "/desk/cases/{docket}/list/", who="lin", wrong="chen"),
    _case("desk:notice_preview", "/desk/cases/{docket}/notices/preview/errand_acceptance/", who="lin", wrong="chen",
          until="case.accepted"),
    Door("desk:notice_issue", "/desk/cases/{docket}/notices/issue/errand_acceptance/", method="POST", status=302,
         who="lin", wrong="chen", until="case.accepted",
         bad=(*_bad("/desk/cases/{docket}/notices/issue/errand_acceptance/", "{docket}", *CASES),
              "/desk/cases/{docket}/notices/issue/no.such/", "/desk/cases/{docket}/notices/issue/%00/")),
    _case("desk:notice_consent", "/desk/cases/{docket}/notices/consent/", method="POST", status=302, who="lin",
          wrong="wang"),
    _notice("desk:notice", "/desk/cases/{docket}/notices/{serial}/?lang=en&large=1", who="lin", wrong="fang"),
    _notice("desk:notice_proof", "/desk/cases/{docket}/notices/{serial}/proof/", who="lin", wrong="fang"),
    _notice("desk:notice_serve", "/desk/cases/{docket}/notices/{serial}/serve/", who="lin", wrong="fang"),
    _notice("desk:notice_serve", "/desk/cases/{docket}/notices/{serial}/serve/", method="POST", status=302, who="lin",
            wrong="fang", data={"way": "in_person", "proof": "signature", "signed": "周敏"}),
    _case("desk:case_custody", "/desk/cases/{docket}/custody/", who="lin", wrong="chen", until="parcel.collected"),
    _case("desk:case_custody_pdf", "/desk/cases/{docket}/custody/pdf/", who="lin", wrong="chen"),
    _case("desk:case_custody_epcis", "/desk/cases/{docket}/custody/epcis/", who="lin", wrong="chen"),
    _box("desk:box_custody", "/desk/boxes/{label}/custody/", who="lin", wrong="chen", until="parcel.collected"),
    _box("desk:box_custody_pdf", "/desk/boxes/{label}/custody/pdf/", who="lin", wrong="chen"),
    _box("desk:box_custody_epcis", "/desk/boxes/{label}/custody/epcis/", who="lin", wrong="chen"),
    Door("desk:paper", "/desk/cases/{docket}/papers/{digest}/", who="lin", wrong="fang",
         bad=(*_bad("/desk/cases/{docket}/papers/{digest}/", "{docket}", *CASES), "/desk/cases/{docket}/papers/no/",
              "/desk/cases/{docket}/papers/..%2f..%2fsession.key/", "/desk/cases/{docket}/papers/%00/")),
    Door("desk:petition", "/desk/petitions/?answer=idea", who="lin", wrong="wang"),
    Door("desk:petition", "/desk/petitions/", method="POST", status=302, who="lin", wrong="wang", data=PETITION),
    Door("desk:petition_act", "/desk/cases/{docket}/do/petition.classified/", who="lin", wrong="chen",
         until="petition.registered",
         bad=(*_bad("/desk/cases/{docket}/do/petition.classified/", "{docket}", *CASES),
              "/desk/cases/{docket}/do/no.such/", "/desk/cases/{docket}/do/%00/")),
    _case("desk:petition_act", "/desk/cases/{docket}/do/petition.classified/", method="POST", status=302, who="lin",
          wrong="chen", data={"way": "redress"}, until="petition.registered"),
    _case("desk:petition_review", "/desk/cases/{docket}/review/", who="lin", wrong="chen", until="opinion.served"),
    _case("desk:petition_review", "/desk/cases/{docket}/review/", method="POST", status=302, who="lin", wrong="chen",
          data={"words": "没有写哪年。", "channel": "phone"}, until="opinion.served"),
    _case("desk:petition_from", "/desk/cases/{docket}/petition/", who="lin", wrong="chen"),
    _case("desk:petition_from", "/desk/cases/{docket}/petition/", method="POST", status=302, who="lin", wrong="chen",
          data={"words": "没办成。"}),
    _case("desk:petition_aid", "/desk/cases/{docket}/aid/", who="lin", wrong="chen", until="petition.registered"),
    _case("desk:petition_aid", "/desk/cases/{docket}/aid/", method="POST", status=302, who="lin", wrong="chen",
          data={"matters": "MZ-DIBAO"}, until="petition.registered"),
    _case("desk:deposit", "/desk/cases/{docket}/deposit/", who="lin", wrong="wang"),
    _case("desk:deposit", "/desk/cases/{docket}/deposit/", method="POST", status=302, who="lin", wrong="wang",
          data={"box": "{label}", "items": "{item}", "seal": "BS-0778"}),
    Door("incidents:list", "/incidents/", who="lin", wrong="wang"),
    _case("incidents:open", "/incidents/open/{docket}/", who="lin", wrong="wang"),
    _case("incidents:open", "/incidents/open/{docket}/", method="POST", status=302, who="lin", wrong="wang",
          data={"what": "damage"}),
    _odd("incidents:incident", "/incidents/{docket}/{incident}/", who="lin", wrong="wang"),
    _odd("incidents:photograph", "/incidents/{docket}/{incident}/photograph/", method="POST", status=400, who="chen",
         wrong="wang"),
    _odd("incidents:notify", "/incidents/{docket}/{incident}/notify/", method="POST", status=302, who="lin",
         wrong="wang", data={"to": "sender"}),
    _odd("incidents:settle", "/incidents/{docket}/{incident}/settle/", method="POST", status=302, who="hu",
         wrong="wang", data={"how": "misread", "reason": "number_misread"}),
    _odd("incidents:photo", "/incidents/{docket}/{incident}/photos/{photo}/", who="lin", wrong="wang"),
    _case("desk:read", "/desk/cases/{docket}/read/", who="lin", wrong="chen"),
    _case("desk:read", "/desk/cases/{docket}/read/", method="POST", status=400, who="lin", wrong="chen"),
    Door("desk:photo", "/desk/cases/{docket}/read/{shot_desk}/", who="lin", wrong="chen",
         bad=_bad("/desk/cases/{docket}/read/{shot_desk}/", "{shot_desk}", *CASES)),
    Door("desk:photo", "/desk/cases/{docket}/read/{shot_desk}/", method="POST", status=302, who="lin", wrong="chen",
         data={"discard": "1"}, bad=_bad("/desk/cases/{docket}/read/{shot_desk}/", "{docket}", *CASES)),
    Door("rounds:next", "/rounds/", status=302, who="hu", wrong="chen"),
    _friday("rounds:sheet", "/rounds/2099-01-02/"),
    _friday("rounds:print", "/rounds/2099-01-02/print/", status=404),
    _friday("rounds:plan", "/rounds/2099-01-02/plan/", method="POST", status=302, data={"version": "0"}),
    _friday("rounds:send", "/rounds/2099-01-02/send/", method="POST", status=409, data={"version": "0"}),
    _friday("rounds:ask", "/rounds/2099-01-02/ask/", method="POST", status=400,
            data={"number": "no-such", "wish": "once"}),
    _friday("rounds:change", "/rounds/2099-01-02/visits/{docket}/", method="POST", status=404,
            data={"version": "0", "do": "lock"}),
    Door("rounds:mine", "/rounds/mine/", who="chen", wrong="lin"),
    _case("rounds:made", "/rounds/visits/{docket}/made/", method="POST", status=302, who="chen", wrong="lin",
          data={"outcome": "done"}),
    Door("pocket:today", "/pocket/", who="chen", wrong="lin"),
    _box("pocket:box", "/pocket/box/{label}/", who="chen", wrong="wang"),
    _box("pocket:move", "/pocket/box/{label}/move/", method="POST", status=302, who="fang", wrong="wang",
         data={"destination": "{pier}"}, until="materials.sent"),
    _box("pocket:collect", "/pocket/box/{label}/collect/", method="POST", status=302, who="chen", wrong="fang",
         data={"parcel": "{parcel}", "intact": "yes"}, until="parcel.landed"),
    _box("pocket:seen", "/pocket/box/{label}/seen/", method="POST", status=302, who="fang", wrong="wang",
         data={"place": "{pier}"}),
    _box("pocket:many", "/pocket/box/{label}/many/", who="fang", wrong="wang"),
    _box("pocket:many", "/pocket/box/{label}/many/", method="POST", status=400, who="fang", wrong="wang"),
    _case("pocket:case", "/pocket/cases/{docket}/", who="chen", wrong="lin"),
    _case("pocket:read", "/pocket/cases/{docket}/read/", who="chen", wrong="lin", until="materials.sent"),
    _case("pocket:read", "/pocket/cases/{docket}/read/", method="POST", status=400, who="chen", wrong="lin",
          until="materials.sent"),
    Door("pocket:photo", "/pocket/cases/{docket}/read/{shot_pocket}/", who="chen", wrong="lin", until="materials.sent",
         bad=_bad("/pocket/cases/{docket}/read/{shot_pocket}/", "{shot_pocket}", *CASES)),
    Door("pocket:photo", "/pocket/cases/{docket}/read/{shot_pocket}/", method="POST", status=302, who="chen",
         wrong="lin", until="materials.sent", data={"discard": "1"}),
    Door("pocket:act", "/pocket/cases/{docket}/act/task.claimed/", method="POST", status=302, who="chen", wrong="lin",
         until="materials.sent",
         bad=(*_bad("/pocket/cases/{docket}/act/task.claimed/", "{docket}", *CASES),
              "/pocket/cases/{docket}/act/no.such/")),
)  # fmt: skip


def filled_in(text, gaps):
    """The text with its gaps filled; percent signs and everything else stay as they are."""
    for name, value in gaps.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def knock(client, door, gaps, *, method="", path=""):
    """Ask the door, as it is meant to be asked unless told otherwise."""
    data = {key: filled_in(str(value), gaps) for key, value in door.data.items()}
    method = method or door.method
    address = filled_in(path or door.path, gaps)
    if method == "POST":
        return client.post(address, data)
    return client.get(address) if method == "GET" else client.generic(method, address)


def half_in(username):
    """What the session remembers of somebody whose password was right; no test waits until that is over."""
    account = Account.objects.get(username=username)
    return {
        "person": account.person, "ends": 2**53, "password": account.get_session_auth_hash(), "backend": BACKEND,
        "going": "/in/staff/home/",
    }  # fmt: skip


def visitor(door, docket, *, csrf=False):
    """A browser of somebody whom this door lets in."""
    client = Client(enforce_csrf_checks=csrf)
    if door.staffed:
        client.force_login(Account.objects.get(username=door.who), backend=BACKEND)
    session = client.session
    known = {
        PARTY: {"cases": [docket.id]},
        DEPOSITOR: {"deposit": docket.id, "photos": [SHOTS[0]]},
        PHONE: {"phone": "13800000713"},
        MINE: {"people": [docket.applicant], "person": docket.applicant},
        OWNER: {"people": [docket.beneficiary], "person": docket.beneficiary},
        HALF_IN: {HALF: half_in("lin")},
        LETTERS: {"mailbox": docket.id},
    }
    session.update(known.get(door.who, {}))
    session.save()
    return client
