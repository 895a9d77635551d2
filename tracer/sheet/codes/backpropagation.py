"""Backpropagation as decks 002 and 003 have it."""

from __future__ import annotations

from tracer.phrase import Phrase, alone
from tracer.rules import quantity as kinds
from tracer.sheet.codes.conditions import (
    AT_ONCE,
    FROM_THE_START,
    HALF_SQUARED,
    LEARNS,
    NO_SHARING,
    ONE_BY_ONE,
    ONE_HIDDEN,
    PLAIN,
    SIGMOIDS,
    UNIT_BY_UNIT,
)
from tracer.sheet.codes.records import CodeLine, PseudoCode, Where

PARAMETERS = (kinds.WEIGHT, kinds.BIAS, kinds.THRESHOLD)
SLOPES_OF_OUTPUTS = (kinds.BY_OUT, kinds.SIGNAL, kinds.SLOPE, kinds.DELTA, kinds.NEGATIVE_DELTA)
NEGATIVE = {"delta": "negative_gradient"}
BACK = (ONE_BY_ONE, HALF_SQUARED, LEARNS, PLAIN, AT_ONCE, FROM_THE_START, UNIT_BY_UNIT, NO_SHARING)

AIMA = PseudoCode(
    "aima",
    Phrase("BACK-PROP-LEARNING, as deck 002 has it from Russell and Norvig"),
    (
        CodeLine(Phrase("weights w_ij ← small random numbers"), 0, PARAMETERS, once=True),
        CodeLine(Phrase("repeat")),
        CodeLine(Phrase("for each example (x, y)"), 1, (kinds.TARGET,)),
        CodeLine(Phrase("for each input node i:  a_i ← x_i"), 2, (kinds.INPUT,)),
        CodeLine(Phrase("for each later layer, each node j in it:"), 2),
        CodeLine(alone("v_j ← Σ_i w_ij·a_i"), 3, (kinds.NET,)),
        CodeLine(alone("a_j ← h(v_j)"), 3, (kinds.OUT,)),
        CodeLine(
            Phrase("for each output node j:  Δ[j] ← h'(v_j)·(y_j - a_j)"),
            2,
            SLOPES_OF_OUTPUTS,
            Where.OUTPUTS,
        ),
        CodeLine(Phrase("for each layer before it, from the last to the first, each node i:"), 2),
        CodeLine(alone("Δ[i] ← h'(v_i)·Σ_j w_ij·Δ[j]"), 3, SLOPES_OF_OUTPUTS, Where.OTHERS),
        CodeLine(Phrase("for each weight:  w_ij ← w_ij + α·a_i·Δ[j]"), 2, (kinds.UPDATED,)),
        CodeLine(Phrase("until some criterion is met")),
        CodeLine(Phrase("return the network")),
    ),
    (
        ("v_j", alone("net_j")),
        ("a_j", alone("out_j")),
        ("y_j", alone("target_j")),
        ("Δ[j]", alone("δ_j = -∂E/∂net_j")),
        ("α", alone("η")),
    ),
    BACK,
    NEGATIVE,
    (
        Phrase(
            "Line 6 has v_i on the slide of deck 002, where it must be v_j: the sum goes over i, "
            "and what it gives belongs to the node j."
        ),
    ),
)

MITCHELL = PseudoCode(
    "mitchell",
    Phrase("Backpropagation for one hidden layer of sigmoids, as deck 003 has it from Mitchell"),
    (
        CodeLine(Phrase("weights w_ji ← small random numbers"), 0, PARAMETERS, once=True),
        CodeLine(
            Phrase("until done: for each training example (x, t)"),
            0,
            (kinds.INPUT, kinds.TARGET),
        ),
        CodeLine(
            Phrase("1. put x in, and compute the output o_u of every unit u"),
            1,
            (kinds.NET, kinds.OUT),
        ),
        CodeLine(
            Phrase("2. for each output unit k:  δ_k ← o_k·(1 - o_k)·(t_k - o_k)"),
            1,
            SLOPES_OF_OUTPUTS,
            Where.OUTPUTS,
        ),
        CodeLine(
            Phrase("3. for each hidden unit h:  δ_h ← o_h·(1 - o_h)·Σ_k w_kh·δ_k"),
            1,
            SLOPES_OF_OUTPUTS,
            Where.OTHERS,
        ),
        CodeLine(Phrase("4. for each weight:  w_ji ← w_ji + α·δ_j·x_ji"), 1, (kinds.UPDATED,)),
    ),
    (
        ("o_u", alone("out_u")),
        ("δ_u", alone("δ_u = -∂E/∂net_u")),
        ("x_ji", Phrase("the input i of unit j")),
        ("α", alone("η")),
    ),
    (*BACK, SIGMOIDS, ONE_HIDDEN),
    NEGATIVE,
)
