"""Reading dropout: masks for all, for each sample, for each step; drawn ones; contradictions."""

from __future__ import annotations

import pytest

from tests.unit.spec.saying import network, problems
from tracer.errors import SpecError
from tracer.maths.expression import Number
from tracer.spec import with_training
from tracer.spec.dropout.masks import Dropout, masks_of, mixed


def spec(dropout: str, training: str = "{learning_rate: 1}", samples: int = 1) -> str:
    """A network with dropout on its hidden layer."""
    rows = ", ".join(["{input: [1, 2], target: 1}"] * samples)
    return (
        "inputs: [x1, x2]\nlayers:\n"
        f"  - {{units: [h1, h2], dropout: {{{dropout}}}}}\n  - {{units: [o]}}\n"
        f"samples: [{rows}]\ntraining: {training}\n"
    )


def read(text: str) -> Dropout:
    """The only dropout of a file."""
    (found,) = network(text).dropouts
    return found


def digits(mask: tuple[Number, ...]) -> list[int]:
    """A mask as plain numbers."""
    return [int(number.value) for number in mask]


def test_one_mask_holds_everywhere() -> None:
    """A plain list is the mask of every sample in every training step."""
    found = read(spec("keep: 0.5, mask: [1, 0]", samples=2))
    assert (found.units, found.keep.text, found.inverted) == (range(2, 4), "0.5", True)
    assert {tuple(digits(found.mask(step, k, k))) for step in (1, 9) for k in (0, 1)} == {(1, 0)}


def test_a_mask_for_each_sample() -> None:
    """A list of lists goes by the samples' numbers in the file, whatever the update."""
    found = read(spec("keep: 0.5, mask: [[1, 0], [0, 1]]", samples=2))
    assert digits(found.mask(3, 1, 0)) == [0, 1]


def test_masks_for_each_training_step() -> None:
    """Three levels: training steps, the samples of the update, units; a last update is smaller."""
    text = spec(
        "keep: 0.5, form: plain, mask: [[[1, 0], [0, 1]], [[1, 1]]]",
        "{learning_rate: 1, steps: 2, batch: 2}",
        samples=3,
    )
    found = read(text)
    assert not found.inverted
    assert digits(found.mask(1, 1, 1)) == [0, 1]
    assert digits(found.mask(2, 2, 0)) == [1, 1]


def test_dropout_of_inputs() -> None:
    """`input_dropout` is about the inputs."""
    text = spec("keep: 0.5, mask: [1, 0]") + "input_dropout: {keep: 1, mask: [1, 1]}\n"
    assert [found.units for found in network(text).dropouts] == [range(2), range(2, 4)]


def test_the_generator_is_splitmix64() -> None:
    """The first numbers of its author's program from the seed 1234567."""
    gap = 0x9E3779B97F4A7C15
    drawn = [mixed(1234567 + k * gap) for k in range(3)]
    assert drawn == [6457827717110365317, 3203168211198807973, 9817491932198370423]


def test_drawn_masks_stay_the_same() -> None:
    """A seed's masks depend on training step, sample and unit alone, and never change."""
    found = read(spec("keep: 0.5, seed: 7"))
    rows = [digits(found.mask(step, 0, 0)) for step in range(1, 9)]
    assert rows == [[1, 1], [0, 1], [0, 1], [1, 0], [1, 1], [1, 1], [1, 0], [1, 0]]
    assert masks_of((found,), 3, (4,)) == (found.mask(3, 4, 0),)


def test_drawn_masks_keep_their_share() -> None:
    """Of many drawn units, about as many are kept as asked for."""
    found = read(spec("keep: 0.3, seed: 1"))
    kept = sum(sum(digits(found.mask(step, k, k))) for step in range(1, 101) for k in range(20))
    assert abs(kept / 4000 - 0.3) < 0.03


def test_everything_is_kept_of_one() -> None:
    """With keep: 1 every drawn mask is 1."""
    found = read(spec("keep: 1, seed: 5"))
    assert all(digits(found.mask(step, 0, 0)) == [1, 1] for step in range(1, 50))


