"""Pages of agents: why somebody is suggested, what is asked and answered, and the money to the cent."""

import csv
import io
from datetime import timedelta

import pypdfium2 as pdfium
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.apps.conftest import EVENING

from driftbox.apps.agents.ledgers import ledger_of
from driftbox.apps.agents.squad import authorise, make_squad
from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.domain.docket import handover_entries as h
from driftbox.domain.docket.handover_state import open_handover
from driftbox.domain.planning.ledger import sums

LATE = EVENING + timedelta(days=60)
YEAR = "?since=2026-01-01&until=2026-12-31"


@pytest.fixture
def squad(stage):
    """Chen and Yu may be given cases."""
    authorise({stage.staff["chen"].person: "care", stage.staff["yu"].person: ""}, now=EVENING + timedelta(days=300))
    return stage


def words_of(answer):
    return answer.content.decode()


def test_the_director_sees_reasons_asks_and_the_agent_answers_in_the_pocket(played, squad, as_staff):
    docket = played("checklist.given")
    chen = squad.staff["chen"].person
    page = words_of(as_staff("hu").get(f"/agents/case/{docket.id}/"))
    assert "头一回帮这家" in page
    assert "同一个点" in page
    as_staff("hu").post(f"/agents/case/{docket.id}/", {"to": chen, "reason": "knows_them"})
    assert open_handover(load(docket.id).docket).to == chen
    assert "等他答复" in words_of(as_staff("hu").get(f"/desk/cases/{docket.id}/"))
    pocket = as_staff("chen")
    assert "想请您接的" in words_of(pocket.get("/pocket/"))
    page = words_of(pocket.get(f"/pocket/cases/{docket.id}/"))
    assert "好，我来接" in page
    assert "我来接这件事" not in page
    pocket.post(f"/pocket/cases/{docket.id}/act/handover.accepted/")
    assert load(docket.id).docket.agent == chen


def test_a_no_needs_its_reason_and_leaves_the_case_with_nobody(played, squad, as_staff):
    docket = played("checklist.given")
    chen = squad.staff["chen"].person
    record(docket.id, [h.HandoverProposed(to=chen)], by=squad.staff["hu"].person, role="director", now=EVENING)
    pocket = as_staff("chen")
    assert pocket.post(f"/pocket/cases/{docket.id}/act/handover.refused/").status_code == 400
    pocket.post(f"/pocket/cases/{docket.id}/act/handover.refused/", {"reason": "full"})
    state = load(docket.id).docket
    assert (state.agent, state.work.handovers[0].refused) == ("", "full")


def test_an_answer_that_comes_too_late_is_a_sentence(played, squad, as_staff):
    docket = played("checklist.given")
    chen, hu = squad.staff["chen"].person, squad.staff["hu"].person
    state = record(docket.id, [h.HandoverProposed(to=chen)], by=hu, role="director", now=EVENING)
    revoked = h.HandoverRevoked(proposal=open_handover(state).entry)
    record(docket.id, [revoked], by=hu, role="director", now=EVENING)
    answer = as_staff("chen").post(f"/pocket/cases/{docket.id}/act/handover.accepted/", follow=True)
    assert "什么都没有改" in words_of(answer)
    assert load(docket.id).docket.agent == ""


def test_somebody_who_may_not_take_it_cannot_be_chosen_by_hand(played, squad, as_staff):
    docket = played("checklist.given")
    answer = as_staff("hu").post(f"/agents/case/{docket.id}/", {"to": squad.staff["lin"].person, "reason": "dispatch"})
    assert answer.status_code == 400
    assert "这一位现在不能接" in words_of(answer)


def test_a_confidential_petition_is_given_to_no_agent(played, squad, as_staff):
    docket = played("accusation")
    assert as_staff("hu").get(f"/agents/case/{docket.id}/").status_code == 404


def test_the_whole_day_is_looked_at_and_then_pressed(played, squad, as_staff):
    docket = played("checklist.given")
    hu = as_staff("hu")
    page = words_of(hu.get("/agents/day/"))
    give = page.split('name="give" value="')[1].split('"')[0]
    assert give.startswith(docket.id)
    as_staff("zhao").post("/agents/day/", {"give": give})  # a supervisor looks, and gives nothing out
    assert load(docket.id).docket.agent == ""
    assert "派好 1 件" in words_of(hu.post("/agents/day/", {"give": give}, follow=True))
    assert load(docket.id).docket.agent == give.split(":")[1]


