"""A spec to start from: a network of a given shape with small random numbers, and comments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from random import Random
from string import Template

from tracer import resources
from tracer.errors import LimitError
from tracer.spec.formulas import ONE_ACTIVATION
from tracer.spec.tree.compose import compose
from tracer.spec.tree.nodes import NOWHERE, Mapping, Scalar
from tracer.spec.tree.problems import Problems

MAX_WEIGHTS = 100_000
SMOOTH_UNIT, SIGNED_UNIT = ("0.01", "0.99"), ("-0.9", "0.9")
TARGETS = {
    "sigmoid": SMOOTH_UNIT,
    "bipolar_sigmoid": SIGNED_UNIT,
    "tanh": SIGNED_UNIT,
    "hard_tanh": SIGNED_UNIT,
    "step": ("0", "1"),
    "sign": ("-1", "1"),
}
"""What units can be trained towards; the outputs of all others have no bounds."""

PLAIN = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-*/()., <>=")


def starter(shape: tuple[int, ...], activation: str, integers: bool, seed: int) -> str:
    """The text of a spec that reads back, the same one for the same arguments.

    Args:
        shape: how many inputs, then how many units in each layer; at least two numbers.
        activation: of every layer, as a spec writes it: a name, a name with parameters
            (``{name: elu, alpha: 2}``) or a formula in net.
        integers: whole numbers only, easy by hand.
        seed: which random numbers.

    Raises:
        LimitError: the network would have too many weights.
        SpecError: there is no such activation.
    """
    weights = sum(before * after for before, after in pairwise(shape))
    if weights > MAX_WEIGHTS:
        raise LimitError(f"{weights:,} weights are too many to write down; at most {MAX_WEIGHTS:,}")
    name, written = _checked(activation)
    numbers = _numbers(Random(seed), integers)
    groups = list(_groups(shape))
    head = _filled("head", shape="-".join(map(str, shape)), inputs=_listed(groups[0]))
    layers = [_layer(units, sources, written, numbers) for sources, units in pairwise(groups)]
    return head + "".join(layers) + _tail(groups[0], groups[-1], name, numbers, integers)


def _filled(part: str, **words: str) -> str:
    """A part of the text, from its template."""
    text = (resources.folder("templates") / "spec" / f"{part}.yaml").read_text(encoding="utf-8")
    return Template(text).substitute(words)


def _checked(activation: str) -> tuple[str, str]:
    """The activation's name in the table, or the formula; and how the spec writes it."""
    problems = Problems("--activation")
    has_parameters = activation.lstrip().startswith("{")
    node = compose(activation, problems) if has_parameters else Scalar(activation, *NOWHERE)
    found = ONE_ACTIVATION.read(node, problems)
    problems.tell()
    assert found is not None, "what cannot be read has been complained about"
    return found.name, _mapping(node) if isinstance(node, Mapping) else _quoted(activation)


def _mapping(node: Mapping) -> str:
    """A mapping from words to words in one line."""
    pairs = [(key.text, value.text) for key, value in node.pairs if isinstance(value, Scalar)]
    return f"{{{', '.join(f'{key}: {_quoted(value)}' for key, value in pairs)}}}"


def _groups(shape: Sequence[int]) -> Iterator[list[str]]:
    """The names that the reader gives to inputs and units which are only counted."""
    yield [f"x{k}" for k in range(1, shape[0] + 1)]
    hidden = 0
    for size in shape[1:-1]:
        yield [f"h{k}" for k in range(hidden + 1, hidden + size + 1)]
        hidden += size
    yield [f"o{k}" for k in range(1, shape[-1] + 1)]


def _numbers(random: Random, integers: bool) -> Callable[[bool], str]:
    """Small numbers that are not 0: positive ones only, or both signs."""

    def number(positive: bool) -> str:
        size = random.randint(1, 3) if integers else random.randint(1, 18)
        sign = "" if positive or random.random() < 0.6 else "-"
        return f"{sign}{size}" if integers else f"{sign}{size * 5 / 100:.2f}"

    return number


def _layer(
    units: list[str], sources: list[str], activation: str, number: Callable[[bool], str]
) -> str:
    row = "      - {weights}  # into {unit}"
    return _filled(
        "layer",
        units=_listed(units),
        activation=activation,
        sources=", ".join(sources[:4]) + (", ..." if len(sources) > 4 else ""),
        rows="\n".join(
            row.format(weights=_listed([number(False) for _ in sources]), unit=unit)
            for unit in units
        ),
        bias=_listed([number(False) for _ in units]),
    )


def _tail(
    inputs: list[str],
    outputs: list[str],
    activation: str,
    number: Callable[[bool], str],
    integers: bool,
) -> str:
    """The samples and the training; targets lie where the outputs can go."""
    bounds = TARGETS.get(activation)
    if bounds and integers:
        bounds = ("-1" if bounds[0].startswith("-") else "0", "1")
    targets = [bounds[k % 2] if bounds else number(True) for k in range(len(outputs))]
    given = _listed([number(True) for _ in inputs])
    return _filled("tail", inputs=given, targets=_listed(targets))


def _listed(words: Sequence[str]) -> str:
    return f"[{', '.join(words)}]"


def _quoted(text: str) -> str:
    """A text as YAML writes it, in quotes where it may mean something there."""
    if set(text) <= PLAIN and text[:1].isalnum():
        return text
    return "'" + text.replace("'", "''") + "'"
