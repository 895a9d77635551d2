"""A profile: the notation of a book, as its file says it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from tracer.notation.kinds import every_pattern
from tracer.notation.patterns import D
from tracer.rules.quantity import Kind

BY_NAME, BY_NUMBER = "names", "numbers"


class Profile(Struct, frozen=True, dict=True):
    """A notation, complete.

    Attributes:
        name: as ``--notation`` calls it.
        title: whose notation it is.
        source: the book or page that has it.
        checked: what was compared with the source, and what is ours.
        said: patterns of symbols by the names of the file.
        index: whether units are told by their names or by their numbers.
        first_layer: the number of the layer of inputs.
        product: what stands between two factors; empty: nothing but a blank.
        differential: ∂ or d.
        delta: the sign of delta, ``gradient`` or ``negative_gradient``.
        samples_as: what samples are in a matrix, ``rows`` or ``columns``.
        sample: what says the sample, over ``{sample}``.
        slope_first: whether the slope stands before what it is multiplied by.
        short: whether delta of an output is told in one formula, slope and loss multiplied out.
    """

    name: str
    title: str
    source: str
    checked: str
    said: Mapping[str, str]
    index: str = BY_NAME
    first_layer: int = 0
    product: str = "·"
    differential: str = "∂"
    delta: str = "gradient"
    samples_as: str = "rows"
    sample: str = "[{sample}]"
    slope_first: bool = False
    short: bool = False

    def patterns(self) -> dict[Kind, str]:
        """The pattern of every kind."""
        found = every_pattern(self.said)
        if self.differential != "∂":
            return {kind: pattern.replace("∂", D) for kind, pattern in found.items()}
        return found
