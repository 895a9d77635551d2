"""Random input of every kind: the program's own errors, or a result that can be shown.

What Hypothesis has found here stands as a case of its own in ``cases.py`` or ``found.py``.
"""

from __future__ import annotations

import io
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile.found import DOCUMENTS, FORMULAS, SPECS
from tests.support.amount import FEW
from tests.support.networks import Drawn, networks
from tests.support.programs import Program, programs
from tests.support.records import saved
from tests.support.writing import written
from tracer.derive.trace import Trace, trace
from tracer.errors import (
    CalculationError,
    FormulaError,
    Problem,
    SpecError,
    TracerError,
    UnknownQuantityError,
)
from tracer.maths.arithmetic import arithmetic
from tracer.maths.compiled import FAILURES, compiled
from tracer.maths.expression import Expression, number, symbols
from tracer.maths.parse import parse
from tracer.maths.plain import plain
from tracer.notation.notation import terminal
from tracer.render.json import from_json
from tracer.render.text import TextPage
from tracer.rules.calculus import derivative
from tracer.sheet.page import Wanted, page
from tracer.spec import Network, Spec, read, read_text

RANDOM = st.randoms(use_true_random=False)
ARITHMETICS = ("exact", "decimal:20", "by-hand:3", "float", "interval:10")
WORDS = (
    *("inputs", "layers", "units", "weights", "bias", "threshold", "activation", "samples"),
    *("input", "target", "training", "learning_rate", "steps", "loss", "expression", "at", "from"),
    *("given", "frozen", "name", "value", "parameters", "none", "sigmoid", "relu", "net", "out"),
    *("h1", "x1", "o1", "w1", "net_h1", "dE/dw1", "1", "0", "2", "-1", "0.5", "1/3", "1e3", "x"),
    *(": ", "- ", "[", "]", "{", "}", ", ", "'", '"', "|", ">", "#", "&a ", "*a", "!t ", "?", "<<"),
    *("\n", "\n  ", "\n    ", "\t", "\r\n", "\0", "\x1b", "\u202e", "\ufeff", "é", "%", "@", "---"),
    *("=", "+", "-", "*", "**", "/", "^", "(", ")", "max(", "where(", ".nan", "inf", "9" * 30),
)
SIGNS = (
    *("x", "net", "y_1", "δ", "1", "2.5", "1/3", "1e-2", "1e400", "0", "10**9", "9" * 401),
    *(
        "+",
        "-",
        "*",
        "/",
        "**",
        "^",
        "·",
        "²",
        "⁻¹",
        "(",
        ")",
        ",",
        " ",
        "  ",
        ">",
        "<",
        "==",
        "<=",
    ),
    *("max(", "min(", "where(", "sin(", "exp(", "ln(", "log(", "sqrt(", "abs(", "relu(", "tan("),
    *("__import__", ".", "'", '"', "[", "]", "lambda", ":", "=", "!", "\\", "\n", "\0", "é", "½"),
)


def mutated(text: str, random: Random) -> str:
    """A text with a few pieces cut out, put in, repeated, or in another place."""
    for _ in range(random.randint(1, 4)):
        start = random.randrange(len(text) + 1)
        stop = min(start + random.choice((0, 1, 1, 2, 5, 30)), len(text))
        piece = random.choice((random.choice(WORDS), "", text[start:stop] * 2, text[:start][-8:]))
        text = text[:start] + piece + text[stop:]
    return text


def is_small(spec: Spec) -> bool:
    """Whether a spec that has got through is soon calculated."""
    if not isinstance(spec, Network):
        return True
    training = spec.training
    work = len(spec.parameters) * len(spec.samples) * (training.steps + 1)
    return len(spec.units) < 200 and work < 2_000


def told(found: Trace) -> None:
    """The whole page of a trace, and its saved form."""
    lines = TextPage(terminal(found.several_samples)).lines(page(found, Wanted(long=True)))
    assert all("\x1b" not in line and "\0" not in line for line in lines)
    assert from_json(saved(found)) == found


def read_or_problems(source: str | bytes) -> Spec | tuple[Problem, ...]:
    """What the reader says of a text, or of a file's bytes."""
    try:
        return read_text(source) if isinstance(source, str) else read(io.BytesIO(source))
    except SpecError as error:
        return error.problems


def is_read_or_refused(source: str | bytes, numbers: str) -> None:
    """A text is a spec that can be calculated and told, or refused by an error of ours."""
    spec = read_or_problems(source)
    if isinstance(spec, tuple):
        assert spec
        assert all(problem.place.line >= 1 <= problem.place.column for problem in spec)
    elif is_small(spec):
        try:
            found = trace(spec, arithmetic(numbers))
        except TracerError:
            return
        told(found)


