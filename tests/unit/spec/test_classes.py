"""Losses with parameters and forms, joint activations, classes: what the reader makes of them."""

from __future__ import annotations

import pytest

from tests.unit.spec.saying import network, problem
from tracer.errors import SpecError
from tracer.maths.plain import plain
from tracer.rules.joint import joint
from tracer.rules.losses import loss
from tracer.spec import with_training

HEAD = "inputs: 1\nlayers: [{units: [cat, dog], activation: %s}]\n"
SAMPLE = "samples: [{input: 1, class: dog}]\n"


def text(line: str, activation: str = "softmax", samples: str = SAMPLE) -> str:
    """A network of two classes with one more line."""
    return HEAD % activation + line + "\n" + samples


def test_a_class_is_one_of_the_targets() -> None:
    """The output that a sample names has the target 1, all others 0."""
    found = network(text(""))
    assert [plain(target) for target in found.samples[0].targets] == ["0", "1"]
    assert found.samples[0].right == 1


@pytest.mark.parametrize(
    ("targets", "right"),
    [("[1, 0]", 0), ("[0, 1.0]", 1), ("[0, 0]", None), ("[1, 1]", None), ("[2, -1]", None)],
)
def test_targets_may_be_a_class(targets: str, right: int | None) -> None:
    """One target 1 and all others 0 are a class, however they are written."""
    samples = f"samples: [{{input: 1, target: {targets}}}]\n"
    assert network(text("", samples=samples)).samples[0].right == right
    letters = network(text("", samples="samples: [{input: 1, target: [t, 1]}]\n"))
    assert letters.samples[0].right is None


@pytest.mark.parametrize(
    ("samples", "said"),
    [
        ("{input: 1, class: 2}", "a class is the name of an output, and there is no '2'"),
        ("{input: 1, class: dgo}", "there is no 'dgo' (did you mean 'dog'?)"),
        ("{input: 1, class: x1}", "there is no 'x1'; known: cat, dog"),
        ("{input: 1, class: dog, target: [0, 1]}", "'target' and 'class' say the same"),
        (
            "{input: 1, target: dog}",
            "the right class stands under 'class', not 'target': class: dog",
        ),
        ("{input: 1, class: [dog]}", "expected a word, found a list"),
    ],
)
def test_wrong_classes(samples: str, said: str) -> None:
    """A class is an output's name, and stands in place of a target."""
    found = problem(text("", samples=f"samples: [{samples}]\n"))
    assert found.startswith("4:")
    assert said in found


def test_a_single_output_has_no_class() -> None:
    """Of one output a target says more."""
    found = problem("inputs: 1\nlayers: [{units: 1}]\nsamples: [{input: 1, class: o1}]\n")
    assert "a class is one of several outputs" in found


def test_parameters_of_losses() -> None:
    """Base, margin and form are read; the formula says them."""
    found = network(text("loss: {name: cross_entropy, base: 2, form: long}")).loss
    assert plain(found.value) == "-target*ln(out)/ln(2)"
    assert plain(found.slope) == "-target/out/ln(2)"
    assert found.form == "long"
    hinge = network(text("loss: {name: multiclass_hinge, margin: 1/2}", "identity")).loss
    assert plain(hinge.value) == "max(0, out - right + 1/2)"
    assert network(text("loss: {name: mse}")).loss == loss("mse")


@pytest.mark.parametrize(
    ("line", "place", "said"),
    [
        ("loss: {name: cross_entropy, base: 1}", "3:35", "a number above 1"),
        ("loss: {name: binary_cross_entropy, base: 1/2}", "3:42", "so that E is not negative"),
        ("loss: {name: cross_entropy, base: -2}", "3:35", "a number above 1"),
        ("loss: {name: cross_entropy, base: b}", "3:35", "expected a number"),
        ("loss: {name: cross_entropy, margin: 1}", "3:29", "no parameter 'margin'"),
        ("loss: {name: cross_entropy, from: long}", "3:29", "no parameter 'from'"),
        ("loss: {name: cross_entropy, form: tall}", "3:35", "unknown form 'tall'"),
        ("loss: {base: 2}", "3:7", "expected a loss with its parameters"),
        ("loss: {name: out, base: 2}", "3:7", "is a formula, which has no parameters"),
        ("loss: {name: squared_error, form: short}", "3:7", "there is no short form here"),
        ("loss: [cross_entropy]", "3:7", "expected"),
    ],
)
def test_wrong_losses(line: str, place: str, said: str) -> None:
    """What a loss cannot have is told where it stands."""
    found = problem(text(line))
    assert found.startswith(f"{place}:"), found
    assert said in found


