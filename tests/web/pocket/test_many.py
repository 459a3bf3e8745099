"""The crew scans once for many: slips, labels of bags, and bags that are nobody's."""

import pytest
from tests.web.pocket.test_boxes import box, whats

from driftbox.apps.dockets.queries import load
from driftbox.apps.notices.queries import receipt_of
from driftbox.domain.custody.labels import label_code

MANY = "/pocket/box/BX-01/many/"
SEALS = [label_code("seal", number) for number in (100_501, 100_502)]


@pytest.fixture
def two(as_staff, played):
    """Two cases that wait for papers; returns their dockets."""
    first, clerk = played("checklist.given"), as_staff("lin")
    call = {"matter": first.matter, "channel": "phone", "caller_name": "贺阿根", "caller_phone": "13800000731"}
    where = clerk.post("/desk/call/", call).headers["Location"]
    clerk.post(f"{where}checklist/", {"told": "voice"})
    return [first.id, where.strip("/").split("/")[-1]]


def rows(two, *, step):
    data = {"step": step}
    for n, docket in enumerate(two):
        data |= {f"slip_{n}": receipt_of(docket), f"seal_{n}": SEALS[n]}
    return data


def ticked(page, n):
    return [one.split('"')[0] for one in page.split(f'name="items_{n}" value="')[1:]]


def test_all_of_them_are_looked_up_and_put_in_together(as_staff, two):
    crew = as_staff("fang")
    page = crew.post(MANY, rows(two, step="look")).content.decode()
    data = rows(two, step="put") | {f"items_{n}": ticked(page, n) for n in range(2)}
    assert crew.post(MANY, data).status_code == 200
    assert sorted(one.seal for one in box().parcels.values()) == SEALS
    assert [load(docket).docket.stage for docket in two] == ["sent", "sent"]


def test_what_was_unticked_is_not_in_the_manifest(as_staff, two):
    crew = as_staff("fang")
    page = crew.post(MANY, rows(two, step="look")).content.decode()
    some = ticked(page, 0)[:1]
    crew.post(MANY, rows(two[:1], step="put") | {"items_0": some})
    assert [item.code for item in load(two[0]).docket.parcels.popitem()[1].manifest] == some


def test_one_misread_seal_stops_nothing_but_the_pressing(as_staff, two):
    wrong = rows(two, step="put") | {"seal_1": SEALS[1][:-1] + str((int(SEALS[1][-1]) + 1) % 10)}
    answer = as_staff("fang").post(MANY, wrong)
    assert answer.status_code == 400
    assert "有一位不对" in answer.content.decode()
    assert not box().parcels


def test_a_bag_without_a_case_is_kept_and_the_other_goes_in(as_staff, two):
    crew = as_staff("fang")
    page = crew.post(MANY, rows(two[:1], step="look")).content.decode()
    data = rows(two[:1], step="put") | {"items_0": ticked(page, 0), "seal_1": SEALS[1]}
    answer = crew.post(MANY, data)
    assert answer.status_code == 409
    assert "站里会弄清楚" in answer.content.decode()
    assert (len(box().parcels), whats()) == (1, ["no_case"])


def test_put_twice_it_is_in_once(as_staff, two):
    crew = as_staff("fang")
    page = crew.post(MANY, rows(two[:1], step="look")).content.decode()
    data = rows(two[:1], step="put") | {"items_0": ticked(page, 0)}
    crew.post(MANY, data)
    assert "刚才已经记过了" in crew.post(MANY, data).content.decode()
    assert len(box().parcels) == 1


def test_whatever_is_typed_is_a_sentence(as_staff, two):
    for value in ("", "\0", "长" * 500, "<script>", "'; DROP", "PK-00000000", "aaaaaaa"):
        for step in ("look", "put", "x"):
            answer = as_staff("fang").post(MANY, {"step": step, "slip_0": value, "seal_0": value})
            assert answer.status_code in {200, 400, 409}
            assert "<script>" not in answer.content.decode()
