"""The font of formulas, as a page carries it along."""

from __future__ import annotations

from base64 import b64encode

from tracer.resources import folder

FAMILY = "Tracer Math"
FILE = "tracer-math.woff2"

FACE = """@font-face {{
  font-family: "{family}";
  src: url(data:font/woff2;base64,{data}) format("woff2");
}}"""

FALLBACK = '"STIX Two Math", "Latin Modern Math", "Cambria Math", math'
"""Where a browser shows signs that our font does not have, such as letters of other scripts."""

FAMILIES = f'"{FAMILY}", {FALLBACK}'
"""The value of ``font-family`` for formulas."""


def font_face() -> str:
    """The rule of a style sheet that brings the font, whole."""
    font = (folder("templates") / "html" / "fonts" / FILE).read_bytes()
    return FACE.format(family=FAMILY, data=b64encode(font).decode("ascii"))
