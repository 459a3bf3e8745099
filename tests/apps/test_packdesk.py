"""Changes of matters: drafted by one, published by another, in force from a day; a case keeps what it began with."""

from datetime import timedelta

import pytest
from django.conf import settings
from msgspec import structs
from tests.apps.conftest import EVENING

from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.intake import checklist_for
from driftbox.apps.eventlog.queries import raw_entries, verify_docket
from driftbox.apps.pack import begun_with, current_pack, disk_pack, laid_now, matter_of, pack_as_of, pack_files
from driftbox.apps.packdesk import actions, queries
from driftbox.apps.packdesk.queries import changes, draft_of, faults_of, versions
from driftbox.domain.errors import NotFound, Refused
from driftbox.domain.text import Text

CODE = "YB-TESHU"
DAY = timedelta(days=1)
TODAY = EVENING.date()


@pytest.fixture
def who(stage):
    return {name: stage.staff[name].person for name in ("xu", "gu")}


def drafted(who, lead="换个说法。", *, code=CODE, now=EVENING, since=TODAY):
    draft = actions.begin(code, by=who["xu"], now=now)
    changed = structs.replace(draft.matter, lead=Text(zh=lead, en="Put another way."))
    draft = actions.save(code, changed, rev=draft.rev, by=who["xu"], now=now)
    return actions.set_terms(code, since=since, note="说清楚些。", rev=draft.rev, by=who["xu"], now=now)


def published(who, lead="换个说法。", **more):
    draft = drafted(who, lead, **more)
    now = more.get("now", EVENING)
    draft = actions.submit(draft.code, by=who["xu"], now=now)
    return actions.publish(draft.code, rev=draft.rev, by=who["gu"], now=now)


def lead_on(now, code=CODE):
    with pack_as_of(now, changes):
        return current_pack().matters[code].lead.zh


def test_a_change_counts_from_its_first_day_on_and_not_before(who):
    before = disk_pack().matters[CODE].lead.zh
    published(who, since=TODAY + 2 * DAY)
    assert [lead_on(EVENING + n * DAY) for n in range(4)] == [before, before, "换个说法。", "换个说法。"]


def test_what_is_published_is_a_signed_fact_with_its_contents_beside_it(who):
    change = published(who)
    assert verify_docket(queries.docket()) == []
    assert len(raw_entries(queries.docket())) == 1
    assert (change.by, change.said.drafted_by, change.said.version) == (who["gu"], who["xu"], 1)
    assert "换个说法。" in pack_files().get(change.said.digest).decode()
    assert queries.note_of(change) == "说清楚些。"


def test_nobody_publishes_what_they_wrote_themselves(who):
    draft = drafted(who)
    actions.submit(CODE, by=who["xu"], now=EVENING)
    with pytest.raises(Refused) as refusal:
        actions.publish(CODE, rev=draft.rev, by=who["xu"], now=EVENING)
    assert refusal.value.code == "pack.alone"
    assert changes() == ()
    assert draft_of(CODE).state == "submitted"


def test_who_wrote_a_word_of_it_is_no_second_pair_of_eyes(who):
    draft = drafted(who)
    draft = actions.save(CODE, draft.matter, rev=draft.rev, by=who["gu"], now=EVENING)
    actions.submit(CODE, by=who["xu"], now=EVENING)
    with pytest.raises(Refused):
        actions.publish(CODE, rev=draft.rev, by=who["gu"], now=EVENING)


def test_a_pack_may_let_one_do_both(who, monkeypatch):
    monkeypatch.setitem(disk_pack().settings, "pack_changes_alone", value=True)
    draft = drafted(who)
    actions.submit(CODE, by=who["xu"], now=EVENING)
    assert actions.publish(CODE, rev=draft.rev, by=who["xu"], now=EVENING).said.version == 1


def test_nothing_unfinished_faulty_or_unchanged_is_handed_on(who):
    draft = actions.begin(CODE, by=who["xu"], now=EVENING)
    codes = []
    for since, note, lead in (
        (None, "为什么", "新的。"), (TODAY - DAY, "为什么", "新的。"), (TODAY, "", "新的。"),
        (TODAY, "为什么", "English only"), (TODAY, "为什么", draft.matter.lead.zh),
    ):  # fmt: skip
        now = draft_of(CODE)
        text = Text(zh=lead, en=draft.matter.lead.en)
        now = actions.save(CODE, structs.replace(draft.matter, lead=text), rev=now.rev, by=who["xu"], now=EVENING)
        actions.set_terms(CODE, since=since, note=note, rev=now.rev, by=who["xu"], now=EVENING)
        with pytest.raises(Refused) as refusal:
            actions.submit(CODE, by=who["xu"], now=EVENING)
        codes.append(refusal.value.code)
    assert codes == ["pack.no_day", "pack.no_day", "pack.no_note", "pack.faults", "pack.same"]


def test_the_second_of_two_who_save_at_once_is_told_and_nothing_is_lost(who):
    draft = actions.begin(CODE, by=who["xu"], now=EVENING)
    mine = structs.replace(draft.matter, lead=Text(zh="我的。", en="Mine."))
    actions.save(CODE, mine, rev=draft.rev, by=who["xu"], now=EVENING)
    with pytest.raises(actions.Overtaken) as refusal:
        actions.save(CODE, draft.matter, rev=draft.rev, by=who["gu"], now=EVENING)
    assert refusal.value.theirs.matter.lead.zh == "我的。"
    assert draft_of(CODE).matter == mine


