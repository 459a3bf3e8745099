"""Asking in one's own words: a calm page, one question, a person when nothing fits."""

import pytest

from driftbox.apps.pack import current_pack


@pytest.mark.parametrize("words", ["不想活了", "我活着没意思", "不 想 活 了", "I want to die", "bu xiang huo le"])
def test_words_of_despair_show_a_person_and_numbers_before_anything_else(client, stage, words):
    page = client.get("/ask/", {"q": words}).text
    assert current_pack().distress.lead.zh in page
    assert current_pack().hotline in page
    assert page.index('id="calm"') < page.index("tel:120")
    assert "tel:110" in page
    assert "也可能是" not in page or page.index('id="calm"') < page.index("也可能是")


@pytest.mark.parametrize("words", ["死亡证明怎么办", "想死亡注销户口", "老人走了", "丧葬费", "手机坏了"])
def test_a_death_in_the_family_is_not_taken_for_despair(client, stage, words):
    assert 'id="calm"' not in client.get("/ask/", {"q": words}).text


def test_what_is_not_done_here_goes_to_a_person_first(client, stage):
    page = client.get("/ask/", {"q": "护照过期了"}).text
    assert 'id="listen"' in page
    assert "这件事，让人来听您说" in page


def test_anger_is_answered_kindly_by_a_person(client, stage):
    page = client.get("/ask/", {"q": "什么破东西，骗子"}).text
    assert 'id="listen"' in page


def test_two_likely_matters_are_told_apart_by_one_question(client, stage):
    page = client.get("/ask/", {"q": "户口"}).text
    assert "先问一句" in page
    assert page.count('<section class="sky" aria-labelledby="either">') == 1


def test_a_sure_answer_asks_nothing_more(client, stage):
    page = client.get("/ask/", {"q": "身份证过期了"}).text
    assert "先问一句" not in page
    assert "您说的，大概是这件事" in page


@pytest.mark.parametrize("words", ["", "。。。", "😀", "<script>alert(1)</script>", "字" * 10_000])
def test_whatever_is_typed_the_page_stands(client, stage, words):
    assert client.get("/ask/", {"q": words}).status_code == 200


def test_the_clerk_is_told_of_despair_too(as_staff, stage):
    page = as_staff("lin").get("/desk/call/", {"q": "不想活了"}).text
    assert current_pack().distress.lead.zh in page


def test_several_needs_in_one_sentence_are_offered_together_and_ticked(client, stage):
    page = client.get("/ask/", {"q": "给老人办身份证和高龄补贴"}).text
    assert "您说了几件事" in page
    assert page.count(" checked") == 2
    for code in ("GA-SHENFEN", "MZ-GAOLING"):
        assert f'value="{code}" checked' in page
    assert " checked" not in client.get("/ask/", {"q": "身份证过期了"}).text
