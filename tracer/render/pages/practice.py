"""Pages to fill in: a blank for each step, and what a script needs to check it on the spot.

The script evaluates a step's formula over the reader's own numbers. It is given the formulas as
small trees of numbers and lists, never as text, and no answer. A graded page is given none of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from tracer.derive.entries import Entry, Given, Step
from tracer.derive.template import Template
from tracer.derive.trace import Trace
from tracer.maths.arithmetic import Arithmetic
from tracer.maths.arithmetic.by_hand import ByHand
from tracer.maths.expression import (
    Add,
    Call,
    Cases,
    Div,
    Expression,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
)
from tracer.maths.precedence import ATOM
from tracer.maths.printer import Piece
from tracer.notation.notation import Notation
from tracer.notation.numbers import NumberFormat
from tracer.phrase import Phrase
from tracer.render.lines import LineWriter
from tracer.render.pages import model
from tracer.render.pages.html_build import FENCE, HtmlBuilder, line_writer
from tracer.rules.quantity import Quantity
from tracer.sheet import page as sheet
from tracer.sheet.telling import Line, Telling

SIGNS = {Add: "+", Mul: "*", Div: "/", Pow: "^"}

Tree = int | float | str | list[Any]
"""A formula for the script: a number, or a list that begins with a sign."""


class PracticeBuilder(HtmlBuilder):
    """Makes a page with a blank for each step.

    Attributes:
        trace: what is calculated.
        is_graded: whether nothing on the page may tell an answer.
    """

    def __init__(self, notation: Notation, trace: Trace, is_graded: bool) -> None:
        super().__init__(notation, True, trace.name)
        self.trace, self.is_graded = trace, is_graded
        self.numbers: dict[str, int] = {}
        self.tasks: list[tuple[int, Step]] = []
        self.known: dict[int, Given | Step] = {}
        style = self.writer.style(False)
        self._slots: LineWriter = line_writer(style._replace(symbol=self._slot), style, FENCE)

    def _blocks(self, items: Iterable[sheet.Item]) -> Iterator[model.Block]:
        """What is carried over from a step of this page is asked there; rules are hints."""
        hidden = () if self.is_graded else sheet.Lead
        left = (item for item in items if not isinstance(item, hidden))
        yield from super()._blocks(item for item in left if not self._is_asked(item))

    def _is_asked(self, item: sheet.Item) -> bool:
        if not isinstance(item, sheet.GivenRow):
            return False
        origin = self._origin(self.trace[self._name(item.quantity)])
        name = self._name(origin.quantity)
        if origin.quantity == item.quantity or name not in self.numbers:
            return False
        self.numbers[self._name(item.quantity)] = self.numbers[name]
        return True

    def _origin(self, entry: Entry) -> Entry:
        """The entry that made a value which training steps hand on."""
        while isinstance(entry, Step) and entry.is_carried and entry.operands[0] is not entry:
            entry = entry.operands[0]
        return entry

    def _given(self, row: sheet.GivenRow) -> model.Given:
        made = super()._given(row)
        entry = self.trace[made.name]
        assert isinstance(entry, Given | Step)
        self.known[self._number_of(made.name)] = entry
        return made

    def telling(self, telling: Telling) -> model.Step | model.Task:  # type: ignore[override]
        """A step as a task; one that stays in letters has no number to be found."""
        step = telling.step
        if step.value is None:
            return super().telling(telling)
        name = self._name(telling.quantity)
        number = self._number_of(name)
        self.tasks.append((number, step))
        formula = Line("=", step.template, tuple(entry.quantity for entry in step.operands))
        chain = [line for line in telling.lines if line.is_chain]
        symbol = self.symbol(telling.quantity)
        return model.Task(
            number=number,
            name=name,
            anchor=self._anchor(name, telling.quantity, symbol),
            symbol=symbol,
            rule=self.text.said(Phrase(step.rule.name)),
            why=self.text.said(step.rule.reason),
            lines=tuple(self._line(line, False, symbol) for line in (*chain, formula)),
            numbers=None if self.is_graded else self._numbers(formula),
        )

    def _numbers(self, formula: Line) -> model.Line:
        """The formula with a place for each number, which the script fills in."""
        pieces = tuple(model.Inline(math=text) for text in self._slots.texts(formula))
        return model.Line(formula.relation, self.writer.relation(formula.relation), pieces)

    def _slot(self, of: Any) -> Piece:
        number = self._number_of(self._name(of)) if isinstance(of, Quantity) else -1
        return Piece(f'<mn data-of="{number}">?</mn>', ATOM)

    def _number_of(self, name: str) -> int:
        """The number by which the script knows a quantity."""
        return self.numbers.setdefault(name, len(set(self.numbers.values())))

    def script_data(self, asked: NumberFormat) -> dict[str, Any]:
        """What the script is given: where the reader's numbers are kept, and how to check them."""
        data: dict[str, Any] = {"kept": self._hash()}
        names = {number: name for name, number in reversed(self.numbers.items())}
        if self.is_graded:
            return data | {"tasks": {number: names[number] for number, _ in self.tasks}}
        shapes: dict[Template, int] = {}
        trees: list[Tree] = []
        steps = {}
        for number, step in self.tasks:
            template = step.template
            if template not in shapes:
                shapes[template] = len(trees)
                trees.append(tree(template.computed, template.roles))
            steps[number] = [shapes[template], [self._operand(entry) for entry in step.operands]]
        known = {number: self._known(entry) for number, entry in self.known.items()}
        return data | {
            "tasks": {number: names[number] for number, _ in self.tasks},
            "trees": trees,
            "steps": steps,
            "known": known,
            "digits": {"decimals": asked.decimals, "significant": asked.significant},
            "rounding": rounding(self.trace.arithmetic),
        }

    def _operand(self, entry: Entry) -> int:
        """The number of an operand; one that is not on the page is known all the same."""
        name = self._name(entry.quantity)
        if name not in self.numbers:
            origin = self._name(self._origin(entry).quantity)
            if origin in self.numbers:
                return self.numbers[origin]
        number = self._number_of(name)
        if number not in self.known and all(number != task for task, _ in self.tasks):
            assert isinstance(entry, Given | Step)
            self.known[number] = entry
        return number

    def _known(self, entry: Given | Step) -> str:
        if isinstance(entry, Given) and isinstance(entry.written, Number):
            return entry.written.text
        return self.trace.arithmetic.text(entry.value)

    def _hash(self) -> str:
        """Under which the reader's numbers are kept: another for every other sheet."""
        told = [
            self.trace.arithmetic.name,
            str(self.is_graded),
            *(self._name(step.quantity) for _, step in self.tasks),
        ]
        told += (f"{entry.name}={self._known(entry)}" for entry in self.known.values())
        return sha256("\n".join(told).encode()).hexdigest()[:16]