def test_there_is_one_draft_of_a_matter_whoever_begins_it(who):
    first = actions.begin(CODE, by=who["xu"], now=EVENING)
    assert actions.begin(CODE, by=who["gu"], now=EVENING + DAY) == first


def test_a_submitted_draft_is_not_written_in_until_it_is_taken_back(who):
    draft = drafted(who)
    actions.submit(CODE, by=who["xu"], now=EVENING)
    with pytest.raises(Refused):
        actions.save(CODE, draft.matter, rev=draft.rev, by=who["xu"], now=EVENING)
    actions.take_back(CODE, now=EVENING)
    assert actions.save(CODE, draft.matter, rev=draft.rev, by=who["xu"], now=EVENING).rev == draft.rev + 1


def test_a_withdrawn_draft_is_still_to_be_read(who):
    drafted(who)
    actions.withdraw(CODE, now=EVENING)
    with pytest.raises(NotFound):
        draft_of(CODE)
    assert [draft.matter.lead.zh for draft in queries.withdrawn(CODE)] == ["换个说法。"]


def test_a_former_version_comes_back_as_a_new_one(who):
    published(who)
    draft = actions.begin(CODE, by=who["xu"], now=EVENING + DAY, version=0)
    actions.set_terms(CODE, since=TODAY + DAY, note="还是原来的好。", rev=draft.rev, by=who["xu"], now=EVENING + DAY)
    draft = actions.submit(CODE, by=who["xu"], now=EVENING + DAY)
    change = actions.publish(CODE, rev=draft.rev, by=who["gu"], now=EVENING + DAY)
    assert (change.said.version, change.said.restores) == (2, 0)
    assert [one.number for one in versions(change.file)] == [2, 1, 0]
    assert [lead_on(EVENING), lead_on(EVENING + DAY)] == ["换个说法。", disk_pack().matters[CODE].lead.zh]
    assert (settings.DRIFTBOX_PACK / change.file).read_bytes() == queries.content_of(change.file, 2)


def test_no_former_version_is_put_over_a_draft(who):
    published(who)
    actions.begin(CODE, by=who["xu"], now=EVENING)
    with pytest.raises(Refused):
        actions.begin(CODE, by=who["gu"], now=EVENING, version=0)
    with pytest.raises(NotFound):
        actions.begin("MZ-DIBAO", by=who["gu"], now=EVENING, version=7)


def without_first(matter):
    return structs.replace(matter, materials=matter.materials[1:])


def test_a_case_keeps_the_list_that_it_began_with(who, played):
    docket = played("case.opened")
    now = EVENING + DAY
    before = checklist_for(docket, frozenset(), now=now)
    draft = actions.begin(docket.matter, by=who["xu"], now=now)
    draft = actions.save(docket.matter, without_first(draft.matter), rev=draft.rev, by=who["xu"], now=now)
    actions.set_terms(docket.matter, since=now.date(), note="少要一样。", rev=draft.rev, by=who["xu"], now=now)
    draft = actions.submit(docket.matter, by=who["xu"], now=now)
    assert faults_of(draft, now.date()) == []
    actions.publish(docket.matter, rev=draft.rev, by=who["gu"], now=now)
    with pack_as_of(now, changes):
        assert checklist_for(load(docket.id).docket, frozenset(), now=now) == before
        assert begun_with(docket) is None
        later = structs.replace(docket, opened_ms=int(now.timestamp() * 1000) + 60_000)
        assert matter_of(later) == draft.matter == current_pack().matters[docket.matter]
        assert begun_with(later).said.version == 1


def test_a_case_opened_on_the_day_but_before_the_change_keeps_its_list_too(who, played):
    docket = played("case.opened")
    published(who, code=docket.matter, now=EVENING + timedelta(hours=1))
    with pack_as_of(EVENING + timedelta(hours=2), changes):
        assert matter_of(docket).lead != current_pack().matters[docket.matter].lead


def test_a_version_that_is_not_here_is_loudly_left_out_and_the_last_good_one_counts(who):
    published(who, "第一版。")
    second = published(who, "第二版。", now=EVENING + DAY, since=TODAY + DAY)
    pack_files().drop(second.said.digest)
    with pack_as_of(EVENING + DAY, changes):
        assert current_pack().matters[CODE].lead.zh == "第一版。"
        assert [one.digest for one in laid_now().left_out] == [second.said.digest]


def test_a_draft_begun_before_another_version_came_is_not_published_over_it(who):
    draft = drafted(who)
    draft = actions.submit(CODE, by=who["xu"], now=EVENING)
    queries.DraftRow.objects.filter(matter=CODE).update(base="x" * 43)
    with pytest.raises(Refused) as refusal:
        actions.publish(CODE, rev=draft.rev, by=who["gu"], now=EVENING)
    assert refusal.value.code == "pack.newer"
    actions.take_back(CODE, now=EVENING)
    draft = actions.rebase(CODE, rev=draft.rev, by=who["xu"], now=EVENING)
    actions.submit(CODE, by=who["xu"], now=EVENING)
    assert actions.publish(CODE, rev=draft.rev, by=who["gu"], now=EVENING).said.version == 1
