"""Expression programs: lines and names, variables and their values, modes."""

from __future__ import annotations

import pytest

from tests.unit.spec.saying import problem, problems, program
from tracer.maths.expression import Add, Mul, Neg, Number, Symbol
from tracer.maths.parse import parse
from tracer.spec import Line


def lines(text: str) -> list[tuple[str, object]]:
    """The lines of a program, as names and formulas."""
    return [(line.name, line.formula) for line in program(text).lines]


def test_a_formula_is_called_y() -> None:
    """The value of a single formula is y, or another letter where y is in use."""
    assert lines("expression: sin(x1) + x1*x2") == [("y", parse("sin(x1) + x1*x2"))]
    assert lines("expression: x*y") == [("z", parse("x*y"))]


@pytest.mark.parametrize(
    "text",
    [
        "expression: |\n  # first\n  c = a + b  # second\n\n  y = c**2\n",
        "expression: [c = a + b, y = c**2]",
        "expression:\n  - c = a + b\n  - |\n    y = c**2\n",
        'expression: "c = a + b\\ny = c**2"',
        "expression: |2\n    c = a + b\n    y = c**2\n",
    ],
)
def test_lines_as_a_block_or_a_list(text: str) -> None:
    """Several lines can be a block of text or a list; comments and empty lines say nothing."""
    assert lines(text) == [("c", parse("a + b")), ("y", parse("c**2"))]


def test_comparisons_are_no_assignments() -> None:
    """``==``, ``<=`` and ``>=`` inside a formula name nothing."""
    formula = "where(a == 1, 2, a <= 3, 4, a >= 5, 6, 7)"
    assert lines(f"expression: '{formula}'") == [("y", parse(formula))]
    assert lines(f"expression: 'b = {formula}'") == [("b", parse(formula))]


def test_shorthands_take_the_right_side_as_one() -> None:
    """``c += a + 1`` is c + (a + 1), with the right side as one operand; the others likewise."""
    c, right = Symbol("c"), parse("a + 1")
    read = program("expression: [c = a, c += a + 1, c -= a + 1, c *= a + 1, c /= a + 1]")
    assert read.lines == (
        Line("c", Symbol("a")),
        Line("c", Add((c, right))),
        Line("c", Add((c, Neg(right)))),
        Line("c", Mul((c, right))),
        Line("c", parse("c/(a + 1)")),
    )


def test_variables_are_the_names_used_before_they_are_computed() -> None:
    """Given names come first, in their order; the others follow in the order of first use."""
    text = "expression: [c = b + a, d = c*e, d += b]"
    assert program(text).variables == ("b", "a", "e")
    read = program(text + "\nat: {e: 1/2, a: t}")
    assert read.variables == ("e", "a", "b")
    assert [getattr(value, "text", None) for value in read.at] == ["1/2", None, None]
    assert read.at[1:] == (Symbol("t"), Symbol("b"))


def test_a_variable_can_be_assigned_again() -> None:
    """A name that is used first and computed later is a variable, then a result."""
    read = program("expression: [y = 2*x, x = y + x]")
    assert read.variables == ("x",)
    assert [line.name for line in read.lines] == ["y", "x"]


def test_modes() -> None:
    """Reverse mode is the standard."""
    assert not program("expression: a").forward
    assert not program("expression: a\nmode: reverse").forward
    assert program("expression: a\nmode: forward").forward


def test_intermediate_results_have_a_letter() -> None:
    """The letter is v, the author's, or the next one that no name of the program uses."""
    assert program("expression: a*b").intermediate == "v"
    assert program("expression: a*b\nintermediate: w").intermediate == "w"
    assert program("expression: v1*v2").intermediate == "w"
    assert program("expression: [v = a, w3 = v]").intermediate == "u"


def test_values_can_be_given_to_quantities() -> None:
    """A program takes given values, and the remarks of every spec."""
    read = program("title: T\nexpression: [c = a*b]\ngiven: {c: 3, dc/da: s}\ndigits: 3")
    assert [(item.quantity, item.value) for item in read.given] == [
        ("c", Number(read.given[0].value.value, "3")),  # type: ignore[union-attr]
        ("dc/da", Symbol("s")),
    ]
    assert read.about.title == "T"
    assert read.about.presentation.digits == 3


