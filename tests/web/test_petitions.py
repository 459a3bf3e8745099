"""Petitions on pages: register, sort, handle, ask again, and who may see which of them."""

import io
import re

import pytest
from django.test import Client
from django.utils import translation
from PIL import Image
from tests.apps.conftest import EVENING

from driftbox.apps.deadlines.queries import clocks_of
from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load
from driftbox.apps.notices.queries import receipt_of
from driftbox.apps.petitions.actions import issue_opinion, serve
from driftbox.apps.petitions.joining import merge
from driftbox.apps.petitions.registering import Petitioning, register
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import petition_entries as p

pytestmark = pytest.mark.django_db
ZH = {"accept-language": "zh-CN"}
TOLD = {"way": "redress", "channel": "visit", "words": "滑道塌了。", "name": "周大海", "phone": "13800000714"}
WAY = "?answer=own_matter&answer=none&answer=no&answer=asked"


def a_picture():
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(picture, "PNG")
    picture.seek(0)
    picture.name = "letter.png"
    return picture


def test_the_guide_proposes_and_the_clerk_decides(as_staff):
    page = as_staff("lin").get(f"/desk/petitions/{WAY}", headers=ZH).text
    assert "信访办理" in page
    assert re.search(r'value="redress"[^>]*checked', page)
    as_staff("lin").post(f"/desk/petitions/{WAY}", TOLD | {"way": "litigation", "channel": "phone"})
    known = load(CaseRow.objects.get().docket).docket.petition
    assert (known.sort, known.route, known.confirmed) == ("redress", "art31-1", True)


@pytest.mark.parametrize("channel", ["window", "visit", "phone", "letter", "fax", "home", "video", "sea"])
def test_a_petition_comes_in_by_every_channel(as_staff, channel):
    answer = as_staff("lin").post("/desk/petitions/", TOLD | {"channel": channel}, headers=ZH, follow=True)
    row = CaseRow.objects.get()
    assert row.channel == channel
    assert row.number in answer.text
    assert (row.trips == 1) == (channel in {"window", "visit"})


def test_a_letter_needs_no_words_but_its_scan_is_kept(as_staff):
    told = TOLD | {"channel": "letter", "words": ""}
    assert "还没写什么事" in as_staff("lin").post("/desk/petitions/", told, headers=ZH).text
    as_staff("lin").post("/desk/petitions/", told | {"scan": a_picture()})
    page = as_staff("lin").get(f"/desk/cases/{CaseRow.objects.get().docket}/", headers=ZH).text
    assert "来信原样" in page


def test_a_scan_that_is_neither_photograph_nor_pdf_is_a_sentence(as_staff):
    file = io.BytesIO(b"MZ this is a program")
    file.name = "letter.exe"
    assert as_staff("lin").post("/desk/petitions/", TOLD | {"scan": file}).status_code == 400
    assert not CaseRow.objects.exists()


def test_of_six_representatives_five_speak_and_all_are_kept(as_staff):
    six = "\n".join(f"代表{number} 1380000072{number}" for number in range(6))
    answer = as_staff("lin").post("/desk/petitions/", TOLD | {"representatives": six}, headers=ZH, follow=True)
    assert "代表最多 5 位" in answer.text
    docket = load(CaseRow.objects.get().docket).docket
    assert len(docket.petition.representatives) == 5
    assert docket.petition.petitioners == 7


def test_a_line_without_a_name_is_asked_for_again(as_staff):
    answer = as_staff("lin").post("/desk/petitions/", TOLD | {"others": "13800000715"}, headers=ZH)
    assert answer.status_code == 400
    assert "先写姓名" in answer.text


def test_whoever_is_complained_of_by_name_sees_it_no_more_even_if_they_typed_it(as_staff):
    answer = as_staff("lin").post("/desk/petitions/", TOLD | {"complained": "林晓"}, headers=ZH, follow=True)
    assert "这件事说到了您" in answer.text
    docket = CaseRow.objects.get().docket
    for path in ("", "do/petition.classified/", "aid/", "review/"):
        assert as_staff("lin").get(f"/desk/cases/{docket}/{path}").status_code == 404
    assert as_staff("hu").get(f"/desk/cases/{docket}/").status_code == 200


def test_an_office_that_is_complained_of_does_not_see_it(as_staff):
    as_staff("lin").post("/desk/petitions/", TOLD | {"complained_office": "D-XF"})
    docket = CaseRow.objects.get().docket
    assert as_staff("he").get(f"/desk/cases/{docket}/").status_code == 404
    assert as_staff("lin").get(f"/desk/cases/{docket}/").status_code == 200


