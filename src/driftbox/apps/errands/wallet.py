"""Papers a resident gave before 交过的材料: what a later list uses instead of asking again, and taking that back."""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import cases_for_beneficiary, load
from driftbox.apps.errands.materials import materials_of
from driftbox.apps.pack import calendar
from driftbox.apps.papers.queries import keys_of
from driftbox.apps.people.access import resident_viewer
from driftbox.domain.consult.holdings import Held, good_until, may_be_reused
from driftbox.domain.consult.matter import Material
from driftbox.domain.docket.kept import Kept, kept_papers
from driftbox.domain.docket.reuse_entries import ReuseWithdrawn
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound
from driftbox.domain.log.ids import instant
from driftbox.domain.text import Text


class PaperHeld(Struct, frozen=True, kw_only=True):
    """One paper that the office keeps of a resident, ready for a page.

    ``until``: the last day it is good, ``FOREVER``, or None when each case wants a fresh one. ``withdrawn``: its
    owner does not want it used again.
    """

    held: Held
    name: Text
    until: date | None
    withdrawn: bool

    def is_good(self, today: date) -> bool:
        """Whether a list told ``today`` would use it."""
        return self.until is not None and not self.withdrawn and today <= self.until


def held_by(person: str, *, but: str = "") -> list[Held]:
    """What earlier cases of ``person`` left with us that may be used again; ``but``: the case now asked about."""
    papers = wallet_of(person)
    return [one.held for one in papers if one.until is not None and not one.withdrawn and one.held.case != but]


def wallet_of(person: str) -> list[PaperHeld]:
    """Every paper the office keeps of ``person``, as the beneficiary of a case, newest case first.

    A case whose key was destroyed was erased: of it nothing is kept.
    """
    cases = cases_for_beneficiary(person)
    living = keys_of(cases)
    return [paper for case in cases if case in living for paper in papers_in(load(case).docket)]


def papers_in(docket: Docket) -> list[PaperHeld]:
    """The papers of one case that stayed with us, in the order they came."""
    materials = materials_of(docket)
    kept = [paper for paper in kept_papers(docket) if paper.item.code in materials]
    return [_paper(docket, paper, materials[paper.item.code]) for paper in kept]


def _paper(docket: Docket, kept: Kept, material: Material) -> PaperHeld:
    given = calendar().local_date(instant(kept.given_ms))
    held = Held(code=kept.item.code, kind=kept.item.kind, case=docket.id, number=docket.number, given=given)
    until = good_until(material, given) if may_be_reused(material) and material.kind == kept.item.kind else None
    return PaperHeld(held=held, name=material.name, until=until, withdrawn=kept.withdrawn)


def withdraw_reuse(people: Sequence[str], docket: str, code: str, *, now: datetime) -> None:
    """One of ``people`` does not want the paper ``code`` of their own case used again; later lists ask for it.

    Raises:
        NotFound: no such case, or not theirs.
        Refused: no such paper is kept, or it was withdrawn already.
    """
    owner = next((person for person in people if docket in cases_for_beneficiary(person)), "")
    if not owner:
        raise NotFound("no_case", "没有这件事，或者不归您看。请对一对编号，或打电话问站里。")
    state = docket_for(resident_viewer(owner), docket)
    record(state.id, [ReuseWithdrawn(codes=(code,))], by=owner, role="resident", for_=owner, now=now)