@pytest.mark.parametrize("name", ["E", "out", "net", "target", "delta", "n", "σ"])
def test_words_of_networks_are_free_here(name: str) -> None:
    """A program may use the names that a network takes."""
    assert lines(f"expression: [{name} = a]") == [(name, Symbol("a"))]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("expression: sin(x", "1:13: expression: the bracket of sin"),
        ("expression: 'sin(x'", "1:14: expression: the bracket of sin"),
        ("expression: |\n  a = b\n\n  c = a +\n", "4:10: expression: expected a number"),
        ("expression: |\n  a = b\n  c += 2 x\n", "3:10: expression: an operator is missing"),
        ("expression: [a = b, c = 2 x]", "1:27: expression[1]: an operator is missing"),
        ("expression: [a = b, a*2]", "1:21: expression[1]: among several lines each has a name"),
        ("expression: |\n  a = b\n    a*2\n", "3:3: expression: among several lines each has"),
        ("expression: [exp = b]", "1:14: expression[0]: 'exp' already means something else"),
        ("expression: f(x) = x", "1:13: expression: a name alone stands on the left: 'f ='"),
        ("expression: 2*x = x", "1:13: expression: expected a name made of letters"),
        ("expression: '= x'", "1:13: expression: expected a name made of letters"),
        ("expression: a = b = c", "1:19: expression: unexpected '='"),
        ("expression: a = exp", "1:17: expression: 'exp' is a function"),
        ("expression: foo(a)", "1:13: expression: unknown function 'foo'"),
        ("expression: # nothing", "1:12: expression: expected a formula, or lines"),
        ("expression: '# nothing'", "1:13: expression: no formula here"),
        ("expression: []", "1:13: expression: expected a list of lines"),
        ("expression: {a: b}", "1:13: expression: expected a formula, or lines"),
        (
            "expression:\n  a = b\n  c = a\n",
            "2:3: expression: several lines need a bar before them",
        ),
        ("expression: >\n  a = b\n  c = a\n", "1:13: expression: several lines need a bar"),
        ("expression: a\nat: {b: 1}", "2:6: at: the expression has no 'b'; its variables: a"),
        ("expression: alpha\nat: {alfa: 1}", "2:6: at: the expression has no 'alfa' (did you mean"),
        ("expression: '3'\nat: {b: 1}", "2:6: at: the expression has no 'b'; its variables: none"),
        (
            "expression: [a = b]\nat: {a: 1}",
            "1:14: expression[0]: 'a' has a value already (in line 2)",
        ),
        ("expression: x*y\nat: {z: 2}", "2:6: at: the expression has no 'z'; its variables: x, y"),
        ("expression: x\nat: {y: 2}", "2:6: at: the expression has no 'y'; its variables: x"),
        ("expression: x\nat: {x: y}", "2:9: at.x: 'y' is a name of the expression already"),
        ("expression: a*b\nat: {a: b}", "2:9: at.a: 'b' is a name of the expression already"),
        ("expression: a\nat: {a: nan}", "2:9: at.a: 'nan' is not a finite number"),
        ("expression: a\nat: {a: 2*b}", "2:9: at.a: 'b' is a letter"),
        ("expression: a\nat: [1]", "2:5: at: expected a mapping from variables to numbers"),
        ("expression: a\nmode: forwards", "2:7: mode: unknown mode 'forwards' (did you mean"),
        ("expression: a*v2\nintermediate: v", "2:15: intermediate: 'v' would collide with names"),
        ("expression: a\nintermediate: 1", "2:15: intermediate: expected a name"),
        (
            "expression: a\ninputs: 2",
            "2:1: unknown field 'inputs'; it belongs to a file with 'layers:'",
        ),
        ("expression: a\nweights: 2", "2:1: unknown field 'weights'; it belongs to a file with"),
    ],
)
def test_wrong_programs_are_told_with_their_place(text: str, said: str) -> None:
    """A wrong line is told at its column, in blocks, quotes and lists alike."""
    assert problem(text).startswith(said)


@pytest.mark.parametrize(
    ("formula", "name"),
    [
        ("x", "y"),
        ("x*y", "z"),
        ("y*z", "f"),
        ("y*z*f", "result"),
        ("y*z*f*result", "result2"),
        ("y*z*f*result*result2", "result3"),
    ],
)
def test_the_value_of_a_formula_has_a_name_that_is_no_variable(formula: str, name: str) -> None:
    """The first of y, z, f, result, result2, ... that the formula does not use."""
    assert [line for line, _ in lines(f"expression: {formula}")] == [name]


def test_every_line_is_told() -> None:
    """The problems of several lines are told together."""
    said = problems("expression: |\n  a = 2 b\n  exp = c\n  d = (\n")
    assert [line.partition(" ")[0] for line in said] == ["2:9:", "3:3:", "4:8:"]


def test_programs_have_a_limit() -> None:
    """Ten thousand lines are the most."""
    text = "expression: |\n" + "  a = b\n" * 10_001
    assert problem(text).endswith("more than 10,000 lines")
