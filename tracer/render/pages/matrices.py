"""Equations of matrices on a page: the formula in symbols, the numbers put in, the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import inf

from tracer.maths.expression import Symbol
from tracer.maths.printer import written
from tracer.notation.matrices import MatrixName, matrix_tree, transposed
from tracer.notation.symbols import Prose, Row, Sign, Tree, of_name
from tracer.phrase import Part, Phrase, flat, listed, phrase
from tracer.render.markup.arrays import ARRAYS
from tracer.render.markup.medium import Writer
from tracer.render.matrix import MatrixText
from tracer.render.pages.grids import GridWriter
from tracer.render.pages.made import BRACKETS, COLUMN, DIGIT, SIGN, Made, Told, joined
from tracer.sheet.matrix.equation import Entrywise, Equation, Factor, Term
from tracer.sheet.matrix.remarks import Synapse
from tracer.sheet.telling import EXACT


class EquationWriter:
    """Writes equations in a medium.

    Attributes:
        writer: writes formulas.
        text: writes the same as text, which tells how long it is.
        grids: writes matrices, those wider than some ems in blocks of columns.
    """

    def __init__(self, writer: Writer, text: MatrixText, room: float = inf) -> None:
        self.writer, self.text = writer, text
        self.grids = GridWriter(writer, self.sentence, room)
        self.arrays, self.style = ARRAYS[writer.medium.name], writer.style(False)

    def symbol(self, name: MatrixName) -> Made:
        """A matrix's symbol."""
        return self._made(self._tree(name), self.text.symbol(name))

    def lines(self, equation: Equation) -> Iterator[Told]:
        """The lines of an equation, its symbol left out."""
        yield from self._formulas(equation)
        signed = () if equation.is_copy else tuple(self._signed(equation))
        if signed:
            yield Told(equation.put_in, tuple(self._factors(signed, equation)))
        result = self.grids.told(equation.target, equation.most)
        yield Told(equation.relation, tuple(result))

    def _formulas(self, equation: Equation) -> Iterator[Told]:
        if equation.entrywise is not None:
            yield from self._entrywise(equation.entrywise, equation.target.name)
            return
        if equation.words is not None:
            yield Told(EXACT, (self.sentence(equation.words.said),))
        elif equation.terms:
            yield Told(EXACT, tuple(self._terms(equation.terms)))
        if equation.longhand is not None:
            yield Told(EXACT, (self._longhand(*equation.longhand),))

    def _longhand(self, terms: Sequence[Term], last: Factor) -> Made:
        inner = joined(self._terms(terms))
        if len(terms) > 1 or len(terms[0].factors) > 1 or terms[0].negative:
            math, spoken = self.style.brackets.format(inner.math), f"({inner.spoken})"
            inner = Made(math, inner.width + BRACKETS, spoken)
        sign = Made(self.arrays.joints[last.joint], SIGN, " ∘ ")
        return joined((inner, sign, self._factor(last)))

    def _entrywise(self, of: Entrywise, target: MatrixName) -> Iterator[Told]:
        """``= σ(Z1), entry by entry: σ(net) = ...``."""
        arguments = [self._tree(name) for name in of.arguments]
        words = [of_name(word) for word in of.words]
        function = self.writer.notation.letters.function(of.function)
        left = self._call(function, arguments) if function else self._tree(target)
        for number, (formula, units) in enumerate(of.formulas):
            said = self._formula(written(formula, self.style), written(formula, self.text.style))
            if function:
                equals = Made(self.writer.relation(EXACT), SIGN, " = ")
                said = joined((self._made(self._call(function, words)), equals, said))
            if units:
                said = self.sentence(
                    phrase("{formula} in {units}", formula=said, units=listed(units))
                )
            if number:
                yield Told("", (said,))
                continue
            head = phrase(
                "{matrix}, entry by entry: {formula}", matrix=self._made(left), formula=said
            )
            yield Told(EXACT if of.function else "", (self.sentence(head),))

    def _call(self, function: str, arguments: Sequence[Tree]) -> Tree:
        inner: list[Tree] = []
        for argument in arguments:
            inner += [argument, Sign(","), Prose(" ")]
        return Row((of_name(function), Sign("("), *inner[:-2], Sign(")")))

    def sentence(self, said: Phrase) -> Made:
        """A phrase as a piece of a formula."""
        parts: list[Part] = []
        for part in flat(said, self.writer.notation.words):
            if isinstance(part, str) and parts and isinstance(parts[-1], str):
                parts[-1] += part
            else:
                parts.append(part)
        return joined(map(self._part, parts))

    def _part(self, part: Part) -> Made:
        if isinstance(part, Made):
            return part
        if isinstance(part, MatrixName):
            return self.symbol(part)
        if isinstance(part, str):
            return self._made(Prose(part), part)
        return Made(self.writer.formula(Symbol(part)), COLUMN)

    def _terms(self, terms: Iterable[Term]) -> Iterator[Made]:
        for number, term in enumerate(terms):
            first, *rest = term.factors
            product = [self._factor(first)]
            for factor in rest:
                product += [self._sign(self.arrays.joints[factor.joint]), self._factor(factor)]
            yield joined((self._opening(term, number), *product))

    def _opening(self, term: Term, number: int) -> Made:
        """The sign before a term."""
        if number:
            return self._sign(self.style.minus if term.negative else self.style.plus)
        return Made(self.style.minus.strip() if term.negative else "", 0.8 * term.negative)

    def _sign(self, math: str) -> Made:
        return Made(math, SIGN)

    def _factor(self, factor: Factor) -> Made:
        tree = self._tree(factor.matrix.name)
        return self._made(transposed(tree) if factor.transposed else tree, self.text.factor(factor))

    def _signed(self, equation: Equation) -> Iterator[tuple[Made, Factor]]:
        """Every factor, after the sign that joins it to what stands before it."""
        for number, term in enumerate(equation.terms):
            first, *rest = term.factors
            opening = self._opening(term, number)
            if equation.words is not None:
                opening = joined((opening, self.sentence(equation.words.before)))
            yield opening, first
            yield from ((self._sign(self.arrays.joints[one.joint]), one) for one in rest)

    def _factors(self, signed: Iterable[tuple[Made, Factor]], equation: Equation) -> Iterator[Made]:
        for sign, factor in signed:
            first, *rest = self.grids.told(factor.seen, equation.most)
            yield joined((sign, first))
            yield from rest

    def of_sum(self, item: Synapse) -> str:
        """The derivative of the sum in which one product has the weight."""
        style, tree = self.style, self.writer.medium.tree
        inner = written(item.product, style)
        if item.rest is not None:
            inner = tree(of_name("S")) + style.plus + inner
        above, by = style.brackets.format(inner), written(item.weight, style)
        return style.quotient.template.format(
            *(f"{tree(Sign('∂'))} {part}" for part in (above, by))
        )

    def _tree(self, name: MatrixName) -> Tree:
        return matrix_tree(name, self.writer.notation)

    def _formula(self, math: str, text: str) -> Made:
        return Made(math, len(text) * DIGIT, text)

    def _made(self, tree: Tree, text: str = "") -> Made:
        return Made(self.writer.medium.tree(tree), len(text or "12345678") * DIGIT, text)