def test_two_offices_that_are_complained_of_both_do_not_see_it(as_staff):
    as_staff("lin").post("/desk/petitions/", TOLD | {"complained_office": ["D-XF", "D-MZ"]})
    known = load(CaseRow.objects.get().docket).docket.petition
    assert known.complained_offices == ("D-XF", "D-MZ")


def test_what_reads_like_it_is_shown_side_by_side_right_after_registering(as_staff):
    lin, told = as_staff("lin"), TOLD | {"words": "白沙码头的滑道塌了半边，船拉不上来。"}
    first = lin.post("/desk/petitions/", told, headers=ZH)
    assert first["Location"].startswith("/desk/cases/")
    again = lin.post("/desk/petitions/", told | {"channel": "phone"}, headers=ZH, follow=True)
    assert again.redirect_chain[-1][0].endswith("/beside/")
    assert "有 1 件看着像" in again.text
    assert "回执码" in again.text


def test_a_petition_chosen_for_a_call_is_carried_to_where_petitions_are_registered(as_staff):
    told = {"matter": "XF-QIUJUE", "channel": "phone", "caller_name": "周敏", "caller_phone": "13800000713",
            "relation": "child", "for_name": "周大海", "words": "滑道塌了。"}  # fmt: skip
    answer = as_staff("lin").post("/desk/call/", told, headers=ZH)
    assert not CaseRow.objects.exists()
    assert 'action="/desk/petitions/"' in answer.text
    for kept in ("滑道塌了。", 'value="周大海"', 'value="周敏"', 'value="13800000713"'):
        assert kept in answer.text


@pytest.mark.parametrize("who", ["lin", "hu", "wang", "he", "zhao", "chen", "yu", "fang"])
def test_an_accusation_is_on_no_page_of_whoever_was_not_let_in(as_staff, who):
    as_staff("lin").post("/desk/petitions/", TOLD | {"way": "accusation"})
    docket = CaseRow.objects.get().docket
    pages = (
        f"/desk/cases/{docket}/", f"/desk/cases/{docket}/do/petition.taken/", f"/desk/cases/{docket}/review/",
        f"/desk/cases/{docket}/aid/", f"/desk/cases/{docket}/petition/", f"/pocket/cases/{docket}/",
        f"/why/{docket}/notice/", f"/petition/{docket}/receipt/", f"/track/{docket}/",
    )  # fmt: skip
    for page in pages:
        answer = as_staff(who).get(page)
        assert answer.status_code in {403, 404}, page
        assert "周大海" not in answer.text
    assert as_staff("su").get(f"/desk/cases/{docket}/").status_code == 200


def test_a_petition_that_turns_out_to_be_an_accusation_leaves_the_desk(as_staff, played, do):
    docket = played("petition.registered").id
    answer = do("lin", docket, "petition.classified", way="accusation")
    assert answer["Location"] == "/desk/"
    assert as_staff("lin").get(f"/desk/cases/{docket}/").status_code == 404


def test_each_act_is_on_a_page_of_its_own_and_what_is_next_comes_first(as_staff, played):
    docket = played("petition.registered").id
    page = as_staff("lin").get(f"/desk/cases/{docket}/", headers=ZH).text
    assert page.count("button act") == 1
    assert re.search(r'class="button act[^>]*/do/petition.classified/', page)


def test_what_was_written_stays_when_it_is_refused(played, do):
    docket = played("petition.registered").id
    do("lin", docket, "petition.classified", way="redress")
    do("he", docket, "petition.accepted")
    parts = {"outcome": "explained", "facts": "塌了半边", "grounds": "年久失修", "basis": "渔港的规定"}
    answer = do("he", docket, "opinion.issued", **parts)
    assert answer.status_code == 400
    assert "还没听他说过" in answer.text
    assert "年久失修" in answer.text


def test_several_bodies_agree_who_handles_it(played, do):
    docket = played("petition.registered").id
    assert do("lin", docket, "competence.asked", offices=["D-MZ"], rung="agreement").status_code == 400
    assert do("lin", docket, "competence.asked", offices=["D-MZ", "D-JT"], rung="joint_meeting").status_code == 400
    do("lin", docket, "competence.asked", offices=["D-MZ", "D-JT"], rung="agreement")
    do("lin", docket, "competence.settled", office="D-JT", rung="agreement")
    assert load(docket).docket.petition.office == "D-JT"


