"""Networks written as net.yaml, in whichever of the format's forms a random choice falls on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random

from tests.support.networks import BIAS, Case, Drawn, Group, Training, Unit


def written(drawn: Drawn, random: Random | None = None) -> str:
    """A network as YAML.

    Args:
        drawn: the network.
        random: chooses among the forms; None: everything is named, in the plainest form.
    """
    return _Writer(drawn, random).text()


class _Writer:
    """One writing of a network; every choice is the first one where nothing is random."""

    def __init__(self, drawn: Drawn, random: Random | None) -> None:
        self.drawn, self.random = drawn, random
        self.edges = 0
        self.said: set[str] = set()
        self.apart: list[str] = []
        self.uses = Counter(edge.parameter for unit in drawn.units for edge in unit.edges)
        self.uses.update(unit.offset for unit in drawn.units if unit.offset)

    def choose(self, *options: str) -> str:
        return self.random.choice(options) if self.random else options[0]

    def text(self) -> str:
        parts = [self._inputs(), "layers:"]
        parts += [self._layer(k, group) for k, group in enumerate(self.drawn.groups, 1)]
        if self.apart:
            pairs = ", ".join(f"{name}: {self.drawn.numbers[name]}" for name in self.apart)
            parts.append(f"parameters: {{{pairs}}}")
        parts += [f"loss: {self._loss()}", "samples:"]
        parts += [self._case(case) for case in self.drawn.cases]
        parts += self._training(self.drawn.training)
        return "\n".join(parts) + "\n"

    def _loss(self) -> str:
        text = self.drawn.loss.written
        return text if text.startswith("{") else quoted(text)

    def _inputs(self) -> str:
        names = self.drawn.inputs
        counted = names == tuple(f"x{k}" for k in range(1, len(names) + 1))
        if counted and self.choose("names", "count") == "count":
            return f"inputs: {len(names)}"
        return f"inputs: [{', '.join(names)}]"

    def _units(self, number: int, group: Group) -> str:
        names = tuple(unit.name for unit in group.units)
        last = number == len(self.drawn.groups)
        before = sum(len(group.units) for group in self.drawn.groups[: number - 1])
        letter, start = ("o", 0) if last else ("h", before)
        counted = names == tuple(f"{letter}{start + k + 1}" for k in range(len(names)))
        own = counted and self.choose("names", "count") == "count"
        return str(len(names)) if own else f"[{', '.join(names)}]"

    def _layer(self, number: int, group: Group) -> str:
        lines = [f"units: {self._units(number, group)}"]
        if group.name:
            lines.append(f"name: {group.name}")
        if group.output or (number == len(self.drawn.groups) and not self.choose("said", "")):
            lines.append("output: yes")
        if group.sources:
            words = group.sources
            one = len(words) == 1 and self.choose("list", "word") == "word"
            lines.append(f"from: {words[0] if one else '[' + ', '.join(words) + ']'}")
        lines.append(f"activation: {self._activations(group)}")
        offsets, first = self._offsets(number, group)
        lines.append(f"weights: {self._weights(group, first)}")
        lines += ["bias_first: yes"] if first else offsets()
        return "\n".join(("  - " if not k else "    ") + line for k, line in enumerate(lines))

    def _activations(self, group: Group) -> str:
        if group.joint:
            return group.joint.written
        texts = [
            unit.curve.written if unit.curve.written.startswith("{") else quoted(unit.curve.written)
            for unit in group.units
        ]
        if len(set(texts)) == 1 and self.choose("one", "each") == "one":
            return texts[0]
        if self.choose("list", "mapping") == "list":
            return f"[{', '.join(texts)}]"
        pairs = zip((unit.name for unit in group.units), texts, strict=True)
        return "{" + ", ".join(f"{name}: {text}" for name, text in pairs) + "}"

    def _weights(self, group: Group, first: bool) -> str:
        """Rows, with ``none`` for a missing edge; or named edges."""
        named = not first and self.choose("named", "rows") == "named"
        rows = []
        for unit in group.units:
            edges = {edge.source: edge.parameter for edge in unit.edges}
            start = [self._own_offset(group, unit)] if first else []
            if named:
                pairs = [f"{source}: {self._weight(edges[source])}" for source in edges]
                rows.append(f"{unit.name}: {{{', '.join(pairs)}}}")
            else:
                cells = [
                    self._weight(edges[source]) if source in edges else "none"
                    for source in group.reach
                ]
                rows.append(f"[{', '.join(start + cells)}]")
        return f"{{{', '.join(rows)}}}" if named else f"[{', '.join(rows)}]"

    def _weight(self, name: str) -> str:
        self.edges += 1
        default = name == f"w{self.edges}" and self.uses[name] == 1
        return self._entry(name, default)

    def _offset(self, name: str | None, default: bool) -> str:
        return "none" if name is None else self._entry(name, default)

    def _own_offset(self, group: Group, unit: Unit) -> str:
        letter = "b" if group.kind == BIAS else "theta"
        default = unit.offset == f"{letter}_{unit.name}" and self.uses[unit.offset] == 1
        return self._offset(unit.offset, default)

    def _entry(self, name: str, default: bool) -> str:
        """A number alone, a name with its number, a mapping, or the name again."""
        number = self.drawn.numbers[name]
        if name in self.said:
            return self.choose(name, f"{name} = {number}")
        self.said.add(name)
        forms = [f"{name} = {number}", f"{{name: {name}, value: {number}}}"]
        if default:
            forms += [number] * 4
        form = self.choose(*forms, name)
        if form == name:
            self.apart.append(name)
        return form

    def _offsets(self, number: int, group: Group) -> tuple[Callable[[], list[str]], bool]:
        """How the layer's offsets are said, and whether its rows start with them.

        What is said after the weights is a function, to be called after them.
        """
        names = [unit.offset for unit in group.units]
        letter = "b" if group.kind == BIAS else "theta"
        if names == [None] * len(names):
            return lambda: [f"{group.kind}: none"] if self.choose("", "said") else [], False
        if len(set(names)) == 1 and self.choose("shared", "each") == "shared":
            default = names[0] == f"{letter}{number}" and self.uses[names[0]] == len(names)
            return lambda: [f"{group.kind}: {self._offset(names[0], default)}"], False
        if group.kind == BIAS and self.choose("", "first"):
            return list, True
        return lambda: [f"{group.kind}: {self._each(group)}"], False

    def _each(self, group: Group) -> str:
        pairs = [(unit.name, self._own_offset(group, unit)) for unit in group.units]
        if self.choose("list", "mapping") == "list":
            return f"[{', '.join(text for _, text in pairs)}]"
        return "{" + ", ".join(f"{name}: {text}" for name, text in pairs if text != "none") + "}"

    def _case(self, case: Case) -> str:
        outputs = tuple(unit.name for unit in self.drawn.outputs)
        given = self._values(self.drawn.inputs, case.inputs)
        wanted = self._values(outputs, case.targets)
        return f"  - {{input: {given}, target: {wanted}}}"

    def _values(self, names: tuple[str, ...], numbers: tuple[str, ...]) -> str:
        form = self.choose("list", "mapping", "alone")
        if form == "alone" and len(numbers) == 1:
            return numbers[0]
        if form == "mapping":
            pairs = ", ".join(f"{name}: {text}" for name, text in zip(names, numbers, strict=True))
            return f"{{{pairs}}}"
        return f"[{', '.join(numbers)}]"

    def _training(self, training: Training) -> list[str]:
        if not training.rate:
            return []
        fields = [f"learning_rate: {training.rate}", f"steps: {training.steps}"]
        if training.batch:
            fields.append(f"batch: {training.batch}")
        if training.mean:
            fields.append("reduction: mean")
        if training.in_place:
            fields.append("update: in_place")
        if training.frozen:
            fields.append(f"frozen: [{', '.join(training.frozen)}]")
        if training.evaluated:
            fields.append("evaluate_after: yes")
        return [f"training: {{{', '.join(fields)}}}"]


def quoted(text: str) -> str:
    """A formula in quotes; a name as it is."""
    return text if text.isidentifier() else f"'{text}'"
