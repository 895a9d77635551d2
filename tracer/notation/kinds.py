"""What a profile of a notation can say: symbols by name, and what all others are composed of."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from tracer.notation.notation import TERMINAL
from tracer.notation.optimisers import SYMBOLS
from tracer.rules import optimisers
from tracer.rules import quantity as kinds
from tracer.rules.quantity import Kind

WEIGHTS = frozenset((kinds.WEIGHT, kinds.BIAS, kinds.THRESHOLD))
INPUTS = frozenset((kinds.INPUT, kinds.STATE))


class Base(Struct, frozen=True):
    """A symbol that a profile has to say, or can.

    Attributes:
        kinds: the kinds of quantities that have it.
        says: what it is, for a reader of the file.
        tells: of which slots its pattern needs one, so that no two quantities look alike.
        otherwise: the pattern where a profile says none; empty: a profile has to.
    """

    kinds: tuple[Kind, ...]
    says: str
    tells: tuple[str, ...] = ()
    otherwise: str = ""


OF_UNIT = ("unit", "number")
OF_OUT = (*OF_UNIT, "out")
OF_PARAMETER = ("unit", "to")
CHANGED = ("parameter", "unit")

BASE: Mapping[str, Base] = {
    "input": Base((kinds.INPUT, kinds.STATE), "an input", OF_UNIT),
    "weight": Base((kinds.WEIGHT,), "a weight, to a unit from another", OF_PARAMETER),
    "bias": Base((kinds.BIAS,), "a bias", OF_PARAMETER),
    "threshold": Base((kinds.THRESHOLD,), "a threshold", OF_PARAMETER),
    "net": Base((kinds.NET,), "the net input of a unit", OF_UNIT),
    "out": Base((kinds.OUT,), "the output of a unit", OF_UNIT),
    "target": Base((kinds.TARGET,), "the target of an output", OF_UNIT),
    "error": Base((kinds.ERROR,), "the error of one output", OF_UNIT),
    "total": Base((kinds.TOTAL, kinds.SAMPLE_ERROR), "the total error"),
    "delta": Base((kinds.DELTA, kinds.NEGATIVE_DELTA), "delta of a unit", (*OF_UNIT, "net")),
    "learning_rate": Base((kinds.LEARNING_RATE,), "the learning rate"),
    "momentum": Base(
        tuple(row.kind for row in (optimisers.GAMMA, optimisers.ALPHA, optimisers.MU)),
        "the share of momentum",
    ),
    "change": Base(
        (
            kinds.CHANGE,
            kinds.SAMPLE_CHANGE,
            optimisers.CHANGE.kind,
        ),
        "a change of a parameter",
        CHANGED,
    ),
    "updated": Base((kinds.UPDATED,), "a parameter after the update", CHANGED),
    "kept": Base((kinds.KEPT,), "an output after dropout", (*OF_UNIT, "out")),
    "mask": Base((kinds.MASK,), "a mask of dropout", OF_UNIT),
    "strength": Base((kinds.STRENGTH,), "the strength of a penalty", ("unit",)),
    "output": Base((), "the output of an output unit, where it is called otherwise", OF_UNIT, "?"),
    "sample_error": Base((kinds.SAMPLE_ERROR,), "the error of one sample", (), "?"),
    "signal": Base((kinds.SIGNAL,), "minus the derivative by an output", OF_OUT, "error_{name}"),
    "miss": Base((kinds.MISS,), "target minus output", OF_OUT, "error_{name}"),
    "data_error": Base((kinds.DATA_ERROR,), "the error without penalty", (), "{total}_data"),
    "penalty": Base((kinds.PENALTY,), "a penalty", ("unit",), "R{unit}"),
    "velocity": Base((optimisers.VELOCITY.kind,), "a velocity", CHANGED, "v_{parameter}"),
}
"""The symbols of a profile, by the names of its file; those with ``otherwise`` may be left out."""

COMPOSED: Mapping[Kind, str] = {
    kinds.BY_OUT: "∂{total}/∂{out}",
    kinds.SLOPE: "∂{out}/∂{net}",
    kinds.JACOBIAN: "∂{out}/∂{source_net}",
    kinds.BY_INPUT: "∂{total}/∂{input}",
    kinds.SAMPLE_GRADIENT: "∂{total}/∂{parameter}",
    kinds.GRADIENT: "∂{total}/∂{parameter}",
    kinds.MOVED_INPUT: "{input}⁺",
    kinds.CHANGE_OF_USE: "Δ{parameter} from {via}",
    kinds.DIRECTION: "sign of Δ{parameter}",
    kinds.EPOCH_ERROR: "{total} in epoch {unit}",
    kinds.DATA_GRADIENT: "∂{data}/∂{parameter}",
    kinds.PENALTY_SLOPE: "∂{source_penalty}/∂{parameter}",
    kinds.PATH: "∂{total}/∂{out} through {via}",
    kinds.SIGNAL_PATH: "{signal} through {via}",
    kinds.INPUT_PATH: "∂{total}/∂{input} through {via}",
    kinds.USE: "∂{total}/∂{parameter} through {via}",
    kinds.NET_BY_PARAMETER: "∂{net}/∂{source_parameter}",
    kinds.NET_BY_OUT: "∂{net}/∂{source_out}",
    kinds.NET_BY_INPUT: "∂{net}/∂{source_input}",
    kinds.ERROR_BY_OUT: "∂{error}/∂{source_out}",
    kinds.OUT_BY_OUT: "∂{out}/∂{source_out}",
    kinds.OUT_BY_KEPT: "∂{out}/∂{source_kept}",
    kinds.OUT_BY_INPUT: "∂{out}/∂{source_input}",
    kinds.BY_KEPT: "∂{total}/∂{kept}",
    kinds.KEPT_BY_OUT: "∂{kept}/∂{out}",
    kinds.KEPT_BY_INPUT: "∂{kept}/∂{input}",
    kinds.KEPT_PATH: "∂{total}/∂{kept} through {via}",
    kinds.KEPT_SIGNAL: "{signal} kept",
    kinds.KEPT_SIGNAL_PATH: "{signal} kept through {via}",
    kinds.NET_BY_KEPT: "∂{net}/∂{source_kept}",
}
"""Every other symbol of a network, over those of a profile, which may say it otherwise."""

COMPOSED_NAMES: Mapping[str, Kind] = {
    "slope": kinds.SLOPE,
    "by_out": kinds.BY_OUT,
    "by_input": kinds.BY_INPUT,
    "by_kept": kinds.BY_KEPT,
    "by_parameter": kinds.GRADIENT,
    "jacobian": kinds.JACOBIAN,
    "net_by_parameter": kinds.NET_BY_PARAMETER,
    "net_by_out": kinds.NET_BY_OUT,
    "net_by_input": kinds.NET_BY_INPUT,
    "error_by_out": kinds.ERROR_BY_OUT,
    "moved_input": kinds.MOVED_INPUT,
    "path": kinds.PATH,
    "part_of_gradient": kinds.USE,
}
"""The composed symbols that a profile may say otherwise, by the names of its file."""

SLOTS: Mapping[str, tuple[Kind, ...]] = {
    "total": (kinds.TOTAL,),
    "data": (kinds.DATA_ERROR,),
    "out": (kinds.OUT,),
    "net": (kinds.NET,),
    "kept": (kinds.KEPT,),
    "input": (kinds.INPUT,),
    "error": (kinds.ERROR,),
    "signal": (kinds.SIGNAL,),
    "penalty": (kinds.PENALTY,),
    "parameter": (kinds.WEIGHT,),
}
"""The slots that stand for another symbol; with ``source_`` before them for that of the second."""

NAMES = ("name", "unit", "source", "to", "from", "layer", "number", "sample", "via")
"""The slots that stand for names and numbers."""

EVERY_SLOT = frozenset((*NAMES, *SLOTS, *(f"source_{slot}" for slot in SLOTS)))


def of_optimisers() -> dict[Kind, str]:
    """The symbols that optimisers bring along: what has a parameter below has its symbol there."""
    return {kind: text.replace("{unit}", "{parameter}") for kind, text in SYMBOLS.items()}


def every_pattern(said: Mapping[str, str]) -> dict[Kind, str]:
    """The pattern of each kind.

    Args:
        said: what a profile says, by the names of its file.
    """
    own = {kind: text.replace("{unit}", "{name}") for kind, text in TERMINAL.items()}
    found = {**own, **of_optimisers(), **COMPOSED}
    for name, base in BASE.items():
        pattern = said.get(name) or base.otherwise
        if pattern != "?":
            found.update(dict.fromkeys(base.kinds, pattern))
    for name, kind in COMPOSED_NAMES.items():
        if name in said:
            found[kind] = said[name]
    if "by_parameter" in said:
        found[kinds.SAMPLE_GRADIENT] = said["by_parameter"]
    if "/" in found[kinds.DELTA]:
        found[kinds.NEGATIVE_DELTA] = "δ_{name}"
    updated = found[kinds.UPDATED]
    for state in (optimisers.VELOCITY, optimisers.CHANGE):
        found[state.after] = updated.replace("{parameter}", found[state.kind])
    found[kinds.MOVED_INPUT] = said.get("moved_input", updated.replace("{parameter}", "{input}"))
    return found
