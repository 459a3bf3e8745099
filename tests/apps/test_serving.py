"""Written notices: issued under a number, set in type, served once, and found genuine by anybody."""

import re
from datetime import timedelta

import pypdfium2 as pdfium
import pytest
from tests.apps.conftest import EVENING
from tests.triggers import guard, lift

from driftbox.apps.dockets.actions import new_docket, open_case, record
from driftbox.apps.dockets.queries import entries_of, load
from driftbox.apps.errands.intake import known_or_new
from driftbox.apps.eventlog.models import EntryRow
from driftbox.apps.eventlog.queries import verify_docket
from driftbox.apps.notices.models import MessageRow, NoticeRow, NoticeSerialRow
from driftbox.apps.papers.actions import destroy_key, seal_text
from driftbox.apps.people.queries import Particulars
from driftbox.apps.petitions.actions import issue_opinion
from driftbox.apps.petitions.registering import Petitioning, register
from driftbox.apps.serving import queries
from driftbox.apps.serving.actions import Issuing, Service, consent, issue, project_notices, serve
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import petition_entries as p
from driftbox.domain.errors import BadFont, BadPaper, NotFound, Refused

SITE = "https://box.example.cn/"
SIGNED = Service(way="in_person", proof="signature")


def text_of(content):
    return "".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(content))


def plain(content):
    return "".join(text_of(content).split())


def words_of(docket, notice, language="zh", *, large=False):
    """What its file says, without spaces."""
    return plain(queries.pdf_of(load(docket).docket, notice.serial, language, large=large))


def code_in(content):
    found = re.search(r"((?:[2-9A-Z]{4}\s+){3}[2-9A-Z]{4})", text_of(content))
    return "".join(found[1].split())


@pytest.fixture
def house(stage):
    """Who acts, and what they do, on days after the evening."""

    class House:
        staff = stage.staff

        def at(self, days):
            return EVENING + timedelta(days=days)

        def issuing(self, name="lin", role=""):
            account = self.staff[name]
            return Issuing(by=account.person, role=role or account.roles[0], office=account.office, site=SITE)

        def issue(self, docket, kind, days=0, name="lin"):
            return issue(docket, kind, self.issuing(name), now=self.at(days))

        def serve(self, docket, notice, service=SIGNED, days=0, name="lin"):
            account = self.staff[name]
            return serve(docket, notice.serial, service, by=account.person, role=account.roles[0], now=self.at(days))

        def does(self, docket, body, days=0, name="lin", role=""):
            account = self.staff[name]
            return record(docket, [body], by=account.person, role=role or account.roles[0], now=self.at(days))

        def petition(self, name="周大海", **more):
            clerk = self.staff["lin"]
            told = Petitioning(sort="redress", route="art31-6", words="滑道塌了半边，船拉不上来。", office=clerk.office,
                               petitioner=Particulars(name=name, phone="13800000714"), **more)  # fmt: skip
            return register(told, recorder=clerk.person, now=self.at(0)).docket.id

        def heard(self, docket):
            self.does(docket, e.PetitionAccepted(), 1)
            self.does(docket, p.PetitionerHeard(paper=seal_text(docket, "听了。", now=self.at(2))), 2, "hu")

        def opinion(self, docket, facts="滑道塌了，年久失修。", days=3, outcome="supported"):
            hu = self.staff["hu"]
            issue_opinion(docket, outcome, facts, "该修。", "渔港管理的规定。", by=hu.person, role="director",
                          now=self.at(days))  # fmt: skip

    return House()


def test_a_receipt_is_numbered_set_in_four_files_and_recorded(house):
    docket = house.petition()
    notice = house.issue(docket, "receipt")
    state = load(docket).docket
    assert notice.serial == "baisha-2026-n0001"
    assert [(copy.language, copy.large) for copy in notice.copies] == [
        ("zh", False), ("zh", True), ("en", False), ("en", True),
    ]  # fmt: skip
    words = plain(queries.pdf_of(state, notice.serial, "zh", large=False))
    for part in ("收件回执", "周大海：", state.number, "2026年5月11日收到", "2026年5月26日前", "第21条", "印章处",
                 "白沙岛便民服务中心", "第1页，共1页", "编号baisha-2026-n0001"):  # fmt: skip
        assert part in words, part
    english = text_of(queries.pdf_of(state, notice.serial, "en", large=False))
    assert "Receipt" in english
    assert "26 May 2026" in english
    assert verify_docket(docket) == []
    assert state.contested == {}


