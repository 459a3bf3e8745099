"""The one guarded door to a case: everything that shows or changes one comes through here."""

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load, reached_by
from driftbox.apps.people.access import Viewer
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound
from driftbox.domain.log.ids import is_id


def docket_for(viewer: Viewer, docket_id: str) -> Docket:
    """The case, if ``viewer`` reaches it.

    Raises:
        NotFound: no such case, or not theirs to see; the two are never told apart.
    """
    if not is_id(docket_id):
        raise NotFound("no_case", "没有这件事，或者不归您看。请对一对编号，或打电话问站里。")
    if not CaseRow.objects.filter(reached_by(viewer), pk=docket_id).exists():
        raise NotFound("no_case", "没有这件事，或者不归您看。请对一对编号，或打电话问站里。")
    return load(docket_id).docket


def hidden_from(viewer: Viewer, docket_id: str) -> bool:
    """Whether this is a confidential case that ``viewer`` does not reach, so that nothing about it is shown to them."""
    secret = CaseRow.objects.filter(pk=docket_id, confidential=True)
    return secret.exists() and not secret.filter(reached_by(viewer)).exists()
