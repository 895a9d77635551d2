"""Small specs whose numbers can be checked in the head, and traces of them."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import dedent

from tracer.derive.entries import Step
from tracer.derive.trace import Trace, trace
from tracer.maths.arithmetic import arithmetic
from tracer.notation.notation import terminal
from tracer.notation.said import english
from tracer.render.text import TextPage
from tracer.sheet.page import Section, Wanted, page, why_page
from tracer.spec import ExpressionProgram, Network, Spec, read_text, with_training

BY_HEAD = """
    title: A network for the head
    inputs: [x1, x2]
    layers:
      - {units: [h1, h2], activation: square, weights: [[1, 2], [3, -1]], bias: [1, 1]}
      - {units: [o1, o2], weights: [[1, 2], [-1, 3]], bias: 2}
    samples: [{input: [1, 2], target: [40, -20]}]
    training: {learning_rate: 0.1}
"""
"""net 6 and 2, out 36 and 4; net 46 and -22; deltas 6 and -2, then 96 and 24."""

IN_A_ROW = """
    inputs: [x]
    layers:
      - {units: [z], weights: [[w = 2]]}
    loss: squared_error
    samples:
      - {input: 1, target: 1}
      - {input: 2, target: 2}
      - {input: 3, target: 9}
    training: {learning_rate: 1/20}
"""
"""One weight and three samples: out is w*x, and dE/dw of a sample is 2*(w*x - target)*x."""

TWO_OUTPUT_LAYERS = """
    inputs: [x]
    layers:
      - {units: [h], output: yes, activation: square, weights: [[3]]}
      - {units: [o, p], weights: [[2], [5]]}
    samples: [{input: 1, target: [4, 7, 40]}]
    training: {learning_rate: 1/10}
"""
"""Outputs in two layers: out_h is 9, dE_h/dout_h 5, and through o and p come 11*2 and 5*5."""

SIGMOID = """
    title: One sigmoid unit
    inputs: [x]
    layers:
      - {units: [o], activation: sigmoid, weights: [[0.5]], bias: -0.25}
    samples: [{input: 1.5, target: 1}]
    training: {learning_rate: 1}
"""


def spec(text: str, **settings: str) -> Spec:
    """The spec of a text, indented as it may be, under other training settings."""
    return with_training(read_text(dedent(text), "net.yaml"), settings)


def network(text: str, **settings: str) -> Network:
    """The network of a text."""
    found = spec(text, **settings)
    assert isinstance(found, Network)
    return found


def program(*lines: str, **at: str) -> ExpressionProgram:
    """An expression program, some of its variables with numbers."""
    text = "expression:\n" + "".join(f"  - {line}\n" for line in lines)
    values = ", ".join(f"{name}: {number}" for name, number in at.items())
    found = read_text(text + f"at: {{{values}}}\n", "lines.yaml")
    assert isinstance(found, ExpressionProgram)
    return found


def traced(text: str, numbers: str = "exact", **settings: str) -> Trace:
    """The trace of a spec's text."""
    return trace(spec(text, **settings), arithmetic(numbers))


def calculated(found: Spec, numbers: str = "exact") -> Trace:
    """The trace of a spec."""
    return trace(found, arithmetic(numbers))


def names(trace: Trace) -> list[str]:
    """Every name of a trace, in its order."""
    return [entry.name for entry in trace]


def lines(trace: Trace, wanted: Wanted | None = None, width: int = 80) -> list[str]:
    """The lines of the whole page."""
    return list(_text(trace, width).lines(page(trace, wanted or Wanted())))


def why_lines(trace: Trace, name: str, wanted: Wanted | None = None) -> list[str]:
    """The lines of the page on one quantity."""
    return list(_text(trace, 80).lines(why_page(trace, name, wanted or Wanted())))


def told(trace: Trace, symbol: str, wanted: Wanted | None = None) -> list[str]:
    """The lines in which a page tells one step, from its symbol on, without the indent."""
    found = lines(trace, wanted)
    first = next(k for k, line in enumerate(found) if line.startswith(f"  {symbol} "))
    indent = len(symbol) + 3
    block = [found[first]]
    for line in found[first + 1 :]:
        if not line.startswith(" " * indent):
            break
        block.append(line)
    return [line.strip() for line in block]


def _text(trace: Trace, width: int) -> TextPage:
    return TextPage(terminal(samples=trace.several_samples), width)


def step(trace: Trace, name: str) -> Step:
    """The step of that name, which is no given."""
    found = trace[name]
    assert isinstance(found, Step)
    return found


def part_names(trace: Trace, name: str) -> list[str]:
    """The names of the lines of a step's longer telling."""
    return [part.name for part in step(trace, name).substeps]


def headings(sections: Iterable[Section]) -> list[str]:
    """The headings of sections, in English."""
    return [english(section.title) for section in sections]
