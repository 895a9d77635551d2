"""Expression programs: names of single operations, adjoints, tangents, contributions."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace

from tests.unit.making import calculated, names, program, step, told
from tracer.derive.expressions.build import letters
from tracer.derive.trace import Trace
from tracer.maths.plain import plain
from tracer.rules.quantity import Quantity
from tracer.spec import ExpressionProgram


def formulas(trace: Trace, phase: str = "forward") -> dict[str, str]:
    """The formula of every step of a phase, as text over names."""

    def name(of: Any) -> str:
        assert isinstance(of, Quantity)
        return trace.name(of)

    return {
        found.name: plain(found.formula, name)
        for found in trace.steps
        if found.phase.value == phase
    }


def forward(found: ExpressionProgram) -> ExpressionProgram:
    """The same program in forward mode."""
    return replace(found, forward=True)


class TestOperations:
    """Lines taken apart: one operation, one name."""

    def test_every_operation_has_a_name(self) -> None:
        """Inner operations are v1, v2, ... in the order of evaluation; the last is the line's."""
        trace = calculated(program("y = (a + b)*(a - b)/c", a="3", b="1", c="2"))
        assert formulas(trace) == {
            "v1": "a + b",
            "v2": "a - b",
            "v3": "v1*v2",
            "y": "v3/c",
        }
        assert trace["y"].value == 4

    def test_a_formula_alone_is_called_y(self) -> None:
        """A single formula without a name has the result y."""
        assert formulas(calculated(program("3*x", x="2"))) == {"y": "3*x"}

    def test_constants_stay_where_they_stand(self) -> None:
        """Arithmetic of constants is no operation of its own."""
        trace = calculated(program("y = 3*x + 2*5 - x**2/7", x="2"))
        assert formulas(trace) == {
            **{"v1": "3*x", "v2": "x**2", "v3": "v2/7"},
            "y": "v1 + 2*5 - v3",
        }

    def test_a_minus_in_a_sum_is_part_of_the_sum(self) -> None:
        """A subtraction is one operation; a minus elsewhere is one of its own."""
        assert formulas(calculated(program("y = a - b - 2", a="3", b="1"))) == {"y": "a - b - 2"}
        assert formulas(calculated(program("y = a*(-b)", a="3", b="1"))) == {
            **{"v1": "-b", "y": "a*v1"}
        }

    def test_reassigned_names_have_versions(self) -> None:
        """A name that is assigned again counts its versions; the last one keeps the name."""
        trace = calculated(program("c = a*b", "c = c + a", "c = c*c", a="2", b="3"))
        assert formulas(trace) == {"c_1": "a*b", "c_2": "c_1 + a", "c": "c_2*c_2"}
        assert trace["c"].value == 64

    def test_a_variable_that_is_assigned_again_stays_itself(self) -> None:
        """Where a line reassigns a variable, the variable keeps its name and the line a version."""
        trace = calculated(program("x = x*x", "x = x + 1", x="3"))
        assert formulas(trace) == {"x_1": "x*x", "x_2": "x_1 + 1"}
        assert trace["x"].value == 3
        assert trace["x_2"].value == 10
        assert trace["dx_2/dx"].value == 6

    def test_versions_avoid_names_that_are_taken(self) -> None:
        """A version whose name exists already gets one more underscore."""
        trace = calculated(program("c_1 = a", "c = a*a", "c = c*c_1", a="2"))
        assert formulas(trace) == {"c_1": "a", "c__1": "a*a", "c": "c__1*c_1"}

    def test_intermediate_names_avoid_names_that_are_taken(self) -> None:
        """Names of intermediate results use a letter that no name of the author's starts with."""
        trace = calculated(program("y = sin(v1) + v1*v1", v1="2"), "decimal")
        assert formulas(trace) == {"w1": "sin(v1)", "w2": "v1*v1", "y": "w1 + w2"}

    def test_the_authors_letter_skips_taken_numbers(self) -> None:
        """A chosen letter counts on past names that exist."""
        found = replace(program("t2 = a*a*a + 1", "y = t2*(a + 1)", a="2"), intermediate="t")
        assert formulas(calculated(found)) == {
            **{"t1": "a*a*a", "t2": "t1 + 1", "t3": "a + 1", "y": "t2*t3"},
        }

    def test_a_copy_is_another_name(self) -> None:
        """A line that only names a value is told as such, and passes derivatives through."""
        trace = calculated(program("b = a", "y = b*b", a="3"))
        assert step(trace, "b").rule.name == "name"
        assert trace["b"].value == 3
        assert trace["dy/da"].value == 6
        assert told(trace, "b") == ["b = a", "= 3"]

    def test_a_constant_line(self) -> None:
        """A line of constants alone is an operation without operands."""
        trace = calculated(program("c = 2*3", "y = c*x", x="5"))
        assert formulas(trace)["c"] == "2*3"
        assert trace["dy/dc"].value == 5
        assert told(trace, "c") == ["c = 2·3", "= 6"]

    def test_a_result_that_is_a_constant(self) -> None:
        """A program whose result depends on nothing has a derivative of 1, by itself."""
        trace = calculated(program("y = 2 + 3"))
        assert trace["y"].value == 5
        assert [(found.name, found.value) for found in trace.steps] == [("y", 5), ("dy/dy", 1)]

    def test_functions_of_several_arguments(self) -> None:
        """max and min are one operation, whose slope is that of the winner."""
        trace = calculated(program("y = max(a, b*b, 3)", a="2", b="4"))
        assert formulas(trace) == {"v1": "b*b", "y": "max(a, v1, 3)"}
        assert (trace["dy/da"].value, trace["dy/db"].value) == (0, 8)

    def test_conditions_are_one_operation(self) -> None:
        """A piecewise formula is one operation over its parts; conditions have no derivative."""
        trace = calculated(program("y = where(a*2 > b, a*b, a + b)", a="2", b="3"))
        assert formulas(trace) == {
            **{"v1": "a*2", "v2": "a*b", "v3": "a + b"},
            "y": "where(v1 > b, v2, v3)",
        }
        assert trace["y"].value == 6
        assert trace["dy/da"].value == 3
        assert trace["dy/dv1"].value == trace["dy/dv3"].value == 0


