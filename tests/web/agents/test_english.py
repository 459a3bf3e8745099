"""Who asks for English reads of agents in English, but for names."""

from datetime import timedelta

from tests.apps.conftest import EVENING
from tests.web.test_english import Reader

from driftbox.apps.agents.squad import authorise
from driftbox.apps.dockets.actions import record
from driftbox.domain.docket import handover_entries as h


def test_pages_of_agents_are_english(played, stage, as_staff, settings, locale):
    settings.LOCALE_PATHS = [locale]
    docket = played("task.claimed")
    chen, yu = (stage.staff[name].person for name in ("chen", "yu"))
    authorise({chen: "care", yu: ""}, now=EVENING + timedelta(days=300))
    work = [h.ActivityRecorded(minutes=30, metres=1500), h.ExpenseRecorded(cents=300, purpose="bus", voucher="v" * 43),
            h.HandoverProposed(to=yu, giver=chen, reason="ill")]  # fmt: skip
    record(docket.id, work, by=chen, role="agent", now=EVENING + timedelta(days=3))
    client = as_staff("hu")
    client.post("/language/en/")
    for path in ("/agents/", f"/agents/{chen}/", f"/agents/{chen}/ledger/?since=2026-01-01&until=2026-12-31",
                 f"/agents/case/{docket.id}/", "/agents/cover/", "/agents/day/", "/agents/new/", "/agents/import/",
                 f"/desk/cases/{docket.id}/"):  # fmt: skip
        reader = Reader()
        reader.feed(client.get(path, headers={"accept-language": "en"}).content.decode())
        assert reader.found == [], path