@pytest.mark.parametrize(
    ("samples", "activation", "said"),
    [
        ("{input: 1, target: [0.5, 0.4]}", "softmax", "do not add up to 1"),
        ("{input: 1, class: dog}", "sigmoid", "has no short form with the activation of cat"),
    ],
)
def test_where_there_is_no_short_form(samples: str, activation: str, said: str) -> None:
    """A short form that would be wrong is refused where it is asked for."""
    line = "loss: {name: cross_entropy, form: short}"
    assert said in problem(text(line, activation, f"samples: [{samples}]\n"))


@pytest.mark.parametrize(
    "samples", ["{input: 1, target: [1, 1]}", "{input: 1, target: [t, 0]}", "{input: 1}"]
)
def test_the_hinge_needs_classes(samples: str) -> None:
    """Without a right class in every sample, there is no margin."""
    found = problem(text("loss: multiclass_hinge", "identity", f"samples: [{samples}]\n"))
    assert "has to know the right class of every sample" in found


def test_the_hinge_needs_one_layer_of_outputs() -> None:
    """Outputs of several layers are not compared; nor is one alone."""
    several = """
        inputs: 1
        layers: [{units: [a, b], output: yes}, {units: [c, d]}]
        loss: multiclass_hinge
        samples: [{input: 1, target: [0, 0, 1, 0]}]
    """
    assert "compares the outputs of one layer" in problem(several)
    one = "inputs: 1\nlayers: [{units: 1}]\nloss: multiclass_hinge\n"
    assert "give the last layer two or more" in problem(one)


def test_settings_are_checked_too() -> None:
    """A loss that comes from the command line needs what one in a file needs."""
    found = network(text("", "identity", "samples: [{input: 1, target: [2, 3]}]\n"))
    with pytest.raises(SpecError, match="right class of every sample"):
        with_training(found, {"loss": "multiclass_hinge"})


def test_joint_activations() -> None:
    """A joint activation belongs to the layer; its parameters are read."""
    layer = network(text("", "{name: softmax, temperature: 2.5}")).layers[0]
    assert layer.joint == joint("softmax", (("temperature", layer.joint.settings[0][1]),))  # type: ignore[union-attr]
    assert plain(layer.joint.own) == "out*(1 - out)/2.5"
    assert [one.name for one in layer.activations] == ["identity", "identity"]


@pytest.mark.parametrize(
    ("activation", "said"),
    [
        ("[softmax, tanh]", "softmax takes all units of a layer together"),
        ("{cat: softmax}", "softmax takes all units of a layer together"),
        ("sofmax", "did you mean 'softmax'?"),
        ("{name: softmax, temperature: 0}", "temperature must be a positive number, found 0"),
        ("{name: softmax, temperature: -1}", "temperature must be a positive number"),
        ("{name: softmax, shift: s}", "expected a number"),
        ("{name: softmax, slope: 1}", "softmax has no parameter 'slope'"),
        ("{name: tanh, temperature: 1}", "tanh has no parameter 'temperature'"),
    ],
)
def test_wrong_joint_activations(activation: str, said: str) -> None:
    """A joint activation is none of a single unit, and has its own parameters only."""
    assert said in problem(text("", activation))


def test_one_unit_has_no_share() -> None:
    """The softmax of one unit is always 1."""
    found = problem("inputs: 1\nlayers:\n  - units: 1\n    activation: softmax\n")
    assert found.startswith("4:17: layers[0].activation: softmax of a layer with one unit")


@pytest.mark.parametrize("name", ["exp_cat", "max_layer1"])
def test_names_of_exponentials(name: str) -> None:
    """A name that would be that of an exponential is taken."""
    weights = f"inputs: 1\nlayers: [{{units: [cat, dog], weights: [[{name} = 1], [2]]}}]\n"
    if name.startswith("exp"):
        assert "exp_cat" in problem(weights)
    else:
        network(weights)