@given(st.binary(max_size=200))
def test_bytes_are_read_or_refused(content: bytes) -> None:
    """Whatever a file's bytes are, the reader gives a spec or a `SpecError`."""
    is_read_or_refused(content, "exact")


@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join), st.sampled_from(ARITHMETICS))
def test_words_are_read_or_refused(text: str, numbers: str) -> None:
    """Whatever the format's words are put together to, it is calculated or refused."""
    is_read_or_refused(text, numbers)


@FEW
@given(networks(most_steps=2), RANDOM, st.sampled_from(ARITHMETICS))
def test_mutated_networks_are_read_or_refused(drawn: Drawn, random: Random, numbers: str) -> None:
    """A good file with a few pieces changed is calculated and told, or refused."""
    is_read_or_refused(mutated(written(drawn, random), random), numbers)


@FEW
@given(programs(), RANDOM, st.sampled_from(ARITHMETICS))
def test_mutated_programs_are_read_or_refused(
    program: Program, random: Random, numbers: str
) -> None:
    """A good expression program with a few pieces changed is calculated and told, or refused."""
    is_read_or_refused(mutated(program.text(), random), numbers)


@pytest.mark.parametrize("numbers", ARITHMETICS)
@pytest.mark.parametrize("text", SPECS)
def test_found_specs_are_read_or_refused(text: str, numbers: str) -> None:
    """What was found once stays mended."""
    is_read_or_refused(text, numbers)


def tree_or_column(text: str) -> Expression | int:
    """What the parser says of a text."""
    try:
        return parse(text)
    except FormulaError as error:
        return error.column


def is_formula_or_refused(text: str, numbers: str) -> None:
    """A text is a formula that is printed, read back, derived and evaluated; or it is refused."""
    tree = tree_or_column(text)
    if isinstance(tree, int):
        assert 0 <= tree <= len(text)
        return
    assert parse(plain(tree)) == tree
    names, how = symbols(tree), arithmetic(numbers)
    for formula in (tree, *(derivative(tree, name) for name in names)):
        try:
            with how.scope():
                values = [how.literal(number(Fraction(k, 2))) for k, _ in enumerate(names, 3)]
                how.finish(compiled(formula, names, how)(*values))
        except (*FAILURES, TracerError):
            continue


@given(st.lists(st.sampled_from(SIGNS), max_size=15).map("".join), st.sampled_from(ARITHMETICS))
def test_signs_are_a_formula_or_refused(text: str, numbers: str) -> None:
    """Whatever a formula's signs are put together to, it is a tree or a `FormulaError`."""
    is_formula_or_refused(text, numbers)


@given(st.text(max_size=30), st.sampled_from(ARITHMETICS))
def test_any_text_is_a_formula_or_refused(text: str, numbers: str) -> None:
    """Any text at all is a tree or a `FormulaError`."""
    is_formula_or_refused(text, numbers)


@pytest.mark.parametrize("numbers", ARITHMETICS)
@pytest.mark.parametrize("text", FORMULAS)
def test_found_formulas_are_read_or_refused(text: str, numbers: str) -> None:
    """What was found once stays mended."""
    is_formula_or_refused(text, numbers)


SAVED = saved(trace(read_text("inputs: 1\nlayers: [{units: 1}]\n"), arithmetic("exact")))


@FEW
@given(networks(rational=True), RANDOM)
def test_mutated_documents_are_read_or_refused(drawn: Drawn, random: Random) -> None:
    """A saved trace with a few pieces changed is a trace, or an error of ours."""
    try:
        document = saved(trace(read_text(written(drawn)), arithmetic("exact")))
    except CalculationError:
        document = SAVED
    is_trace_or_refused(mutated(document, random))


def is_trace_or_refused(document: str) -> None:
    """A document is a saved trace, or refused."""
    try:
        found = from_json(document)
    except TracerError:
        return
    assert isinstance(found, Trace)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_found_documents_are_read_or_refused(document: str) -> None:
    """What was found once stays mended."""
    is_trace_or_refused(document)


@given(st.text("dE/net_outhw1+@[]0 δ∂:^", max_size=12))
def test_any_name_is_a_quantity_or_unknown(name: str) -> None:
    """Any text is the name of a quantity, or is refused as one."""
    found = trace(read_text("inputs: 2\nlayers: [{units: 2}, {units: 1}]\n"), arithmetic("exact"))
    if name in found:
        assert found.why(name)[-1].name == found[name].name
    else:
        with pytest.raises(UnknownQuantityError):
            found.why(name)
