"""Who should take a case: an order that its reasons explain, and nobody in it who may not."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.cast import CHEN, DAUGHTER, FATHER, PACK, YU, key

from driftbox.domain.planning.agents import Agent, Waiting
from driftbox.domain.planning.dispatch import deciding, suggest, why_not

NOW = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
RULES = PACK.agents
CASE = Waiting(docket=key(21), office="C-BS", island="白沙岛", station="C-BS", parties=frozenset({FATHER}))


def agent(person=CHEN, **more):
    known = {
        "name": "陈海燕", "office": "C-BS", "station": "C-BS", "island": "白沙岛", "kind": "full_time",
        "may": ("carry", "check", "petition", "answer"), "at_once": 5, "until": date(2027, 1, 1), "free_from": NOW,
    }  # fmt: skip
    return Agent(person=person, **{**known, **more})


def out(case=CASE, **more):
    found = why_not(case, agent(**more), NOW)
    return found.code if found else ""


def test_whoever_is_fit_and_there_may_take_it():
    assert out() == ""


def test_each_hindrance_is_named_by_itself():
    assert out(declared=frozenset({FATHER})) == "related"
    assert out(active=False) == "revoked"
    assert out(until=date(2026, 5, 11)) == "authorisation"
    assert out(until=None) == "authorisation"
    assert out(away="ill") == "away"
    assert out(load=5) == "full"
    assert out(free_from=None) == "no_shift"
    assert out(island="桃花岛") == "no_boat"


def test_the_last_day_of_an_authorisation_still_counts():
    assert out(until=date(2026, 5, 12)) == ""


def test_a_volunteer_may_carry_and_may_not_say_that_papers_are_complete():
    volunteer = RULES.kind("volunteer")
    assert RULES.need_of("errand", "sent") == "carry"
    assert RULES.need_of("errand", "counted") == "check"
    assert out(may=volunteer.may) == ""
    assert out(Waiting(docket="x", office="C-BS", island="白沙岛", needs="check"), may=volunteer.may) == "kind"
    assert out(Waiting(docket="x", office="C-BS", island="白沙岛", needs="petition"), may=volunteer.may) == "kind"


def test_nobody_complained_of_and_no_agent_at_all_where_it_is_confidential():
    assert out(Waiting(docket="x", office="C-BS", island="白沙岛", barred=frozenset({"C-BS"}))) == "complained_of"
    assert out(Waiting(docket="x", office="C-BS", island="白沙岛", confidential=True)) == "confidential"


def test_a_boat_makes_another_island_reachable_and_later():
    case = Waiting(docket="x", office="C-BS", island="白沙岛", ways={"桃花岛": NOW + timedelta(hours=3)})
    found = suggest(
        case, [agent(), agent(YU, name="虞阿良", island="桃花岛", office="V104001", station="ST06")], NOW, RULES
    )
    near, far = found.candidates
    assert (near.agent.person, far.agent.person) == (CHEN, YU)
    assert "要坐船去" in [reason.words.zh for reason in far.reasons]
    assert any("12:00" in reason.words.zh for reason in far.reasons)


def test_who_served_the_family_before_comes_first():
    old, new = agent(YU, name="虞阿良", served=frozenset({FATHER})), agent()
    first, second = suggest(CASE, [new, old], NOW, RULES).candidates
    assert first.agent.person == YU
    assert deciding(first, second).words.zh == "以前帮这家办过"


def test_every_reason_is_said_in_both_languages():
    for candidate in suggest(CASE, [agent(load=3)], NOW, RULES).candidates:
        assert len(candidate.reasons) == len(RULES.order)
        assert all(reason.words.zh and reason.words.en for reason in candidate.reasons)


AGENTS = st.builds(
    lambda number, load, known, office, away, hours, skilled: agent(
        key(number), name=f"某{number}", load=load, served=frozenset({FATHER, DAUGHTER} if known else ()),
        office=office, away=away, free_from=NOW + timedelta(hours=hours), skills=("care",) if skilled else (),
    ),
    st.integers(100, 140), st.integers(0, 6), st.booleans(), st.sampled_from(["C-BS", "ST10", "V1"]),
    st.sampled_from(["", "", "", "ill"]), st.integers(0, 3), st.booleans(),
)  # fmt: skip


@given(st.lists(AGENTS, max_size=12, unique_by=lambda one: one.person))
def test_the_order_is_what_the_reasons_say_and_nobody_is_lost(agents):
    case = Waiting(
        docket="x", office="C-BS", island="白沙岛", station="C-BS", skill="care", parties=frozenset({FATHER})
    )
    found = suggest(case, agents, NOW, RULES)
    assert len(found.candidates) + len(found.left_out) == len(agents)
    for first, second in zip(found.candidates, found.candidates[1:], strict=False):
        reason = deciding(first, second)
        if reason is None:
            assert first.agent.name <= second.agent.name
        else:
            place = first.reasons.index(reason)
            assert reason.step < second.reasons[place].step
    assert suggest(case, list(reversed(agents)), NOW, RULES) == found


def test_what_the_case_does_not_ask_for_is_marked_and_sets_nobody_before_another():
    (candidate,) = suggest(CASE, [agent(languages=("english",), skills=("boats",))], NOW, RULES).candidates
    unasked = [reason for reason in candidate.reasons if not reason.asked]
    assert {reason.aspect for reason in unasked} == {"language", "skill"}
    assert {reason.step for reason in unasked} == {0}
