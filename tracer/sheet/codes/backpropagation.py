"""Backpropagation as decks 002 and 003 have it."""

from __future__ import annotations

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
    "BACK-PROP-LEARNING, as deck 002 has it from Russell and Norvig",
    (
        CodeLine("weights w_ij ← small random numbers", PARAMETERS, once=True),
        CodeLine("repeat"),
        CodeLine("  for each example (x, y)", (kinds.TARGET,)),
        CodeLine("    for each input node i:  a_i ← x_i", (kinds.INPUT,)),
        CodeLine("    for each later layer, each node j in it:"),
        CodeLine("      v_j ← Σ_i w_ij·a_i", (kinds.NET,)),
        CodeLine("      a_j ← h(v_j)", (kinds.OUT,)),
        CodeLine(
            "    for each output node j:  Δ[j] ← h'(v_j)·(y_j - a_j)",
            SLOPES_OF_OUTPUTS,
            Where.OUTPUTS,
        ),
        CodeLine("    for each layer before it, from the last to the first, each node i:"),
        CodeLine("      Δ[i] ← h'(v_i)·Σ_j w_ij·Δ[j]", SLOPES_OF_OUTPUTS, Where.OTHERS),
        CodeLine("    for each weight:  w_ij ← w_ij + α·a_i·Δ[j]", (kinds.UPDATED,)),
        CodeLine("until some criterion is met"),
        CodeLine("return the network"),
    ),
    (
        ("v_j", "net_j"),
        ("a_j", "out_j"),
        ("y_j", "target_j"),
        ("Δ[j]", "δ_j = -∂E/∂net_j"),
        ("α", "η"),
    ),
    BACK,
    NEGATIVE,
    (
        "Line 6 has v_i on the slide of deck 002, where it must be v_j: the sum goes over i, and "
        "what it gives belongs to the node j.",
    ),
)

MITCHELL = PseudoCode(
    "mitchell",
    "Backpropagation for one hidden layer of sigmoids, as deck 003 has it from Mitchell",
    (
        CodeLine("weights w_ji ← small random numbers", PARAMETERS, once=True),
        CodeLine(
            "until done: for each training example (x, t)",
            (kinds.INPUT, kinds.TARGET),
        ),
        CodeLine(
            "  1. put x in, and compute the output o_u of every unit u", (kinds.NET, kinds.OUT)
        ),
        CodeLine(
            "  2. for each output unit k:  δ_k ← o_k·(1 - o_k)·(t_k - o_k)",
            SLOPES_OF_OUTPUTS,
            Where.OUTPUTS,
        ),
        CodeLine(
            "  3. for each hidden unit h:  δ_h ← o_h·(1 - o_h)·Σ_k w_kh·δ_k",
            SLOPES_OF_OUTPUTS,
            Where.OTHERS,
        ),
        CodeLine("  4. for each weight:  w_ji ← w_ji + α·δ_j·x_ji", (kinds.UPDATED,)),
    ),
    (("o_u", "out_u"), ("δ_u", "δ_u = -∂E/∂net_u"), ("x_ji", "the input i of unit j"), ("α", "η")),
    (*BACK, SIGMOIDS, ONE_HIDDEN),
    NEGATIVE,
)
