"""The rows of the losses, as text."""

from __future__ import annotations

from msgspec import Struct


class LossRow(Struct, frozen=True):
    """A row of the table, as text.

    Attributes:
        name: as a spec calls it.
        value: the error of one output.
        slope: its derivative by ``out``, in the form that textbooks print.
        worked: the slope as the chain rule gives it, before it is tidied up.
        right_slope: of a pairwise loss, its derivative by ``right``.
        stable: the same value where the value's formula has none, as a convention says.
        stable_slope: the same for the slope.
        parameters: their names, with the text of what they are unless the spec says otherwise;
            the base of logarithms is the natural one where the text is empty.
        convention: what the row decides, in words, over its parameters.
    """

    name: str
    value: str
    slope: str
    worked: str
    right_slope: str = ""
    stable: str = ""
    stable_slope: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    convention: str = ""


TABLE = (
    LossRow(
        "half_squared_error",
        value="1/2*(target - out)**2",
        slope="out - target",
        worked="2*1/2*(target - out)*(-1)",
    ),
    LossRow(
        "squared_error",
        value="(target - out)**2",
        slope="2*(out - target)",
        worked="2*(target - out)*(-1)",
    ),
    LossRow(
        "mean_squared_error",
        value="1/n*(target - out)**2",
        slope="2/n*(out - target)",
        worked="1/n*2*(target - out)*(-1)",
    ),
    LossRow(
        "binary_cross_entropy",
        value="-(target*ln(out) + (1 - target)*ln(1 - out))",
        slope="(out - target)/(out*(1 - out))",
        worked="-(target/out - (1 - target)/(1 - out))",
        stable="-(where(target == 0, 0, target*ln(out)) + "
        "where(target == 1, 0, (1 - target)*ln(1 - out)))",
        stable_slope="where(target == 0, 1/(1 - out), target == 1, -1/out, "
        "(out - target)/(out*(1 - out)))",
        parameters=(("base", ""),),
        convention="0·ln(0) = 0: with a target of 0 or 1, only one of both logarithms counts",
    ),
    LossRow(
        "cross_entropy",
        value="-target*ln(out)",
        slope="-target/out",
        worked="-target*(1/out)",
        stable="where(target == 0, 0, -target*ln(out))",
        stable_slope="where(target == 0, 0, -target/out)",
        parameters=(("base", ""),),
        convention="0·ln(0) = 0: a target of 0 adds nothing, whatever its output",
    ),
    LossRow("negative_log_likelihood", value="-target*out", slope="-target", worked="-target*1"),
    LossRow(
        "multiclass_hinge",
        value="max(0, out - right + margin)",
        slope="where(out - right + margin > 0, 1, out - right + margin < 0, 0, at_zero)",
        worked="where(out - right + margin > 0, 1, out - right + margin < 0, 0, at_zero)",
        right_slope="where(out - right + margin > 0, -1, out - right + margin < 0, 0, -at_zero)",
        parameters=(("margin", "1"), ("at_zero", "0")),
        convention="right is the output whose target is 1, and adds nothing itself; "
        "where out - right + margin = 0, the slope by out is {at_zero}",
    ),
)
