"""The font of formulas: a part of STIX Two Math that has all that pages show."""

from __future__ import annotations

import base64
import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from scripts import make_font
from tests.support.shown_signs import ITALIC, characters_of, formulas_of
from tracer.derive.settle import calculated
from tracer.notation.notation import TERMINAL
from tracer.notation.patterns import RAISED
from tracer.render.pages import fonts
from tracer.resources import example_names, folder
from tracer.spec.find import find

FOLDER = Path(str(folder("templates"))) / "html" / "fonts"
LARGEST = 36_000
"""Bytes: a third more of it in every page."""


@cache
def font() -> Any:
    """The font that pages carry."""
    return TTFont(FOLDER / fonts.FILE)


def shown_by_fallback(text: str) -> set[str]:
    """The characters that our font does not have."""
    return {sign for sign in text if ord(sign) not in font().getBestCmap()}


@pytest.mark.parametrize("name", example_names())
def test_every_formula_can_be_shown(name: str) -> None:
    """Our font has every character of every formula of an example's page."""
    trace = calculated(find(name), "", 10)
    shown = set[str]().union(*map(characters_of, formulas_of(trace)))
    assert shown_by_fallback("".join(shown)) == set()


def test_every_symbol_can_be_shown() -> None:
    """Our font has every character of the symbols, raised or not, upright and in italics."""
    text = "".join(TERMINAL.values()) + "".join(RAISED) + "".join(RAISED.values())
    signs = set(re.sub(r"\{\w+\}", "", text))
    assert shown_by_fallback("".join(signs | {ITALIC.get(sign, sign) for sign in signs})) == set()


@pytest.mark.parametrize(
    "alphabet",
    [
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "αβγδεζηθικλμνξοπρστυφχψωϑϕϵΓΔΘΛΞΠΣΦΨΩ",
    ],
)
def test_letters_stand_in_italics(alphabet: str) -> None:
    """Our font has each letter of both alphabets upright, and in italics as browsers show it."""
    assert shown_by_fallback(alphabet) == set()
    assert shown_by_fallback("".join(ITALIC[letter] for letter in alphabet)) == set()


def test_a_letter_that_it_lacks_is_shown_all_the_same() -> None:
    """Names in other scripts are shown in a font of the reader's: the families go on."""
    assert shown_by_fallback("ж漢א") == set("ж漢א")
    assert fonts.FAMILIES.startswith(f'"{fonts.FAMILY}", ')
    assert fonts.FAMILIES.endswith(", math")


@pytest.mark.parametrize("sign", make_font.GROWING)
def test_signs_grow(sign: str) -> None:
    """Brackets, roots and sums have larger forms, or are put together from parts."""
    variants = font()["MATH"].table.MathVariants
    name = font().getBestCmap()[ord(sign)]
    form = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(name)]
    assert len(form.MathGlyphVariantRecord) > 1 or form.GlyphAssembly


def test_roots_of_all_sizes_are_about_as_wide() -> None:
    """No root leaves more than a sixth of an em of empty space behind it in a browser."""
    variants = font()["MATH"].table.MathVariants
    name = font().getBestCmap()[ord("√")]
    form = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(name)]
    names = [record.VariantGlyph for record in form.MathGlyphVariantRecord]
    names += [part.glyph for part in form.GlyphAssembly.PartRecords]
    widths = [font()["hmtx"][each][0] for each in names]
    assert max(widths) - widths[0] < font()["head"].unitsPerEm / 6


def test_it_is_what_the_script_makes() -> None:
    """The font in the repository is the one that ``scripts/make_font.py`` makes."""
    file = BytesIO()
    made = make_font.made()
    made.save(file)
    made = TTFont(file)
    tables = list(made.keys())
    assert tables == list(font().keys())
    assert [tag for tag in tables if tag != "GlyphOrder" and differs(made, tag)] == []


def differs(made: Any, tag: str) -> bool:
    """Whether a table of both fonts differs; `head` has a sum over the packed file."""
    first, second = (each.reader[tag] for each in (made, font()))
    return bool(first[:8] + first[12:] != second[:8] + second[12:])


def test_it_is_small() -> None:
    """A page with the font in it can be sent by mail."""
    assert (FOLDER / fonts.FILE).stat().st_size < LARGEST


def test_its_licence_goes_with_it() -> None:
    """The licence lies beside the font and is named in it, and no reserved name is used."""
    licence = (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Reserved Font Name" in licence
    names = {record.nameID: record.toUnicode() for record in font()["name"].names}
    assert "STIX Fonts Project Authors" in names[0]
    assert names[14] == "https://scripts.sil.org/OFL"
    assert names[1] == names[4] == fonts.FAMILY == make_font.FAMILY
    assert not re.search("STIX|TM Math", names[1] + names[6])


def test_a_page_brings_it_along() -> None:
    """The rule of the style sheet holds the whole font, and no address."""
    found = re.search(r"base64,([A-Za-z0-9+/=]+)\)", fonts.font_face())
    assert found
    assert base64.b64decode(found[1]) == (FOLDER / fonts.FILE).read_bytes()
    assert "http" not in fonts.font_face().replace(found[1], "")


def test_the_style_sheet_asks_for_it_first() -> None:
    """Pages set formulas in the font that they carry, and then in those of `FALLBACK`."""
    style = (folder("templates") / "html" / "page.css").read_text(encoding="utf-8")
    assert f"--math: {fonts.FAMILIES};" in style
