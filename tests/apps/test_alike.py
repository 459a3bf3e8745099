"""Petitions that may be the same: offered within reach, read as few as will do, decided by a person, undone again."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.casting import cast_staff
from driftbox.apps.eventlog.actions import enrol_self
from driftbox.apps.papers.actions import destroy_key
from driftbox.apps.people.access import staff_viewer
from driftbox.apps.people.queries import Particulars
from driftbox.apps.petitions import alike
from driftbox.apps.petitions.alike import alike_to, forget_marks, mark_new, tell_apart
from driftbox.apps.petitions.joining import merge, unmerge
from driftbox.apps.petitions.models import MarkRow
from driftbox.apps.petitions.registering import Petitioning, register
from driftbox.domain.errors import Refused

NOW = datetime(2026, 5, 12, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
SLIPWAY = "码头边的滑道塌了半边，船拉不上来，问了几家都说不归他管。"
ZHOU = Particulars(name="周大海", phone="13800000714")
WRITTEN_OTHERWISE = Particulars(name="周达海", phone="13800000799")


@pytest.fixture
def staff(db):
    enrol_self(NOW)
    return cast_staff("piaoliuxiang-test", now=NOW)


@pytest.fixture
def raise_one(staff):
    def made(words=SLIPWAY, who=ZHOU, days=0, **more):
        told = {"sort": "redress", "words": words, "office": "C-BS", "petitioner": who} | more
        return register(Petitioning(**told), recorder=staff["lin"].person, now=NOW + timedelta(days=days)).docket

    return made


def offered(docket, account):
    return [one.docket.id for one in alike_to(load(docket.id).docket, staff_viewer(account))]


def test_the_same_matter_is_found_across_channels_spellings_and_phones(raise_one, staff):
    first = raise_one()
    raise_one("高龄津贴没有到账，请查一查。", days=1)
    again = raise_one("滑道塌了，船还是拉不上岸。", WRITTEN_OTHERWISE, days=9, channel="phone")
    found = alike_to(again, staff_viewer(staff["lin"]))
    assert [one.docket.id for one in found] == [first.id]
    assert found[0].alike.same_person
    assert found[0].words == SLIPWAY
    assert "名字读起来一样：周达海、周大海" in [text.zh for text in found[0].alike.why]


def test_another_matter_of_the_same_person_is_never_offered(raise_one, staff):
    raise_one("高龄津贴没有到账，请查一查。")
    raise_one("隔壁造房子超高，挡光。")
    assert offered(raise_one(), staff["lin"]) == []


def test_only_what_the_viewer_reaches_is_offered(raise_one, staff):
    first = raise_one()
    named = raise_one(complained=(staff["lin"].person,))
    assert offered(first, staff["lin"]) == []
    assert offered(first, staff["hu"]) == [named.id]


def test_what_was_told_in_confidence_is_set_beside_its_like_only(raise_one, staff):
    secret = raise_one(sort="accusation", complained_offices=("ST09",))
    other = raise_one(sort="accusation", who=None)
    raise_one()
    assert offered(secret, staff["su"]) == [other.id]
    assert offered(secret, staff["lin"]) == []


def test_merged_and_undone_and_told_apart(raise_one, staff):
    first, again = raise_one(), raise_one(who=WRITTEN_OTHERWISE, days=3)
    as_clerk = {"by": staff["lin"].person, "role": "clerk", "now": NOW + timedelta(days=4)}
    merge(again.id, first.id, **as_clerk)
    assert offered(first, staff["lin"]) == []
    with pytest.raises(Refused):
        tell_apart(again.id, first.id, **as_clerk)
    unmerge(again.id, "other_facts", **as_clerk)
    assert offered(again, staff["lin"]) == [first.id]
    tell_apart(again.id, first.id, **as_clerk)
    assert offered(again, staff["lin"]) == offered(first, staff["lin"]) == []


def test_marks_are_keyed_bounded_and_gone_with_the_key(raise_one, staff):
    docket = raise_one()
    assert mark_new() == 1
    assert mark_new() == 0
    held = set(MarkRow.objects.values_list("mark", flat=True))
    assert 5 < len(held) <= 20
    assert not any(len(mark) != alike.MARK for mark in held)
    destroy_key(docket.id, now=NOW)
    forget_marks(docket.id)
    assert set(MarkRow.objects.values_list("mark", flat=True)) == {""}
    assert offered(raise_one(days=1), staff["lin"]) == []


def test_however_many_there_are_few_are_opened(raise_one, staff, django_assert_max_num_queries):
    here = raise_one()
    for day in range(3):
        raise_one(days=day)
    mark_new()
    copied = [row.mark for row in MarkRow.objects.filter(docket=here.id)]
    like = CaseRow.objects.get(pk=here.id)
    many = [f"0190{n:04d}-0000-7000-8000-000000000000" for n in range(1000)]
    CaseRow.objects.bulk_create(_copy_of(like, docket, n) for n, docket in enumerate(many))
    MarkRow.objects.bulk_create(MarkRow(docket=docket, mark=mark) for docket in many for mark in copied[:3])
    with django_assert_max_num_queries(14):
        assert len(alike_to(here, staff_viewer(staff["lin"]))) == 3
    assert len(alike._nearest(alike.told_of([here])[here.id], set())) == alike.READ


def _copy_of(row, docket, n):
    values = {field.attname: getattr(row, field.attname) for field in CaseRow._meta.concrete_fields}
    return CaseRow(**values | {"docket": docket, "number": f"many-{n}"})