@pytest.mark.parametrize(
    ("dropout", "says"),
    [
        ("mask: [1, 0]", "'keep' is missing"),
        ("keep: 0.5", "expected a mask, or a seed"),
        ("keep: 0.5, mask: [1, 0], seed: 3", "give one"),
        ("keep: 0, mask: [1, 0]", "above 0 and at most 1"),
        ("keep: 1.5, mask: [1, 0]", "above 0 and at most 1"),
        ("keep: 0.5, mask: 1", "expected 2 numbers in brackets"),
        ("keep: 0.5, mask: [1]", "found 1 numbers for 2 units"),
        ("keep: 0.5, mask: [1, 2]", "a mask is made of 0 and 1"),
        ("keep: 0.5, mask: [1, [0]]", "a mask is made of 0 and 1"),
        ("keep: 0.5, mask: [[1, 0], [0, 1]]", "found 2 for 1 samples"),
        ("keep: 0.5, mask: [[1, 0], 1]", "expected a mask in brackets"),
        ("keep: 0.5, mask: [[[1, 0]], [[0, 1]]]", "found 2 for 1 training steps"),
        ("keep: 0.5, mask: [[[1, 0], [0, 1]]]", "found 2 for 1 samples in training step 1"),
        ("rate: 0.5, mask: [1, 0]", "write keep"),
        ("keep: 0.5, seed: 1, form: upside", "unknown form"),
    ],
)
def test_what_cannot_be_meant(dropout: str, says: str) -> None:
    """Each contradiction is told, and nothing is ignored."""
    found = problems(spec(dropout))
    assert any(says in line for line in found), found


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("learning_rule: adaline", "a learning rule has no training and test"),
    ],
)
def test_what_dropout_cannot_stand_beside(more: str, says: str) -> None:
    """Settings that dropout has no meaning or no trace beside are refused, in a file or later."""
    text = spec("keep: 0.5, mask: [1, 0]", f"{{learning_rate: 1, {more}}}")
    assert any(says in line for line in problems(text)), problems(text)
    name, _, value = more.partition(": ")
    with pytest.raises(SpecError, match=says[:30]):
        with_training(network(spec("keep: 0.5, mask: [1, 0]")), {name: value})


def test_outputs_are_not_dropped() -> None:
    """Neither those of the last layer, nor others with targets."""
    last = "inputs: 1\nlayers: [{units: [o, p], dropout: {keep: 0.5, seed: 1}}]\n"
    inner = last.replace("[o, p]", "[h], output: yes").replace("}}]", "}}, {units: 1}]")
    for text in (last, inner):
        assert any("outputs with targets are not dropped" in line for line in problems(text))


def test_names_of_its_quantities_are_taken() -> None:
    """No unit can have the name of a mask."""
    text = spec("keep: 0.5, mask: [1, 0]").replace("[o]", "[kept_h1]")
    assert any("'kept_h1' is a quantity of dropout" in line for line in problems(text))


def recurrent(dropout: str, more: str = "time: {loss: last, steps: 3}", unit: str = "o") -> str:
    """A recurrent network with dropout of its two hidden units."""
    return (
        "inputs: [x]\nlayers:\n"
        f"  - {{units: [h1, h2], cell: recurrent, dropout: {{{dropout}}}}}\n"
        f"  - {{units: [{unit}]}}\n{more}\n"
    )


def masks_through_time(text: str) -> list[list[int]]:
    """The mask of each time step, for the first sample in the first training step."""
    return [digits(found.mask(1, 0, 0)) for found in network(text).dropouts]


def test_masks_through_time() -> None:
    """A list of masks is one for each time step; with `through_time: one` a mask is for all."""
    each = "keep: 0.5, mask: [[1, 0], [0, 1], [1, 1]]"
    assert masks_through_time(recurrent(each)) == [[1, 0], [0, 1], [1, 1]]
    one = "keep: 0.5, mask: [1, 0], through_time: one"
    assert masks_through_time(recurrent(one)) == [[1, 0]] * 3


def test_masks_through_time_of_samples_and_steps() -> None:
    """Samples and training steps stand around the list of time steps, as they do around a mask."""
    samples = "samples: [{input: [[1], [2]], target: [1]}, {input: [[3], [4]], target: [1]}]"
    more = f"time: {{loss: last}}\n{samples}\ntraining: {{learning_rate: 1, steps: 2}}"
    of_samples = "keep: 0.5, mask: [[[1, 0], [0, 1]], [[1, 1], [0, 0]]]"
    first, second = network(recurrent(of_samples, more)).dropouts
    assert [digits(first.mask(1, k, k)) for k in (0, 1)] == [[1, 0], [1, 1]]
    assert [digits(second.mask(1, k, k)) for k in (0, 1)] == [[0, 1], [0, 0]]
    steps = "[[[1, 0], [0, 1]], [[1, 1], [0, 0]]], [[[0, 0], [1, 1]], [[1, 0], [1, 0]]]"
    first, second = network(recurrent(f"keep: 0.5, mask: [{steps}]", more)).dropouts
    assert digits(first.mask(2, 1, 1)) == [1, 0]
    assert digits(second.mask(2, 0, 0)) == [1, 1]