class TestReverse:
    """From the result back to the variables."""

    def test_an_example_from_a_deck(self) -> None:
        """sin(x1) + x1*x2: every adjoint, in the order of the sweep."""
        trace = calculated(program("y = sin(x1) + x1*x2", x1="0", x2="3"))
        assert names(trace) == [
            *("x1", "x2", "v1", "v2", "y"),
            *("dy/dy", "dy/dv2", "dy/dv1", "dy/dx2", "dy/dx1^a", "dy/dx1^b", "dy/dx1"),
        ]
        assert [trace[f"dy/dx1{use}"].value for use in ("^a", "^b", "")] == [3, 1, 4]

    def test_contributions_are_lettered_from_the_last_use(self) -> None:
        """Each use has its contribution, a the last one in the evaluation; then they are added."""
        trace = calculated(program("a = x*x", "b = 2*x", "y = a + b*x", x="5"))
        found = formulas(trace, "backward")
        assert [name for name in found if name.startswith("dy/dx")] == [
            *("dy/dx^a", "dy/dx^b", "dy/dx^c", "dy/dx^d", "dy/dx")
        ]
        assert found["dy/dx"] == "dy/dx^a + dy/dx^b + dy/dx^c + dy/dx^d"
        assert [trace[f"dy/dx^{mark}"].value for mark in "abcd"] == [10, 10, 5, 5]
        assert step(trace, "dy/dx").rule.name == "sum over uses"
        assert trace["dy/dx"].value == 30

    def test_local_factors_are_written_out(self) -> None:
        """The derivative by the user comes first, then the factors of the local derivative."""
        trace = calculated(program("y = 3*(a*b)**2", a="2", b="1"))
        assert formulas(trace, "backward") == {
            **{"dy/dy": "1", "dy/dv2": "dy/dy*3", "dy/dv1": "dy/dv2*2*v1"},
            **{"dy/db": "dy/dv1*a", "dy/da": "dy/dv1*b"},
        }

    def test_a_negative_local_derivative(self) -> None:
        """The minus of a local derivative stands with its factor, or before a product."""
        found = formulas(calculated(program("y = a - b/c", a="2", b="3", c="5")), "backward")
        assert found["dy/dv1"] == "dy/dy*(-1)"
        assert found["dy/dc"] == "dy/dv1*(-b/c**2)"
        negated = formulas(calculated(program("y = (-a)*cos(b)", a="2", b="0")), "backward")
        assert negated["dy/db"] == "dy/dv2*(-sin(b))"

    def test_own_values_are_read_off(self) -> None:
        """A slope that contains the operation's own value takes it from there."""
        trace = calculated(program("e = exp(x)", "s = sqrt(e)", "y = e**z*s", x="0", z="1"))
        found = formulas(trace, "backward")
        assert found["dy/de^a"] == "dy/dv1*z*e**(z - 1)"
        assert found["dy/de^b"] == "dy/ds*(1/(2*s))"
        assert found["dy/dz"] == "dy/dv1*v1*ln(e)"
        assert found["dy/dx"] == "dy/de*e"

    def test_the_long_form_names_every_partial(self) -> None:
        """The chain of a derivative is the product of partials, summed over the uses."""
        trace = calculated(program("a = x*x", "y = a*z", x="5", z="2"))
        assert told(trace, "∂y/∂x")[0] == "∂y/∂x = ∂y/∂a · ∂a/∂x + ∂y/∂a · ∂a/∂x"
        assert step(trace, "dy/da").chain is None

    def test_what_is_not_used_has_no_derivative(self) -> None:
        """A variable that the result does not depend on has the derivative 0; a line has none."""
        trace = calculated(program("a = x*z", "y = 2*x", x="5", z="2"))
        assert trace["dy/dz"].value == 0
        assert step(trace, "dy/dz").rule.name == "no path"
        assert "dy/da" not in trace
        assert trace["dy/dx"].value == 2

    def test_a_result_that_is_used_again_is_the_last_line(self) -> None:
        """The result is the last line's value, whatever stands before it."""
        trace = calculated(program("y = x*x", "z = y + x", x="5"))
        assert trace["dz/dx"].value == 11

    def test_a_result_that_is_a_variable(self) -> None:
        """A last line that names a variable has the derivative 1 by it."""
        trace = calculated(program("y = x", x="5"))
        assert trace["dy/dx"].value == 1


