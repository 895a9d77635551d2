"""How symbols and numbers are lettered in a drawing, and how wide they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from unicodedata import east_asian_width

from tracer.maths.expression import Expression
from tracer.maths.printer import Piece, written
from tracer.notation.notation import Notation
from tracer.notation.symbols import (
    HAT,
    Digits,
    Hat,
    Letter,
    Over,
    Prose,
    Row,
    Scripts,
    Sign,
    Tree,
    Word,
    of_name,
)
from tracer.render.diagram.records import Run, Runs
from tracer.rules.quantity import Quantity

Symbols = Callable[[Quantity], Runs]
"""A notation, as a drawing needs it: the symbol of each quantity, in runs."""

Formulas = Callable[[Expression], Runs]
"""A formula, as a drawing needs it."""

SMALL = 0.68
"""The size of a raised or lowered sign beside one on the line."""

_WIDTHS = {
    0.28: "·iljtI.,:;!'|/()[] ",
    0.36: "frs⁺ᵃᵇᶜᵈ",
    0.45: "aceghknopquvxyzbd^*-_",
    0.5: "0123456789?$αβγδεηλμρτθ",
    0.6: "+−=≈∈<>~∂×ABCDEFJKLPRSTVXYZΔΣ",
    0.78: "mwGHMNOQUWω@%&",
}
_WIDTH = {sign: width for width, signs in _WIDTHS.items() for sign in signs}
OTHER, WIDE = 0.62, 1.05

NUMBER = re.compile(r"(?P<digits>\d[\d.]*)e(?P<exponent>[-+]?\d+)")
POWER = re.compile(r"\^(\d+)")
FIRST = 0xE000
"""Where the signs begin that no text has: each stands for a symbol while a formula is written."""


def lettering(notation: Notation) -> Symbols:
    """The symbols of a notation, in one line: a quotient has a slash."""
    return lambda quantity: of_tree(notation.tree(quantity))


def named(name: str) -> Runs:
    """The name that an author gave something."""
    return of_tree(of_name(name))


def of_tree(tree: Tree) -> Runs:
    """A symbol; what is below or above a part of it stands behind that part."""
    return tuple(_runs(tree, 0))


def _runs(tree: Tree, level: int) -> Iterator[Run]:
    match tree:
        case Letter(text):
            yield Run(text, level, slanted=True)
        case Hat(base, _):
            yield from (run._replace(text=run.text + HAT) for run in _runs(base, level))
        case Row(parts):
            for part in parts:
                yield from _runs(part, level)
        case Over(upper, lower):
            yield from _runs(upper, level)
            yield Run("/", level)
            yield from _runs(lower, level)
        case Scripts(base, below, above):
            yield from _runs(base, level)
            yield from _runs(below, -1) if below else ()
            raised = _runs(above, 1) if above else ()
            yield from (run._replace(stacked=below is not None) for run in raised)
        case Word(text) | Digits(text) | Sign(text) | Prose(text):
            yield Run(text, level)


def formulas(notation: Notation) -> Formulas:
    """The formulas of a notation, in one line."""
    return lambda formula: _formula(formula, notation)


def _formula(formula: Expression, notation: Notation) -> Runs:
    found: list[Runs] = []

    def symbol(of: object) -> Piece:
        tree = notation.tree(of) if isinstance(of, Quantity) else notation.name_tree(str(of))
        found.append(of_tree(tree))
        return Piece(chr(FIRST + len(found) - 1))

    text = written(formula, notation.style()._replace(symbol=symbol))
    last = chr(FIRST + len(found))
    parts = re.split(f"([{chr(FIRST)}-{last}])", text)
    made = (found[ord(part) - FIRST] if k % 2 else _between(part) for k, part in enumerate(parts))
    return tuple(run for runs in made for run in runs)


def _between(text: str) -> Runs:
    """What stands between the symbols of a formula: an exponent that is a number is raised."""
    parts = POWER.split(text)
    made = ((Run(part, 1),) if k % 2 else numeral(part) for k, part in enumerate(parts))
    return tuple(run for runs in made for run in runs)


def numeral(text: str) -> Runs:
    """A text with numbers: a minus is as long as a plus, a power of ten has its exponent raised."""
    found: list[Run] = []
    end = 0
    for number in NUMBER.finditer(text):
        found.append(Run(f"{text[end : number.start()]}{number['digits']}·10".replace("-", "−")))
        found.append(Run(number["exponent"].replace("-", "−"), 1))
        end = number.end()
    rest = text[end:].replace("-", "−")
    return (*found, Run(rest)) if rest else tuple(found)


def spoken(of: Runs) -> str:
    """The signs of a text, one after the other."""
    return "".join(run.text for run in of)


def width(of: Runs, font: float) -> float:
    """How wide a text is in a font of Times' proportions, in points."""
    return max((end for _, end in places(of, font)), default=0.0)


def places(of: Runs, font: float) -> list[tuple[float, float]]:
    """Where each run begins and ends, from the left, as far as can be estimated."""
    return ends([_width(run) * font for run in of], of)


def ends(widths: Sequence[float], of: Runs) -> list[tuple[float, float]]:
    """Where each run begins and ends, from the left; stacked ones begin where those below do."""
    found: list[tuple[float, float]] = []
    x = low = 0.0
    for k, (wide, run) in enumerate(zip(widths, of, strict=True)):
        before = of[k - 1] if k else Run("")
        if run.level < 0 <= before.level:
            low = x
        if run.stacked and not before.stacked:
            x = low
        elif before.stacked and not run.stacked:
            x = max(end for _, end in found)
        found.append((x, x + wide))
        x += wide
    return found


def _width(run: Run) -> float:
    return sum(map(_sign, run.text)) * (SMALL if run.level else 1.0)


def _sign(sign: str) -> float:
    return _WIDTH.get(sign) or (WIDE if east_asian_width(sign) in "WF" else OTHER)
