"""Equations of matrices as text: the formula in symbols, the numbers put in, the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracer.maths.printer import Style, written
from tracer.notation.matrices import MatrixName, matrix_symbol
from tracer.notation.notation import Notation
from tracer.notation.said import on_page
from tracer.phrase import listed, phrase
from tracer.render.boxes import Box, Flow, boxes, text_of
from tracer.render.wrap import wrapped, wrapped_formula
from tracer.sheet.matrix.blocks import Matrix
from tracer.sheet.matrix.equation import Entrywise, Equation, Factor, Joint, Term
from tracer.sheet.matrix.remarks import LegendRow, Synapse, argument_of, legend_of

INDENT = "  "
SIGNS = {Joint.PRODUCT: "·", Joint.HADAMARD: "∘", Joint.SCALED: "·", Joint.CORRELATION: "⋆"}
SPACED = {
    Joint.PRODUCT: "·",
    Joint.HADAMARD: " ∘ ",
    Joint.SCALED: "·",
    Joint.CORRELATION: " ⋆ ",
}
FEWEST_COLUMNS = 20


class MatrixText:
    """Writes equations as lines of text.

    Attributes:
        notation: the symbols.
        width: columns at most.
        style: how formulas in numbers are written.
    """

    def __init__(self, notation: Notation, width: int, style: Style) -> None:
        self.notation = notation
        self.width = width
        self.style = style

    def equation(self, equation: Equation) -> Iterator[str]:
        """An equation's lines, after an empty one."""
        target = self.symbol(equation.target.name)
        yield ""
        if not equation.terms and equation.entrywise is None:
            yield from self._given(equation, target)
            yield from self._remarks(equation)
            return
        yield from self._formula(equation, target)
        yield from self._remarks(equation)
        yield from self._numbers(equation, len(target))

    def _remarks(self, equation: Equation) -> Iterator[str]:
        for remark in equation.remarks:
            text = on_page(remark, self.notation)
            for line in wrapped(f"({text})", self.width - 2 * len(INDENT)):
                yield INDENT * 2 + line

    def _given(self, equation: Equation, target: str) -> Iterator[str]:
        flow = Flow(len(INDENT), self.width)
        self._add(flow, f"{target} {equation.relation}", equation.target, equation)
        yield from flow.lines()

    def _formula(self, equation: Equation, target: str) -> Iterator[str]:
        head = f"{INDENT}{target} = "
        if equation.entrywise is not None:
            yield from self._entrywise(equation.entrywise, target)
            return
        words = equation.words
        texts = [on_page(words.said, self.notation) if words else self._terms(equation.terms)]
        if equation.longhand is not None:
            terms, last = equation.longhand
            inner = self._terms(terms)
            brackets = len(terms) > 1 or len(terms[0].factors) > 1 or terms[0].negative
            texts.append(f"{f'({inner})' if brackets else inner} ∘ {self.factor(last)}")
        for text in texts:
            first, *rest = wrapped_formula(text, self.width - len(head))
            yield head + first
            yield from (" " * len(head) + line for line in rest)
            head = f"{INDENT}{' ' * len(target)} = "

    def _entrywise(self, of: Entrywise, target: str) -> Iterator[str]:
        """``A1 = σ(Z1)``, and what the function is."""
        arguments = ", ".join(map(self.symbol, of.arguments))
        function = self.notation.letters.function(of.function)
        left = f"{target} = {function}({arguments})" if function else target
        for number, (formula, units) in enumerate(of.formulas):
            text = written(formula, self.style)
            words = ", ".join(of.words)
            said = f"{function}({words}) = {text}" if function else text
            if units:
                told = phrase("{formula} in {units}", formula=said, units=listed(units))
                said = on_page(told, self.notation)
            head = phrase("{matrix}, entry by entry: {formula}", matrix=left, formula=said)
            whole = " " * len(left) + f"  {said}" if number else on_page(head, self.notation)
            lines = wrapped(whole, self.width - len(INDENT))
            yield from (INDENT + line for line in lines)

    def _terms(self, terms: Iterable[Term]) -> str:
        text = ""
        for term in terms:
            sign = (" - " if term.negative else " + ") if text else ("-" if term.negative else "")
            text += sign + self._product(term)
        return text

    def _product(self, term: Term) -> str:
        first, *rest = term.factors
        return self.factor(first) + "".join(
            SPACED[factor.joint] + self.factor(factor) for factor in rest
        )

    def factor(self, factor: Factor) -> str:
        """A factor in symbols."""
        symbol = self.symbol(factor.matrix.name)
        if not factor.transposed:
            return symbol
        return f"({symbol})ᵀ" if symbol.endswith(("⁺", "]")) or "/" in symbol else f"{symbol}ᵀ"

    def symbol(self, name: MatrixName) -> str:
        """A matrix's symbol."""
        return matrix_symbol(name, self.notation)

    def _numbers(self, equation: Equation, indent: int) -> Iterator[str]:
        flow = Flow(len(INDENT) + indent + 1, self.width)
        before = ""
        for sign, factor in () if equation.is_copy else self._signed(equation):
            number = self._number(factor.matrix)
            if number:
                before += f"{sign} {number} "
                continue
            self._add(flow, before + sign, factor.seen, equation)
            before = ""
        if before:
            flow.add(Box((before.rstrip(),)))
        self._add(flow, equation.relation, equation.target, equation)
        yield from flow.lines()

    def _signed(self, equation: Equation) -> Iterator[tuple[str, Factor]]:
        """Every factor, after the sign that joins it to what stands before it."""
        for number, term in enumerate(equation.terms):
            first, *rest = term.factors
            sign = "-" if term.negative else "+"
            opening = equation.put_in + (" -" if term.negative else "")
            if equation.words is not None:
                opening += f" {on_page(equation.words.before, self.notation)}"
            yield (sign if number else opening), first
            yield from ((SIGNS[factor.joint], factor) for factor in rest)

    def _number(self, matrix: Matrix) -> str:
        """A scalar short enough to stand before a matrix; empty for anything else."""
        if not matrix.is_scalar:
            return ""
        text = text_of(matrix.cell(0, 0), self.notation)
        return text if len(text) < FEWEST_COLUMNS else ""

    def _add(self, flow: Flow, sign: str, matrix: Matrix, equation: Equation) -> None:
        """Appends a matrix after its sign; blocks of columns below each other."""
        width = max(self.width - flow.indent - len(sign) - 1, FEWEST_COLUMNS)
        first, *rest = boxes(matrix, self.notation, equation.most, width)
        flow.add(Box((sign,)), first)
        for block in rest:
            flow.end()
            flow.add(Box((" " * len(sign),)), block)

    def legend(self, row: LegendRow) -> Iterator[str]:
        """A matrix with what its rows and columns belong to."""
        text = on_page(legend_of(row), self.notation)
        first, *rest = wrapped(text, self.width - 2 * len(INDENT))
        yield INDENT + first
        yield from (INDENT * 2 + line for line in rest)

    def synapse(self, item: Synapse) -> Iterator[str]:
        """The argument of a single synapse, up to its number."""
        yield ""
        yield from wrapped(on_page(argument_of(item), self.notation), self.width)

    def of_sum(self, item: Synapse) -> str:
        """The derivative of the sum in which one product has the weight: ``∂(S + w·a)/∂w``."""
        return f"∂({self._sum(item)})/∂{written(item.weight, self.style)}"

    def _sum(self, item: Synapse) -> str:
        product = written(item.product, self.style)
        return product if item.rest is None else f"S + {product}"
