"""Phrases: sentences with parts, counted ones, lists; in any language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.phrase import (
    ENGLISH,
    Large,
    Phrase,
    Words,
    alone,
    counted,
    flat,
    has_words,
    in_english,
    listed,
    phrase,
)

OTHER = Words(
    "xx",
    "Other",
    {
        "{count} step of {all}": "of {all}, {count} singular",
        "{count} steps of {all}": "of {all}, {count} plural",
        " and ": " & ",
        "the sample": "<sample>",
    },
    singular=(0, 1),
    thousands="'",
)


def told(said: Phrase, words: Words = OTHER) -> str:
    """A phrase of texts and numbers, in a language."""
    return "".join(map(str, flat(said, words)))


@pytest.mark.parametrize(
    ("count", "english", "other"),
    [
        (0, "0 steps of 9", "of 9, 0 singular"),
        (1, "1 step of 9", "of 9, 1 singular"),
        (2, "2 steps of 9", "of 9, 2 plural"),
        (12_345, "12,345 steps of 9", "of 9, 12'345 plural"),
    ],
)
def test_each_language_counts_in_its_way(count: int, english: str, other: str) -> None:
    """Which sentence a count has, its place in it and its digits are the language's."""
    found = counted(count, "{count} step of {all}", "{count} steps of {all}", all=9)
    assert (in_english(found), told(found)) == (english, other)


def test_lists_are_joined_in_the_words_of_the_language() -> None:
    """A joint with words is translated, a comma stands as it is."""
    assert told(alone(listed(("a", "b", "c"), " and "))) == "a & b & c"
    assert told(alone(listed(("a", "b")))) == "a, b"
    assert told(alone(listed(()))) == ""


def test_phrases_inside_of_phrases_are_translated() -> None:
    """A part that is a phrase has its own sentence; an author's text is never looked up."""
    found = phrase("{one}: {other}", one=Phrase("the sample"), other="the sample")
    assert told(found) == "<sample>: the sample"


def test_a_sentence_that_a_language_lacks_stays_english() -> None:
    """A missing sentence is no crash."""
    assert told(phrase("no {thing}", thing="words")) == "no words"


def test_numbers_are_not_grouped_unless_they_are_counts() -> None:
    """The number of a step is a name: its digits stand together."""
    assert told(phrase("{number}", number=12_345)) == "12345"
    assert told(phrase("{number}", number=Large(12_345))) == "12'345"


@given(st.text(), st.text())
def test_an_authors_text_stands_as_it_is(text: str, other: str) -> None:
    """Whatever a title or a name has in it, braces too, comes out as it went in."""
    assert told(alone(text)) == text
    assert in_english(phrase("{a} and {b}", a=text, b=other)) == f"{text} and {other}"


def test_phrases_can_be_compared_and_kept() -> None:
    """Equal phrases are one key of a dictionary."""
    one, same = (phrase("{a}", a=listed((1, "x"))) for _ in range(2))
    assert {one: 1}[same] == 1


@pytest.mark.parametrize(("sentence", "said"), [("{a}: {b}", False), ("{a} or", True), ("", False)])
def test_only_sentences_with_words_are_translated(sentence: str, said: bool) -> None:
    """What consists of parts and signs needs no translation."""
    assert has_words(sentence) is said


def test_english_is_in_no_table() -> None:
    """English sentences are their own keys."""
    assert not ENGLISH.sentences
