"""Everything that is only a view is made anew; what was not sent yet stays."""

from tests.apps.conftest import EVENING, played, stage  # noqa: F401 - fixtures shared
from tests.apps.sync.test_sending import enrolled, of, sent_to
from tests.nodes import ISLAND, STRANGER, story_of

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.eventlog.models import QuarantineRow
from driftbox.apps.node import paper_store
from driftbox.apps.papers.actions import seal_text
from driftbox.apps.papers.models import PaperRow
from driftbox.apps.sync.intake import arrive
from driftbox.apps.sync.models import PeerRow, WantRow
from driftbox.apps.sync.rebuilding import rebuild_all
from driftbox.apps.sync.sending import wanted
from driftbox.apps.sync.urgency import needed_now


def test_rows_come_back_and_what_waits_to_be_sent_still_waits(played):  # noqa: F811
    docket, peer = played("checklist.given"), enrolled(ISLAND, "C-BS")
    arrive(story_of(STRANGER)[:1], now=EVENING)
    before, unsent = CaseRow.objects.get(pk=docket.id), len(of(sent_to(peer), b"E"))
    number = PeerRow.objects.get(pk=peer.node).sent
    CaseRow.objects.all().delete()
    told = []
    done = rebuild_all(now=EVENING, say=told.append)
    assert told[-1] == done.dockets > 0
    after = CaseRow.objects.get(pk=docket.id)
    assert (after.number, after.stage, after.touched) == (before.number, before.stage, before.touched)
    assert QuarantineRow.objects.filter(released=None).count() == 1
    assert PeerRow.objects.get(pk=peer.node).sent == number
    assert len(of(sent_to(peer), b"E")) == unsent


def test_a_paper_that_is_gone_from_the_disk_is_asked_for_again(played):  # noqa: F811
    docket = played("checklist.given")
    digest = seal_text(docket.id, "门牌号写错了", now=EVENING)
    paper_store().drop(digest)
    assert rebuild_all(now=EVENING, say=lambda _count: None).papers >= 1
    assert WantRow.objects.filter(pk=digest).exists()


def test_what_is_needed_now_goes_before_what_is_small(played):  # noqa: F811
    docket = played("checklist.given")
    small, large = (seal_text(docket.id, "字" * many, now=EVENING) for many in (3, 300))
    other = "0" * 36
    PaperRow.objects.filter(digest=small).update(docket=other)
    for digest, size in ((small, 9), (large, 900)):
        WantRow.objects.create(digest=digest, docket=docket.id, size=size, since=EVENING)
    assert [digest for digest, _size in wanted()] == [small, large]
    CaseRow.objects.filter(pk=docket.id).update(stage="carried")
    assert needed_now([small, large]) == {large}
    assert [digest for digest, _size in wanted()] == [large, small]
