"""Pages of figures: what they say, whom they show cases to, and what everybody may read."""

import re
from datetime import date

import pytest
from django.test import Client
from tests.cast import PACK

from driftbox.apps.errands.night_call import play
from driftbox.apps.figures.actions import catch_up
from driftbox.apps.figures.models import EVERYWHERE, TotalRow
from driftbox.apps.figures.queries import last_quarters
from driftbox.apps.pack import calendar
from driftbox.apps.words.misses import note_miss
from driftbox.apps.words.models import MissRow, SayingRow
from driftbox.domain.figures.listed import FIGURES
from driftbox.web.base.middleware import now_of

ZH = {"accept-language": "zh-CN"}
STATIONS = [code for code, office in PACK.offices.items() if office.pier and not code.startswith("D-")][:3]
QUARTER = last_quarters(date(2026, 8, 1), 1)[0]


@pytest.fixture
def told(stage):
    """The night call to its end, taken into the figures."""
    *_scenes, last = play(stage)
    catch_up()
    return last.docket


@pytest.fixture
def today(rf):
    """The day of the pages."""
    return calendar().local_date(now_of(rf.get("/")))


def total(code, bucket, count, office="C-BS", month=QUARTER[0]):
    for place in (office, EVERYWHERE):
        row, _made = TotalRow.objects.get_or_create(
            figure=code, office=place, month=month, bucket=bucket, defaults={"count": 0, "amount": 0}
        )
        TotalRow.objects.filter(pk=row.pk).update(count=row.count + count)


def test_every_figure_leads_to_a_page_that_says_what_it_counts(stage, told, as_staff):
    browser = as_staff("zhao")
    page = browser.get("/figures/", headers=ZH).content.decode()
    for code, figure in FIGURES.items():
        assert f'href="/figures/{code}/"' in page
        one = browser.get(f"/figures/{code}/", headers=ZH)
        assert one.status_code == 200, code
        assert figure.counted.zh in one.content.decode()
        assert figure.left_out.zh in one.content.decode()


def test_the_pages_read_in_english(stage, told, as_staff):
    page = as_staff("zhao").get("/figures/kept_promises/", headers={"accept-language": "en"}).content.decode()
    assert FIGURES["kept_promises"].counted.en in page
    main = page[page.index("<main") :]
    assert not re.search(r"[\u4e00-\u9fff]", main)


def test_below_five_cases_no_share_is_told(stage, told, as_staff):
    page = as_staff("zhao").get("/figures/asked_once/", headers=ZH).content.decode()
    assert "不到 5 件" in page
    assert "100.0%" not in page


def test_the_cases_behind_a_number_open_from_its_page(stage, told, as_staff):
    month = TotalRow.objects.get(figure="asked_once", office="C-BS").month
    address = f"/figures/asked_once/cases/?office={told.office}&month={month}"
    assert f"/desk/cases/{told.id}/" in as_staff("hu").get(address, headers=ZH).content.decode()


def test_stations_stand_in_the_order_of_the_pack_whatever_they_reach(stage, as_staff, today):
    for office, good in zip(STATIONS, (5, 9, 7), strict=True):
        total("asked_once", "yes", good, office, f"{today:%Y-%m}")
        total("asked_once", "no", 10 - good, office, f"{today:%Y-%m}")
    page = as_staff("zhao").get("/figures/asked_once/", headers=ZH).content.decode()
    found = re.findall(r"office=([\w-]+)&", page)
    assert found == [code for code in PACK.offices if code in STATIONS]


def test_a_page_is_drawn_from_the_totals_alone(stage, as_staff, django_assert_max_num_queries):
    browser = as_staff("zhao")
    browser.get("/figures/kept_promises/")
    with django_assert_max_num_queries(9):
        browser.get("/figures/kept_promises/")


def test_results_hold_back_what_is_small_and_say_so(stage, rf, today):
    quarter = last_quarters(today, 1)[0]
    for code in ("trips_per_case", "asked_once", "kept_promises", "solved", "satisfied"):
        bucket = {"trips_per_case": "0", "satisfied": "2"}.get(code, "yes")
        for office, count in zip(STATIONS, (3, 20, 40), strict=True):
            total(code, bucket, count, office, quarter[0])
    page = Client().get("/results/", headers=ZH).content.decode()
    assert "63" in page
    assert "办完 40 件。" in page
    assert "办完 20 件。" not in page
    assert page.count("件数太少") == 2


def test_results_of_a_quarter_with_too_little_say_nothing(stage):
    page = Client().get("/results/", headers=ZH).content.decode()
    assert "写出来就认得出是谁家" in page


def test_a_word_five_people_missed_can_be_put_on_the_word_list(stage, as_staff, today):
    for who in "abcde":
        note_miss("光伏补贴怎么办", who, today=today)
    browser = as_staff("zhao")
    assert "光伏补贴" in browser.get("/figures/topics/", headers=ZH).content.decode()
    given = {"word": "光伏补贴", "matter": "YY-BUTIE"}
    assert browser.post("/figures/topics/propose/", given, headers=ZH).headers["location"] == "/desk/words/"
    assert SayingRow.objects.get().say == "光伏补贴"
    browser.post("/figures/topics/propose/", given, headers=ZH)
    assert SayingRow.objects.count() == 1


def test_a_word_that_nobody_missed_is_not_taken_from_the_address(stage, as_staff):
    as_staff("zhao").post("/figures/topics/propose/", {"word": "随便", "matter": "YY-BUTIE"}, headers=ZH)
    assert not SayingRow.objects.exists()


def test_a_search_that_nothing_was_found_for_is_counted_and_one_that_finds_is_not(stage):
    browser = Client(headers=ZH)
    browser.get("/ask/", {"q": "想学吹萨克斯管"})
    counted = MissRow.objects.count()
    browser.get("/ask/", {"q": "低保怎么办"})
    assert MissRow.objects.count() == counted == 1


def test_a_matter_that_rises_is_named(stage, as_staff, today):
    total("matters", "MZ-DIBAO", 9, month=f"{today:%Y-%m}")
    total("asked_again", "MZ-DIBAO:yes", 4, month=f"{today:%Y-%m}")
    total("asked_again", "MZ-DIBAO:no", 6, month=f"{today:%Y-%m}")
    page = as_staff("zhao").get("/figures/topics/", headers=ZH).content.decode()
    assert page.count("/desk/matters/MZ-DIBAO/") == 2
