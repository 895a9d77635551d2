"""The rules of backpropagation: one row each, its formula in named roles.

A sum is written as its one term; the trace repeats the term for every edge, path, use or sample.
A mistake that students make is a changed row (`structs.replace`), evaluated by the same trace.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from tracer.phrase import Phrase
from tracer.rules.quantity import BY_KEPT, BY_OUT, DELTA, KEPT_PATH, PATH, Kind


class Rule(Struct, frozen=True):
    """Why a formula holds.

    Attributes:
        name: what textbooks call it.
        formula: the formula in roles, or the one term of the sum; `value` and `slope` in the rows
            of activation and loss are what their tables say, `own` and `paths` what the rows of
            both say, `n` how many an average divides by. Empty where the formula is that of a
            line of the author's, or of another row.
        why: one sentence for the reader.
    """

    name: str
    formula: str = ""
    why: Phrase | str = ""

    @property
    def reason(self) -> Phrase:
        """Why it holds, as a phrase."""
        return self.why if isinstance(self.why, Phrase) else Phrase(self.why)


class Penalising(Struct, frozen=True):
    """Every rule that a penalty on the parameters adds; `value` and `slope` are the penalty's."""

    penalty: Rule = Rule(
        "penalty", "value", "what large parameters cost, each parameter counted once"
    )
    penalties: Rule = Rule("penalties", "first + second", "both penalties together")
    total: Rule = Rule(
        "total error", "data + penalty", "the error that the data make, and the penalty"
    )
    slope: Rule = Rule(
        "slope of the penalty",
        "slope",
        "only the parameter's own term contains it; the others are constant",
    )
    gradient: Rule = Rule(
        "sum rule", "data + penalty", "the parameter acts on both parts of the total error"
    )


class Dropping(Struct, frozen=True):
    """Every rule that dropout adds; `keep` is the share of the outputs that are kept."""

    inverted: Rule = Rule(
        "dropout, inverted",
        "out*mask/keep",
        "mask 0 drops an output; the kept ones are divided by keep, so that nothing is scaled in "
        "a test",
    )
    plain: Rule = Rule(
        "dropout, plain", "out*mask", "mask 0 drops an output; in a test all are scaled by keep"
    )
    tested: Rule = Rule(
        "dropout, in a test", "out*keep", "nothing is dropped; each output is scaled by keep"
    )
    inverted_slope: Rule = Rule(
        "chain rule", "by_kept*mask/keep", "only a kept output acts on the error, scaled as it was"
    )
    plain_slope: Rule = Rule("chain rule", "by_kept*mask", "only a kept output acts on the error")


class ByDelta(Struct, frozen=True):
    """The update straight from delta, where delta is minus the gradient."""

    weight: Rule = Rule(
        "update", "old + learning_rate*delta*source", "delta is minus the derivative by net"
    )
    bias: Rule = Rule("update", "old + learning_rate*delta", "a bias has an input of 1")
    threshold: Rule = Rule("update", "old - learning_rate*delta", "a threshold has an input of -1")


