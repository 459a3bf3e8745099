"""Figures kept step by step are those of a full recount, and those of a slow count by another path."""

import json
from collections import Counter
from datetime import datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

import pytest
from msgspec import structs
from tests.apps.conftest import EVENING, WHO
from tests.apps.test_reception import talk, viewer
from tests.cast import PACK

from driftbox.apps.dockets.actions import record
from driftbox.apps.errands.night_call import play, set_stage
from driftbox.apps.eventlog.queries import dockets, raw_entries
from driftbox.apps.figures.actions import catch_up, recount, refresh
from driftbox.apps.figures.models import EVERYWHERE, FactRow, TodoRow, TotalRow
from driftbox.apps.figures.queries import cases_behind, differing, months_before, read, read_together
from driftbox.apps.figures.rides import boats_saved
from driftbox.apps.people.access import staff_viewer
from driftbox.apps.petitions.registering import Petitioning, register
from driftbox.apps.reception.actions import log_contact
from driftbox.domain.docket import entries as e
from driftbox.domain.figures.listed import FIGURES
from driftbox.domain.figures.tally import tally_of

ZONE = ZoneInfo("Asia/Shanghai")
LATER = EVENING + timedelta(days=80)


def totals():
    keys = ("figure", "office", "month", "bucket", "count", "amount")
    return sorted(TotalRow.objects.values_list(*keys))


def raws():
    """Every entry as plain JSON, by docket."""
    return {docket: [json.loads(raw) for raw in raw_entries(docket)] for docket in dockets()}


def at(entry):
    told = entry.get("at")
    ms = int(entry["id"][:8] + entry["id"][9:13], 16)
    return datetime.fromisoformat(told) if told else datetime.fromtimestamp(ms / 1000, tz=ZONE)


def slowly():
    """The same figures from raw entries alone, written without the house's fold, for stories in which nothing is
    contested and nothing is told late.
    """
    found = Counter()
    for entries in raws().values():
        kinds = [one["kind"] for one in entries]
        for one in entries:
            month, body = f"{at(one).astimezone(ZONE):%Y-%m}", one["body"]
            if one["kind"] == "contact.logged":
                found["reception", month, f"{body['channel']}:{at(one).astimezone(ZONE):%H}"] += 1
            elif one["kind"] in {"materials.sent", "return.packed"}:
                found["parcels", month, "out" if one["kind"] == "materials.sent" else "back"] += 1
            elif one["kind"] == "case.opened" and not body.get("confidential"):
                found["opened", month, body["channel"]] += 1
        if "case.closed" in kinds and entries[0]["body"].get("procedure") == "errand":
            found += done(entries, kinds)
    return found


def done(entries, kinds):
    month = f"{at(entries[kinds.index('case.closed')]).astimezone(ZONE):%Y-%m}"
    went = sum(bool(one["body"].get("appeared")) for one in entries) + kinds.count("trip.made")
    looks = [kind for kind in kinds if kind in {"materials.checked", "materials.lacking"}]
    rated = [one["body"] for one in entries if one["kind"] == "case.rated"]
    promised = [one["body"]["due"] for one in entries if one["kind"] == "promise.made"]
    there = [f"{at(one).astimezone(ZONE):%Y-%m-%d}" for one in entries if one["kind"] == "result.delivered"]
    found = Counter()
    found["trips_per_case", month, str(went)] += 1
    found["trips_saved", month, ""] += 1
    found["asked_once", month, "no" if "materials.asked" in kinds else "yes"] += 1
    found["first_time_complete", month, "yes" if looks[0] == "materials.checked" else "no"] += 1
    found["kept_promises", month, "yes" if there[-1] <= promised[-1] else "no"] += 1
    found["solved", month, rated[-1].get("solved", "yes") if rated else "none"] += 1
    found["satisfied", month, str(rated[-1]["satisfaction"]) if rated else "none"] += 1
    return found


@pytest.fixture
def busy(stage):
    """Two stories, a question, and a petition, with the figures taken in at odd moments."""
    again = set_stage(EVENING + timedelta(days=28), password="piaoliuxiang-test")
    for number, _scene in enumerate(chain(play(stage), play(again))):
        if number % 3 == 0:
            refresh()
    log_contact(talk(answer="有。"), viewer(stage), now=EVENING)
    register(Petitioning(sort="redress", words="滑道塌了。", office="C-BS", petitioner=WHO),
             recorder=stage.staff["lin"].person, now=EVENING)  # fmt: skip
    catch_up()
    return stage


