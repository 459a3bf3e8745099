"""Days, times, codes and badges as people read them, in both languages."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.translation import override

from driftbox.domain.text import Text
from driftbox.web.base.templatetags import driftbox as tags

FRIDAY = date(2026, 6, 5)
TODAY = date(2026, 5, 13)
BEFORE_MIDNIGHT_UTC = datetime(2026, 6, 4, 17, 40, tzinfo=UTC)  # already 5 June, 1:40, on the island


@pytest.mark.parametrize(
    ("language", "day", "with_weekday"),
    [("zh-hans", "6月5日", "6月5日 周五"), ("en", "5 June", "Friday 5 June")],
)
def test_a_day_is_said_without_its_year(language: str, day: str, with_weekday: str) -> None:
    with override(language):
        assert tags.day(FRIDAY) == day
        assert tags.day_week(FRIDAY) == with_weekday


def test_a_moment_is_read_on_the_islands_own_calendar_and_clock() -> None:
    with override("zh-hans"):
        assert tags.day(BEFORE_MIDNIGHT_UTC) == "6月5日"
        assert tags.clock_time(BEFORE_MIDNIGHT_UTC) == "1:40"


def test_nothing_is_said_of_a_day_that_is_not_known() -> None:
    assert (tags.day(None), tags.day_week(None), tags.clock_time(None), tags.said(None)) == ("", "", "", "")


def test_a_text_comes_in_the_language_of_the_page() -> None:
    text = Text(zh="身份证", en="Identity card")
    with override("en"):
        assert tags.said(text) == "Identity card"
    with override("zh-hans"):
        assert tags.said(text) == "身份证"


def test_weekdays_are_counted_as_packs_count_them() -> None:
    with override("zh-hans"):
        assert [tags.weekday(number) for number in range(1, 8)] == [
            "周一",
            "周二",
            "周三",
            "周四",
            "周五",
            "周六",
            "周日",
        ]


def test_a_code_is_spaced_to_be_read_out_and_a_phone_to_be_dialled() -> None:
    assert tags.spaced_code("8K3F27A") == "8K3F 27A"
    assert tags.spaced_code("") == ""
    assert tags.dialled("0580-000-0245") == "05800000245"


@pytest.mark.parametrize(
    ("due", "state", "badge", "text"),
    [
        (date(2026, 6, 5), "", "plain", "还有 23 天"),
        (date(2026, 5, 17), "", "plain", "还有 4 天"),
        (date(2026, 5, 16), "", "soon", "还有 3 天"),
        (date(2026, 5, 14), "", "soon", "还有 1 天"),
        (date(2026, 5, 13), "", "due", "就是今天"),
        (date(2026, 5, 12), "", "late", "过了 1 天"),
        (date(2026, 5, 12), "held", "held", "等您回话"),
        (date(2026, 5, 12), "met", "met", "按时办好"),
        (None, "met", "met", "按时办好"),
    ],
)
def test_a_badge_says_how_long_is_left_in_shape_and_in_words(
    due: date | None, state: str, badge: str, text: str
) -> None:
    with override("zh-hans"):
        found = tags.badge_of(due, TODAY, state)
    assert found is not None
    assert (found.state, found.text) == (badge, text)


def test_a_limit_that_is_not_known_gets_no_badge() -> None:
    assert tags.badge_of(None, TODAY) is None
    source = "{% load driftbox %}{% clock_badge due today %}"
    assert Template(source).render(Context({"due": None, "today": TODAY})).strip() == ""


def test_the_badge_on_the_page_wears_its_state() -> None:
    source = "{% load driftbox %}{% clock_badge due today %}"
    with override("zh-hans"):
        assert '<span class="clock late">过了 1 天</span>' in Template(source).render(
            Context({"due": date(2026, 5, 12), "today": TODAY})
        )


class Papers(forms.Form):
    name = forms.CharField(label="姓名", help_text="和身份证上一样")
    found = forms.MultipleChoiceField(
        label="有哪几样？", choices=[("id", "身份证"), ("book", "户口簿")], widget=forms.CheckboxSelectMultiple
    )


def test_a_field_says_its_label_hint_and_error_before_its_input() -> None:
    form = Papers({"name": ""})
    html = render_to_string("base/_field.html", {"field": form["name"]})
    order = [html.index(mark) for mark in ("<label", 'id="id_name_helptext"', 'id="id_name_error"', "<input")]
    assert order == sorted(order)
    assert 'class="input"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html


def test_every_row_of_a_list_of_ticks_is_a_target() -> None:
    html = render_to_string("base/_field.html", {"field": Papers()["found"]})
    assert html.count('<label class="pick">') == 2
    assert "<fieldset" in html


def test_a_law_s_name_on_an_english_page_says_that_it_is_chinese_and_stays_escaped() -> None:
    source = Template("{% load driftbox %}{{ why|chinese_marked }}")
    why = Context({"why": "<b> by 行政许可法第32条 (since 2004)"})
    with override("en"):
        assert source.render(why) == '&lt;b&gt; by <span lang="zh-CN">行政许可法第32条</span> (since 2004)'
    with override("zh-hans"):
        assert source.render(why) == "&lt;b&gt; by 行政许可法第32条 (since 2004)"


def test_a_narrow_column_gets_a_short_day() -> None:
    source = Template("{% load driftbox %}{{ today|day_brief }}")
    with override("en"):
        assert source.render(Context({"today": date(2026, 11, 24)})) == "24 Nov"
    with override("zh-hans"):
        assert source.render(Context({"today": date(2026, 11, 24)})) == "11月24日"


def test_names_are_listed_with_a_comma() -> None:
    with override("zh-hans"):
        assert Template("{% load driftbox %}{{ names|listed }}").render(Context({"names": ["a", "b"]})) == "a、b"
