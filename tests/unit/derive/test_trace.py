"""A trace as a whole: looking in, going back to the givens, comparing, warning."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.unit.making import BY_HEAD, IN_A_ROW, SIGMOID, calculated, names, program, traced
from tracer.derive.entries import Given, Part, Step
from tracer.derive.trace import Trace
from tracer.errors import CalculationError, IrrationalError, UnknownQuantityError


class TestWhy:
    """The part of the list on which a quantity depends."""

    def test_why_goes_back_to_the_givens(self) -> None:
        """why lists everything that a quantity needs, in order, itself last, and nothing else."""
        assert [entry.name for entry in traced(BY_HEAD).why("dE/dw5")] == [
            *("x1", "x2", "target_o1", "w1", "w2", "w3", "w4", "b_h1", "b_h2", "w5", "w6", "b2"),
            *("net_h1", "net_h2", "out_h1", "out_h2", "net_o1", "out_o1"),
            *("dE/dout_o1", "dout_o1/dnet_o1", "dE/dnet_o1", "dE/dw5"),
        ]

    @pytest.mark.parametrize("text", [BY_HEAD, IN_A_ROW])
    def test_why_is_closed(self, text: str) -> None:
        """Every operand of what why lists stands in the list before it."""
        trace = traced(text, steps="2")
        for name in names(trace):
            seen: set[str] = set()
            listed = trace.why(name)
            assert listed[-1].name == name
            for entry in listed:
                assert {operand.name for operand in entry.operands} <= seen
                assert entry.name not in seen
                seen.add(entry.name)

    def test_why_of_a_given_is_itself(self) -> None:
        """A given depends on nothing."""
        assert [entry.name for entry in traced(BY_HEAD).why("w5")] == ["w5"]

    def test_why_of_a_part(self) -> None:
        """A line of a longer telling can be asked for: its operands' reasons, then itself."""
        listed = traced(BY_HEAD).why("dE/dout_h1:o2")
        assert isinstance(listed[-1], Part)
        assert [entry.name for entry in listed[-3:]] == [
            *("dout_o2/dnet_o2", "dE/dnet_o2", "dE/dout_h1:o2")
        ]
        assert "w7" in [entry.name for entry in listed]
        assert "w5" not in [entry.name for entry in listed]

    def test_why_crosses_training_steps(self) -> None:
        """A quantity of a later step depends on updates, and lists each given once."""
        listed = [entry.name for entry in traced(IN_A_ROW, batch="online", steps="3").why("w@3")]
        assert listed.count("learning_rate") == 1
        assert listed[-1] == "w@3"
        assert listed.index("x[1]") < listed.index("w+@1") < listed.index("x[2]")
        assert listed.index("w@2") < listed.index("w+@2")
        assert "x[3]" not in listed

    def test_why_of_an_unknown_name(self) -> None:
        """Asking for a name that is not there is the same error as looking it up."""
        with pytest.raises(UnknownQuantityError, match="no quantity 'w9'"):
            traced(BY_HEAD).why("w9")


class TestEntries:
    """What a given, a step and a part say of themselves."""

    def test_a_given_keeps_what_was_written(self) -> None:
        """The digits of a given stay as the author wrote them."""
        trace = traced(BY_HEAD.replace("bias: 2", "bias: 2.00"))
        given = trace["b2"]
        assert isinstance(given, Given)
        assert given.written.text == "2.00"  # type: ignore[union-attr]
        assert given.operands == ()

    def test_entries_show_themselves(self) -> None:
        """The representation of an entry is its kind, name and value in full."""
        trace = traced(BY_HEAD)
        assert repr(trace["w5"]) == "<Given w5 = 1>"
        assert repr(trace["w5+"]) == "<Step w5+ = -103/5>"
        assert repr(trace["dE/dout_h1:o2"]) == "<Part dE/dout_h1:o2 = 2>"
        assert repr(calculated(program("y = 2*x"))["y"]) == "<Step y = ?>"

    def test_huge_entries_show_themselves(self) -> None:
        """A fraction of more digits than Python prints at once is represented too."""
        shown = repr(calculated(program("y = x**9500", x="1/3"))["y"])
        assert shown.startswith("<Step y = 1/")
        assert len(shown) > 4_500

    def test_parts_are_told_in_full(self) -> None:
        """A part is a link of a chain: it has neither chain nor parts, and a value of its own."""
        part = traced(BY_HEAD)["dE/dout_h1:o2"]
        assert isinstance(part, Part)
        assert part.chain is None
        assert part.substeps == ()
        assert part.value == 2
        assert part.rule.name == "sum over paths"

    def test_a_part_over_a_letter_has_no_value(self) -> None:
        """Where an operand is a letter a part is open as well."""
        trace = traced(BY_HEAD.replace("[-1, 3]", "[c, 3]"))
        assert trace["dE/dout_h1:o2"].value is None
        assert trace["dnet_o2/dc"].value == 36

    def test_parts_round_as_the_arithmetic_does(self) -> None:
        """By hand a part is rounded like any step."""
        trace = traced(SIGMOID.replace("0.5", "0.123456"), "by-hand:3")
        assert str(trace["dE_o/dout_o"].value) == str(trace["dE/dout_o"].value)

    def test_places_sort_entries(self) -> None:
        """Places put entries in the order of the trace, over all training steps."""
        trace = traced(IN_A_ROW, batch="2", steps="3")
        places = [entry.place for entry in trace]
        assert places == sorted(places)