def test_large_type_is_eighteen_points(house):
    docket = house.petition()
    notice = house.issue(docket, "receipt")
    content = queries.pdf_of(load(docket).docket, notice.serial, "zh", large=True)
    page = pdfium.PdfDocument(content)[0]
    sizes = {round(box.get_bounds()[3] - box.get_bounds()[1]) for box in page.get_objects() if box.type == 1}
    assert max(sizes) >= 18


def test_what_was_issued_is_not_offered_again_and_the_next_number_follows(house):
    docket, other = house.petition(), house.petition("金阿毛")
    first = house.issue(docket, "receipt")
    assert queries.offered(load(docket).docket) == []
    with pytest.raises(NotFound):
        house.issue(docket, "receipt")
    assert [first.serial, house.issue(other, "receipt").serial] == ["baisha-2026-n0001", "baisha-2026-n0002"]


def test_a_sign_that_no_font_has_is_named_and_no_number_is_used_up(house):
    docket, other = house.petition("周😀海"), house.petition()
    with pytest.raises(BadFont, match="😀"):
        house.issue(docket, "receipt")
    assert load(docket).docket.notices == ()
    assert house.issue(other, "receipt").serial == "baisha-2026-n0001"


@pytest.mark.parametrize("hostile", ['#panic("x")', "*a* $x$ <b> @c", "{number}", "= 标题 // */", "{0.__class__}"])
def test_a_hostile_name_stays_a_name(house, hostile):
    docket = house.petition(hostile)
    notice = house.issue(docket, "receipt")
    assert "".join(hostile.split()) in words_of(docket, notice)


def test_the_same_preview_twice_is_the_same_bytes_and_leaves_nothing_behind(house):
    docket = house.petition()
    state = load(docket).docket
    one, two = (
        queries.preview(state, "receipt", "zh", office="C-BS", large=False, now=house.at(0)) for _time in range(2)
    )
    assert one == two
    assert "预览" in text_of(one)
    assert (load(docket).docket.count, NoticeRow.objects.count(), NoticeSerialRow.objects.count()) == (
        state.count,
        0,
        0,
    )


def test_a_long_opinion_runs_over_ten_pages_and_the_seal_stands_on_the_last(house):
    docket = house.petition()
    house.heard(docket)
    found = "码头东侧滑道年久失修，潮水一来就漫。" * 24
    house.opinion(docket, facts="\n".join(f"第{n}段：{found}" for n in range(36)))
    notice = house.issue(docket, "opinion", 3, "hu")
    pages = pdfium.PdfDocument(queries.pdf_of(load(docket).docket, notice.serial, "zh", large=False))
    texts = ["".join(page.get_textpage().get_text_bounded().split()) for page in pages]
    assert len(texts) >= 10
    assert all(f"第{n}页，共{len(texts)}页" in text for n, text in enumerate(texts, 1))
    assert "印章处" in texts[-1]
    assert all(notice.serial in text for text in texts)
    assert "第35段" in "".join(texts)


def test_serving_the_opinion_starts_the_next_clock_and_is_not_done_twice(house):
    docket = house.petition()
    house.heard(docket)
    house.opinion(docket)
    notice = house.issue(docket, "opinion", 3, "hu")
    after = house.serve(docket, notice, Service(way="agent", proof="witness", day=house.at(4).date()), 5, "hu")
    assert (after.stage, after.notices[-1].way) == ("answered", "agent")
    assert [m.kind for m in after.moments][-1] == "opinion.served"
    with pytest.raises(Refused, match="已经送达过了"):
        house.serve(docket, notice, days=6)
    assert load(docket).docket.count == after.count


def test_an_opinion_that_was_written_anew_is_not_served_by_its_old_sheet(house):
    docket = house.petition()
    house.heard(docket)
    house.opinion(docket)
    old = house.issue(docket, "opinion", 3, "hu")
    house.opinion(docket, "又查了一遍。", 4)
    with pytest.raises(Refused, match="重写过"):
        house.serve(docket, old, days=5, name="hu")
    new = house.issue(docket, "opinion", 5, "hu")
    assert house.serve(docket, new, days=5, name="hu").stage == "answered"


