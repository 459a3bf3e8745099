"""Two petitions side by side: offered with reasons, decided by a person, undone; and the year's figures."""

import csv
import io

from tests.web.watch.conftest import SLIPWAY, ZHOU

from driftbox.apps.dockets.queries import load
from driftbox.apps.people.queries import Particulars

OTHERWISE = Particulars(name="周达海", phone="13800000799")


def test_the_page_offers_it_with_reasons_and_the_case_page_leads_there(as_staff, raise_one):
    first, again = raise_one(), raise_one(9, words="滑道塌了，船还是拉不上岸。", petitioner=OTHERWISE)
    page = as_staff("lin").get(f"/watch/{again.id}/beside/").text
    for words in (first.number, SLIPWAY, "名字读起来一样：周达海、周大海", "像是同一个人说的同一件事", "前后差 9 天"):
        assert words in page
    assert f"/watch/{again.id}/beside/" in as_staff("lin").get(f"/desk/cases/{again.id}/").text


def test_merged_and_unmerged(as_staff, raise_one):
    first, again = raise_one(), raise_one(9)
    clerk, address = as_staff("lin"), f"/watch/{again.id}/beside/{first.id}/"
    assert clerk.post(address, {"what": "merge"}).status_code == 302
    assert load(again.id).docket.petition.merged_into == first.id
    assert "解开，各办各的" in clerk.get(address).text
    assert first.number in clerk.get(f"/watch/{again.id}/beside/").text
    clerk.post(address, {"what": "unmerge"})
    assert load(again.id).docket.petition.merged_into == ""
    assert load(first.id).docket.petition.merged == ()


def test_linked_as_a_repeat_and_taken_apart(as_staff, raise_one):
    first, again = raise_one(), raise_one(9)
    clerk, address = as_staff("lin"), f"/watch/{first.id}/beside/{again.id}/"
    clerk.post(address, {"what": "repeat"})
    assert [link.docket for link in load(again.id).docket.petition.links] == [first.id]
    clerk.post(f"/watch/{again.id}/beside/{first.id}/", {"what": "unlink"})
    assert load(again.id).docket.petition.links == ()


def test_not_the_same_is_remembered(as_staff, raise_one):
    first, again = raise_one(), raise_one(9)
    as_staff("lin").post(f"/watch/{again.id}/beside/{first.id}/", {"what": "apart"})
    assert first.number not in as_staff("lin").get(f"/watch/{again.id}/beside/").text
    assert as_staff("lin").post(f"/watch/{again.id}/beside/{first.id}/", {"what": "melt"}).status_code == 400


def test_one_that_is_secret_is_never_joined_with_one_that_is_not(as_staff, raise_one):
    secret, open_one = raise_one(sort="accusation", route=""), raise_one(3, office="D-XF")
    assert as_staff("lin").get(f"/watch/{open_one.id}/beside/{secret.id}/").status_code == 404
    page = as_staff("su").post(f"/watch/{secret.id}/beside/{open_one.id}/", {"what": "merge"})
    assert page.status_code in {302, 404}
    assert not load(secret.id).docket.petition.merged_into


def test_the_year_is_counted_by_petition_and_small_figures_are_not_shown(as_staff, raise_one):
    for days in range(6):
        raise_one(days, petitioner=ZHOU)
    raise_one(7, channel="letter")
    page = as_staff("zhao").get("/watch/annual/2026/").text
    assert "不到 5" in page
    assert ZHOU.name not in page
    rows = list(
        csv.reader(io.StringIO(as_staff("zhao").get("/watch/annual/2026/figures.csv").content.decode("utf-8-sig")))
    )
    assert ["总数", "收到", "7"] in rows
    assert ["怎么来的", "来信", "不到 5"] in rows
    assert ["怎么来的", "窗口", "6"] in rows
    assert as_staff("lin").get("/watch/annual/2026/").status_code == 403
    assert as_staff("zhao").get("/watch/annual/1999/").status_code == 404
    assert as_staff("zhao").get("/watch/annual/2999/figures.csv").status_code == 404