class Backprop(Struct, frozen=True):
    """Every rule that a trace of a network uses, and which quantities the backward ones give.

    Attributes:
        signal: what the backward pass has for each unit's output.
        signal_path: the part of it that comes through one of the units fed.
        kept_signal: what it has for what dropout keeps of each unit's output.
        kept_signal_path: the part of it that comes through one of the units fed.
        delta: what the backward pass has for each unit's net input.
        moves: rules in place of those of an optimiser's lines, by what these give.
        by_delta: the update of a delta that is minus the gradient, without the derivative.
        penalising: the rules of penalties on the parameters.
        dropping: the rules of dropout.
        carried: how a training step starts from the one before: no rule that can be changed.
    """

    signal: Kind = BY_OUT
    signal_path: Kind = PATH
    kept_signal: Kind = BY_KEPT
    kept_signal_path: Kind = KEPT_PATH
    delta: Kind = DELTA
    penalising: Penalising = Penalising()
    dropping: Dropping = Dropping()

    weighted_sum: Rule = Rule(
        "weighted sum", "weight*source", "each input times its weight, added up"
    )
    threshold: Rule = Rule("threshold", "-threshold", "a constant input of -1 times the threshold")
    activation: Rule = Rule("activation", "value", "the activation of the net input")
    largest: Rule = Rule(
        "largest net input",
        "value",
        "subtracted from all of its layer, so that no exponential grows too large",
    )
    exponential: Rule = Rule(
        "exponential", "value", "what each unit weighs among those of its layer"
    )
    layer_sum: Rule = Rule("sum over the layer", "value", "what all units of the layer weigh")
    joint_activation: Rule = Rule(
        "joint activation", "value", "each output depends on all net inputs of its layer"
    )
    maximum: Rule = Rule("maximum", "source", "the largest of what it gathers")
    average: Rule = Rule("average", "source", "the average of what it gathers")
    loss: Rule = Rule("loss", "value", "the error of one output")
    total_error: Rule = Rule("total error", "error", "the errors of the outputs, added up")
    batch_error: Rule = Rule("batch error", "error", "the errors of the samples, added up")
    mean_error: Rule = Rule("mean error", "error", "the mean of the samples' errors")
    loss_slope: Rule = Rule(
        "slope of the loss",
        "slope",
        "only the output's own error contains it; the others are constant",
    )
    other_output: Rule = Rule(
        "no path", "0", "another output's error does not contain this output: i is not j"
    )
    activation_slope: Rule = Rule("slope of the activation", "slope", "the activation's derivative")
    own_slope: Rule = Rule(
        "Jacobian, i = j", "slope", "how each output changes with its own net input"
    )
    other_slope: Rule = Rule(
        "Jacobian, i ≠ j", "slope", "how each output changes with another unit's net input"
    )
    joint_chain: Rule = Rule(
        "chain rule over outputs",
        "by_out*jacobian",
        "the net input acts on the error through every output of its layer",
    )
    right_slope: Rule = Rule(
        "slope of the loss", "slope", "the error of every other output contains the right one"
    )
    right_class: Rule = Rule("right class", "0", "the right class adds nothing itself")
    short_form: Rule = Rule(
        "short form",
        "slope",
        "the slopes of loss and activation multiplied out, and what is left of them",
    )
    chain: Rule = Rule(
        "chain rule", "by_out*slope", "the net input acts on the error through its output"
    )
    paths: Rule = Rule(
        "sum over paths", "delta*weight", "the output acts on the error through each unit it feeds"
    )
    output_paths: Rule = Rule(
        "loss and paths",
        "own + paths",
        "the output has an error of its own, and acts on others through each unit it feeds",
    )
    input_paths: Rule = Rule(
        "sum over paths", "delta*weight", "the input acts on the error through each unit it feeds"
    )
    gathered_paths: Rule = Rule(
        "sum over paths", "by_out*share", "the output acts on the error through all that gather it"
    )
    gathered_input_paths: Rule = Rule(
        "sum over paths", "by_out*share", "the input acts on the error through all that gather it"
    )
    winner: Rule = Rule(
        "slope of a maximum", "1", "only the winner passes on: 1 for the winner, 0 for the others"
    )
    share: Rule = Rule("slope of an average", "1/n", "every source has the same part in it")
    no_path: Rule = Rule("no path", "0", "the output feeds no unit, so the error ignores it")
    cut: Rule = Rule("cut", "0", "truncated: no derivative comes back from the next time step")
    weight_gradient: Rule = Rule(
        "chain rule", "delta*source", "the weight acts on the error through the net input"
    )
    bias_gradient: Rule = Rule(
        "chain rule", "delta", "the net input grows by as much as the bias does"
    )
    threshold_gradient: Rule = Rule(
        "chain rule", "-delta", "the net input falls by as much as the threshold grows"
    )
    uses: Rule = Rule("sum over uses", why="a shared parameter acts through each of its uses")
    batch_sum: Rule = Rule("sum over samples", "gradient", "the samples' gradients, added up")
    batch_mean: Rule = Rule("mean over samples", "gradient", "the mean of the samples' gradients")
    update: Rule = Rule("update", "old - learning_rate*gradient", "a step against the gradient")

    moves: tuple[tuple[str, Rule], ...] = ()
    by_delta: ByDelta = ByDelta()
    miss: Rule = Rule("error", "target - out", "how far the output is from its target")
    wrong: Rule = Rule(
        "right or wrong", "where(target == out, 0, 1)", "1 for an answer that is not the target"
    )
    weight_change: Rule = Rule(
        "perceptron rule", "learning_rate*miss*source", "the learning rate times error times input"
    )
    bias_change: Rule = Rule(
        "perceptron rule", "learning_rate*miss", "a bias is the weight of an input of 1"
    )
    threshold_change: Rule = Rule(
        "perceptron rule", "-learning_rate*miss", "a threshold is the weight of an input of -1"
    )
    direction: Rule = Rule(
        "sign reasoning",
        "sign(miss, 0)*sign(source, 0)",
        "with a positive learning rate, a weight grows where error and input have the same sign "
        "and falls where their signs differ: a positive error alone does not make it grow",
    )
    bias_direction: Rule = Rule(
        "sign reasoning", "sign(miss, 0)", "its input is 1: a bias grows where the error is above 0"
    )
    threshold_direction: Rule = Rule(
        "sign reasoning",
        "-sign(miss, 0)",
        "its input is -1: a threshold falls where the error is above 0",
    )
    batch_change: Rule = Rule("sum over samples", "change", "the samples' changes, added up")
    mean_change: Rule = Rule("mean over samples", "change", "the mean of the samples' changes")

    carried: ClassVar[Rule] = Rule("carried over", "new", "the value after the step before")


TEXTBOOK = Backprop()


class Differentiation(Struct, frozen=True):
    """Every rule that a trace of an expression program uses."""

    operation: Rule = Rule("operation", why="one operation of the formula")
    copy: Rule = Rule("name", why="another name for the same value")
    seed: Rule = Rule("seed", why="a quantity changes exactly as it changes itself")
    constant: Rule = Rule("seed", why="the other variables are held constant")
    chain: Rule = Rule("chain rule", "outer*local", "through the one line that uses it")
    contribution: Rule = Rule("chain rule", "outer*local", "through one of its uses")
    uses: Rule = Rule("sum over uses", "contribution", "the contributions of all its uses")
    unused: Rule = Rule("no path", "0", "the result does not depend on it")


CALCULUS = Differentiation()
