"""Learning rules that take no derivative: the perceptron's, Adaline's, Hebb's, Oja's.

Each is a few changed rows, as a variant is. A weight changes by the learning rate times what the
unit does (its error, its target, its output) times the input; the change is added.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from tracer.phrase import phrase
from tracer.rules.backprop import TEXTBOOK, Backprop, Rule

WRONG_OF_EPOCH = Rule("errors of the epoch", "wrong", "the wrong answers of the epoch, counted")
ERROR_OF_EPOCH = Rule("error of the epoch", "error", "the errors of the epoch's updates, added up")

ADDED = Rule("update", "old + change", "the change is added")


class LearningRule(Struct, frozen=True):
    """A learning rule.

    Attributes:
        name: as ``learning_rule:`` calls it.
        told: what it is, in a line of the page's conventions; the learning rate is `{rate}` in it.
        changes: the rows that differ from the perceptron's.
        needs_target: whether its samples have targets.
        has_miss: whether it looks at how far the output is from its target.
        has_loss: whether it has an error E, that of the net input.
        has_direction: whether a change is a product, so that signs tell its direction.
    """

    name: str
    told: str
    changes: Mapping[str, Rule]
    needs_target: bool = True
    has_miss: bool = True
    has_loss: bool = False
    has_direction: bool = True

    def of(self, rules: Backprop) -> Backprop:
        """The rules with this rule's rows."""
        return replace(rules, update=ADDED, **self.changes)


def _changes(name: str, role: str, why: str) -> dict[str, Rule]:
    """The rows of a rule by which a weight changes by the learning rate times a role times x."""
    direction = phrase(
        "with a positive learning rate, a weight grows where {role} and input have the same "
        "sign and falls where their signs differ",
        role=role,
    )
    return {
        "weight_change": Rule(name, f"learning_rate*{role}*source", why),
        "bias_change": Rule(name, f"learning_rate*{role}", "a bias is the weight of an input of 1"),
        "threshold_change": Rule(
            name, f"-learning_rate*{role}", "a threshold is the weight of an input of -1"
        ),
        "direction": Rule("sign reasoning", f"sign({role}, 0)*sign(source, 0)", direction),
        "bias_direction": Rule(
            "sign reasoning",
            f"sign({role}, 0)",
            phrase("its input is 1: a bias grows where {role} is above 0", role=role),
        ),
        "threshold_direction": Rule(
            "sign reasoning",
            f"-sign({role}, 0)",
            phrase("its input is -1: a threshold falls where {role} is above 0", role=role),
        ),
    }


def _named(name: str) -> dict[str, Rule]:
    """The perceptron's changes under another name."""
    rows = ("weight_change", "bias_change", "threshold_change")
    return {row: replace(getattr(TEXTBOOK, row), name=name) for row in rows}


TABLE = (
    LearningRule(
        "perceptron",
        "perceptron: Δw = {rate}·(target - out)·x, then w⁺ = w + Δw; "
        "no derivative of the activation",
        {},
    ),
    LearningRule(
        "adaline",
        "adaline, the linear delta rule (Widrow-Hoff): Δw = {rate}·(target - net)·x, "
        "then w⁺ = w + Δw; "
        "the error is taken before the activation, which only tells the class",
        {
            **_named("linear delta rule"),
            "miss": Rule("error", "target - net", "how far the net input is from the target"),
        },
        has_loss=True,
    ),
    LearningRule(
        "hebb",
        "Hebb's: Δw = {rate}·out·x, then w⁺ = w + Δw; no target",
        _changes("Hebb's rule", "out", "input and output that are active together strengthen w"),
        needs_target=False,
        has_miss=False,
    ),
    LearningRule(
        "hebb_supervised",
        "Hebb's, supervised: Δw = {rate}·target·x, then w⁺ = w + Δw",
        _changes("Hebb's rule", "target", "the target stands in place of the output"),
        has_miss=False,
    ),
    LearningRule(
        "oja",
        "Oja's: Δw = {rate}·out·(x - out·w), then w⁺ = w + Δw; "
        "Hebb's rule with forgetting, no target",
        {
            "weight_change": Rule(
                "Oja's rule",
                "learning_rate*out*(source - out*weight)",
                "Hebb's rule, less a part that keeps the weights from growing for ever",
            ),
            "bias_change": Rule(
                "Oja's rule",
                "learning_rate*out*(1 - out*bias)",
                "a bias is the weight of an input of 1",
            ),
            "threshold_change": Rule(
                "Oja's rule",
                "learning_rate*out*(-1 - out*threshold)",
                "a threshold is the weight of an input of -1",
            ),
        },
        needs_target=False,
        has_miss=False,
        has_direction=False,
    ),
)

ON_A_SLOPE = ("adaline", "half_squared_error")
"""The learning rule, and its loss, whose change is minus learning rate times derivative."""


def goes_down_a_slope(rule: str, loss: str) -> bool:
    """Whether an update is minus learning rate times the derivative of such a loss.

    Args:
        rule: a learning rule's name; empty for gradient descent.
        loss: the loss's name.
    """
    return not rule or (rule, loss) == ON_A_SLOPE


LEARNING_RULES: Mapping[str, LearningRule] = {rule.name: rule for rule in TABLE}
