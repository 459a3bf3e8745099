"""A signature drawn at the door with a finger goes all the way to the case page; clearing it starts afresh."""

import pytest
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.test_night_call import sign_in
from tests.journeys.test_reach import sideways, violations

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import entries_of
from driftbox.apps.errands.night_call import play

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def played_to_the_door(stage):
    for scene in play(stage):
        if any(moment.kind == "result.collected" for moment in scene.docket.moments):
            return scene.docket
    raise AssertionError("the story never reaches the door")


def draw(page, *points):
    box = page.locator(".pad").bounding_box()
    at = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*at[0])
    page.mouse.down()
    for point in at[1:]:
        page.mouse.move(*point, steps=4)
    page.mouse.up()


@pytest.mark.parametrize("elder", [False, True])
def test_a_finger_s_signature_is_drawn_cleared_drawn_again_and_seen_at_the_desk(visit, harbour, elder):
    docket = played_to_the_door(harbour[1])
    agent = sign_in(visit(PHONE, elder=elder), "chen")
    agent.goto(f"/pocket/cases/{docket.id}/")
    agent.locator(".pad").scroll_into_view_if_needed()
    draw(agent, (0.1, 0.5), (0.5, 0.2))
    assert agent.locator("input[name=strokes]").input_value().startswith("[[")
    agent.locator(".signing button").focus()
    agent.keyboard.press("Enter")
    assert agent.locator("input[name=strokes]").input_value() == ""
    draw(agent, (0.2, 0.8), (0.4, 0.2), (0.6, 0.8))
    draw(agent, (0.7, 0.3), (0.9, 0.3))
    assert not agent.locator("input[name=witness_one]").is_visible()
    assert violations(agent) == []
    assert not sideways(agent)
    agent.fill("input[name=signed]", "周大海")
    agent.click("form[action$='/act/result.delivered/'] button.act")
    agent.wait_for_load_state()
    assert entries_of(docket.id)[-1].body.picture
    clerk = sign_in(visit(DESK), "lin")
    clerk.goto(f"/desk/cases/{CaseRow.objects.get(docket=docket.id).docket}/")
    picture = clerk.locator("img.picture")
    picture.scroll_into_view_if_needed()
    clerk.wait_for_function("document.querySelector('img.picture').naturalWidth === 600")
