"""The plain names of a program's quantities, and the way back from a typed name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from tracer.derive.program import Program
from tracer.derive.recipe import SubStep
from tracer.errors import UnknownQuantityError, suggestion
from tracer.rules.quantity import (
    CHANGE,
    DATA_ERROR,
    DATA_GRADIENT,
    GRADIENT,
    SAMPLE_CHANGE,
    SAMPLE_ERROR,
    SAMPLE_GRADIENT,
    TOTAL,
    Kind,
    alias_names,
    plain_name,
    plain_names,
    typed,
)

OF_ONE_SAMPLE: Mapping[Kind, Kind] = {
    DATA_ERROR: SAMPLE_ERROR,
    TOTAL: SAMPLE_ERROR,
    DATA_GRADIENT: SAMPLE_GRADIENT,
    GRADIENT: SAMPLE_GRADIENT,
    CHANGE: SAMPLE_CHANGE,
}
"""What a quantity of a batch is for each of its samples; the first one of a name counts."""


class Names:
    """The names in one program; they do not say the training step.

    Attributes:
        program: the program.
        samples: whether names say the sample.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.samples = program.several_samples

    @cached_property
    def listed(self) -> list[str]:
        """The name at each address."""
        return [
            name
            for block in self.program.blocks
            for name in plain_names(
                block.kind, block.units, block.sources, block.sample if self.samples else 0
            )
        ]

    @cached_property
    def _addresses(self) -> dict[str, int]:
        """The address of every name; where two quantities share a name, of the later one."""
        return {name: address for address, name in enumerate(self.listed)}

    @cached_property
    def _aliases(self) -> dict[str, int]:
        found = {
            alias: address
            for block in self.program.blocks
            if block.kind.aliases
            for k, address in enumerate(block.addresses)
            for alias in alias_names(block.quantity(k), self.samples, steps=False)
        }
        if self.samples and len(self.program.samples) == 1:
            for name, address in self._of_only_sample(min(self.program.samples)):
                found.setdefault(name, address)
        return found

    def _of_only_sample(self, sample: int) -> Iterator[tuple[str, int]]:
        """In a batch of one, what is of the batch is of its sample, and answers to its name."""
        for block in self.program.blocks:
            kind = OF_ONE_SAMPLE.get(block.kind)
            if kind is not None:
                names = plain_names(kind, block.units, block.sources, sample)
                yield from zip(names, block.addresses, strict=True)

    @cached_property
    def _greek(self) -> dict[str, int]:
        """The address of each name with other letters than English ones, in those."""
        others = (name for name in self._addresses if not name.isascii())
        return {typed(name, self.samples): self._addresses[name] for name in others}

    @cached_property
    def _parts(self) -> dict[str, tuple[int, SubStep]]:
        """The lines of longer tellings, by name: (address of their step, line)."""
        found: dict[str, tuple[int, SubStep]] = {}
        for block in self.program.blocks:
            for k, address in enumerate(block.addresses if block.recipe else ()):
                assert block.recipe is not None
                for part in block.recipe.substeps(k, self.program):
                    name = plain_name(part.quantity, self.samples, steps=False)
                    found.setdefault(name, (address, part))
        return found

    def address(self, name: str) -> int | None:
        """The address of a name; None where the program has no such quantity."""
        spelling = typed(name, self.samples)
        found = (known.get(spelling) for known in (self._addresses, self._aliases, self._greek))
        exact = self._addresses.get(name.strip())
        return next((at for at in (exact, *found) if at is not None), None)

    def part(self, name: str) -> tuple[int, SubStep] | None:
        """The line of a longer telling that has a name, and the address of its step."""
        exact = self._parts.get(name.strip())
        return self._parts.get(typed(name, self.samples)) if exact is None else exact

    def _with_sample(self, name: str) -> str:
        """The same name with a sample, where names say it and this one does not."""
        sample = min(self.program.samples, default=0)
        with_it = f"{typed(name, self.samples)}[{sample}]"
        return f" (did you mean '{with_it}'?)" if with_it in self._addresses else ""

    def unknown(self, name: str) -> UnknownQuantityError:
        """The error for a name that is not here, with the names that come close."""
        known = [*self._addresses, *self._aliases]
        hint = self._with_sample(name) or suggestion(name, known, most=3, likeness=0.5)
        return UnknownQuantityError(f"this trace has no quantity '{name}'{hint}")
