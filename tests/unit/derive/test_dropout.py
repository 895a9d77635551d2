"""Dropout in traces: what is kept, the way back, the test after training, and saved traces."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from tests.unit.spec.saying import network
from tracer.derive.entries import Given, Step
from tracer.derive.evaluate import evaluate
from tracer.derive.run import plan
from tracer.derive.trace import Trace, trace
from tracer.errors import TracerError
from tracer.maths.arithmetic import arithmetic
from tracer.maths.expression import Mul, Symbol
from tracer.notation.numbers import NumberFormat
from tracer.render.json import from_json, to_json
from tracer.rules.quantity import Quantity, plain_name
from tracer.spec import Network, with_training

Values = dict[str, Fraction]


def spec(dropout: str, more: str = "", samples: str = "{input: [1, 2], target: 2}") -> Network:
    """A network of three hidden units, everything exact."""
    return network(
        f"""
    inputs: [x1, x2]
    {more}
    layers:
      - units: [h1, h2, h3]
        activation: square
        weights: [[1, 1], [-1, 2], [1/2, 1/2]]
        bias: 1
        dropout: {{{dropout}}}
      - {{units: [o], weights: [[1/2, -1, 1/4]], bias: 0}}
    samples: [{samples}]
    training: {{learning_rate: 1/100, steps: 2, evaluate_after: yes}}
    """
    )


INVERTED = "keep: 1/2, mask: [[[1, 0, 1]], [[0, 1, 1]]]"
PLAIN = f"{INVERTED}, form: plain"


def exact(found: Network) -> Trace:
    """Its trace in fractions."""
    return trace(found, arithmetic("exact"))


def values(found: Trace, *names: str) -> list[Fraction]:
    """Some values."""
    return [Fraction(found[name].value) for name in names]


def saved(found: Trace) -> str:
    """Its JSON."""
    return "".join(to_json(found, NumberFormat()))


def units(pattern: str) -> list[str]:
    """A name for each hidden unit."""
    return [pattern.format(f"h{k}") for k in (1, 2, 3)]


def test_inverted_dropout_scales_what_is_kept() -> None:
    """kept = out*mask/keep, and dE/dout = dE/dkept*mask/keep; the weights see what is kept."""
    found = exact(spec(INVERTED))
    assert values(found, *units("out_{}@1")) == [16, 16, Fraction(25, 4)]
    assert values(found, *units("kept_{}@1")) == [32, 0, Fraction(25, 2)]
    (delta,) = values(found, "dE/dnet_o@1")
    assert values(found, *units("dE/dkept_{}@1")) == [delta / 2, -delta, delta / 4]
    assert values(found, *units("dE/dout_{}@1")) == [delta, 0, delta / 2]
    weights = values(found, "dE/dw7@1", "dE/dw8@1", "dE/dw9@1")
    assert weights == [32 * delta, 0, Fraction(25, 2) * delta]


def test_plain_dropout_scales_in_the_test() -> None:
    """In training kept = out*mask; in the forward pass at the end every out is times keep."""
    found = exact(spec(PLAIN))
    assert values(found, *units("kept_{}@2"))[0] == 0
    assert values(found, "kept_h2@2") == values(found, "out_h2@2")
    halves = [value / 2 for value in values(found, *units("out_{}@3"))]
    assert values(found, *units("kept_{}@3")) == halves


def test_nothing_is_dropped_in_the_test_of_inverted_dropout() -> None:
    """The last forward pass has no masks, and its weighted sums are over the outputs."""
    found = exact(spec(INVERTED))
    assert "kept_h1@3" not in found
    assert "mask_h1@3" not in found
    step = found["net_o@3"]
    assert isinstance(step, Step)
    assert "out_h2@3" in {entry.name for entry in step.operands}


def test_each_step_states_its_masks() -> None:
    """The masks of every training step are given on the page; inputs only once."""
    found = exact(spec(INVERTED))
    told = [entry.name for entry in found if isinstance(entry, Given)]
    assert [name for name in told if name.startswith("mask")] == [
        *units("mask_{}@1"),
        *units("mask_{}@2"),
    ]
    assert sum(name.startswith("x1") for name in told) == 1


def test_the_way_back_is_told_by_its_own_partials() -> None:
    """dE/dkept over dnet/dkept; dE/dout over dkept/dout, which is mask/keep."""
    found = exact(spec(INVERTED))
    sums, through = found["dE/dkept_h1@1"], found["dE/dout_h1@1"]
    assert isinstance(sums, Step)
    assert isinstance(through, Step)
    assert "dnet_o/dkept_h1" in plain_chain(sums)
    assert plain_chain(through) == ["dE/dkept_h1", "dkept_h1/dout_h1"]
    (part,) = through.substeps
    assert (part.name.partition("@")[0], part.value) == ("dkept_h1/dout_h1", 2)


def plain_chain(step: Step) -> list[str]:
    """The names of the factors of a step's chain, without training steps."""
    assert isinstance(step.chain, Mul)
    factors = [factor.of for factor in step.chain.factors if isinstance(factor, Symbol)]
    return [
        plain_name(of, samples=False, steps=False) for of in factors if isinstance(of, Quantity)
    ]


def test_dropped_inputs() -> None:
    """An input that is dropped feeds nothing, and the error does not change with it."""
    found = exact(spec(INVERTED, "input_dropout: {keep: 1/2, mask: [0, 1]}"))
    assert values(found, "kept_x1@1", "kept_x2@1", "dE/dx1@1", "dE/dw1@1") == [0, 4, 0, 0]
    (by_kept, by_input) = values(found, "dE/dkept_x2@1", "dE/dx2@1")
    assert by_input == 2 * by_kept


def test_steps_with_the_same_masks_share_a_program() -> None:
    """Masks that hold everywhere cost one program; those of each step cost one for each."""
    same, other = spec("keep: 1/2, mask: [1, 0, 1]"), spec(INVERTED)
    assert len({id(segment.program) for segment in plan(same)}) == 2
    assert len({id(segment.program) for segment in plan(other)}) == 3


def test_a_long_training_with_drawn_masks_is_that_of_single_steps() -> None:
    """Compiled once for all masks, every step has the values that its own program gives."""
    numbers = arithmetic("float")
    found = with_training(spec("keep: 0.5, seed: 3"), {"steps": "40", "learning_rate": "0.0001"})
    segments = trace(found, numbers).segments
    masks = {
        tuple(segment.program.values[at] for at in segment.program.given_anew)
        for segment in segments[:-1]
    }
    assert len(masks) == 8
    for before, after in pairwise(segments):
        carried = [before.values[address] for address in before.program.ends]
        with numbers.scope():
            assert list(after.values) == list(evaluate(after.program, numbers, carried))


@pytest.mark.parametrize("dropout", [INVERTED, PLAIN, "keep: 0.5, seed: 3"])
def test_saved_and_read_back(dropout: str) -> None:
    """JSON keeps spec and values; what is read back is the same trace."""
    found = exact(spec(dropout, "input_dropout: {keep: 0.9, seed: 1}"))
    again = from_json(saved(found))
    assert again.spec == found.spec
    assert [entry.value for entry in again] == [entry.value for entry in found]


def test_a_saved_mask_of_the_wrong_length_is_refused() -> None:
    """A file that somebody has changed ends in an error of ours."""
    text = saved(exact(spec("keep: 1/2, mask: [1, 0, 1]")))
    head, _, tail = text.partition('"masks": [[[')
    cut = tail[tail.index("}, ") + 3 :]
    with pytest.raises(TracerError):
        from_json(f'{head}"masks": [[[{cut}')
