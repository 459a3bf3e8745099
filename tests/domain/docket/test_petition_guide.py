"""The guide: at most four questions from every beginning to every end, and each end is a way the law knows."""

import shutil

import pytest
from tests.cast import PACK, PACK_PATH

from driftbox.domain.docket.petition_guide import MOST_QUESTIONS, ask_next, find_route, route_for
from driftbox.gateways.pack_files import check_pack

GUIDE = PACK.guide


def ways(answers=()):
    """Every list of answers that leads to a route."""
    question = ask_next(GUIDE, answers)
    if question is None:
        return [answers]
    return [way for answer in question.answer for way in ways((*answers, answer.code))]


def test_every_way_ends_within_four_questions_at_a_route():
    assert all(len(way) <= MOST_QUESTIONS and find_route(GUIDE, way) for way in ways())
    assert {find_route(GUIDE, way).code for way in ways()} == {route.code for route in GUIDE.route}


def test_the_six_routes_of_article_31_are_all_there_and_only_the_sixth_stays():
    redress = [route for route in GUIDE.route if route.sort == "redress"]
    assert [route.route for route in redress] == [f"art31-{n}" for n in range(1, 7)]
    assert [route.route for route in redress if not route.door] == ["art31-6"]


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (("idea",), "suggestion"),
        (("wrongdoing",), "accusation"),
        (("own_matter", "court"), "litigation"),
        (("own_matter", "none", "yes"), "reconsideration"),
        (("own_matter", "none", "no", "asked"), "redress"),
    ],
)
def test_plain_answers_find_the_way(answers, code):
    assert find_route(GUIDE, answers).code == code


def test_halfway_there_is_no_way_yet_and_nonsense_leads_nowhere():
    assert find_route(GUIDE, ("own_matter",)) is None
    assert find_route(GUIDE, ("moon",)) is None
    assert ask_next(GUIDE, ("moon",)) is None


def test_a_sort_without_a_route_is_registered_as_one_that_is_handled():
    assert route_for(GUIDE, "redress", "").code == "redress"
    assert route_for(GUIDE, "accusation", "").matter == "XF-JUBAO"


def test_every_reason_of_a_refusal_names_a_door_and_an_article():
    doors = {door.code for door in GUIDE.door}
    assert all(ground.door in doors and "第" in ground.article for ground in GUIDE.ground)
    assert GUIDE.reasons_for("petition.extended")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('next = "judged"', 'next = "nowhere"', "nowhere"),
        ('next = "judged"', 'next = "aim"', "4"),
        ('door = "discipline"', 'door = "moon"', "moon"),
        ('matter = "XF-JUBAO"', 'matter = "XF-MOON"', "XF-MOON"),
        ('route = "suggestion"', 'route = "moon"', "moon"),
        ('kinds = ["petition.merged"]', 'kinds = ["petition.melted"]', "petition.melted"),
        ('id = "duty"', 'id = "decided"', "decided"),
    ],
)
def test_a_fault_in_the_guide_is_named_with_its_line(tmp_path, old, new, what):
    shutil.copytree(PACK_PATH, tmp_path / "pack")
    file = tmp_path / "pack" / "law" / "petition_guide.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    faults = [str(fault) for fault in check_pack(tmp_path / "pack")]
    assert any(fault.startswith("law/petition_guide.toml:") and what in fault for fault in faults), faults


def test_a_profile_that_no_clock_has_is_noticed(tmp_path):
    shutil.copytree(PACK_PATH, tmp_path / "pack")
    file = tmp_path / "pack" / "pack.toml"
    text = file.read_text(encoding="utf-8")
    for wrong in ('clock_profiles = ["moon"]', 'clock_profiles = "national"'):
        file.write_text(text.replace('clock_profiles = ["national"]', wrong), encoding="utf-8")
        assert [fault.file for fault in check_pack(tmp_path / "pack")] == ["pack.toml"]