def test_electronic_service_needs_consent_and_tells_the_person(house):
    docket = house.petition()
    notice = house.issue(docket, "receipt")
    electronic = Service(way="electronic", proof="electronic_receipt")
    with pytest.raises(Refused, match="还没同意"):
        house.serve(docket, notice, electronic)
    before = MessageRow.objects.count()
    lin = house.staff["lin"].person
    consent(docket, by=lin, role="clerk", now=house.at(1))
    with pytest.raises(Refused, match="已经同意过了"):
        consent(docket, by=lin, role="clerk", now=house.at(1))
    assert house.serve(docket, notice, electronic, 1).notices[0].way == "electronic"
    assert MessageRow.objects.count() == before + 1


@pytest.mark.parametrize(("days", "words"), [(5, "还没到"), (-1, "不会比它更早")])
def test_an_impossible_day_of_service_is_refused(house, days, words):
    docket = house.petition()
    notice = house.issue(docket, "receipt")
    with pytest.raises(Refused, match=words):
        house.serve(docket, notice, Service(way="in_person", proof="signature", day=house.at(days).date()), 1)
    assert not load(docket).docket.notices[0].served_ms


def test_a_notice_is_genuine_by_its_code_and_its_file_by_every_byte(house):
    docket = house.petition()
    notice = house.issue(docket, "receipt")
    content = queries.pdf_of(load(docket).docket, notice.serial, "en", large=True)
    code = code_in(content)
    found = queries.genuine(f"{code[:4].lower()} {code[4:]}")
    assert (found.issued.isoformat(), found.office.zh) == ("2026-05-11", "白沙岛便民服务中心")
    assert found.is_file(content)
    assert not found.is_file(content + b" ")
    other = ("3" if code[0] != "3" else "4") + code[1:]
    for wrong in ("", other, "2" * 16, code[:-1], "\x00", "é" * 16, "x" * 5000):
        assert queries.genuine(wrong) is None


def test_a_log_that_was_altered_vouches_for_nothing(house):
    docket = house.petition()
    serial = house.issue(docket, "receipt").serial
    code = code_in(queries.pdf_of(load(docket).docket, serial, "zh", large=False))
    lift()
    row = next(row for row in EntryRow.objects.filter(docket=docket) if b"notice.issued" in bytes(row.raw))
    EntryRow.objects.filter(pk=row.pk).update(raw=bytes(row.raw).replace(b"C-BS", b"D-XF"))
    guard()
    assert queries.genuine(code) is None


def test_a_notice_stays_genuine_after_its_words_were_erased(house):
    docket = house.petition()
    notice = house.issue(docket, "receipt")
    content = queries.pdf_of(load(docket).docket, notice.serial, "zh", large=False)
    destroy_key(docket, now=house.at(9))
    assert queries.genuine(code_in(content)).is_file(content)
    with pytest.raises(BadPaper):
        queries.pdf_of(load(docket).docket, notice.serial, "zh", large=False)


def test_the_rows_by_which_notices_are_found_come_from_the_log_again(house):
    docket = house.petition()
    house.issue(docket, "receipt")
    rows = list(NoticeRow.objects.values())
    NoticeRow.objects.all().delete()
    project_notices(load(docket).docket)
    assert list(NoticeRow.objects.values()) == rows


def test_the_proof_of_service_has_lines_to_sign_on_and_then_who_signed(house):
    docket = house.petition()
    notice = house.issue(docket, "receipt")
    state = load(docket).docket
    before = plain(queries.proof_of(state, notice.serial, "zh", now=house.at(0)))
    assert "送达回证" in before
    assert "签收人" in before
    assert "当面送到" not in before
    paper = seal_text(docket, "周大海", now=house.at(1))
    after = house.serve(docket, notice, Service(way="in_person", proof="signature", paper=paper), 1)
    told = plain(queries.proof_of(after, notice.serial, "zh", now=house.at(1)))
    for part in ("当面送到", "本人签名", "2026年5月12日", notice.serial, "周大海"):
        assert part in told, part


