"""The live formulas of steps: each template is printed once, and filled in with references."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from typing import NamedTuple

from tracer.derive.template import Template
from tracer.errors import OutputError
from tracer.maths.arithmetic import Arithmetic
from tracer.maths.expression import Expression, Symbol
from tracer.maths.printer import written
from tracer.render.spreadsheet.lowering import Helper, lowered
from tracer.render.spreadsheet.rounding import rounding
from tracer.render.spreadsheet.style import Care, live_style

LONGEST = 8_000
"""As many characters, at most, are written into a cell that holds 8,192."""

MOST_COUNTED = 200
"""As many references stand in one COUNT."""


class Live(NamedTuple):
    """The formulas of a row.

    Attributes:
        formula: that of the value, without the leading ``=``.
        helpers: those of its helper cells.
    """

    formula: str
    helpers: tuple[str, ...] = ()


class Pattern(NamedTuple):
    """A formula with places for references.

    Attributes:
        text: with ``%s`` for each place.
        places: for each, which operand stands there; helper cells come after the operands.
    """

    text: str
    places: tuple[int, ...]

    def filled(self, references: Sequence[str]) -> str:
        """The formula over references."""
        return self.text % tuple(references[place] for place in self.places)


class Printed(NamedTuple):
    """What a template comes to in cells.

    Attributes:
        patterns: the formula of its value, and those of its helper cells.
        helpers: the same of the helper cells, to be evaluated.
    """

    patterns: tuple[Pattern, ...]
    helpers: tuple[Expression, ...]


class Formulas:
    """The formulas of every step of a trace.

    Attributes:
        rounded: what is done to every value, over ``{x}``.
        care: what its formulas have to take care of.
    """

    def __init__(self, arithmetic: Arithmetic, care: Care) -> None:
        self.rounded = rounding(arithmetic)
        self.care = care
        self._known: dict[Template, Printed] = {}

    def helpers(self, template: Template) -> tuple[Expression, ...]:
        """What stands in the helper cells of a template, over its roles and one another."""
        return self._printed(template).helpers

    def live(
        self, template: Template, operands: Sequence[str], helpers: Sequence[str], is_open: bool
    ) -> Live:
        """The formulas of a step.

        Args:
            template: its formula in roles.
            operands: the references to its operands.
            helpers: the references to its own helper cells.
            is_open: whether letters are left, for which no number stands in their cells yet.

        Raises:
            OutputError: a formula is too long for a cell.
        """
        references = [*operands, *helpers]
        texts = [pattern.filled(references) for pattern in self._printed(template).patterns]
        if is_open:
            texts = [when_known(text, operands) for text in texts]
        longest = max(texts, key=len)
        if len(longest) > LONGEST:
            raise _too_long(longest)
        return Live(texts[0], tuple(texts[1:]))

    def _printed(self, template: Template) -> Printed:
        found = self._known.get(template)
        if found is None:
            found = self._known[template] = self._new(template)
        return found

    def _new(self, template: Template) -> Printed:
        """A template's formulas; what is rounded in several places gets a cell of its own."""
        formula, helpers = lowered(template.computed)
        if self.rounded.count("{x}") > 1:
            helpers = (*helpers, formula)
            formula = Symbol(Helper(len(helpers) - 1))
        names: dict[Hashable, int] = {role: at for at, role in enumerate(template.roles)}
        names |= {Helper(k): len(template.roles) + k for k in range(len(helpers))}
        style = live_style(lambda of: f"\0{names[of]}\0", self.care)
        main = self.rounded.replace("{x}", written(formula, style))
        texts = (main, *(written(part, style) for part in helpers))
        return Printed(tuple(map(_pattern, texts)), helpers)


def when_known(formula: str, references: Sequence[str]) -> str:
    """A formula whose cell stays empty until every operand is a number."""
    needed = list(dict.fromkeys(references))
    groups = [needed[k : k + MOST_COUNTED] for k in range(0, len(needed), MOST_COUNTED)]
    counted = "+".join(f"COUNT({','.join(some)})" for some in groups)
    return f'IF({counted}<{len(needed)},"",{formula})' if groups else formula


def _pattern(text: str) -> Pattern:
    pieces = re.split("\0(\\d+)\0", text.replace("%", "%%"))
    return Pattern("%s".join(pieces[::2]), tuple(map(int, pieces[1::2])))


def _too_long(formula: str) -> OutputError:
    return OutputError(
        f"a formula has {len(formula):,} characters; a cell of a spreadsheet holds {LONGEST:,}: "
        f"{formula[:40]}…"
    )
