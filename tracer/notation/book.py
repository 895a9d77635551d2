"""A notation made of a profile and of what symbols say of one network."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial

from msgspec import field
from msgspec.structs import replace

from tracer.maths.expression import Expression
from tracer.notation.kinds import INPUTS, SLOTS, WEIGHTS
from tracer.notation.letters import USUAL, Letters
from tracer.notation.naming import Naming
from tracer.notation.notation import Notation
from tracer.notation.patterns import NOTHING, D, filled, in_words, parsed, prose_in
from tracer.notation.products import between_in_text
from tracer.notation.profile import BY_NUMBER, Profile
from tracer.notation.symbols import Sign, Tree, above, of_name
from tracer.phrase import ENGLISH, Words
from tracer.rules import quantity as kinds
from tracer.rules.quantity import Kind, Quantity

SLOT = re.compile(r"\{(\w+)\}")
PLACES = frozenset(("to", "from", "layer", "number"))
TOUCHING = re.compile(r"(?<=\})(?=[{0-9])")
"""Between two indices of which nothing stands."""
WITHOUT_SAMPLE = re.compile(r"[_^]\(?\{sample\}\)?(?=$|[_^/ ])|,\{sample\}|\{sample\},?")
HEAD = re.compile(r"[_^]")
ANY_DELTA = "δ"
"""What stands for any delta in the sentence on the update."""
OWN_NAMES = INPUTS | WEIGHTS


class BookNotation(Notation, frozen=True):
    """The symbols of a profile for one network.

    Attributes:
        profile: the profile.
        naming: what symbols say of the network.
        known: symbols in text that have been asked for.
    """

    profile: Profile | None = None
    naming: Naming = Naming()
    known: dict[tuple[Quantity, bool, bool], str] = field(default_factory=dict)

    def in_language(self, words: Words) -> BookNotation:
        """The same symbols with the words of a language."""
        return replace(self, words=words, known={})

    def symbol(self, quantity: Quantity) -> str:
        """The symbol of a quantity in one line of text."""
        key = quantity, self.samples, self.steps
        found = self.known.get(key)
        if found is None:
            pattern = prose_in(self._pattern(quantity), self.words)
            text = SLOT.sub(lambda slot: self._text(slot, quantity), pattern)
            found = self.known[key] = (text + self._marks(quantity)).replace(D, "d")
        return found

    @property
    def letters(self) -> Letters:
        """The letters of matrices: the capitals of the profile's own, where it has letters."""
        if self.profile is None:
            return USUAL
        said, total = self.profile.said, self.symbol(Quantity(kinds.TOTAL))
        net = _capital(said["net"], USUAL.net)
        is_letter = "/" not in said["delta"]
        return Letters(
            inputs=_capital(said["input"], USUAL.inputs),
            net=net,
            out=_capital(said["out"], USUAL.out),
            target=_capital(said["target"], USUAL.target),
            total=total,
            delta=HEAD.split(said["delta"])[0] if is_letter else f"∂{total}/∂{net}",
            negative=HEAD.split(said["delta"])[0] if is_letter else USUAL.negative,
            first_layer=self.profile.first_layer,
        )

    @property
    def between(self) -> Callable[[Expression, Expression], str] | None:
        """What stands between two factors in text, where a book puts them side by side."""
        return None if self.times else partial(between_in_text, self._word)

    def _word(self, of: object) -> str:
        """The symbol of a quantity, or a name as it stands."""
        return self.symbol(of) if isinstance(of, Quantity) else str(of)

    def tree(self, quantity: Quantity, in_step: bool = False) -> Tree:
        """The symbol of a quantity as a tree."""

        def fill(slot: str, in_script: bool) -> Tree:
            other = self._other(slot, quantity)
            if other is not None:
                return self.tree(other, in_step)
            name = self._name(slot, quantity)
            return of_name(name, in_script) if name else NOTHING

        tree = filled(parsed(self._pattern(quantity)), fill)
        tree = tree if self.words is ENGLISH else in_words(tree, self.words)
        for mark in (self._sample_mark(quantity), self._step_mark(quantity, in_step)):
            tree = above(tree, Sign(mark)) if mark else tree
        return tree

    def _text(self, slot: re.Match[str], quantity: Quantity) -> str:
        """What stands in a slot; a symbol with scripts that stands in one itself, in braces."""
        other = self._other(slot[1], quantity)
        if other is None:
            return self._name(slot[1], quantity)
        text = self.symbol(other)
        in_script = slot.start() and slot.string[slot.start() - 1] in "_^"
        return f"{{{text}}}" if in_script and HEAD.search(text) else text

    def _marks(self, quantity: Quantity) -> str:
        return self._sample_mark(quantity) + self._step_mark(quantity, False)

    def _sample_mark(self, quantity: Quantity) -> str:
        """What says the sample, where the symbol's pattern and what it is made of do not."""
        pattern = self._written(quantity)
        if not (self.samples and quantity.sample) or "{sample}" in pattern or _hands_on(pattern):
            return ""
        mark = self.profile.sample if self.profile else "[{sample}]"
        return mark.format(sample=quantity.sample)

    def _step_mark(self, quantity: Quantity, in_step: bool) -> str:
        told = quantity.step and (self.steps or in_step)
        return f"@{quantity.step}" if told and not _hands_on(self._written(quantity)) else ""

    def _written(self, quantity: Quantity) -> str:
        """The profile's pattern for a quantity."""
        if quantity.kind is kinds.OUT and self._is_output(quantity.unit) and self.profile:
            said = self.profile.said.get("output")
            if said and (self.naming.outputs_are_a_layer or "{number}" not in said):
                return said
        if quantity.kind is kinds.SAMPLE_ERROR and self.profile:
            return self.profile.said.get("sample_error") or self.symbols[kinds.TOTAL]
        if quantity.unit == ANY_DELTA and quantity.kind is kinds.VARIABLE and self.naming.spots:
            return self.letters.negative
        known = self.symbols.get(quantity.kind)
        return known or quantity.kind.plain.replace("{unit}", "{name}")

    def _is_output(self, unit: str) -> bool:
        return unit in self.naming.outputs

    def _pattern(self, quantity: Quantity) -> str:
        """The pattern for a quantity, of which every slot has something to stand in it."""
        pattern = self._written(quantity)
        if not (self.samples and quantity.sample):
            pattern = WITHOUT_SAMPLE.sub("", pattern)
        found = set(SLOT.findall(pattern))
        if found & PLACES and not self._has_places(quantity, found):
            return _by_name(pattern, quantity.kind)
        return TOUCHING.sub(",", pattern) if self.naming.spread else pattern

    def _has_places(self, quantity: Quantity, slots: set[str]) -> bool:
        """Whether it is known where a unit stands, or what a parameter connects."""
        unit, naming = quantity.unit, self.naming
        if quantity.kind in WEIGHTS:
            ends = naming.ends.get(unit)
            return ends is not None and ("from" not in slots or bool(ends.source))
        if unit in naming.outputs and "layer" not in slots and not naming.outputs_are_a_layer:
            return False
        return unit in naming.spots

    def _name(self, slot: str, quantity: Quantity) -> str:
        """The name or number in a slot."""
        ends = self.naming.ends.get(quantity.unit) if quantity.kind in WEIGHTS else None
        at = ends.to if ends else quantity.unit
        match slot:
            case "source":
                return quantity.source
            case "via":
                return quantity.source
            case "name":
                return quantity.unit
            case "to" | "from" if ends:
                return self._index(ends.to if slot == "to" else ends.source)
            case "layer" | "number":
                return str(getattr(self.naming.spots[at], slot))
            case "sample":
                return str(quantity.sample)
        return quantity.unit if quantity.kind in WEIGHTS else self._index(quantity.unit)

    def _index(self, unit: str) -> str:
        """What stands below a letter for a unit."""
        spot = self.naming.spots.get(unit)
        if spot is None:
            return unit
        return spot.number if self._by_number else spot.word

    @property
    def _by_number(self) -> bool:
        return self.profile is not None and self.profile.index == BY_NUMBER

    def _other(self, slot: str, quantity: Quantity) -> Quantity | None:
        """The quantity whose symbol stands in a slot; None where it is a name."""
        if slot == "via" and self._by_number and quantity.source in self.naming.spots:
            return Quantity(kinds.NET, quantity.source)
        name = slot.removeprefix("source_")
        if name not in SLOTS:
            return None
        kind, of = SLOTS[name][0], quantity.source if slot != name else quantity.unit
        if name == "parameter":
            kind = self.naming.parameters.get(of, kinds.VARIABLE)
        unit = "" if name in ("total", "data") else of
        carries = _first_slot(self._written(quantity)) == slot
        sample, step = (quantity.sample, quantity.step) if carries else (0, 0)
        if name == "total" and self.samples and quantity.sample and carries:
            kind = kinds.SAMPLE_ERROR
        return Quantity(kind, unit, sample=sample, step=step)


