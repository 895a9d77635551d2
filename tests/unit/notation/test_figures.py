"""Numbers as a country writes them: the same number, and no list that can be read in two ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracer.notation.figures import LOCALES, PLAIN, Figures

NUMBERS = st.from_regex(r"\A-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?(e-?[1-9][0-9]?)?\Z")


def read(text: str, figures: Figures) -> str:
    """A written number as it is calculated with."""
    bare = text.replace(figures.group, "") if figures.group else text
    return bare.replace(figures.decimal, ".")


@pytest.mark.parametrize(
    ("locale", "number", "written"),
    [
        ("de", "1234.5", "1234,5"),
        ("de", "12345.678", "12.345,678"),
        ("en", "1234.5", "1,234.5"),
        ("ch", "12345.5", "12’345.5"),
        ("fr", "-1234567", "-1\u202f234\u202f567"),
        ("de", "1.5e-12345", "1,5e-12345"),
        ("de", "7/3", "7/3"),
        ("de", "[1.2, 1.3]", "[1,2; 1,3]"),
        ("en", "[1.2, 1.3]", "[1.2; 1.3]"),
        ("ch", "[1.2, 1.3]", "[1.2, 1.3]"),
        ("de", "0.0001234", "0,0001234"),
        ("de", "0001234.5", "0001234,5"),
    ],
)
def test_a_number_in_a_locale(locale: str, number: str, written: str) -> None:
    """Decimal sign, groups and the sign of lists are the locale's; powers of ten are left alone."""
    assert LOCALES[locale].text(number) == written


@given(NUMBERS, st.sampled_from(sorted(LOCALES)))
def test_a_written_number_is_read_back(number: str, locale: str) -> None:
    """Nothing of a number is lost or changed by the way in which it is written."""
    assert read(LOCALES[locale].text(number), LOCALES[locale]) == number


@given(NUMBERS)
def test_plain_figures_change_nothing(number: str) -> None:
    """Without a locale a number stands as it is calculated."""
    assert PLAIN.text(number) is number


@pytest.mark.parametrize("locale", LOCALES)
def test_signs_of_a_locale_are_told_apart(locale: str) -> None:
    """Decimal sign and group differ, and no sign between numbers is one inside of numbers."""
    figures = LOCALES[locale]
    assert figures.decimal != figures.group
    assert figures.between.strip() not in (figures.decimal, figures.group)


@pytest.mark.parametrize("text", ["a", "w5", "—", "", "sample 2.5"])
def test_what_is_no_number_stands_as_it_is(text: str) -> None:
    """Letters and words in a number's place are not touched."""
    assert LOCALES["de"].value(text) == text
