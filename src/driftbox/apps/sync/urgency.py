"""Which papers are needed now: those of a case whose result is being fetched or brought to the door."""

from collections.abc import Iterable
from typing import Final

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.pack import current_pack
from driftbox.apps.papers.models import PaperRow

ON_ITS_WAY: Final = frozenset({"office", "door"})  # where the box stands on the drawn line, see domain/docket/procedure
AT_ONCE: Final = 500


def needed_now(digests: Iterable[str]) -> set[str]:
    """Those of ``digests`` that somebody waits for today; the others may come later."""
    wanted, found = list(digests), set[str]()
    stages = {
        (name, stage.id) for name, procedure in current_pack().procedures.items()
        for stage in procedure.stages if stage.stop in ON_ITS_WAY and not stage.final
    }  # fmt: skip
    for first in range(0, len(wanted), AT_ONCE):
        papers = list(
            PaperRow.objects.filter(digest__in=wanted[first : first + AT_ONCE]).values_list("docket", "digest")
        )
        rows = CaseRow.objects.filter(docket__in={docket for docket, _digest in papers}, final=False)
        now = {docket for docket, *at in rows.values_list("docket", "procedure", "stage") if tuple(at) in stages}
        found.update(digest for docket, digest in papers if docket in now)
    return found
