"""Makes the font of formulas: ``python -m scripts.make_font templates/html/fonts``.

It is cut out of STIX Two Math, which the wheel of ``ziamath`` carries: the signs that formulas of
pages consist of, in all the sizes to which brackets and roots grow, without what no browser uses
for them. A new sign in `SIGNS` is all it takes to have it; the tests tell which one is missing.

The licence (OFL, beside the font) lets us do that. It reserves the name "TM Math" for somebody
else's part in STIX, and STIX itself is a trademark, so that the part has a name of its own.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Tracer Math"
FILE = "tracer-math.woff2"
DESCRIPTION = "A part of STIX Two Math, made by scripts/make_font.py of backprop-tracer."

LETTERS = (
    (0x20, 0x7E),
    (0x391, 0x3A1),
    (0x3A3, 0x3C9),
    (0x1D400, 0x1D433),  # bold
    (0x1D434, 0x1D454),  # italic; h is in another place, see below
    (0x1D456, 0x1D467),
    (0x1D6E2, 0x1D71B),  # Greek italic
)
"""First and last of ranges; browsers take a letter that stands alone from the italic ones."""

SIGNS = (
    "ℎ𝚤𝚥ϑϕϵ"
    "∂∇·×÷−±≈=≠≤≥<>∈∑∏√∞′″∘⊙⊗⊤→←↦…⋯⋮⋱∗⋆⋅•|‖∥⌊⌋⌈⌉⟨⟩"
    "⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹½ℓℒℝ𝔼"
    "ÄÖÜäöüßÁÉÍÓÚÑáéíóúñ¿¡–—‘’“”„"
    "\u00a0\u00af\u02c6\u02dc\u0302\u0303\u0304\u2009\u200a\u2061\u2062\u2063"
)
"""Other letters, operators, raised signs, letters of words, marks over and between letters."""

GROWING = "()[]{}|‖∥√∑∏⌊⌋⌈⌉⟨⟩"
"""The signs that pages set in several sizes."""

RAISED = {"′": "minute.ssty", "″": "second.ssty"}
"""Signs that pages only set as exponents, and the glyphs that are drawn for that size.

Browsers would have to look for these glyphs by themselves, and Chromium does not.
"""

NARROWER = 0.75
"""What large roots are wide, compared with STIX's.

Chromium leaves room for the widest of all sizes behind a root, however small it is. STIX's large
ones are half as wide again as the small one, which would leave a hole in a line.
"""

DROP = -60
"""How far below the lowest part of a name its index stands, in thousandths of an em.

STIX lets it stand below: that of ``target``, which has a g, would be lower than that of ``net``.
"""

TABLES_OUT = ("DSIG", "GDEF", "GPOS", "GSUB", "gasp")
"""Tables that only other kinds of text need."""

KEPT_NAMES = (0, 7, 13, 14)
"""Copyright, trademark, licence and its address; the names of the font are new."""


def original() -> Path:
    """The file that the font is cut out of; the package is not imported."""
    package = find_spec("ziamath")
    if package is None or package.origin is None:
        sys.exit("make_font: the wheel of ziamath is missing: pip install ziamath")
    return Path(package.origin).parent / "fonts" / "STIXTwoMath-Regular.ttf"


def characters() -> Iterator[int]:
    """The characters that the font has."""
    for first, last in LETTERS:
        yield from range(first, last + 1)
    yield from map(ord, SIGNS)


def made() -> TTFont:
    """The font."""
    font = TTFont(original(), recalcTimestamp=False)
    _keep_sizes(font)
    _draw_for_scripts(font)
    _narrow_roots(font)
    font["MATH"].table.MathConstants.SubscriptBaselineDropMin.Value = DROP
    subsetter = Subsetter(_options())
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    _rename(font)
    font.flavor = "woff2"
    return font


def _options() -> Options:
    options = Options()
    options.hinting = False
    options.glyph_names = False
    options.layout_features = []
    options.drop_tables += TABLES_OUT
    options.name_IDs = list(KEPT_NAMES)
    options.notdef_outline = True
    return options


def _keep_sizes(font: TTFont) -> None:
    """Leaves larger variants to the signs that pages set in several sizes, and to no other."""
    names = {font.getBestCmap()[ord(sign)] for sign in GROWING}
    variants = font["MATH"].table.MathVariants
    for way in ("Vert", "Horiz"):
        coverage = getattr(variants, f"{way}GlyphCoverage")
        pairs = zip(coverage.glyphs, getattr(variants, f"{way}GlyphConstruction"), strict=True)
        kept = [(name, how) for name, how in pairs if name in names]
        coverage.glyphs = [name for name, _ in kept]
        setattr(variants, f"{way}GlyphConstruction", [how for _, how in kept])
        setattr(variants, f"{way}GlyphCount", len(kept))


def _draw_for_scripts(font: TTFont) -> None:
    for table in font["cmap"].tables:
        table.cmap |= {ord(sign): name for sign, name in RAISED.items() if ord(sign) in table.cmap}


def _narrow_roots(font: TTFont) -> None:
    """Makes all sizes of a root but the first narrower."""
    first = font.getBestCmap()[ord("√")]
    variants = font["MATH"].table.MathVariants
    root = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(first)]
    sizes = {record.VariantGlyph for record in root.MathGlyphVariantRecord} - {first}
    parts = {part.glyph for part in root.GlyphAssembly.PartRecords}
    for name in sizes | parts:
        glyph = font["glyf"][name]
        glyph.coordinates.scale((NARROWER, 1))
        glyph.coordinates.toInt()
        glyph.recalcBounds(font["glyf"])
        width, _ = font["hmtx"][name]
        font["hmtx"][name] = (round(width * NARROWER), glyph.xMin)


def _rename(font: TTFont) -> None:
    names = {1: FAMILY, 2: "Regular", 4: FAMILY, 6: FAMILY.replace(" ", ""), 10: DESCRIPTION}
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    made().save(Path(sys.argv[1]) / FILE)
