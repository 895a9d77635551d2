"""The grammar of formulas: which tree a text is, and what is said of a text that is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.maths.strategies import attempt
from tracer.errors import FormulaError
from tracer.maths.calls import MAX_BRANCHES
from tracer.maths.expression import (
    Add,
    Call,
    Cases,
    Compare,
    Div,
    Expression,
    Mul,
    Neg,
    Number,
    Pow,
    Symbol,
    number,
)
from tracer.maths.names import CALLABLE
from tracer.maths.parse import parse

a, b, c, d, x = map(Symbol, "abcdx")
one, two, three = number(1), number(2), number(3)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a + b - c", Add((a, b, Neg(c)))),
        ("a + (b + c)", Add((a, Add((b, c))))),
        ("(a + b) + c", Add((Add((a, b)), c))),
        ("a - (b - c)", Add((a, Neg(Add((b, Neg(c))))))),
        ("a*b*c", Mul((a, b, c))),
        ("(a*b)*c", Mul((Mul((a, b)), c))),
        ("a/b*c", Mul((Div(a, b), c))),
        ("a*b/c", Div(Mul((a, b)), c)),
        ("a*b/c*d", Mul((Div(Mul((a, b)), c), d))),
        ("a/b/c", Div(Div(a, b), c)),
        ("a/(b/c)", Div(a, Div(b, c))),
        ("a + b*c", Add((a, Mul((b, c))))),
        ("-x**2", Neg(Pow(x, two))),
        ("(-x)**2", Pow(Neg(x), two)),
        ("-a*b", Neg(Mul((a, b)))),
        ("-a + b", Add((Neg(a), b))),
        ("a*-b*c", Mul((a, Neg(b), c))),
        ("a - -b", Add((a, Neg(Neg(b))))),
        ("+a", a),
        ("a**b**c", Pow(a, Pow(b, c))),
        ("a^b^c", Pow(a, Pow(b, c))),
        ("2**-x", Pow(two, Neg(x))),
        ("2**-x**3", Pow(two, Neg(Pow(x, three)))),
        ("2**-x*a", Mul((Pow(two, Neg(x)), a))),
        ("x²", Pow(x, two)),
        ("x⁻¹", Pow(x, Neg(one))),
        ("-x²", Neg(Pow(x, two))),
        ("x²**3", Pow(Pow(x, two), three)),
        ("(a + b)³", Pow(Add((a, b)), three)),
        ("exp(-x)", Call("exp", (Neg(x),))),
        ("log(x)", Call("ln", (x,))),
        ("max(0, a, b)", Call("max", (number(0), a, b))),
        ("((x))", x),
        ("  a\n + b\t", Add((a, b))),
        ("where(x > 0, a, b)", Cases(((Compare(x, ">", number(0)), a),), b)),
        (
            "where(x >= a, 1, x == b + c, 2, 3)",
            Cases(
                ((Compare(x, ">=", a), one), (Compare(x, "==", Add((b, c))), two)),
                three,
            ),
        ),
    ],
)
def test_text_is_the_tree_it_looks_like(text: str, tree: Expression) -> None:
    """Order, brackets and precedence of the text become the tree, and nothing is simplified."""
    assert parse(text) == tree


@pytest.mark.parametrize("relation", ["<", "<=", ">", ">=", "=="])
def test_every_relation_is_kept(relation: str) -> None:
    """The five relations stand in conditions as they were written."""
    tree = parse(f"where(a {relation} b, 1, 2)")
    assert isinstance(tree, Cases)
    assert tree.branches[0][0] == Compare(a, relation, b)


def test_digits_are_kept() -> None:
    """0.20 stays 0.20, and its value is exactly one fifth."""
    tree = parse("0.20")
    assert isinstance(tree, Number)
    assert tree.text == "0.20"
    assert tree.value * 5 == 1


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("", 0, "found the end of the formula"),
        ("a +", 3, "found the end"),
        ("* a", 0, r"found '\*'"),
        ("a * / b", 4, "found '/'"),
        ("2x", 1, r"between '2' and 'x' \(write \* to multiply\)"),
        ("(a)(b)", 3, r"between '\)' and '\('"),
        ("a b", 2, "between 'a' and 'b'"),
        ("1.2.3", 3, "between '1.2' and '.3'"),
        ("a < b", 2, "only inside where"),
        ("exp(a < b)", 6, "only inside where"),
        ("where(a < b < c, 1, 2)", 12, "only inside where"),
        ("0,138", 1, "decimals are written with a point"),
        ("(a", 0, "never closed"),
        ("exp(a", 0, "bracket of exp that opens here is never closed"),
        ("a)", 1, "closes no bracket"),
        ("(a b)", 3, "an operator is missing"),
        ("a²3", 2, "an operator is missing"),
        ("sin x", 0, r"write its argument in brackets, sin\(\.\.\.\)"),
        ("max + 1", 0, "'max' is a function"),
        ("sigmod(x)", 0, "did you mean 'sigmoid'"),
        ("w(x)", 0, r"to multiply, write w\*\(\.\.\.\)"),
        ("exp()", 0, "exp takes one argument, and has 0"),
        ("exp(a, b)", 0, "exp takes one argument, and has 2"),
        ("max(a)", 0, r"max takes two or more arguments \(at most 32\), and has 1"),
        (f"max({', '.join('a' * 33)})", 0, "at most 32.*and has 33"),
        ("*".join("a" * 101), 0, "a product may have 100 factors, and this has 101"),
        ("where(a, b, c)", 0, "argument 1 of where must be a condition"),
        ("where(a > b, 1 < 2, c)", 0, "argument 2 of where must be a value"),
        ("where(a > b, 1, a > c)", 0, "argument 3 of where must be a value"),
        ("where(a > b, 1)", 0, "where takes a condition and a value"),
        ("where(1)", 0, "where takes a condition and a value"),
        ("x² ** ", 6, "found the end"),
        ("a + 1e9999", 4, "powers of ten"),
    ],
)
def test_what_is_wrong_is_said_at_its_column(text: str, column: int, message: str) -> None:
    """An error names the column, what was found there, and what would be right."""
    with pytest.raises(FormulaError, match=message) as caught:
        parse(text)
    assert caught.value.column == column


NESTED = {
    "brackets": "(" * 4_999 + "x" + ")" * 4_999,
    "open brackets": "(" * 10_000,
    "signs": "-" * 5_000 + "x",
    "plus signs": "+" * 5_000 + "x",
    "powers": "2" + "**2" * 3_000,
    "exponents": "2" + "**-2" * 2_000,
    "quotients": "a" + "/a" * 4_999,
    "mixed": "a" + "*a/a" * 2_000,
    "calls": "exp(" * 1_500 + "x" + ")" * 1_500,
    "conditions": "where(x > 0, " * 300,
    "raised digits": "x" + "² " * 4_000,
}


@pytest.mark.parametrize("kind", NESTED)
def test_deep_nesting_is_refused(kind: str) -> None:
    """However a formula is nested, too deep is an error, never a crash."""
    with pytest.raises(FormulaError, match="more than 100 levels deep"):
        parse(NESTED[kind])


def test_nesting_up_to_the_limit_is_read() -> None:
    """Nearly a hundred brackets or signs are still a formula."""
    assert parse("(" * 99 + "x" + ")" * 99) == x
    assert parse("-" * 99 + "x") != x


def test_long_sums_are_flat() -> None:
    """A sum of thousands of terms is one node, however long."""
    tree = parse("+".join(["x"] * 5_000))
    assert tree == Add((x,) * 5_000)


def test_conditions_are_limited() -> None:
    """A where has at most a hundred conditions."""
    branches = "x > 0, 1, " * MAX_BRANCHES
    assert isinstance(parse(f"where({branches} 2)"), Cases)
    with pytest.raises(FormulaError, match="at most 100"):
        parse(f"where({branches} x > 0, 1, 2)")


FRAGMENTS = st.sampled_from(
    [*"abx()+-*/^<>=,.'_ ²", "**", "1", "0.5", "e3", "where(", "exp(", "max(", "x > 0", "==", "__"]
)


@given(st.one_of(st.text(max_size=60), st.lists(FRAGMENTS, max_size=40).map("".join)))
def test_any_text_is_a_tree_or_a_formula_error(text: str) -> None:
    """No text makes the parser fail in any other way, and errors point into the text."""
    found = attempt(lambda: parse(text), FormulaError)
    if isinstance(found, FormulaError):
        assert 0 <= found.column <= len(text)
        assert found.message
    else:
        assert isinstance(found, Expression)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "().__class__",
        "x.__class__",
        "eval(1)",
        "exec(1)",
        "lambda: 0",
        "[x for x in a]",
        "a if b else c",
        "a; b",
        "f'{x}'",
        "a := 1",
        "a and b",
        "not a",
    ],
)
def test_python_is_no_formula(text: str) -> None:
    """Code is refused, whatever it would do."""
    with pytest.raises(FormulaError):
        parse(text)


@pytest.mark.parametrize("name", sorted(CALLABLE))
def test_function_names_are_reserved(name: str) -> None:
    """A word that formulas call cannot stand for a value as well."""
    with pytest.raises(FormulaError, match="is a function"):
        parse(f"{name} + 1")
