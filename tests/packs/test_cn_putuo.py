"""The pack of Putuo, as it is committed: whole, in both languages, and silent about what nobody knows."""

import csv
import re
from pathlib import Path

import pytest

import driftbox.packs
from driftbox.domain.consult.matter import Matter
from driftbox.gateways.pack import Pack
from driftbox.gateways.pack_files import check_pack, load_pack

FOLDER = Path(driftbox.packs.__path__[0]) / "cn_putuo"
REFUSAL_GOES_TO_COURT = (
    "MZ-DIBAO",
    "MZ-DIBIAN",
    "MZ-GANGXING",
    "MZ-LINSHI",
    "MZ-TEKUN",
    "YB-JIUZHU",
    "YJ-ZAIHAI",
    "JS-WEIFANG",
    "JY-JIUZHU",
)
NO_FIGURE_IS_KNOWN = ("MZ-LINSHI", "YB-JIUZHU", "YJ-ZAIHAI", "JS-WEIFANG", "MZ-CANBU", "JT-DAOMIN", "GA-QIANYI")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(FOLDER)


def kinds(pack: Pack) -> list[str]:
    return [office.kind for office in pack.offices.values()]


def test_it_has_no_faults() -> None:
    assert [str(fault) for fault in check_pack(FOLDER)] == []


def test_it_holds_forty_matters_ten_stations_and_ninety_one_points(pack: Pack) -> None:
    assert len(pack.matters) == 40
    assert kinds(pack).count("station") == 10
    assert kinds(pack).count("point") == 91
    assert len(pack.piers) == 24
    assert set(pack.procedures) == {"errand", "petition", "enquiry", "incident"}


def test_each_point_lies_under_a_station_and_each_station_under_the_bureau(pack: Pack) -> None:
    parents = {"point": "station", "station": "bureau", "centre": "station", "post": "station"}
    for office in pack.offices.values():
        if office.kind in parents:
            assert pack.offices[office.parent].kind == parents[office.kind], office.code


def test_the_district_is_the_root_and_case_numbers_begin_with_a_slug_of_their_office(pack: Pack) -> None:
    assert [office.code for office in pack.offices.values() if not office.parent] == ["PT"]
    slugs = [office.slug for office in pack.offices.values()]
    assert len(set(slugs)) == len(slugs)
    assert all(slug.isascii() and slug.islower() for slug in slugs)
    assert pack.offices["C-BS"].slug == "baisha"


def test_a_boat_runs_between_the_piers_of_zhujiajian_and_baisha(pack: Pack) -> None:
    with (FOLDER / "timetable" / "trips.txt").open(encoding="utf-8-sig", newline="") as file:
        trips = {row["trip_id"] for row in csv.DictReader(file) if row["route_id"] == "BS1"}
    with (FOLDER / "timetable" / "stop_times.txt").open(encoding="utf-8-sig", newline="") as file:
        called_at = {row["stop_id"] for row in csv.DictReader(file) if row["trip_id"] in trips}
    assert called_at == {pack.piers["ZHANGZHOU"].stop, pack.piers["BAISHA"].stop}
    assert {"C-BS", "ST09"} <= set(pack.piers["BAISHA"].home_of)


def test_the_choices_of_the_demo_are_marked_as_such(pack: Pack) -> None:
    assert all(office.illustrative for office in pack.offices.values() if office.kind in ("point", "centre"))
    named = {office.code for office in pack.offices.values() if office.kind == "station" and not office.illustrative}
    assert {pack.offices[code].short.zh for code in named} == {"白沙", "东港", "展茅"}
    assert pack.settings["hotline_is_demo"] is True
    assert pack.settings["timetable_is_demo"] is True


def test_help_costs_nothing_anywhere(pack: Pack) -> None:
    for matter in pack.matters.values():
        assert "不收钱" in matter.fee.zh, matter.code
        assert "No charge" in matter.fee.en or "free" in matter.fee.en, matter.code


def test_nobody_keeps_an_identity_card(pack: Pack) -> None:
    for matter in pack.matters.values():
        for material in matter.materials:
            if "身份证" in material.name.zh and material.kind != "form":
                assert material.kind in ("copy", "shown"), (matter.code, material.code)


def test_one_paper_has_one_code_in_every_matter(pack: Pack) -> None:
    cards = {m.code for matter in pack.matters.values() for m in matter.materials if m.name.zh == "身份证"}
    registers = {m.code for matter in pack.matters.values() for m in matter.materials if m.name.zh == "户口簿"}
    assert (cards, registers) == ({"id_card"}, {"household_register"})


