"""Several needs on the web: choose, read the one list, begin; bad input gets a sentence and loses nothing."""

import re

import pytest
from django.test import Client

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.pack import current_pack

BOTH = "/together/?matter=GA-SIWANG&matter=RS-SANGZANG"
pytestmark = pytest.mark.django_db


def test_what_was_found_can_be_ticked_together_and_bundles_are_offered(client: Client) -> None:
    page = client.get("/ask/", {"q": "老人走了，销户口，丧葬费"}).text
    assert "bundle=after_a_death" in page
    assert 'name="matter"' in page


def test_the_choice_has_every_errand_and_no_petition(client: Client) -> None:
    page = client.get("/together/").text
    codes = set(re.findall(r'name="matter" value="([A-Z-]+)"', page))
    assert codes == {one.code for one in current_pack().matters.values()
                     if one.procedure == "errand" and not one.confidential}  # fmt: skip


def test_one_list_names_each_paper_once_and_what_it_is_for(client: Client) -> None:
    page = client.get(f"{BOTH}&answer=someone_acts")
    names = re.findall(r"<li><label class=\"pick\"><input type=\"checkbox\"><span><b>(.*?)</b>", page.text)
    assert len(names) == len(set(names)) > 4
    assert "用在：家人走了，销户口、家人走了，领丧葬费" in page.text  # the one letter of authority
    assert 'data-say="一共要备' in page.text


def test_answers_that_go_without_saying_are_not_asked(client: Client) -> None:
    page = client.get("/together/?bundle=new_born&matter=GA-CHUSHENG&matter=YB-CANBAO").text
    assert 'value="newborn"' not in page
    assert "出生医学证明" in page
    alone = client.get("/together/?bundle=new_born&matter=YB-CANBAO&matter=MZ-DIBAO").text
    assert 'value="newborn"' in alone


@pytest.mark.parametrize(
    "address",
    ["/together/?matter=NO-SUCH&matter=MZ-DIBAO", "/together/?matter=MZ-DIBAO&matter=XF-JUBAO",
     "/together/start/?matter=MZ-DIBAO&matter=XF-JUBAO", "/together/?matter=%00&matter=MZ-DIBAO",
     "/together/?" + "&".join(f"matter={code}" for code in sorted(current_pack().matters)[:6])],
)  # fmt: skip
def test_what_does_not_go_together_gets_a_sentence(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "什么都没有登记" in answer.text


def test_nothing_is_opened_without_the_digits(client: Client) -> None:
    address = BOTH.replace("/?", "/start/?")
    station = next(code for code, one in current_pack().offices.items() if one.kind == "station")
    data = {"name": "周敏", "phone": "13800000713", "office": station}
    assert "数字发到您手机上了" in client.post(address, data).text
    wrong = client.post(address, {**data, "code": "000000"})
    assert wrong.status_code == 400
    assert CaseRow.objects.count() == 0
    assert client.post(address, {**data, "phone": "12"}).status_code == 400
    assert client.get("/together/start/").status_code == 302


@pytest.mark.parametrize("code", ["MZ-DIBAO", "GA-SHENFEN", "XF-QIUJUE"])
@pytest.mark.parametrize("large", ["", "?large=1"])
def test_paper_comes_in_large_type_with_a_slip_to_scan(client: Client, code: str, large: str) -> None:
    page = client.get(f"/matters/{code}/list/{large}").text
    assert ("onpaper large" in page) == bool(large)
    assert 'class="slip"' in page
    assert "<svg" in page


def test_elder_mode_makes_paper_large_by_itself(client: Client) -> None:
    client.cookies["driftbox_mode"] = "elder"
    assert "onpaper large" in client.get("/matters/MZ-DIBAO/list/").text


def test_a_page_says_who_issues_a_paper_whether_a_copy_will_do_and_what_a_visit_replaces(client: Client) -> None:
    page = client.get("/matters/GA-SHENFEN/").text
    assert "谁出：" in page
    assert "可以上门的：" in page
    assert "复印件就行" in client.get("/matters/MZ-DIBAO/").text
    assert "谁签名：您本人、一起过日子的成年家人" in client.get("/matters/MZ-DIBAO/").text


def test_the_pages_stay_light(client: Client) -> None:
    assert max(len(client.get(address).content) for address in (BOTH, "/together/", "/matters/MZ-DIBAO/")) < 40_000