class TestForward:
    """From the variables to the result, one sweep for each variable."""

    def test_tangents_in_the_order_of_evaluation(self) -> None:
        """Every value has its tangent, seeded with 1 for one variable and 0 for the others."""
        trace = calculated(forward(program("v = x*z", "y = v + x", x="5", z="3")))
        assert names(trace)[4:] == [
            *("dx/dx", "dz/dx", "dv/dx", "dy/dx"),
            *("dx/dz", "dz/dz", "dv/dz", "dy/dz"),
        ]
        assert [trace[name].value for name in names(trace)[4:]] == [1, 0, 3, 4, 0, 1, 5, 5]
        assert step(trace, "dx/dx").rule.name == step(trace, "dz/dx").rule.name == "seed"

    def test_formulas_of_tangents(self) -> None:
        """A tangent is the sum over the operands of their tangent times the local derivative."""
        trace = calculated(forward(program("y = x*z**2", x="5", z="3")))
        found = formulas(trace, "tangents")
        assert found["dv1/dz"] == "dz/dz*2*z"
        assert found["dy/dz"] == "dx/dz*v1 + dv1/dz*x"
        assert told(trace, "∂y/∂z")[0] == "∂y/∂z = ∂x/∂z · ∂y/∂x + ∂v1/∂z · ∂y/∂v1"

    def test_constants_have_the_tangent_zero(self) -> None:
        """A line without operands does not change with any variable."""
        trace = calculated(forward(program("c = 7", "y = c*x", x="5")))
        assert trace["dc/dx"].value == 0
        assert trace["dy/dx"].value == 7

    def test_one_operand_has_no_sum(self) -> None:
        """A tangent over one operand is one product."""
        trace = calculated(forward(program("a = 2*x", "b = 3*a", "y = b + 1", x="5")))
        assert formulas(trace, "tangents")["db/dx"] == "da/dx*3"

    def test_both_modes_agree(self) -> None:
        """Forward and reverse mode give the same derivatives, exactly."""
        lines = ("a = x*y/(x + y)", "b = a**3 - max(x, y)", "z = where(b > 0, b*a, a/b)")
        found = program(*lines, x="2/3", y="5/7")
        one, other = calculated(found), calculated(forward(found))
        for variable in ("x", "y"):
            slope = one[f"dz/d{variable}"].value
            assert isinstance(slope, Fraction)
            assert slope == other[f"dz/d{variable}"].value


@pytest.mark.parametrize(
    ("k", "mark"),
    [(0, "a"), (25, "z"), (26, "aa"), (27, "ab"), (51, "az"), (52, "ba"), (701, "zz")],
)
def test_marks_of_uses(k: int, mark: str) -> None:
    """Uses are marked a to z, then aa, ab, ..."""
    assert letters(k) == mark


def test_more_uses_than_letters() -> None:
    """A variable that is used thirty times has thirty contributions, each with its mark."""
    trace = calculated(program("y = " + " + ".join(["x*x"] * 15), x="3"))
    assert trace["dy/dx^ad"].value == 3
    assert trace["dy/dx"].value == 90