def test_unknown_figures_stay_unknown(pack: Pack) -> None:
    for code in NO_FIGURE_IS_KNOWN:
        assert pack.matters[code].limit is None, code
    limits = [matter.limit for matter in pack.matters.values() if matter.limit]
    assert None not in [limit.days for limit in limits]
    assert {limit.promise_days for limit in limits} == {None}


def test_the_living_allowance_takes_twenty_three_working_days(pack: Pack) -> None:
    limit = pack.matters["MZ-DIBAO"].limit
    assert limit is not None
    assert (limit.days, limit.unit) == (23, "working")
    assert "第11条" in limit.basis


def test_a_refusal_of_assistance_goes_to_reconsideration_or_court_never_to_review(pack: Pack) -> None:
    for code in REFUSAL_GOES_TO_COURT:
        remedy = pack.matters[code].remedy
        assert remedy is not None, code
        assert "行政复议" in remedy.zh, code
        assert "第76条" in remedy.zh, code
        assert "复查" not in remedy.zh, code


def test_reports_of_wrongdoing_pass_agents_unopened(pack: Pack) -> None:
    closed = [matter.code for matter in pack.matters.values() if matter.confidential]
    assert closed == ["XF-JUBAO"]
    assert not pack.matters["XF-JUBAO"].agent_allowed


def test_petitions_and_enquiries_follow_their_own_procedures(pack: Pack) -> None:
    for matter in pack.matters.values():
        expected = {"XF": "petition", "QT": "enquiry"}.get(matter.code[:2], "errand")
        assert matter.procedure == expected, matter.code


def questions_of(matter: Matter) -> list[str]:
    return [question.id for question in matter.questions]


def test_nobody_is_asked_more_than_five_questions_and_the_helper_is_asked_last(pack: Pack) -> None:
    for matter in pack.matters.values():
        asked = questions_of(matter)
        assert len(asked) <= 5, matter.code
        assert "someone_acts" not in asked[:-1], matter.code


def test_one_question_reads_the_same_wherever_it_is_asked(pack: Pack) -> None:
    asked: dict[str, str] = {}
    for matter in pack.matters.values():
        for question in matter.questions:
            assert asked.setdefault(question.id, question.ask.zh) == question.ask.zh, matter.code


def test_whoever_acts_for_another_brings_a_letter_of_authority(pack: Pack) -> None:
    for matter in pack.matters.values():
        letters = [material for material in matter.materials if material.code == "authority_letter"]
        assert all(letter.when == ("someone_acts",) for letter in letters), matter.code
        assert bool(letters) == ("someone_acts" in questions_of(matter)), matter.code


def test_what_the_office_looks_up_names_the_article(pack: Pack) -> None:
    for matter in pack.matters.values():
        for material in matter.materials:
            if material.supplied_by == "office":
                assert "第" in material.ground, (matter.code, material.code)


def test_six_matters_stand_on_the_home_page_the_allowance_first(pack: Pack) -> None:
    featured = sorted((matter.featured, matter.code) for matter in pack.matters.values() if matter.featured)
    assert [place for place, _ in featured] == [1, 2, 3, 4, 5, 6]
    assert featured[0][1] == "MZ-DIBAO"


def test_people_are_spoken_to_as_a_neighbour_would(pack: Pack) -> None:
    dropped = re.compile("诉求|敬请|逾期|处理中|相关部门|用户|你")
    for matter in pack.matters.values():
        for text in (matter.plain, matter.lead, *matter.steps, *(question.ask for question in matter.questions)):
            assert not dropped.search(text.zh), (matter.code, text.zh)


def test_chinese_is_written_with_full_width_punctuation(pack: Pack) -> None:
    half_width = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]")
    for matter in pack.matters.values():
        for text in (matter.name, matter.plain, matter.lead, matter.fee, *matter.steps, *matter.presence):
            assert not half_width.search(text.zh), (matter.code, text.zh)


def test_every_pier_is_a_stop_of_the_timetable(pack: Pack) -> None:
    with (FOLDER / "timetable" / "stops.txt").open(encoding="utf-8-sig", newline="") as file:
        stops = {row["stop_id"] for row in csv.DictReader(file)}
    assert {pier.stop for pier in pack.piers.values()} == stops


def test_years_from_2019_to_2026_are_known(pack: Pack) -> None:
    assert set(pack.years) == set(range(2019, 2027))
    assert all(year.off and year.work for year in pack.years.values())


def test_every_source_that_asks_for_a_credit_is_named() -> None:
    licences = (FOLDER / "LICENCES.md").read_text(encoding="utf-8")
    for credit in ("© OpenStreetMap contributors", "ODbL 1.0", "GeoNames", "CC BY 4.0", "not one to travel by"):
        assert credit in licences