def test_an_entry_puts_its_docket_into_the_queue_and_taking_it_in_empties_it(stage, played):
    docket = played("checklist.given")
    assert set(TodoRow.objects.values_list("docket", flat=True)) >= {docket.id}
    assert catch_up() > 0
    assert not TodoRow.objects.exists()
    assert refresh() == 0


def test_step_by_step_is_a_full_recount(busy):
    kept, facts = totals(), FactRow.objects.count()
    assert kept
    recount()
    assert (totals(), FactRow.objects.count()) == (kept, facts)
    assert differing() == []


def test_step_by_step_is_a_slow_count_by_another_path(busy):
    counted = slowly()
    kept = Counter()
    for figure, office, month, bucket, count, _amount in totals():
        kept[figure, month, bucket] += count if office != EVERYWHERE else 0
    kept = +kept
    compared = {key[0] for key in counted}
    assert compared >= {"trips_per_case", "kept_promises", "reception", "parcels", "opened"}
    assert {key: n for key, n in kept.items() if key[0] in compared} == dict(counted)


def test_a_late_entry_takes_out_what_was_counted_before(busy):
    case = FactRow.objects.filter(figure="trips_per_case").first().docket
    before = read(["satisfied"], ["C-BS"], "2026-01", "2026-12")["satisfied"].whole
    record(case, [e.CaseRated(satisfaction=2, solved="partly")], by=busy.staff["lin"].person, role="clerk", now=LATER)
    catch_up()
    after = read(["satisfied"], ["C-BS"], "2026-01", "2026-12")["satisfied"].whole
    assert after.count == before.count
    assert differing() == []


def test_a_number_that_is_not_the_sum_of_its_facts_is_noticed(busy):
    TotalRow.objects.filter(figure="opened").update(count=99)
    FactRow.objects.filter(figure="parcels").update(amount=7)
    assert differing()[0] == "totals"
    assert len(differing()) == 3


def test_the_cases_behind_a_number_are_those_that_the_viewer_reaches(busy):
    row = TotalRow.objects.filter(figure="asked_once", office="C-BS").first()
    lin = staff_viewer(busy.staff["lin"])
    assert len(cases_behind(lin, "asked_once", row.office, row.month)) == row.count == 1
    away = structs.replace(lin, person="", reach=frozenset())
    assert cases_behind(away, "asked_once", row.office, row.month) == []
    assert cases_behind(lin, "asked_once", row.office, row.month, "no") == []


def test_all_offices_together_are_the_sum_of_each(busy):
    apart = read(["opened"], PACK.offices, "2026-01", "2026-12")["opened"].whole
    assert read_together(["opened"], PACK.offices, "2026-01", "2026-12")["opened"].whole.cells == apart.cells
    assert read_together(["opened"], ["C-BS"], "2026-01", "2026-12")["opened"].whole.count == apart.count


def test_a_confidential_case_is_in_no_figure(stage, played):
    secret = played("accusation")
    catch_up()
    assert not FactRow.objects.filter(docket=secret.id).exists()


def test_rides_are_timed_by_the_timetable_and_cost_what_it_does_not_know(busy):
    saved = boats_saved(read(["boats_saved"], ["C-BS"], "2026-01", "2026-12")["boats_saved"].whole, LATER)
    assert (saved.rides, saved.minutes, saved.untimed) == (4, 80, 0)
    nowhere = boats_saved(tally_of({"BAISHA>NO-SUCH": (1, 2)}), LATER)
    assert (nowhere.rides, nowhere.minutes, nowhere.untimed) == (2, 0, 2)


def test_every_figure_that_is_counted_has_a_page_of_its_own(busy):
    assert {row[0] for row in totals()} <= set(FIGURES)


def test_months_are_told_backwards_over_the_turn_of_the_year():
    assert months_before(datetime(2026, 2, 3, tzinfo=ZONE).date(), 3) == ("2025-12", "2026-01", "2026-02")
