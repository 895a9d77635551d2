"""The loops of gradient descent, as decks 000 and 004 have them."""

from __future__ import annotations

from tracer.rules import quantity as kinds
from tracer.sheet.codes.backpropagation import PARAMETERS
from tracer.sheet.codes.conditions import AT_ONCE, FROM_THE_START, IN_FULL, LEARNS, PLAIN
from tracer.sheet.codes.records import CodeLine, PseudoCode

FORWARDS = (
    *(kinds.NET, kinds.LARGEST, kinds.EXPONENTIAL, kinds.LAYER_SUM, kinds.OUT),
    *(kinds.ERROR, kinds.SAMPLE_ERROR, kinds.TOTAL),
)
BACKWARDS = (
    *(kinds.BY_OUT, kinds.SIGNAL, kinds.ERROR_BY_OUT, kinds.SLOPE, kinds.JACOBIAN),
    *(kinds.OUT_BY_OUT, kinds.OUT_BY_INPUT, kinds.DELTA, kinds.NEGATIVE_DELTA),
    *(kinds.SAMPLE_GRADIENT, kinds.GRADIENT),
)

LOOP = PseudoCode(
    "loop",
    "The loop of gradient descent, as deck 000 has it",
    (
        CodeLine("while True:"),
        CodeLine("  W_gradient = evaluate_gradient(loss, data, W)", (kinds.TOTAL, kinds.GRADIENT)),
        CodeLine("  W += -alpha*W_gradient", (kinds.UPDATED,)),
    ),
    (("W", "every weight and bias"), ("W_gradient", "∂E/∂w"), ("alpha", "η")),
    (IN_FULL, LEARNS, PLAIN, AT_ONCE, FROM_THE_START),
    {"delta": "gradient"},
)

THETA = PseudoCode(
    "theta",
    "The theta loop of gradient descent, as deck 004 has it",
    (
        CodeLine("choose a start θ_0", PARAMETERS, once=True),
        CodeLine("for t = 1, 2, …:  take samples (x, y)", (kinds.INPUT, kinds.TARGET)),
        CodeLine(
            "  l ← loss(y, f(x, θ_(t-1))),  and its derivative dl/dθ_(t-1)",
            (*FORWARDS, *BACKWARDS),
        ),
        CodeLine("  θ_t ← θ_(t-1) - λ·dl/dθ_(t-1)", (kinds.UPDATED,)),
    ),
    (
        ("θ_(t-1)", "the weights and biases before training step t"),
        ("θ_t", "those after it, marked ⁺"),
        ("f(x, θ)", "out of the output units"),
        ("l", "E"),
        ("λ", "η, the learning rate"),
    ),
    (LEARNS, PLAIN, AT_ONCE, FROM_THE_START),
    {"delta": "gradient"},
    (
        "The loop on the slide of deck 004 mixes θ_1 and θ_0. The start is θ_0: step t = 1 takes "
        "the derivative at θ_0 and moves θ_0, and θ_1 is what comes out of it.",
    ),
)