def test_a_refusal_names_ground_article_and_door_and_a_transfer_its_office(house):
    docket, other = house.petition(), house.petition("金阿毛")
    house.does(docket, e.CaseDeclined(ground="reconsideration", door="reconsideration"), 1)
    words = words_of(docket, house.issue(docket, "non_acceptance", 1))
    for part in ("不予受理告知书", "走复议或者诉讼", "第31条", "请找行政复议机关"):
        assert part in words, part
    house.does(other, e.PetitionTransferred(office="D-JT", how="assign", report_by="2026-06-30"), 1)
    words = words_of(other, house.issue(other, "transfer", 1))
    assert "普陀区交通运输局" in words
    assert "2026年6月30日前报" in words


def test_an_extension_tells_days_reason_and_the_new_last_day(house):
    docket = house.petition()
    house.does(docket, e.PetitionAccepted(), 1)
    house.does(docket, p.ExtensionAsked(days=20, reason="storm"), 2)
    paper = seal_text(docket, "停航十天，鉴定的人过不来。", now=house.at(3))
    house.does(docket, p.PetitionExtended(days=20, reason="storm", paper=paper), 3, "hu", "director")
    words = words_of(docket, house.issue(docket, "extension", 3))
    for part in ("延长20日", "因为：停航", "停航十天", "2026年7月31日"):
        assert part in words, part


def test_an_opinion_tells_whom_to_ask_for_a_review(house):
    docket = house.petition()
    house.heard(docket)
    house.opinion(docket)
    words = words_of(docket, house.issue(docket, "opinion", 3, "hu"), large=True)
    for part in (
        "滑道塌了，年久失修。",
        "该修。",
        "渔港管理的规定。",
        "予以支持",
        "白沙岛管委会信访代办站申请复查",
        "30日内",
    ):
        assert part in words, part


def test_an_opinion_takes_the_seal_of_the_body_that_handled_it_whoever_prints_it(house):
    docket, he = house.petition(), house.staff["he"]
    house.does(docket, p.PetitionClassified(sort="redress", route="art31-6"), 1)
    house.does(docket, e.PetitionTransferred(office=he.office), 1)
    for body in (p.TransferReceived(), e.PetitionAccepted()):
        house.does(docket, body, 2, "he", "officer")
    heard = p.PetitionerHeard(paper=seal_text(docket, "听了。", now=house.at(2)))
    house.does(docket, heard, 2, "he", "officer")
    issue_opinion(docket, "explained", "事实", "理由", "依据", by=he.person, role="officer", now=house.at(3))
    notice, receipt = house.issue(docket, "opinion", 3), house.issue(docket, "receipt", 3)
    assert (notice.office, receipt.office) == (he.office, house.staff["lin"].office)
    assert notice.serial.startswith("baisha-2026-")


def test_an_errand_taken_on_and_one_refused_are_told_in_writing(played, house):
    docket = played("case.accepted")
    notice = house.issue(docket.id, "errand_acceptance", 5)
    words = words_of(docket.id, notice)
    for part in ("受理通知书", "我们收下了", "户口簿", "法律规定最晚", "第11条", "行政复议"):
        assert part in words, part


def test_a_refusal_without_a_reason_is_not_issued(house):
    docket = declined(house, None)
    with pytest.raises(Refused, match="为什么，该找谁"):
        house.issue(docket, "errand_refusal", 1)
    written = declined(house, "要到户籍所在的镇里办，那里的电话我们替您问好了。")
    words = words_of(written, house.issue(written, "errand_refusal", 1))
    assert "户籍所在的镇里办" in words


def declined(house, words):
    lin = house.staff["lin"]
    person, docket = known_or_new(Particulars(name="周敏"), house.at(0)), new_docket(now=house.at(0))
    open_case(docket, matter="MZ-DIBAO", channel="phone", office="C-BS", by=person, role="resident", for_=person,
              recorder=lin.person, said=None, now=house.at(0))  # fmt: skip
    paper = seal_text(docket, words, now=house.at(0)) if words else None
    house.does(docket, e.CaseDeclined(ground="other_door", paper=paper), 1)
    return docket


def test_nobody_elses_words_are_in_the_entries(house):
    docket = house.petition()
    house.issue(docket, "receipt")
    bodies = "".join(str(entry.body) for entry in entries_of(docket) if entry.kind.startswith("notice."))
    assert "周大海" not in bodies
    assert "滑道" not in bodies
