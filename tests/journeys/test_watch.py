"""Told without a name, let in by the custodian, not content and taken up again by another, merged and taken apart."""

import re

import pytest
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.test_night_call import sign_in
from tests.journeys.test_reach import sideways, violations
from tests.web.watch.conftest import SLIPWAY, ZHOU

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load
from driftbox.apps.people.queries import Particulars
from driftbox.apps.petitions.actions import issue_opinion, serve
from driftbox.apps.petitions.registering import Petitioning, register
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import petition_entries as p

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SECRET = "有人收了红包，把码头的工程给了表弟。"


def seen(page):
    """What bars the way on this page; it does not scroll sideways."""
    assert not sideways(page), page.url
    return violations(page)


def unseen(_page):
    """Where no script runs, nothing can be looked into."""
    return []


def tell_without_a_name(page, look):
    """Tell it, keep the digits, come back with them."""
    page.goto("/mailbox/new/")
    found = look(page)
    page.check("input[name=sort][value=accusation]")
    page.fill("textarea[name=words]", SECRET)
    page.select_option("select[name=office]", "C-BS")
    page.click("main form button.act")
    digits = page.inner_text("#digits")
    found += look(page)
    page.fill("input[name=tail]", digits[-4:])
    page.click("main form button.act")
    page.wait_for_url(re.compile("/mailbox/box/"))
    found += look(page)
    return digits, found


@pytest.mark.parametrize(("script", "elder"), [(True, False), (False, True)])
def test_an_accusation_without_a_name_and_word_both_ways(visit, script, elder):
    page = visit({"width": 320, "height": 640}, script=script, elder=elder)
    look = seen if script else unseen
    digits, found = tell_without_a_name(page, look)
    page.click("form[action$='/close/'] button")
    docket = CaseRow.objects.get().docket
    custodian = sign_in(visit(DESK, script=script), "su")
    custodian.goto(f"/watch/{docket}/act/message.answered/")
    custodian.fill("textarea[name=words]", "收到了，在查。")
    custodian.click("main form button.act")
    page.goto("/mailbox/")
    page.fill("input[name=code]", digits)
    page.click("main form button")
    page.wait_for_url(re.compile("/mailbox/box/"))
    assert "收到了，在查。" in page.inner_text("main")
    page.fill("textarea[name=words]", "谢谢，还有一件。")
    page.click("form[action$='/say/'] button")
    custodian.goto(f"/watch/{docket}/")
    assert "谢谢，还有一件。" in custodian.inner_text("main")
    assert found + look(custodian) == []


def test_the_custodian_lets_one_person_in(visit, harbour):
    stage = harbour[1]
    told = Petitioning(sort="accusation", words=SECRET, office="C-BS", petitioner=ZHOU)
    docket = register(told, recorder=stage.staff["lin"].person, now=stage.start).docket
    supervisor, custodian = sign_in(visit(DESK), "zhao"), sign_in(visit(DESK), "su")
    supervisor.goto("/watch/secret/ask/")
    found = seen(supervisor)
    supervisor.fill("input[name=number]", docket.number)
    supervisor.click("main form button.act")
    custodian.goto("/watch/secret/")
    found += seen(custodian)
    custodian.click(f"a[href$='{docket.id}/']")
    found += seen(custodian)
    assert custodian.locator("select[name=person]").input_value() == stage.staff["zhao"].person
    custodian.select_option("select[name=reason]", "protecting")
    custodian.click("form[action$='/grant/'] button")
    supervisor.goto(f"/desk/cases/{docket.id}/")
    assert SECRET in supervisor.inner_text("main")
    custodian.click("form[action$='/revoke/'] button")
    supervisor.goto("/watch/secret/open/")
    found += seen(supervisor)
    supervisor.fill("input[name=number]", docket.number)
    supervisor.fill("textarea[name=words]", "有人要出事。")
    supervisor.click("main form button.line")
    found += seen(supervisor)
    supervisor.click("main form button.act")
    supervisor.wait_for_url(re.compile(docket.id))
    supervisor.goto("/watch/")
    assert docket.number in supervisor.inner_text("section[aria-labelledby=forced]")
    assert found == []


