"""`trace derive`: its pages, and what it refuses, with the column."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run


def test_the_chain_rule_of_the_slides(run: Run) -> None:
    """The derivative, its value at 0.5 in full, and that it is right."""
    out = run("derive", "(3*x**3 + 2*x)**4", "--at", "x=0.5", "--sig", "13").out
    assert "  = 4·(3·x^3 + 2·x)^3·(9·x^2 + 2)\n" in out
    assert "at x = 0.5: d/dx = 44.193359375\n" in out
    assert "right: SymPy's own derivative less this one is 0" in out


def test_partial_derivatives(run: Run) -> None:
    """Of several letters each has its derivative, the others held constant: x + 2y, not y + 2y."""
    out = run("derive", "x**2 + x*y + y**2").out
    assert "  = 2·x + y\n" in out
    assert "  = x + 2·y\n" in out
    assert run("derive", "x**2 + x*y", "--by", "y").out.count("The derivative") == 1


def test_irrational_values_are_rounded(run: Run) -> None:
    """A value that is no fraction has its sign."""
    assert "at x = 1: d/dx ≈ 0.540302306" in run("derive", "sin(x)", "--at", "x=1").out


def test_pieces_are_checked_in_numbers(run: Run) -> None:
    """Where SymPy is not asked the page says what else agrees."""
    assert "right at 7 points" in run("derive", "relu(x)*x").out


def test_constants(run: Run) -> None:
    """A constant has the derivative 0 by the rule, and from the definition; by x or as asked."""
    assert "constant: d(a) = 0\n  = 0\n" in run("derive", "7", "--by", "t").out
    out = run("derive", "2**3 + 1", "--limit", "--at", "x=2").out
    assert "lim h→0 (0/h)" in out
    assert "at x = 2: d/dx = 0" in out


def test_what_holds_at_a_kink_is_said(run: Run) -> None:
    """The convention is on the page, where the letter can come to the kink at all."""
    out = run("derive", "max(0, x)", "--at", "x=0").out
    assert "at x = 0: d/dx = 0\n" in out
    assert "at a kink or jump, by convention: where the arguments of max tie, the first" in out
    assert "abs'(0) = 0" in run("derive", "x*abs(x)").out
    assert "kink" not in run("derive", "x*abs(a)", "--by", "x").out


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("d.txt", "lim h→0 (2·x + h)"),
        ("d.md", r"\mathrm{lim}_{h\to0}(2 \cdot x + h)"),
        ("d.tex", r"\frac{d}{dx}\left(x^{2}\right)"),
        ("d.html", "<mfrac><mi>d</mi><mrow><mi>d</mi><mi>x</mi></mrow></mfrac>"),
    ],
)
def test_written(run: Run, folder: Path, name: str, says: str) -> None:
    """A page is written by suffix, its operators in the format's own mathematics."""
    assert run("derive", "x**2", "--limit", "-o", name) == (0, "", "")
    assert says in (folder / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("x +* 2",), "formula:1:4: expected"),
        (("",), "formula:1:1: "),
        (("3 + 4", "--by", "2x"), "--by 2x: an operator is missing"),
        (("3 + 4", "--by", "sin(x)"), "--by sin(x): a letter or a name, such as x"),
        (("3 + 4", "--by", "__import__('os')"), "--by __import__('os')"),
        (("3 + 4", "--by", "h", "--limit"), "derive by another letter"),
        (("3 + 4", "--at", "y=1"), "the formula has no 'y'; its letters: x"),
        (("x**2", "--by", "y"), "formula:1:1: the formula has no 'y'"),
        (("x**2", "--at", "x"), "--at x: a name and a number"),
        (("x**2", "--at", "y=2"), "the formula has no 'y'"),
        (("x**2", "--at", "x=a"), "'a' is a letter"),
        (("x**2", "--at", "x=1", "--at", "x=2"), "'x' has a value already"),
        (("x*y", "--at", "x=1"), "there is no number for y"),
        (("ln(x)", "--at", "x=0"), "the formula has no value at x = 0"),
        (("sin(x)", "--limit"), "formula:1:1: the limit is worked out for polynomials"),
        (("max(x, 1)", "--limit"), "max(x, 1) is no polynomial"),
        (("x**2", "-o", "d.json"), "cannot write d.json"),
        (("(" * 5_000 + "x" + ")" * 5_000,), "formula:1:"),
        (("+".join(["x"] * 500),), "more than 400 parts"),
        (("__import__('os').system('id')",), "formula:1:"),
    ],
)
def test_refused(run: Run, words: tuple[str, ...], says: str) -> None:
    """What cannot be derived is refused with its place or reason, and the exit code 2."""
    found = run("derive", *words)
    assert (found.code, found.out) == (2, "")
    assert says in found.err
    assert "Traceback" not in found.err


@pytest.mark.parametrize("formula", ["9**9**9**9*x", "x**(9**9**9)", "(x + 9**999999)**2"])
def test_huge_powers_end_soon(run: Run, formula: str) -> None:
    """A tower of powers is derived or refused, and never calculated."""
    assert run("derive", formula).code in (0, 2)


@pytest.mark.parametrize(
    ("formula", "at", "said"),
    [
        ("abs(x)", "0", "a kink: the slope is -1 on the left and 1 on the right; there is no"),
        ("where(x>0, x**2, -x)", "0", "a kink: the slope is -1 on the left and 0 on the right"),
        ("where(x>0, 1, 0)", "0", "the formula jumps there: it has no derivative"),
        ("softplus(x)*step(x)", "0", "the formula jumps there: it has no derivative"),
        ("x**(3/2)", "0", "this is an end of where the formula has values"),
        ("x*abs(x)", "0", ""),
        ("10**25*x", "0", ""),
        ("10**-20*abs(x)", "0", "a kink: the slope is -1e-20 on the left and 1e-20 on the right"),
        ("abs(x)", "1/3", ""),
    ],
)
def test_both_sides_of_a_point(run: Run, formula: str, at: str, said: str) -> None:
    """A number that is a convention's is told as that; where there is a derivative, nothing is."""
    out = " ".join("".join(run("derive", formula, "--at", f"x={at}")[1:]).split())
    assert said in out
    assert bool(said) == any(word in out for word in ("a kink:", "jumps there", "an end of"))


@pytest.mark.parametrize("formula", ["ln(x)", "log10(x)", "ln(sin(x) - 2)", "sqrt(x)", "1/(x + 1)"])
def test_no_value_no_derivative(run: Run, formula: str) -> None:
    """Where a formula has no value it has no derivative, whatever the derived formula gives."""
    found = run("derive", formula, "--at", "x=-1")
    assert (found.code, found.out) == (2, "")
    assert found.err == "trace: the formula has no value at x = -1\n"