@pytest.mark.parametrize("day", ["2020-01-01", "2026-02-30", "gestern", ""])
def test_an_assignment_needs_a_day_to_come(played, do, day):
    docket = played("petition.registered").id
    answer = do("lin", docket, "petition.transferred", office="D-MZ", how="assign", report_by=day)
    assert answer.status_code == 400
    assert load(docket).docket.stage == "registered"


def test_whoever_declines_says_which_door_and_the_petitioner_reads_it(played, do, party):
    docket = played("petition.registered").id
    do("lin", docket, "case.declined", ground="arbitration", words="带上合同。")
    page = party(docket).get(f"/track/{docket}/").text
    for said in ("这件事该去仲裁", "仲裁委员会", "带上合同", "不归这里办"):
        assert said in page


def test_litigation_leaves_by_its_own_door(as_staff, party):
    as_staff("lin").post("/desk/petitions/", TOLD | {"way": "litigation"})
    docket = CaseRow.objects.get().docket
    page = as_staff("lin").get(f"/desk/cases/{docket}/", headers=ZH).text
    assert re.search(r'class="button act[^>]*/do/petition.sent_on/', page)
    as_staff("lin").post(f"/desk/cases/{docket}/do/petition.sent_on/", {"door": "litigation"}, headers=ZH)
    assert "政法机关" in party(docket).get(f"/track/{docket}/").text


def test_nobody_whom_it_names_handles_it(as_staff, do, stage):
    as_staff("lin").post("/desk/petitions/", TOLD | {"complained": "王琳"})
    docket = CaseRow.objects.get().docket
    answer = do("lin", docket, "handler.named", handler=stage.staff["wang"].person)
    assert answer.status_code == 400
    assert "不能由他来办" in answer.text


def test_nobody_approves_their_own_extension(played, do, stage):
    docket = played("petition.registered").id
    do("lin", docket, "petition.classified", way="redress")
    do("lin", docket, "handler.named", handler=stage.staff["he"].person)
    do("he", docket, "petition.accepted")
    assert "30" in do("he", docket, "extension.asked", days=31, reason="complex").text
    do("hu", docket, "extension.asked", days=20, reason="complex")
    refused = do("hu", docket, "petition.extended", days=20, reason="complex", words="当面说了。")
    assert "换一个人来定" in refused.text
    do("zhao", docket, "petition.extended", days=20, reason="complex", words="当面说了。")
    assert load(docket).docket.petition.extended == 20


def test_an_agreement_reminds_of_the_court(as_staff, played, do):
    docket = played("petition.registered").id
    do("lin", docket, "petition.classified", way="redress")
    do("he", docket, "petition.accepted")
    do("he", docket, "mediation.agreed", by="committee", words="一人一半。")
    assert "申请司法确认" in as_staff("lin").get(f"/desk/cases/{docket}/", headers=ZH).text


def test_somebody_elses_petition_of_the_same_matter_is_not_shown_to_a_petitioner(stage, played, party):
    mine, lin = played("petition.registered").id, stage.staff["lin"].person
    other = register(Petitioning(sort="redress", words="滑道塌了。", office="C-BS", petitioner=None), recorder=lin,
                     now=EVENING).docket  # fmt: skip
    merge(other.id, mine, by=lin, role="clerk", now=EVENING)
    assert other.number not in party(mine).get(f"/track/{mine}/").text


def test_a_failed_errand_becomes_a_petition_with_one_button(as_staff, played, party):
    errand = played("case.accepted")
    assert "转成信访" in as_staff("lin").get(f"/desk/cases/{errand.id}/", headers=ZH).text
    answer = as_staff("lin").post(f"/desk/cases/{errand.id}/petition/", {"words": "拖了半年。"}, follow=True)
    petition = CaseRow.objects.get(procedure="petition")
    assert errand.number in answer.text
    assert petition.docket in {one.docket for one in load(errand.id).docket.petition.links}
    assert errand.number in party(petition.docket).get(f"/track/{petition.docket}/").text


