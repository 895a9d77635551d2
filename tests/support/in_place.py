"""A backward pass written out by hand, in which each layer is updated before the one below.

Its derivatives are no gradients, so that no general method of differentiation can witness them.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tests.support.mathematics import EXACT, Dual
from tests.support.networks import THRESHOLD, Drawn, Group, value
from tests.support.reading import evaluated
from tests.support.witness import ONE, ZERO, by_duals

Values = dict[str, Fraction]


class InPlace:
    """One training step over some samples, in fractions.

    Attributes:
        weights: the parameters, new where they are updated already.
        found: every derivative by its plain name, without the mark of a sample.
    """

    def __init__(self, drawn: Drawn, samples: list[int]) -> None:
        self.drawn, self.samples = drawn, samples
        self.weights = {name: value(text) for name, text in drawn.numbers.items()}
        self.made = {sample: by_duals(drawn, sample)[0] for sample in samples}
        self.found: dict[int, Values] = {sample: {} for sample in samples}
        self.updated: Values = {}
        for group in reversed(drawn.groups):
            for sample in samples:
                self._nodes(group, sample)
            self._update(group)
        for sample in samples:
            for name in drawn.inputs:
                self.found[sample][f"dE/d{name}"] = self._over_paths(name, sample)

    def _nodes(self, group: Group, sample: int) -> None:
        found, made = self.found[sample], self.made[sample]
        for unit in group.units:
            by_out = self._over_paths(unit.name, sample)
            if self.drawn.has_targets(group):
                by_out += self._of_loss(unit.name, sample)
            net = Dual(made[f"net_{unit.name}"], {"x": ONE})
            slope = evaluated(unit.curve.meaning, {"x": net}, EXACT).slopes.get("x", ZERO)
            found[f"dE/dout_{unit.name}"] = by_out
            found[f"dE/dnet_{unit.name}"] = by_out * slope

    def _of_loss(self, unit: str, sample: int) -> Fraction:
        names = [output.name for output in self.drawn.outputs]
        target = value(self.drawn.cases[sample - 1].targets[names.index(unit)])
        numbers = {
            "out": Dual(self.made[sample][f"out_{unit}"], {"out": ONE}),
            "target": Dual(target, {}),
            "n": Dual(Fraction(len(names)), {}),
        }
        slope = evaluated(self.drawn.loss.meaning, numbers, EXACT).slopes.get("out", ZERO)
        return Fraction(slope)

    def _over_paths(self, source: str, sample: int) -> Fraction:
        found = self.found[sample]
        paths = (
            found[f"dE/dnet_{unit.name}"] * self.weights[edge.parameter]
            for unit in self.drawn.units
            for edge in unit.edges
            if edge.source == source
        )
        return sum(paths, ZERO)

    def _update(self, group: Group) -> None:
        """New values for the parameters that no lower layer uses."""
        below = self.drawn.groups[: self.drawn.groups.index(group)]
        later = {name for other in below for name in _parameters(other)}
        rate = value(self.drawn.training.rate)
        for name in _parameters(group):
            if name in later or self.drawn.is_frozen(name) or name in self.updated:
                continue
            total = sum((self._gradient(name, sample) for sample in self.samples), ZERO)
            count = len(self.samples) if self.drawn.training.mean else 1
            self.updated[name] = self.weights[name] - rate * total / count
        self.weights |= self.updated

    def _gradient(self, name: str, sample: int) -> Fraction:
        found, case = self.found[sample], self.drawn.cases[sample - 1]
        outs = dict(zip(self.drawn.inputs, map(value, case.inputs), strict=True))
        outs |= {unit.name: self.made[sample][f"out_{unit.name}"] for unit in self.drawn.units}
        total = ZERO
        for group in self.drawn.groups:
            sign = -1 if group.kind == THRESHOLD else 1
            for unit in group.units:
                delta = found.get(f"dE/dnet_{unit.name}", ZERO)
                total += sum(
                    (delta * outs[edge.source] for edge in unit.edges if edge.parameter == name),
                    ZERO,
                )
                total += sign * delta if unit.offset == name else 0
        return total


def _parameters(group: Group) -> Iterator[str]:
    for unit in group.units:
        yield from (edge.parameter for edge in unit.edges)
        if unit.offset is not None:
            yield unit.offset
