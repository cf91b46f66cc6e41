"""The sound structure that decides whether a repair is certain."""

import pytest

from kit.collect.syllables import is_attested, is_non_word, is_possible

WORDS = "pháp luật nghiêng quốc quỳnh gì giếng khuya khoẻ khỏe uyển yếu ươm xoong Đề ÁN"
OTHERS = "phỏp cỏc tuyờn biờn luât quyểt chaøo ábc đđ Müller nghiênggg"


@pytest.mark.parametrize("word", WORDS.split())
def test_words_of_vietnamese_are_possible(word):
    assert is_possible(word)


@pytest.mark.parametrize("word", OTHERS.split())
def test_what_no_vietnamese_syllable_sounds_like_is_not_possible(word):
    assert not is_possible(word)


def test_non_words_are_never_attested():
    for word in ("gúp", "dõn", "khụng", "trờn"):
        assert is_non_word(word)
        assert not is_attested(word)
