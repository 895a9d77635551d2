"""The view `--columns`: primal and derivative side by side, rule and value of each.

In reverse mode the primal column is read downwards and the adjoints upwards; in forward mode both
go down, once for each variable. What has no number has its formula, multiplied out of the chain.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from itertools import takewhile

from tracer.derive.entries import Entry, Step
from tracer.derive.program import Phase
from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.maths.expression import Expression, Symbol, substitute, symbols, walk
from tracer.notation.numbers import NumberFormat, Shown
from tracer.phrase import Phrase, phrase
from tracer.rules.calculus import tidied
from tracer.rules.quantity import ADJOINT, CONTRIBUTION, RESULT, TANGENT, VARIABLE, Kind, Quantity
from tracer.sheet.conventions import conventions
from tracer.sheet.first_point import at_first_point
from tracer.sheet.listing import Cell, Joined, Listing, equation
from tracer.sheet.page import Lead, Section, Wanted
from tracer.sheet.telling import EXACT, WITHIN, relation, shown_entry, tell
from tracer.sheet.words import title_of_spec
from tracer.spec.network import ExpressionProgram

LONGEST = 40
"""A derivative in letters with more parts than this keeps its name where it is used."""

REVERSE = Phrase(
    "read the primal column downwards, the adjoints upwards: from the result back to the variables"
)
FORWARD = Phrase("both columns are read downwards: values and tangents are made together")

PRIMAL, ITS_VALUE = Phrase("primal"), Phrase("its value")


def columns(trace: Trace, wanted: Wanted) -> Iterator[Section]:
    """Primal, rule and value of each derivative, row by row.

    Raises:
        TracerError: the trace is that of a network.
    """
    spec = trace.spec
    if not isinstance(spec, ExpressionProgram):
        raise TracerError("--columns is the table of an expression's trace; this is a network")
    yield Section(title_of_spec(spec), 1, conventions(trace, wanted.numbers))
    rows = _Rows(at_first_point(trace), wanted.numbers)
    if not spec.forward:
        heads = (PRIMAL, Phrase("adjoint: its rule"), ITS_VALUE)
        listing = Listing(heads, tuple(rows.reverse()))
        yield Section(Phrase("Primal and adjoint"), items=(Lead(REVERSE), listing))
        return
    for name in spec.variables:
        heads = (PRIMAL, Phrase("tangent: its rule"), ITS_VALUE)
        listing = Listing(heads, tuple(rows.forward(name)))
        title = phrase("Primal and tangent by {variable}", variable=name)
        yield Section(title, items=(Lead(FORWARD), listing))


class _Rows:
    """The rows of one trace.

    Attributes:
        primal: variables and results, in the order of evaluation.
        derivatives: the adjoints or tangents, by kind, unit and source.
    """

    def __init__(self, trace: Trace, asked: NumberFormat) -> None:
        self.asked = asked
        entries = list(trace.entries(trace.segments[0]))
        derived = (Phase.BACKWARD, Phase.TANGENTS)
        self.primal = [entry for entry in entries if entry.quantity.kind in (VARIABLE, RESULT)]
        self.derivatives = {
            entry.quantity.at_step(0): entry for entry in entries if entry.block.phase in derived
        }
        self.result = self.primal[-1].quantity.unit
        self._closed: dict[Quantity, Expression] = {}
        self._copies: Mapping[Hashable, Expression] = {}

    def reverse(self) -> Iterator[tuple[Cell, ...]]:
        """A row for each value, and one for each contribution of a value with several uses."""
        for entry in self.derivatives.values():
            self._close(entry)
        self._copies = self._names_of_variables()
        for entry in self.primal:
            yield (self._value(entry), *self._derivative(ADJOINT, entry.quantity.unit, self.result))
            uses = self._contributions(entry.quantity.unit)
            for use in reversed(list(uses)):
                yield ("", *self._derivative(CONTRIBUTION, use, self.result))

    def forward(self, variable: str) -> Iterator[tuple[Cell, ...]]:
        """A row for each value, with its tangent in the direction of one variable."""
        for entry in self.derivatives.values():
            self._close(entry)
        for entry in self.primal:
            yield (self._value(entry), *self._derivative(TANGENT, entry.quantity.unit, variable))

    def _contributions(self, unit: str) -> Iterator[str]:
        from tracer.derive.expressions.build import letters

        marked = (f"{unit}^{letters(k)}" for k in range(len(self.derivatives)))
        known = {quantity.unit for quantity in self.derivatives if quantity.kind is CONTRIBUTION}
        return takewhile(known.__contains__, marked)

    def _value(self, entry: Entry) -> Cell:
        """``w3 = w1*w2 = 6``; without the formula where there is none."""
        formula = () if not isinstance(entry, Step) else ((EXACT, entry.formula),)
        return equation(entry.quantity, *formula, *self._number(entry))

    def _derivative(self, kind: Kind, unit: str, source: str) -> tuple[Cell, Cell]:
        """The rule of a derivative, and its value."""
        entry = self.derivatives.get(Quantity(kind, unit, source))
        if entry is None:
            return ("-", Phrase("the result does not depend on it"))
        number = self._number(entry)
        if not isinstance(entry, Step):
            return (equation(entry.quantity, *number), Phrase("given"))
        rule = equation(entry.quantity, (EXACT, entry.formula))
        if number:
            ((sign, shown),) = number
            return (rule, shown if sign == EXACT else Joined((sign, shown), " "))
        return (rule, self._in_letters(entry))

    def _number(self, entry: Entry) -> tuple[tuple[str, Expression], ...]:
        """A value with its sign: = only where nothing was rounded on the way to it."""
        shown = shown_entry(entry, self.asked)
        if not isinstance(shown, Shown):
            return ()
        signs = [relation(shown)]
        if isinstance(entry, Step) and signs != [WITHIN]:
            signs = [line.relation for line in tell(entry, self.asked).lines]
        rounded = [sign for sign in signs if sign != EXACT]
        return ((rounded[-1] if rounded else EXACT, Symbol(shown)),)

    def _close(self, entry: Entry) -> None:
        """Notes a derivative's formula with those of its operands put in, unless it is long."""
        found: Expression = Symbol(entry.quantity)
        if isinstance(entry, Step):
            known = {of: self._closed[of] for of in symbols(entry.formula) if of in self._closed}
            put_in = tidied(substitute(entry.formula, known))  # type: ignore[arg-type]
            found = put_in if sum(1 for _ in walk(put_in)) <= LONGEST else found
        self._closed[entry.quantity] = found

    def _in_letters(self, entry: Step) -> Expression:
        """A derivative as a formula over values; those of a variable over variables."""
        of_variable = entry.quantity.unit in {name.unit for name in self._variables()}
        closed = self._closed[entry.quantity]
        if closed == Symbol(entry.quantity):
            closed = entry.formula
        return substitute(closed, self._copies) if of_variable else closed

    def _variables(self) -> list[Quantity]:
        return [entry.quantity for entry in self.primal if not isinstance(entry, Step)]

    def _names_of_variables(self) -> dict[Hashable, Expression]:
        """The variable behind each line that only gives one another name."""
        found: dict[Hashable, Expression] = {}
        for entry in self.primal:
            if isinstance(entry, Step) and isinstance(entry.formula, Symbol):
                found[entry.quantity] = found.get(entry.formula.of, entry.formula)
        return found
