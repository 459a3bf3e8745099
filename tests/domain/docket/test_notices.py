"""Written notices on a docket: issued once under one number, served once; the opinion is served as the opinion."""

from datetime import date

import pytest
from msgspec import structs
from tests.cast import ACCEPTED, CASE, FATHER, LIN, STORY, TABLES, WANG, YU, entry, key, story
from tests.cast_petition import FIRST, HANDLED, ISSUED, STORIES, WORDS, entries_for, noticed, until

from driftbox.domain.docket import entries as e
from driftbox.domain.docket import notice_entries as n
from driftbox.domain.docket import petition_entries as p
from driftbox.domain.docket.decide import check
from driftbox.domain.docket.deed import Deed
from driftbox.domain.docket.fold import fold
from driftbox.domain.docket.notice_effects import notice_of
from driftbox.domain.docket.notice_form import GAPS, Basis, NoticeForm, Part, due_forms, filled, gaps_in
from driftbox.domain.errors import NotAllowed, Refused
from driftbox.domain.text import Text

TODAY = date(2026, 5, 13)
MAIN = STORIES[FIRST]
SERVED = n.NoticeServed(serial="baisha-2026-n0001", to=FATHER)
ISSUED_ONE = until(MAIN, n.NoticeIssued)


def refusal(docket, body, role="clerk", by=LIN):
    before = repr(docket)
    with pytest.raises(Refused) as refused:
        check(docket, body, Deed(by=by, role=role, today=TODAY), TABLES[docket.procedure])
    assert "。" in str(refused.value)
    assert repr(docket) == before
    return refused.value.code


def test_a_notice_keeps_its_number_its_files_and_how_it_was_served():
    before, after = notice_of(ISSUED_ONE, "baisha-2026-n0001"), notice_of(fold(MAIN, TABLES), "baisha-2026-n0001")
    assert (before.kind, before.served_ms, before.copy_in("zh", large=False).paper) == ("acceptance", 0, WORDS)
    assert (after.way, after.proof_paper, bool(after.served_ms)) == ("agent", WORDS, True)
    assert after.copy_in("en", large=True) is None


def test_a_notice_is_served_once():
    assert refusal(until(MAIN, n.NoticeServed), SERVED) == "served_already"
    assert refusal(ISSUED_ONE, n.NoticeServed(serial="baisha-2026-n0009")) == "no_notice"


def test_the_same_is_not_issued_twice_and_no_number_is_used_twice():
    assert refusal(ISSUED_ONE, noticed(serial="baisha-2026-n0003")) == "notice_there"
    assert refusal(ISSUED_ONE, noticed("receipt", about=53)) == "serial_taken"


def test_electronic_service_needs_consent_that_was_recorded():
    electronic = n.NoticeServed(serial="baisha-2026-n0001", way="electronic", proof="electronic_receipt")
    assert refusal(ISSUED_ONE, electronic) == "no_consent"
    at = next(place for place, one in enumerate(MAIN) if isinstance(one.body, n.NoticeIssued)) + 1
    agreed = entries_for(FIRST, ((p.ServiceConsented(), FATHER, "resident"),), days=0.9)
    consented = fold([*MAIN[:at], *agreed], TABLES)
    check(consented, electronic, Deed(by=LIN, role="clerk", today=TODAY), TABLES["petition"])


def test_the_opinion_is_served_as_the_opinion_and_its_notice_with_it():
    written = until(MAIN, n.NoticeIssued, 1)
    assert refusal(written, n.NoticeServed(serial="baisha-2026-n0002"), "officer", WANG) == "serve_opinion"
    answered = until(MAIN, e.OpinionServed)
    assert notice_of(answered, "baisha-2026-n0002").served_ms == answered.delivered_ms


def test_a_notice_of_an_opinion_that_was_written_anew_is_not_served_with_the_new_one():
    at = next(place for place, (body, _by, _role) in enumerate(HANDLED) if body == ISSUED) + 2
    again = fold(entries_for(FIRST, (*HANDLED[:at], (ISSUED, WANG, "officer"), *HANDLED[at : at + 3])), TABLES)
    assert again.stage == "answered"
    assert notice_of(again, "baisha-2026-n0002").served_ms == 0


def test_a_second_notice_of_one_number_and_service_of_none_are_kept_as_contested():
    twice = fold([*story(e.CaseAccepted), *(entry(60 + k, body, LIN, "clerk") for k, body in enumerate(
        (noticed(), noticed(), SERVED, SERVED, n.NoticeServed(serial="no-such"))))], TABLES)  # fmt: skip
    assert [one.reason for one in twice.contested.values()] == ["already_said", "already_said", "unknown_entry"]


def test_an_agent_serves_and_never_issues():
    with pytest.raises(NotAllowed):
        check(ISSUED_ONE, noticed("receipt", "baisha-2026-n0007", 53), Deed(by=YU, role="agent", today=TODAY),
              TABLES["petition"])  # fmt: skip
    check(ISSUED_ONE, SERVED, Deed(by=YU, role="agent", today=TODAY), TABLES["petition"])


def form(code="acceptance", **more):
    words = Part(text=Text(zh="收到{number}", en="Received {number}"))
    basis = Basis(law=Text(zh="某法", en="Some Law"), articles=Text(zh="第1条", en="Art. 1"))
    return NoticeForm(
        **{"code": code, "procedure": "errand", "after": ("case.accepted",), "title": Text(zh="书", en="Letter"),
           "body": (words,), "basis": (basis,), **more}
    )  # fmt: skip


def test_what_may_be_issued_is_what_happened_and_was_not_told_in_writing_yet():
    entries = [*story(e.CaseAccepted)]
    offered = due_forms([form(), form("refusal", after=("case.declined",))], entries, (), procedure="errand", tier=0)
    assert [(one.code, told.body) for one, told in offered] == [("acceptance", ACCEPTED)]
    other = fold([*entries, entry(70, noticed(about=1), LIN, "clerk")], TABLES)
    assert due_forms([form()], entries, other.notices, procedure="errand", tier=0) != []
    told = structs.replace(noticed(), about=entries[-1].id)
    again = fold([*entries, entry(70, told, LIN, "clerk")], TABLES)
    assert due_forms([form()], entries, again.notices, procedure="errand", tier=0) == []


def test_a_form_of_another_procedure_tier_or_outcome_is_not_offered():
    entries = [entry(k, body, by, role) for k, (body, by, role) in enumerate(STORY)]
    for other in (form(procedure="petition"), form(tier=1),
                  form(after=("decision.made",), outcomes=("refused",))):  # fmt: skip
        assert due_forms([other], entries, (), procedure="errand", tier=0) == []
    assert due_forms([form(after=("decision.made",), outcomes=("granted",))], entries, (), procedure="errand", tier=0)


def test_a_paragraph_with_nothing_to_say_is_left_out_and_one_with_lines_is_several():
    part = Part(text=Text(zh="写着：{words}", en="It says: {words}"))
    assert filled(part, "zh", {"words": ""}) == ()
    assert filled(part, "en", {"words": "one\n\n two "}) == ("It says: one", "two")
    assert filled(part, "zh", {"words": "{number} {0!r}"}) == ("写着：{number} {0!r}",)
    assert gaps_in(part.text.zh) <= GAPS


def test_the_night_call_can_be_noticed_at_any_step():
    docket = fold([*story(), entry(90, noticed(), LIN, "clerk")], TABLES)
    assert docket.id == CASE
    assert docket.contested == {}
    assert docket.notices[0].about == key(51)
