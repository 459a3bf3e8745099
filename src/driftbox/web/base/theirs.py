"""The door of a case for residents: with its receipt, or as somebody who is party to it."""

from django.http import HttpRequest

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.dockets.queries import load
from driftbox.apps.people.access import resident_viewer
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound
from driftbox.web.base.viewer import viewer_of

KEPT = 10  # cases that a browser remembers having opened


def theirs(request: HttpRequest, docket: str) -> Docket:
    """The case, if this visitor opened it with its receipt or is party to it.

    Raises:
        NotFound: otherwise; never says whether there is such a case.
    """
    if docket in request.session.get("cases", []):
        return load(docket).docket
    person = request.session.get("person", "")
    if person:
        return docket_for(resident_viewer(person), docket)
    raise NotFound("no_case", "没有这件事，或者不归您看。请对一对编号，或打电话问站里。")


def remember_case(request: HttpRequest, docket: str) -> None:
    """This visitor opened the case; the oldest is forgotten."""
    request.session["cases"] = [*request.session.get("cases", []), docket][-KEPT:]


def either_door(request: HttpRequest, docket: str) -> tuple[Docket, bool]:
    """The case for a member of staff who reaches it (True), or for those whose it is (False).

    Raises:
        NotFound: neither; never says whether there is such a case.
    """
    if request.user.is_authenticated:
        try:
            return docket_for(viewer_of(request), docket), True
        except NotFound:
            pass
    return theirs(request, docket), False


def speaks_as(request: HttpRequest, state: Docket) -> tuple[str, str]:
    """Who speaks from this browser, and in which role: a helper of the case, or the one whose case it is."""
    person = request.session.get("person", "") or state.beneficiary
    return person, "helper" if state.parties.get(person) == "helper" else "resident"


def opens_theirs(request: HttpRequest, docket: str) -> bool:
    """Whether this visitor may open the case as one of theirs."""
    try:
        theirs(request, docket)
    except NotFound:
        return False
    return True