def test_who_is_no_agent_any_more_leaves_a_list_to_hand_over(played, squad, as_staff):
    docket = played("task.claimed")
    chen, hu = squad.staff["chen"].person, as_staff("hu")
    page = words_of(hu.post(f"/agents/{chen}/standing/", {"do": "revoke"}, follow=True))
    assert docket.number in page
    assert f"/agents/case/{docket.id}/" in page
    assert as_staff("chen").get("/pocket/").status_code == 403


def test_a_bad_table_is_told_line_by_line(squad, as_staff):
    table = "工号,姓名,机构,类别,电话\nq1,贺小满,C-BS,志愿者,\n"
    upload = SimpleUploadedFile("agents.csv", table.encode(), "text/csv")
    answer = as_staff("zhao").post("/agents/import/", {"table": upload})
    assert answer.status_code == 400
    page = words_of(answer)
    assert "一行也没有收" in page
    assert '<th scope="row" class="num">2</th><td>少了“电话”。请补上。</td>' in page


def test_coverage_shows_every_station_and_point_and_a_mend_for_each_gap(squad, as_staff):
    make_squad(258, now=EVENING + timedelta(days=300))
    page = words_of(as_staff("zhao").get("/agents/cover/"))
    assert '<b class="num">10</b> 个站' in page
    assert '<b class="num">91</b> 个点' in page
    assert "先兼着" in page


def test_the_allowance_is_the_ledger_to_the_cent_and_the_certificate_says_what_entries_say(played, squad, as_staff):
    docket = played("result.delivered")
    chen, hu = squad.staff["chen"].person, squad.staff["hu"].person
    spent = [h.ExpenseRecorded(cents=cents, purpose="boat", voucher=letter * 43)
             for cents, letter in ((1250, "v"), (805, "w"), (333, "x"))]  # fmt: skip
    state = record(docket.id, spent, by=chen, role="agent", now=LATE)
    for one in state.work.expenses[:2]:
        record(docket.id, [h.ExpenseApproved(expense=one.entry)], by=hu, role="director", now=LATE)
    pocket = as_staff("chen")
    table = words_of(pocket.get(f"/agents/{chen}/ledger/allowance.csv{YEAR}")).lstrip("\ufeff")
    rows = list(csv.reader(io.StringIO(table)))
    assert [row[3] for row in rows[1:]] == ["12.50", "8.05", "20.55"]
    assert sums(ledger_of(chen)).cents == 2055
    assert "20.55" in text_of(pocket.get(f"/agents/{chen}/ledger/allowance.pdf{YEAR}"))
    assert "陈海燕" in text_of(pocket.get(f"/agents/{chen}/ledger/service.pdf{YEAR}"))
    assert "还有 3.33 元等人核" in words_of(pocket.get(f"/agents/{chen}/ledger/{YEAR}"))


def text_of(answer):
    return pdfium.PdfDocument(answer.content)[0].get_textpage().get_text_bounded()


def test_a_ledger_is_read_by_its_agent_and_their_director_and_by_no_colleague(squad, as_staff):
    chen = squad.staff["chen"].person
    for name, status in (("chen", 200), ("hu", 200), ("zhao", 200), ("yu", 404), ("lin", 403)):
        assert as_staff(name).get(f"/agents/{chen}/ledger/").status_code == status


def test_an_agent_notes_way_and_money_with_a_voucher_and_the_director_approves(played, squad, as_staff):
    docket = played("task.claimed")
    pocket = as_staff("chen")
    act = f"/pocket/cases/{docket.id}/act/"
    assert pocket.post(act + "expense.recorded/", {"purpose": "boat", "yuan": "12.50"}).status_code == 400
    voucher = SimpleUploadedFile("v.pdf", b"%PDF-1.7 ticket", "application/pdf")
    pocket.post(act + "expense.recorded/", {"purpose": "boat", "yuan": "12.50", "voucher": voucher})
    pocket.post(act + "activity.recorded/", {"minutes": "95", "kilometres": "4.2"})
    state = load(docket.id).docket
    assert [(one.cents, one.state) for one in state.work.expenses] == [(1250, "asked")]
    assert [(one.minutes, one.metres) for one in state.work.activities] == [(95, 4200)]
    desk = as_staff("hu")
    desk.post(f"/desk/cases/{docket.id}/act/expense.approved/", {"expense": state.work.expenses[0].entry})
    assert load(docket.id).docket.work.expenses[0].state == "approved"


def test_the_register_goes_by_name_and_shows_no_figure_by_which_to_rank(squad, as_staff):
    page = words_of(as_staff("hu").get("/agents/"))
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    assert body.index("虞阿良") < body.index("陈海燕")
    for figure in ("件", "次", "分"):
        assert figure not in body
