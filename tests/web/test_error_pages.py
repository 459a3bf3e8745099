"""Whatever goes wrong, the page says what happened, that nothing was lost, what next, and whom to call."""

import errno

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.translation import override
from django.views.defaults import server_error

from driftbox.apps.pack import current_pack
from driftbox.web.base.middleware import PlainWords

PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html", "503.html"]


@pytest.mark.parametrize("page", PAGES)
def test_an_error_page_needs_nothing_and_says_everything(page: str) -> None:
    with override("zh-hans"):
        html = render_to_string(page)
    assert '<html lang="zh-CN">' in html
    assert "都还在" in html
    assert current_pack().hotline in html
    assert 'href="/"' in html


@pytest.mark.django_db
def test_the_refusals_own_sentence_comes_first() -> None:
    request: HttpRequest = RequestFactory().get("/")
    html = render_to_string("429.html", {"sentence": "请 10 分钟后再试。"}, request)
    assert html.index("请 10 分钟后再试。") < html.index(current_pack().hotline)


def test_a_fault_of_ours_is_admitted_even_when_no_context_can_be_made() -> None:
    with override("zh-hans"):
        answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "我们这边出错了" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_refused_in_plain_words() -> None:
    answer = Client(enforce_csrf_checks=True, headers={"accept-language": "zh-CN"}).post("/in/staff/")
    assert answer.status_code == 403
    assert "页面放久了" in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [OperationalError("deadlock detected"), OSError(errno.ENOSPC, "no space left")])
def test_a_store_that_cannot_write_is_told_and_pressing_again_is_advised(fault: Exception) -> None:
    answer = PlainWords(lambda _request: HttpResponse()).process_exception(RequestFactory().post("/"), fault)
    assert answer is not None
    assert answer.status_code == 503
    assert "什么都没有改" in answer.content.decode()


def test_a_fault_in_the_code_is_not_called_a_busy_store() -> None:
    words = PlainWords(lambda _request: HttpResponse())
    assert words.process_exception(RequestFactory().post("/"), OSError(errno.EPIPE, "broken pipe")) is None