class TestEquality:
    """When two traces say the same."""

    def test_equal_traces(self) -> None:
        """The same spec in the same arithmetic is the same trace."""
        assert traced(BY_HEAD) == traced(BY_HEAD)

    @pytest.mark.parametrize(
        "other",
        [
            traced(BY_HEAD, "decimal"),
            traced(BY_HEAD, steps="2"),
            traced(BY_HEAD.replace("bias: 2", "bias: 3")),
            traced(BY_HEAD.replace("for the head", "of another title")),
            3,
        ],
    )
    def test_different_traces(self, other: object) -> None:
        """Another arithmetic, length, number or title is another trace."""
        assert traced(BY_HEAD) != other

    def test_different_values(self) -> None:
        """The same spec with another value in it is another trace."""
        one, other = traced(BY_HEAD), traced(BY_HEAD)
        changed = list(other.segments[0].values)
        changed[20] += 1
        other.segments = (type(other.segments[0])(other.segments[0].program, changed, 1),)
        assert one != other

    def test_traces_have_no_hash(self) -> None:
        """A trace cannot be a key."""
        with pytest.raises(TypeError):
            hash(traced(BY_HEAD))


def test_a_trace_shows_itself() -> None:
    """The representation of a trace is its title, size and arithmetic."""
    assert repr(traced(BY_HEAD)) == "<Trace 'A network for the head': 63 values, exact>"
    assert repr(calculated(program("y = 2*x"))) == "<Trace 'untitled': 4 values, exact>"


class TestWarnings:
    """What a reader should know about the numbers."""

    def test_no_warnings(self) -> None:
        """Where nothing is wrong nothing is said."""
        assert traced(BY_HEAD).warnings == ()

    def test_long_fractions(self) -> None:
        """Fractions that have grown beyond use are told, with their length."""
        warnings = calculated(program("y = x**3000", x="1/3")).warnings
        assert warnings == ("the fractions have grown to 1432 digits; decimals stay short",)

    def test_values_that_cannot_be_told_from_zero(self) -> None:
        """A value whose digits cancel is named."""
        found = traced(BY_HEAD)
        trace = Trace(found.spec, found.arithmetic, found.segments, "dE/dw5")
        assert trace.warnings[0] == (
            "dE/dw5 is zero as far as exact can tell; "
            "it may be exactly zero, or too small to be seen; so may what depends on it"
        )


class TestErrors:
    """A value that does not exist stops the calculation, with its name."""

    @pytest.mark.parametrize(
        ("lines", "at", "message"),
        [
            (("y = 1/x",), {"x": "0"}, "y: division by zero"),
            (("a = x - 2", "y = ln(a)"), {"x": "2"}, "y: ln(0) does not exist"),
            (("y = sqrt(x) + 1",), {"x": "-4"}, "v1 = sqrt(x): sqrt(-4) does not exist"),
            (("y = x**(1/2)",), {"x": "-4"}, "y: (-4)**0.5 does not exist among real numbers"),
        ],
    )
    def test_the_step_is_named(
        self, lines: tuple[str, ...], at: dict[str, str], message: str
    ) -> None:
        """The error says which step has no value, and why."""
        with pytest.raises(CalculationError) as caught:
            calculated(program(*lines, **at))
        assert caught.value.message.startswith(message)

    def test_exact_arithmetic_refuses_irrational_functions(self) -> None:
        """The exact arithmetic names the unit and says which arithmetics would do."""
        with pytest.raises(IrrationalError) as caught:
            traced(SIGMOID)
        assert caught.value.message == (
            "out_o: exp(-0.5) is irrational (exact arithmetic knows fractions only; "
            "use decimal, float or by-hand)"
        )

    def test_samples_are_named(self) -> None:
        """Where there are several samples the error says which."""
        text = IN_A_ROW.replace("weights: [[w = 2]]", 'activation: "1/(net - 4)", weights: [[2]]')
        with pytest.raises(CalculationError, match=r"^net.yaml:4:30: out_z\[2\]: division by zero"):
            traced(text)

    def test_steps_are_named(self) -> None:
        """An error in a later training step says so."""
        text = BY_HEAD.replace("learning_rate: 0.1", "learning_rate: 1000, steps: 500")
        with pytest.raises(CalculationError, match=r"out_h1: .*too large for a float"):
            traced(text, "float")


def test_fractions_stay_exact() -> None:
    """Thirds are thirds, through every step."""
    trace = traced(IN_A_ROW.replace("w = 2", "w = 1/3"))
    assert trace["w"].value == Fraction(1, 3)
    assert isinstance(trace["w+"], Step)
    assert trace["w+"].value == Fraction(1, 3) - Fraction(2, 20) * sum(
        (Fraction(x, 3) - target) * x for x, target in ((1, 1), (2, 2), (3, 9))
    )


def test_why_within_a_training_step() -> None:
    """Asked so, why stops at the values that the quantity's training step starts from."""
    trace = traced(IN_A_ROW, batch="online", steps="3")
    assert [entry.name for entry in trace.why("net_z[3]@3", within_step=True)] == [
        *("x[3]", "w@3", "net_z[3]@3")
    ]
