"""Descents: what stands in each step, what is handed on, and where a trace starts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.unit.making import headings, lines, names, traced
from tracer.derive.compiled import WORTH_COMPILING
from tracer.derive.entries import Given, Step
from tracer.derive.program import Phase
from tracer.errors import CalculationError, LimitError, TracerError
from tracer.notation.numbers import NumberFormat
from tracer.notation.said import english
from tracer.render.csv import to_csv
from tracer.render.json import from_json, to_json
from tracer.rules.quantity import RESULT, Quantity
from tracer.sheet.adjoints import columns
from tracer.sheet.overview import table, whole
from tracer.sheet.page import GivenRow, Wanted, page

TEXT = """
    expression: f = (x - a)**2
    at: {{x: 10, a: 4}}
    minimise: {{learning_rate: 0.2, variables: [x], {0}}}
"""


def descent(text: str = "steps: 2", more: str = "") -> str:
    """A quadratic from 10, with its minimum at 4."""
    return TEXT.format(text) + more


def test_two_steps_by_hand() -> None:
    """Each step goes 0.2 times the derivative down: 10 to 7.6 to 6.16."""
    found = traced(descent())
    assert [found[name].value for name in ("f@1", "df/dx@1", "x+@1", "f@2", "x+@2")] == [
        Fraction(text) for text in ("36", "12", "7.6", "12.96", "6.16")
    ]


def test_names_say_the_step() -> None:
    """What changes from step to step says which one; what stays does not."""
    found = traced(descent())
    assert {"x@1", "v1@2", "f@2", "df/dv1@1", "x+@2", "a", "learning_rate"} <= set(names(found))
    assert found["f@2"].quantity == Quantity(RESULT, "f", step=2)
    assert "f@1" not in names(traced(descent("steps: 1")))
    carried = found["x@2"]
    assert isinstance(carried, Step)
    assert carried.is_carried
    assert [operand.name for operand in carried.operands] == ["x+@1"]
    assert isinstance(found["a@2"], Given)


def test_an_expression_alone_has_no_steps() -> None:
    """What is not minimised belongs to no step, as before."""
    found = traced("expression: f = x**2\nat: {x: 3}\n")
    assert found["f"].quantity.step == 0
    assert "x+" not in found


def test_why_leads_through_the_steps() -> None:
    """Why of a point leads back through the points before it."""
    found = [entry.name for entry in traced(descent("steps: 2, optimizer: momentum")).why("x+@2")]
    assert found[0] == "x@1"
    assert {"v_x@1", "v_x+@1", "x+@1", "x@2", "df/dx@2", "a"} <= set(found)


def test_both_modes_descend_alike() -> None:
    """Tangents lead down as adjoints do."""
    text = "expression: f = x**2*y + y**2\nat: {x: 1, y: 2}\n"
    text += "minimise: {learning_rate: 1/10, steps: 3}\n"
    reverse, forward = traced(text), traced(text + "mode: forward\n")
    for name in ("x+@1", "y+@2", "x+@3", "y+@3"):
        assert reverse[name].value == forward[name].value


def test_a_last_evaluation() -> None:
    """With evaluate_after there is one more step, which moves nothing and derives nothing."""
    found = traced(descent("steps: 2, evaluate_after: yes, optimizer: momentum"))
    last = [entry for entry in found.entries(found.segments[-1]) if isinstance(entry, Step)]
    assert [entry.name for entry in last] == ["x@3", "v1@3", "f@3"]
    assert found["x@3"].value == found["x+@2"].value


def test_no_steps() -> None:
    """With zero steps nothing moves."""
    found = traced(descent("steps: 0"))
    assert "x+" not in found
    assert found["df/dx"].value == 12


def test_a_start_from_a_given_state() -> None:
    """Velocity, derivative and point can be given; settings and still variables hold throughout."""
    text = descent("steps: 2, optimizer: momentum")
    found = traced(text + "    given: {v_x: 1, df/dx: 3, a: 5, gamma: 1/2}\n")
    assert found["v_x+@1"].value == Fraction("1.1")
    assert found["df/dx@2"].value == 2 * (found["x+@1"].value - 5)
    assert found["v_x+@2"].value == Fraction(1, 2) * Fraction("1.1") + (
        Fraction("0.2") * found["df/dx@2"].value
    )


@pytest.mark.parametrize("text", ["steps: 3, optimizer: adam", "steps: 2, decay: step"])
def test_saved_and_read_back(text: str) -> None:
    """A descent is read back equal, and its table has a row for each quantity."""
    found = traced(descent(text), "decimal:30")
    assert from_json("\n".join(to_json(found, NumberFormat()))) == found
    rows = list(to_csv(found, NumberFormat()))
    assert len(rows) > 1
    assert any(row.split(",")[3] == "x+@2" for row in rows)


def test_a_long_descent_is_compiled() -> None:
    """A long descent begins with the values of a short one, and comes down."""
    steps = WORTH_COMPILING + 5
    long = traced(descent(f"steps: {steps}, optimizer: nesterov"), "float")
    short = traced(descent("steps: 3, optimizer: nesterov"), "float")
    for mine, theirs in zip(long.segments, short.segments, strict=False):
        assert list(mine.values) == list(theirs.values)
    plain = traced(descent("steps: 100"), "float")
    assert plain["x+@100"].value == pytest.approx(4)


def test_what_has_no_value() -> None:
    """A point at which the function has no value is told with its step, line and column."""
    text = "expression: f = ln(x)\nat: {x: 1}\nminimise: {learning_rate: 2, steps: 3}\n"
    with pytest.raises(CalculationError, match=r"1:\d+: training step 2: f.*ln\(-1\)"):
        traced(text, "decimal:20")


def test_too_many_steps() -> None:
    """A descent that would keep too many values is refused at once."""
    with pytest.raises(LimitError, match="1,000,000 training steps"):
        traced(descent("steps: 1000000"))


def test_the_page() -> None:
    """The page says what is minimised and how, and tells each step."""
    told = "\n".join(lines(traced(descent("steps: 2, evaluate_after: yes"))))
    assert "minimised  f, by moving x; a stays" in told
    assert "update     x⁺ = x - η·∂f/∂x, all at once: every derivative is taken at the" in told
    assert "Step 1\n======" in told
    assert "Step 3 (forward only, at the last point)" in told
    assert "  x⁺ = x - η·∂f/∂x\n     = 10 - 0.2·12\n     = 7.6" in told


def test_the_page_of_a_long_descent() -> None:
    """Of many steps the first is told, and then the function and the point at some of them."""
    found = traced(descent("steps: 20, optimizer: momentum"), "decimal:30")
    sections = {english(section.title): section for section in whole(found, Wanted())}
    first = sections["The function at the start of a step"].rows[0]
    assert tuple(map(english, first)) == ("step 1", "f = 36, x = 10, a = 4")
    rows = [row for row in sections["Variables after step 20"].items if isinstance(row, GivenRow)]
    assert [row.quantity.unit for row in rows] == ["x", "a"]
    assert len(list(sections["Remembered after step 20"].items)) == 1


def test_the_columns_are_those_of_the_first_point() -> None:
    """Primal and adjoint side by side are told at the first point, without the update."""
    found = traced(descent("steps: 3, optimizer: momentum"))
    rows = [item for section in columns(found, Wanted()) for item in section.items]
    assert "36" in str(rows)
    assert "momentum" not in str(rows)


def test_a_table() -> None:
    """The table of values has every step, with what is remembered."""
    found = traced(descent("steps: 2, optimizer: momentum"))
    titles = headings(table(found, Wanted()))
    assert titles.count("Update") == 2
    assert {english(section.title) for section in page(found, Wanted(phases=(Phase.UPDATE,)))} >= {
        "Update"
    }


def test_a_name_that_is_not_there() -> None:
    """A given name that no step has is refused."""
    with pytest.raises(TracerError, match="this trace has no quantity 'm_x'"):
        traced(descent("optimizer: momentum", "    given: {m_x: 1}\n"))


@pytest.mark.parametrize("steps", [1, 2])
def test_an_update_without_a_value(steps: int) -> None:
    """A step that is irrational, or divides by nothing, is told at the line that is minimised."""
    text = "expression:\n  - u = x - 4\n  - f = u**2 + y\nat: {x: 10, y: 1}\n"
    adagrad = "optimizer: {name: adagrad, epsilon_inside: yes, epsilon: 2}"
    which = "training step 1: " if steps > 1 else ""
    with pytest.raises(CalculationError, match=rf"net.yaml:3:5: {which}x\+: sqrt\(146\) is irr"):
        traced(f"{text}minimise: {{{adagrad}, steps: {steps}}}\n")
    still = "expression: f = 0*x\nat: {x: 1}\nminimise: {optimizer: {name: adagrad, epsilon: 0}}\n"
    with pytest.raises(CalculationError, match=r"1:13: x\+: division by zero"):
        traced(still)