def answered(stage):
    lin, hu = stage.staff["lin"].person, stage.staff["hu"].person
    told = Petitioning(sort="redress", route="art31-6", words=SLIPWAY, office="C-BS", petitioner=ZHOU)
    docket = register(told, recorder=lin, now=stage.start).docket.id
    taken = [p.PetitionClassified(sort="redress", route="art31-6"), p.HandlerNamed(person=hu), e.PetitionAccepted()]
    record(docket, [*taken, p.PetitionerHeard(paper="w" * 43)], by=lin, role="clerk", now=stage.start)
    issue_opinion(docket, "explained", "事实", "理由", "依据", by=hu, role="director", now=stage.start)
    return serve(docket, "signature", "in_person", ZHOU.name, None, by=lin, role="clerk", now=stage.start)


def on_act(page, docket, kind, **fields):
    """Fill the page of an act and do it."""
    page.goto(f"/watch/{docket.id}/act/{kind}/")
    found = seen(page)
    for name, value in fields.items():
        if page.locator(f"input[name={name}][type=radio]").count():
            page.check(f"input[name={name}][value='{value}']")
        elif page.locator(f"select[name={name}]").count():
            page.select_option(f"select[name={name}]", value)
        else:
            page.fill(f"[name={name}]", value)
    page.click("main form button.act")
    page.wait_for_url(re.compile(f"/watch/{docket.id}/$"))
    return found


def test_not_content_called_back_mended_and_taken_up_again_by_another(visit, harbour):
    docket = answered(harbour[1])
    clerk, supervisor = sign_in(visit(DESK), "lin"), sign_in(visit(DESK), "zhao")
    found = on_act(clerk, docket, "case.rated", solved="no", satisfaction="5")
    clerk.goto("/watch/")
    found += seen(clerk)
    clerk.click("section[aria-labelledby=call] a")
    found += on_act(clerk, docket, "callback.made", reached="yes", words="他说没写哪年修")
    found += on_act(clerk, docket, "reopen.asked", reason="not_done")
    supervisor.goto("/watch/")
    supervisor.click("section[aria-labelledby=again] a")
    found += seen(supervisor)
    found += on_act(supervisor, docket, "supervision.opened", ground="art40-2", words="十天里改")
    found += on_act(supervisor, docket, "card.issued", colour="yellow", reason="shirking")
    found += on_act(supervisor, docket, "reopen.decided", verdict="reopened", reason="new_facts")
    assert load(docket.id).docket.stage == "handling"
    assert found == []


def test_a_duplicate_is_merged_and_taken_apart(visit, harbour):
    stage = harbour[1]
    for words, who in (
        (SLIPWAY, ZHOU),
        ("滑道塌了，船还是拉不上岸。", Particulars(name="周达海", phone="13800000799")),
    ):
        told = Petitioning(sort="redress", route="art31-6", words=words, office="C-BS", petitioner=who)
        docket = register(told, recorder=stage.staff["lin"].person, now=stage.start).docket
    clerk = sign_in(visit(DESK), "lin")
    clerk.goto(f"/desk/cases/{docket.id}/")
    clerk.click("section[aria-labelledby=around] p.note a")
    found = seen(clerk)
    clerk.click("button[value=merge]")
    clerk.wait_for_selector("main ul.rows a")
    assert CaseRow.objects.exclude(merged_into="").count() == 1
    clerk.click("main ul.rows a")
    found += seen(clerk)
    clerk.click("button[value=unmerge]")
    clerk.wait_for_selector(".said")
    clerk.wait_for_selector("button[value=merge]")
    assert not CaseRow.objects.exclude(merged_into="").exists()
    assert found == []


def test_the_figures_of_the_year_and_the_petitioners_pages_have_no_barrier(visit, harbour):
    stage = harbour[1]
    docket = answered(stage)
    supervisor = sign_in(visit(PHONE), "zhao")
    supervisor.goto("/watch/annual/")
    found = seen(supervisor)
    family = visit({"width": 320, "height": 640}, elder=True)
    family.goto("/mailbox/")
    found += seen(family)
    assert load(docket.id).docket.stage == "answered"
    assert found == []