def tree(formula: Expression, roles: tuple[Any, ...]) -> Tree:
    """A formula for the script, over the numbers of its roles."""
    match formula:
        case Number(value, text):
            return float(value) if value.denominator != 1 or "." in text else int(value)
        case Symbol(of):
            return ["$", roles.index(of)]
        case Neg(operand):
            return ["-", tree(operand, roles)]
        case Add(operands) | Mul(operands):
            return [SIGNS[type(formula)], *(tree(part, roles) for part in operands)]
        case Div(first, second) | Pow(first, second):
            return [SIGNS[type(formula)], tree(first, roles), tree(second, roles)]
        case Call(function, arguments):
            return [function, *(tree(part, roles) for part in arguments)]
        case Cases(branches, otherwise):
            made = [
                [tree(test.left, roles), test.relation, tree(test.right, roles), tree(then, roles)]
                for test, then in branches
            ]
            return ["where", made, tree(otherwise, roles)]


def rounding(arithmetic: Arithmetic) -> dict[str, Any] | None:
    """How a step's number is rounded before the next one uses it; None where it is not."""
    if not isinstance(arithmetic, ByHand):
        return None
    unit = "significant" if arithmetic.significant else "decimals"
    return {unit: arithmetic.digits, "mode": arithmetic.mode.name}
