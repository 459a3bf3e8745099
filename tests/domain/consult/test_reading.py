"""What a photograph says is taken over only when it proves itself; everything else is shown and left to a person."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import PACK

from driftbox.domain.consult.reading import COMPARE, MISSING, READ, UNREAD, Line, read_paper

TODAY = date(2026, 5, 11)
NUMBER = "33090319490622002X"  # invented, its check character right
WRONG = NUMBER[:17] + ("1" if NUMBER[17] == "0" else "0")


def lines(*rows, score=97):
    """Rows from top to bottom; several pieces in a row stand side by side."""
    made = []
    for place, row in enumerate(rows):
        for column, text in enumerate((row,) if isinstance(row, str) else row):
            left = 40 + column * 300
            made.append(Line(text, (left, 60 * place, left + 200, 60 * place + 36), score))
    return made


def front(number=NUMBER, name="周敏", born="1949年6月22日"):
    return lines(
        ("姓名", name), ("性别女", "民族汉"), ("出生", born), ("住址", "浙江省舟山市"), ("公民身份号码", number)
    )


def read(rows, **more):
    paper = read_paper(rows, PACK.papers, TODAY, **more)
    return paper, {field.id: field for field in paper.fields}


def remarks(paper):
    return [remark.code for remark in paper.remarks]


def test_an_identity_card_is_told_and_read():
    paper, fields = read(front())
    assert paper.kind == "id_card_front"
    assert "id_card" in paper.materials
    assert (fields["number"].value, fields["number"].state) == (NUMBER, READ)
    assert (fields["name"].value, fields["name"].state) == ("周敏", READ)
    assert remarks(paper) == []
    assert set(fields) == {"name", "number"}  # the day of birth only proves the number


@pytest.mark.parametrize(
    "wrong", ["330903194906220028", "33090319490622002", "33090319490622002X9", "33O903194906220029"]
)
def test_a_number_that_does_not_hold_is_left_empty_and_shown(wrong):
    _paper, fields = read(front(wrong))
    assert (fields["number"].value, fields["number"].state) == ("", UNREAD)
    assert fields["number"].seen in wrong
    assert fields["number"].seen


@given(st.integers(0, 16), st.integers(1, 9))
def test_no_single_wrong_digit_is_ever_taken_over(place, by):
    wrong = NUMBER[:place] + str((int(NUMBER[place]) + by) % 10) + NUMBER[place + 1 :]
    _paper, fields = read(front(wrong))
    assert fields["number"].value == ""


def test_a_number_that_contradicts_the_printed_day_of_birth_is_left_empty():
    paper, fields = read(front(born="1948年6月22日"))
    assert (fields["number"].value, fields["number"].seen) == ("", NUMBER)
    assert remarks(paper) == ["birth_differs"]


def test_a_name_that_was_read_dimly_is_to_be_compared():
    _paper, fields = read(lines(("姓名", "周敏"), ("性别女", "民族汉"), "住址", score=70))
    assert (fields["name"].value, fields["name"].state) == ("周敏", COMPARE)
    assert fields["number"].state == MISSING


def test_a_name_does_not_swallow_what_stands_beside_it():
    _paper, fields = read(lines(("姓名周敏", "中华人民共和国残疾人证"), "残疾类别肢体", "残疾等级二级"))
    assert fields["name"].value == "周敏"


def test_a_name_that_is_nobody_s_in_the_case_is_pointed_out():
    paper, fields = read(front(), names=["林晓", "陈海燕"])
    assert remarks(paper) == ["name_differs"]
    assert fields["name"].state == COMPARE


def test_a_name_of_the_case_is_sure_even_when_read_dimly():
    _paper, fields = read(lines(("姓名", "周敏"), ("性别女", "民族汉"), "住址", score=70), names=["周敏"])
    assert fields["name"].state == READ


@pytest.mark.parametrize(
    ("printed", "value", "expired"),
    [
        ("2005.03.02-2025.03.02", "2025-03-02", True),
        ("2016.03.02-2026.05.11", "2026-05-11", False),
        ("2016.03.02-2026.05.10", "2026-05-10", True),
        ("2019.01.05-长期", "长期", False),
        ("2035.03.02-2015.03.02", "", False),
        ("2015.02.30-2035.02.30", "", False),
    ],
)
def test_the_last_day_of_validity_is_read_and_compared_with_today(printed, value, expired):
    paper, fields = read(lines("中华人民共和国", "居民身份证", ("签发机关", "舟山市公安局"), ("有效期限", printed)))
    assert paper.kind == "id_card_back"
    assert fields["until"].value == value
    assert fields["until"].state == (COMPARE if value else UNREAD)
    assert ("expired" in remarks(paper)) is expired


def test_two_papers_on_one_photograph_are_told_and_none_of_their_values_taken():
    both = front() + [Line(line.text, (line.box[0], line.box[1] + 900, line.box[2], line.box[3] + 900), line.score)
                      for line in lines("中华人民共和国", "居民身份证", ("签发机关", "舟山市公安局"))]  # fmt: skip
    paper, fields = read(both)
    assert remarks(paper) == ["two_papers"]
    assert all(not field.value for field in fields.values())


def test_two_people_s_cards_on_one_photograph_are_told():
    other = [Line(line.text, (line.box[0], line.box[1] + 900, line.box[2], line.box[3] + 900), line.score)
             for line in front("110105194912310021"[:17] + "X", name="林晓", born="1949年12月31日")]  # fmt: skip
    paper, fields = read(front() + other)
    assert remarks(paper) == ["two_papers"]
    assert fields["number"].value == ""


@pytest.mark.parametrize("rows", [(), ("",), ("！",), ("@#",)])
def test_a_photograph_of_nothing_says_so(rows):
    assert remarks(read(lines(*rows))[0]) == ["nothing_read"]


def test_a_paper_that_the_pack_does_not_know_says_so():
    paper, _fields = read(lines("西红柿炒鸡蛋", "先把鸡蛋打散"))
    assert (paper.kind, remarks(paper)) == ("", ["unknown_paper"])


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        (("常住人口登记卡", "户主或与户主关系", "曾用名", "籍贯"), "register_member"),
        (("户别", "户主姓名", "户号", "住址"), "register_first"),
        (("普陀医院", "疾病诊断证明书", "处理意见"), "diagnosis"),
        (("出院小结", "入院日期", "出院诊断"), "discharge_summary"),
        (("门诊特殊病种", "病种名称", "姓名"), "special_disease_card"),
        (("中国渔业银行", "银联", "6222020000000000000"), "bank_card"),
        (("中华人民共和国社会保障卡", "社会保障号码", "姓名"), "social_card"),
        (("中华人民共和国残疾人证", "残疾类别", "残疾等级"), "disability_card"),
        (("渔业船舶检验证书", "船名", "下次检验"), "vessel_survey"),
        (("渔业船舶国籍证书", "船名", "船籍港", "船舶所有人"), "vessel_nationality"),
        (("渔业船舶所有权登记证书", "船名", "船籍港", "船舶所有人"), "vessel_ownership"),
        (("渔业捕捞许可证", "船名", "持证人", "作业类型"), "fishing_licence"),
    ],
)
def test_each_kind_of_paper_is_told_by_its_words(rows, kind):
    assert read(lines(*rows))[0].kind == kind


BOXES = st.tuples(*[st.integers(-50, 3000)] * 4)


@given(st.lists(st.builds(Line, st.text(max_size=40), BOXES, st.integers(0, 100)), max_size=12))
def test_nothing_on_a_photograph_makes_it_fall(strange):
    read_paper(strange, PACK.papers, TODAY, ["周敏"])


@given(st.text(max_size=30))
def test_nothing_behind_a_label_makes_it_fall(strange):
    for rows in (front(strange, strange, strange), lines("中华人民共和国", "居民身份证", ("有效期限", strange))):
        paper, _fields = read(rows)
        assert all(len(field.value) <= 40 for field in paper.fields)