def _capital(pattern: str, otherwise: str) -> str:
    """The capital of a pattern's letter; where it has a word, the usual one."""
    head = HEAD.split(pattern)[0]
    return head.upper() if len(head) == 1 and head.isalpha() else otherwise


def _by_name(pattern: str, kind: Kind) -> str:
    """The pattern of what has no place: the letter, and its own name below it."""
    return "{unit}" if kind in OWN_NAMES else f"{HEAD.split(pattern)[0]}_{{unit}}"


@lru_cache(1_000)
def _hands_on(pattern: str) -> bool:
    """Whether marks of sample and step stand at the first symbol that a pattern is made of."""
    return ("/" in pattern or " " in pattern) and _first_slot(pattern) in SLOTS


@lru_cache(1_000)
def _first_slot(pattern: str) -> str:
    found = SLOT.search(pattern)
    return found[1] if found and ("/" in pattern or " " in pattern) else ""


def book(profile: Profile, naming: Naming, samples: bool, steps: bool = False) -> BookNotation:
    """The notation of a profile for one network.

    Args:
        profile: the profile.
        naming: what symbols say of the network.
        samples: whether symbols say the sample.
        steps: whether symbols say the training step.
    """
    times = profile.product
    return BookNotation(
        profile.name,
        profile.patterns(),
        times=times,
        chained=f" {times or '·'} ",
        power="{}^{}",
        raised=True,
        samples=samples,
        steps=steps,
        profile=profile,
        naming=naming,
    )
