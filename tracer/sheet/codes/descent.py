"""The loops of gradient descent, as decks 000 and 004 have them."""

from __future__ import annotations

from tracer.phrase import Phrase, alone
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
    Phrase("The loop of gradient descent, as deck 000 has it"),
    (
        CodeLine(alone("while True:")),
        CodeLine(
            alone("W_gradient = evaluate_gradient(loss, data, W)"), 1, (kinds.TOTAL, kinds.GRADIENT)
        ),
        CodeLine(alone("W += -alpha*W_gradient"), 1, (kinds.UPDATED,)),
    ),
    (("W", Phrase("every weight and bias")), ("W_gradient", alone("∂E/∂w")), ("alpha", alone("η"))),
    (IN_FULL, LEARNS, PLAIN, AT_ONCE, FROM_THE_START),
    {"delta": "gradient"},
)

THETA = PseudoCode(
    "theta",
    Phrase("The theta loop of gradient descent, as deck 004 has it"),
    (
        CodeLine(Phrase("choose a start θ_0"), 0, PARAMETERS, once=True),
        CodeLine(Phrase("for t = 1, 2, …:  take samples (x, y)"), 0, (kinds.INPUT, kinds.TARGET)),
        CodeLine(
            Phrase("l ← loss(y, f(x, θ_(t-1))),  and its derivative dl/dθ_(t-1)"),
            1,
            (*FORWARDS, *BACKWARDS),
        ),
        CodeLine(alone("θ_t ← θ_(t-1) - λ·dl/dθ_(t-1)"), 1, (kinds.UPDATED,)),
    ),
    (
        ("θ_(t-1)", Phrase("the weights and biases before training step t")),
        ("θ_t", Phrase("those after it, marked ⁺")),
        ("f(x, θ)", Phrase("out of the output units")),
        ("l", alone("E")),
        ("λ", Phrase("η, the learning rate")),
    ),
    (LEARNS, PLAIN, AT_ONCE, FROM_THE_START),
    {"delta": "gradient"},
    (
        Phrase(
            "The loop on the slide of deck 004 mixes θ_1 and θ_0. The start is θ_0: step t = 1 "
            "takes the derivative at θ_0 and moves θ_0, and θ_1 is what comes out of it."
        ),
    ),
)
