"""What a quantity is: one number that a person would write down, and the kinds there are.

A quantity's identity is structured. Its plain name, which people type, is made from it by the
kind's row in the table, never the other way round.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace


class Kind(Struct, frozen=True, eq=False):
    """A kind of quantity.

    Attributes:
        word: what people call it, for keys and headings.
        plain: the pattern of its plain name over ``{unit}`` and ``{source}``.
        aliases: other patterns that people type for it.
        per_sample: whether each sample has its own.
        per_step: whether each training step has its own.
        given_anew: whether each training step is given its own.
    """

    word: str
    plain: str
    aliases: tuple[str, ...] = ()
    per_sample: bool = False
    per_step: bool = True
    given_anew: bool = False


class Quantity(Struct, frozen=True):
    """One quantity.

    Attributes:
        kind: its row in the table.
        unit: the unit, parameter or variable it belongs to; empty for a total.
        source: the second one, where it relates two: a path, or a partial derivative.
        sample: which sample, from 1; 0 where it belongs to none.
        step: which training step, from 1; 0 where it belongs to none.
    """

    kind: Kind
    unit: str = ""
    source: str = ""
    sample: int = 0
    step: int = 0

    def at_step(self, step: int) -> Quantity:
        """The same quantity in another training step; one without steps stays as it is."""
        return replace(self, step=step) if self.kind.per_step else self


class InStep(Struct, frozen=True):
    """A quantity whose symbol says the training step, among those of other training steps."""

    quantity: Quantity


INPUT = Kind("input", "{unit}", per_sample=True)
STATE = Kind("state carried over", "{unit}", per_sample=True)
TARGET = Kind("target", "target_{unit}", per_sample=True, per_step=False)
LEARNING_RATE = Kind("learning rate", "learning_rate", per_step=False)
WEIGHT = Kind("weight", "{unit}")
BIAS = Kind("bias", "{unit}")
THRESHOLD = Kind("threshold", "{unit}")
NET = Kind("net input", "net_{unit}", per_sample=True)
LARGEST = Kind("largest net input of a layer", "max_{unit}", per_sample=True)
EXPONENTIAL = Kind("exponential of a net input", "exp_{unit}", per_sample=True)
LAYER_SUM = Kind("sum over a layer", "sum_{unit}", per_sample=True)
OUT = Kind("output of a unit", "out_{unit}", per_sample=True)
ERROR = Kind("error of one output", "E_{unit}", per_sample=True)
SAMPLE_ERROR = Kind("error of one sample", "E", per_sample=True)
TOTAL = Kind("total error", "E", ("E_total",))
BY_OUT = Kind("derivative by an output", "dE/dout_{unit}", per_sample=True)
SLOPE = Kind("slope of an activation", "dout_{unit}/dnet_{unit}", per_sample=True)
JACOBIAN = Kind("slope by a net input", "dout_{unit}/dnet_{source}", per_sample=True)
DELTA = Kind("delta", "dE/dnet_{unit}", ("delta_{unit}",), per_sample=True)
BY_INPUT = Kind("derivative by an input", "dE/d{unit}", per_sample=True)
SAMPLE_GRADIENT = Kind("derivative by a parameter, one sample", "dE/d{unit}", per_sample=True)
GRADIENT = Kind("derivative by a parameter", "dE/d{unit}")
UPDATED = Kind("updated parameter", "{unit}+")
MOVED_INPUT = Kind("moved input", "{unit}+", per_sample=True)
STRENGTH = Kind("strength of a penalty", "lambda{unit}", per_step=False)
DATA_ERROR = Kind("error without penalty", "E_data")
PENALTY = Kind("penalty", "R{unit}")
DATA_GRADIENT = Kind("derivative by a parameter, without penalty", "dE_data/d{unit}")
PENALTY_SLOPE = Kind("slope of a penalty", "dR{source}/d{unit}")

MASK = Kind("mask of dropout", "mask_{unit}", per_sample=True, given_anew=True)
KEPT = Kind("output after dropout", "kept_{unit}", per_sample=True)
BY_KEPT = Kind("derivative by an output after dropout", "dE/dkept_{unit}", per_sample=True)
KEPT_BY_OUT = Kind("slope of dropout", "dkept_{unit}/dout_{unit}", per_sample=True)
KEPT_BY_INPUT = Kind("slope of dropout", "dkept_{unit}/d{unit}", per_sample=True)
KEPT_PATH = Kind(
    "part of a derivative, through one unit", "dE/dkept_{unit}:{source}", per_sample=True
)
NET_BY_KEPT = Kind("local partial", "dnet_{unit}/dkept_{source}", per_sample=True)

PATH = Kind("part of a derivative, through one unit", "dE/dout_{unit}:{source}", per_sample=True)
SIGNAL = Kind("error signal of a unit", "error_{unit}", per_sample=True)
SIGNAL_PATH = Kind(
    "part of an error signal, through one unit", "error_{unit}:{source}", per_sample=True
)
KEPT_SIGNAL = Kind("error signal after dropout", "error_kept_{unit}", per_sample=True)
KEPT_SIGNAL_PATH = Kind(
    "part of an error signal, through one unit", "error_kept_{unit}:{source}", per_sample=True
)
NEGATIVE_DELTA = Kind("delta", "delta_{unit}", per_sample=True)
INPUT_PATH = Kind("part of a derivative, through one unit", "dE/d{unit}:{source}", per_sample=True)
USE = Kind("part of a derivative, from one use", "dE/d{unit}:{source}", per_sample=True)
NET_BY_PARAMETER = Kind("local partial", "dnet_{unit}/d{source}", per_sample=True)
NET_BY_OUT = Kind("local partial", "dnet_{unit}/dout_{source}", per_sample=True)
NET_BY_INPUT = Kind("local partial", "dnet_{unit}/d{source}", per_sample=True)
ERROR_BY_OUT = Kind("local partial", "dE_{unit}/dout_{source}", per_sample=True)

OUT_BY_OUT = Kind("share of one source", "dout_{unit}/dout_{source}", per_sample=True)
OUT_BY_KEPT = Kind("share of one source", "dout_{unit}/dkept_{source}", per_sample=True)
OUT_BY_INPUT = Kind("share of one source", "dout_{unit}/d{source}", per_sample=True)

MISS = Kind("target minus output", "error_{unit}", per_sample=True)
WRONG = Kind("wrong answer", "wrong_{unit}", per_sample=True)
SAMPLE_CHANGE = Kind("change of a parameter, one sample", "change_{unit}", per_sample=True)
CHANGE = Kind("change of a parameter", "change_{unit}")
CHANGE_OF_USE = Kind(
    "part of a change of a parameter, from one use", "change_{unit}:{source}", per_sample=True
)
DIRECTION = Kind("direction of a change", "direction_{unit}:{source}", per_sample=True)
EPOCH_WRONG = Kind("wrong answers of an epoch", "errors_epoch{unit}", per_step=False)
EPOCH_ERROR = Kind("error of an epoch", "E_epoch{unit}", per_step=False)

VARIABLE = Kind("variable", "{unit}")
RESULT = Kind("result of a line", "{unit}")
ADJOINT = Kind("adjoint", "d{source}/d{unit}")
CONTRIBUTION = Kind("contribution of one use", "d{source}/d{unit}")
TANGENT = Kind("tangent", "d{unit}/d{source}")
LOCAL = Kind("local partial", "d{unit}/d{source}")


ONLY_SAMPLE = "[1]"

TYPED = str.maketrans(
    {
        "∂": "d",
        "δ": "delta",
        "η": "learning_rate",
        "λ": "lambda",
        "⁺": "+",
        "α": "alpha",
        "β": "beta",
        "γ": "gamma",
        "ε": "epsilon",
        "μ": "mu",
        "ρ": "rho",
        "Δ": "change_",
        "\u0302": "hat",
    }
)
"""What people copy from a page, as they would type it."""


def typed(name: str, samples: bool) -> str:
    """A name as it is looked up: without blanks, and without the sample 1 if it is the only one.

    Args:
        name: as a person has written it, or copied it from a page.
        samples: whether names say the sample.
    """
    name = normalize("NFC", name.strip()).translate(TYPED)
    return name if samples else name.removesuffix(ONLY_SAMPLE)


def plain_name(quantity: Quantity, samples: bool = True, steps: bool = True) -> str:
    """The name that people type: ``dE/dnet_o1``, ``net_h1[2]``, ``w5+@3``.

    Args:
        quantity: any quantity.
        samples: whether the trace has several samples, so that names say which.
        steps: whether the trace has several training steps, so that names say which.
    """
    name = quantity.kind.plain.format(unit=quantity.unit, source=quantity.source)
    return name + _indices(quantity, samples, steps)


def plain_names(
    kind: Kind, units: Sequence[str], sources: Sequence[str] = (), sample: int = 0
) -> list[str]:
    """The plain names of many quantities of one kind, without training steps.

    Args:
        kind: their kind.
        units: the unit of each.
        sources: the second unit of each, for kinds that relate two.
        sample: the sample that all the names say; 0 for none.
    """
    pattern = kind.plain + (f"[{sample}]" if sample else "")
    seconds = sources or repeat("", len(units))
    return [
        pattern.format(unit=unit, source=second)
        for unit, second in zip(units, seconds, strict=True)
    ]


def alias_names(quantity: Quantity, samples: bool = True, steps: bool = True) -> tuple[str, ...]:
    """The other names that are understood for a quantity, such as ``delta_o1``."""
    indices = _indices(quantity, samples, steps)
    patterns = quantity.kind.aliases
    return tuple(
        pattern.format(unit=quantity.unit, source=quantity.source) + indices for pattern in patterns
    )


def _indices(quantity: Quantity, samples: bool, steps: bool) -> str:
    sample = f"[{quantity.sample}]" if samples and quantity.sample else ""
    step = f"@{quantity.step}" if steps and quantity.step else ""
    return sample + step