def test_drawn_masks_through_time() -> None:
    """Each time step draws its own; with `through_time: one` all have that of the first."""
    long = "time: {loss: last, steps: 12}"
    each = masks_through_time(recurrent("keep: 0.5, seed: 2", long))
    one = masks_through_time(recurrent("keep: 0.5, seed: 2, through_time: one", long))
    assert len({tuple(mask) for mask in each}) > 1
    assert one == [each[0]] * 12


def test_inputs_are_dropped_at_each_time_step() -> None:
    """States before the first time step are none of the inputs that are dropped."""
    text = "input_dropout: {keep: 0.5, mask: [[1], [0]]}\n" + recurrent(
        "keep: 0.5, mask: [1, 1], through_time: one", "time: {steps: 2, loss: last}"
    )
    found = network(text)
    assert [found.units[one.units.start] for one in found.dropouts] == [
        *("x_t1", "x_t2"),
        *("h1_t1", "h1_t2"),
    ]


@pytest.mark.parametrize(
    ("dropout", "more", "says"),
    [
        ("keep: 0.5, mask: [1, 0]", "time: {steps: 3, loss: last}", "found one mask; expected 3"),
        ("keep: 0.5, mask: [[1, 0], [1, 0]]", "time: {steps: 3, loss: last}", "found 2 masks"),
        ("keep: 0.5, mask: [[1, 0], 1, 1]", "time: {steps: 3, loss: last}", "one for each time"),
        ("keep: 0.5, mask: 1", "time: {steps: 3, loss: last}", "expected 2 numbers in brackets"),
        ("keep: 0.5, mask: [[1], [1], [1]]", "time: {steps: 3, loss: last}", "found 1 numbers"),
        ("keep: 2, seed: 1", "time: {steps: 3, loss: last}", "above 0 and at most 1"),
        ("keep: 0.5, seed: 1, through_time: two", "time: {steps: 3}", "through_time"),
        (
            "keep: 0.5, seed: 1",
            "time: {carry_state: yes}\n"
            "samples: [{input: [[1]], target: [[1]]}, {input: [[1]], target: [[1]]}]\n"
            "training: {learning_rate: 1, batch: online}",
            "'carry_state' hands outputs on as they are",
        ),
    ],
)
def test_contradictions_through_time(dropout: str, more: str, says: str) -> None:
    """Masks of another number of time steps, and what cannot be meant, each told with its place."""
    found = problems(recurrent(dropout, more))
    assert any(says in line for line in found)


def test_one_thing_wrong_in_all_time_steps_is_told_once() -> None:
    """Copies of a layer do not repeat a complaint."""
    assert len(problems(recurrent("keep: 2, seed: 1"))) == 1
    assert len(problems(recurrent("keep: 0.5, mask: [1, 2], through_time: one"))) == 1


def test_through_time_needs_time() -> None:
    """Without time steps the setting means nothing, and is refused."""
    text = spec("keep: 0.5, seed: 1, through_time: one")
    assert any("belongs to a network with time steps" in line for line in problems(text))


def test_layers_of_every_kind_have_dropout() -> None:
    """Convolutions, what pools them and maxout: each unit of the layer itself, no piece."""
    found = network(
        "inputs: {shape: [3, 3]}\nlayers:\n"
        "  - {convolution: {kernel: [[1, 2], [3, 4]]}, dropout: {keep: 0.5, mask: [1, 0, 1, 0]}}\n"
        "  - {pooling: {take: max, size: [1, 2]}, dropout: {keep: 0.5, seed: 1}}\n"
        "  - {units: [m], pieces: [{weights: [[1, 2]]}, {weights: [[3, 4]]}],"
        " dropout: {keep: 0.5, mask: [1]}}\n"
        "  - {units: [o]}\n"
    )
    names = [[found.units[unit] for unit in one.units] for one in found.dropouts]
    assert [len(group) for group in names] == [4, 2, 1]
    assert names[2] == ["m"]


def test_more_steps_than_masks_are_refused() -> None:
    """A command line cannot ask for steps that the file has no masks for; fewer are fine."""
    text = spec("keep: 0.5, mask: [[[1, 0]], [[0, 1]]]", "{learning_rate: 1, steps: 2}")
    with pytest.raises(SpecError, match="no masks of h1"):
        with_training(network(text), {"steps": "3"})
    assert with_training(network(text), {"steps": "1"}).training.steps == 1