def test_hardship_opens_aid_beside_it(as_staff, played):
    docket = played("petition.registered").id
    answer = as_staff("lin").post(f"/desk/cases/{docket}/aid/", {"matters": ["MZ-DIBAO"]}, headers=ZH, follow=True)
    aid = CaseRow.objects.get(matter="MZ-DIBAO")
    assert aid.number in answer.text
    assert receipt_of(aid.docket) in answer.text
    assert as_staff("lin").post(f"/desk/cases/{docket}/aid/", {"matters": ["XF-JUBAO"]}).status_code == 400


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_why_this_day_says_what_the_command_says(played, party, language):
    docket = played("opinion.served")
    for reading in clocks_of(docket, EVENING):
        page = party(docket.id).get(f"/why/{docket.id}/{reading.clock}/", headers={"accept-language": language}).text
        text = re.sub(r"<[^>]+>", "", page).replace("&#x27;", "'").replace("&quot;", '"')
        with translation.override(language):
            spoken = [line.in_language("zh" if language == "zh-CN" else "en") for line in reading.why]
        for line in spoken:
            assert line in text


def test_whoever_reaches_the_case_may_ask_why(as_staff, played):
    docket = played("petition.registered").id
    assert as_staff("lin").get(f"/why/{docket}/notice/").status_code == 200
    assert as_staff("lin").get(f"/why/{docket}/rereview/").status_code == 404
    assert Client().get(f"/why/{docket}/notice/").status_code == 404


def test_a_resident_tells_it_on_the_web_and_gets_a_receipt(stage, capsys):
    family = Client(headers=ZH)
    assert "第 1 句" in family.get("/petition/").text
    told = {"words": "滑道塌了。", "name": "周敏", "for_name": "周大海", "phone": "13800000713", "office": "C-BS",
            "complained": "王琳", "code": ""}  # fmt: skip
    assert "数字发到您手机上了" in family.post(f"/petition/{WAY}", told).text
    told["code"] = re.search(r"是 (\d{6})", capsys.readouterr().out)[1]
    receipt = family.post(f"/petition/{WAY}", told | {"scan": a_picture()}, follow=True)
    row = CaseRow.objects.get()
    assert row.number in receipt.text
    docket = load(row.docket).docket
    assert docket.parties[docket.applicant] == "helper"
    assert (docket.petition.route, docket.petition.complained) == ("art31-6", (stage.staff["wang"].person,))
    assert family.get(f"/track/{row.docket}/").status_code == 200


@pytest.mark.parametrize("matter", ["XF-JIANYI", "XF-JUBAO", "XF-QIUJUE"])
def test_a_petition_matter_begins_with_the_questions(client, matter):
    assert client.get(f"/matters/{matter}/start/")["Location"].startswith("/petition/?answer=")


@pytest.mark.parametrize("answers", ["?answer=nonsense", "?answer=own_matter&answer=%00", f"{WAY}&answer=more"])
def test_answers_that_fit_nothing_are_forgotten(client, as_staff, answers):
    assert client.get(f"/petition/{answers}").status_code == 200
    assert as_staff("lin").get(f"/desk/petitions/{answers}").status_code == 200


def test_every_act_that_a_page_offers_has_a_page(as_staff, stage, played):
    docket = played("petition.registered")
    wang = {"by": stage.staff["wang"].person, "role": "officer"}
    stages = (
        [], [p.PetitionClassified(sort="redress", route="art31-6")], [e.PetitionTransferred(office="D-MZ")],
        [p.TransferReceived()], [e.PetitionAccepted()], [p.PetitionerHeard(paper="w" * 43)],
    )  # fmt: skip
    for bodies in stages:
        role = (
            "clerk" if not bodies or isinstance(bodies[0], e.PetitionTransferred | p.PetitionClassified) else "officer"
        )
        by = stage.staff["lin" if role == "clerk" else "wang"].person
        record(docket.id, bodies, by=by, role=role, now=EVENING)
        assert_pages(as_staff, docket.id)
    issue_opinion(docket.id, "supported", "事实", "理由", "依据", now=EVENING, **wang)
    assert_pages(as_staff, docket.id)
    serve(docket.id, "signature", "in_person", "周大海", None, now=EVENING, **wang)
    assert_pages(as_staff, docket.id)


def assert_pages(as_staff, docket):
    for who in ("lin", "hu", "he", "wang", "zhao"):
        client = as_staff(who)
        page = client.get(f"/desk/cases/{docket}/")
        if page.status_code == 404:  # not sent to their office yet
            continue
        for address in set(re.findall(r'href="(/desk/cases/[^"]+/do/[^"]+)"', page.text)):
            assert client.get(address).status_code == 200, (who, address)
