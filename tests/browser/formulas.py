"""Formulas of every kind that pages have, as MathML, on a page with our font."""

from __future__ import annotations

from html import escape

from tracer.render.pages.fonts import FAMILIES, font_face


def leaves(text: str) -> str:
    """Letters, numbers and signs, told apart by blanks, side by side."""
    return "".join(map(_leaf, text.split()))


def _leaf(text: str) -> str:
    tag = "mi" if text.isalpha() else "mn" if text[0].isdigit() else "mo"
    return f"<{tag}>{escape(text)}</{tag}>"


def tag(name: str, *parts: str) -> str:
    """An element; parts that have no markup are leaves, each part one argument."""
    told = (part if part.startswith("<") else leaves(part) for part in parts)
    return f"<{name}>{''.join(f'<mrow>{part}</mrow>' for part in told)}</{name}>"


def fenced(inner: str, left: str = "(", right: str = ")") -> str:
    """Something between brackets that grow with it."""
    return f"<mrow><mo>{left}</mo>{inner}<mo>{right}</mo></mrow>"


def accented(letter: str, mark: str) -> str:
    """A letter with a mark over it."""
    return f'<mover accent="true"><mi>{letter}</mi><mo>{mark}</mo></mover>'


def matrix(rows: int, columns: int) -> str:
    """The entries of a matrix."""
    cell = "<mtd><mn>0.{}{}</mn></mtd>"
    told = ("".join(cell.format(i, j) for j in range(columns)) for i in range(rows))
    return f"<mtable>{''.join(f'<mtr>{row}</mtr>' for row in told)}</mtable>"


CASE = "<mtr><mtd>{}</mtd><mtd>{}</mtd></mtr>"
CASES = '<mtable class="cases">{}{}</mtable>'.format(
    CASE.format(leaves("z"), f"<mtext>if&#xA0;</mtext>{leaves('z > 0')}"),
    CASE.format(leaves("0"), "<mtext>otherwise, für größer, según el signo</mtext>"),
)

FRACTION = tag("mfrac", leaves("∂ E"), leaves("∂") + tag("msub", "w", "5"))
DEEP = tag("mfrac", FRACTION, leaves("1 +") + FRACTION)
OUT, NET, DELTA = (tag("msub", name, "h 1") for name in ("out", "net", "δ"))
FENCES = ("()", "[]", "{}", "||", "‖‖", "⌊⌋")
BOLD = map(chr, range(0x1D400, 0x1D434))

FORMULAS = {
    "fraction": FRACTION + leaves("=") + DELTA + leaves("·") + OUT,
    "deep fraction": DEEP,
    "numbers": leaves("− 0.13849856 ≈ 1.5 ·")
    + tag("msup", "10", "− 7")
    + leaves("× ( − 2 ) ± 3 ÷ 4"),
    "root": leaves("+").join(tag("msqrt", inner) for inner in ("v + ε", FRACTION, DEEP)),
    "sum": tag("munderover", "∑", "k = 1", "K")
    + FRACTION
    + leaves("=")
    + tag("munder", "∏", "i")
    + tag("msub", "x", "i"),
    "brackets": fenced(leaves("x"))
    + fenced(FRACTION)
    + "".join(fenced(DEEP, *signs) for signs in FENCES),
    "matrix": fenced(matrix(2, 3), "[", "]")
    + leaves("⊙")
    + fenced(matrix(8, 2))
    + leaves("∈")
    + tag("msup", "ℝ", "8 × 2"),
    "cases": leaves("f ( z ) =") + f"<mrow><mo>{{</mo>{CASES}</mrow>",
    "scripts": leaves(",").join(
        [
            NET,
            tag("msubsup", "w", "5", "+"),
            tag("msup", "f", "′"),
            tag("msup", "W", "⊤"),
            tag("msubsup", "δ", "j", "( ℓ )"),
            *(accented(letter, mark) for letter in "yw" for mark in "ˆ¯"),
        ]
    ),
    "names": "".join(tag("msub", name, "h 1") for name in ("net", "target", "w", "payoff")),
    "power": tag("mfrac", "1", leaves("1 +") + tag("msup", "e", leaves("−") + NET)),
    "signs": leaves("a ≠ b ≤ c ≥ d < h → ∞ ↦ f ∘ g ∇ E ← θ … ⋮ ⋱"),
    "letters": leaves(" ".join("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")),
    "Greek": leaves(" ".join("αβγδεζηθικλμνξοπρςστυφχψωϑϕϵΓΔΘΛΞΠΣΦΨΩ")),
    "bold": leaves(" ".join(BOLD)),
}
"""A name for each, and its MathML."""

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Formulas</title><style>
{face}
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 1rem; }}
math {{ font-family: {families}; font-size: 1.2rem; }}
.cases mtd {{ text-align: left; }}
figure {{ margin: 0 0 1rem; overflow-x: auto; }}
</style></head><body><main><h1>Formulas</h1>
{figures}
</main></body></html>"""


def page() -> str:
    """The page with all formulas."""
    figures = (
        f'<figure tabindex="0"><figcaption>{name}</figcaption>'
        f'<math display="block" id="{name.replace(" ", "-")}">{formula}</math></figure>'
        for name, formula in FORMULAS.items()
    )
    return PAGE.format(face=font_face(), families=FAMILIES, figures="\n".join(figures))
