"""Learning without a derivative: the perceptron of decks 000 and 003, the delta rule, Hebb."""

from __future__ import annotations

from tracer.rules import quantity as kinds
from tracer.sheet.codes.backpropagation import PARAMETERS
from tracer.sheet.codes.conditions import (
    FROM_THE_START,
    NO_SHARING,
    NOT_DROPPED,
    ONE_BY_ONE,
    learns_by,
)
from tracer.sheet.codes.records import CodeLine, PseudoCode

BY_SAMPLE = (ONE_BY_ONE, NOT_DROPPED, FROM_THE_START, NO_SHARING)
START = CodeLine("set every weight w_i(0) to a small random number", PARAMETERS, once=True)
SAMPLE = (kinds.INPUT, kinds.TARGET)
CHANGED = (kinds.CHANGE, kinds.UPDATED)
COMPARED = (kinds.MISS, kinds.ERROR, kinds.SAMPLE_ERROR, kinds.TOTAL, kinds.WRONG)

PERCEPTRON = PseudoCode(
    "perceptron",
    "The perceptron's learning, as decks 000 and 003 have it from Rosenblatt",
    (
        START,
        CodeLine("repeat, an epoch each time:"),
        CodeLine("  for each sample j, with its label l_j:", SAMPLE),
        CodeLine("    y_j ← f(w(t)·x_j)", (kinds.NET, kinds.OUT)),
        CodeLine("    compare:  l_j - y_j", (kinds.MISS, kinds.WRONG)),
        CodeLine("    for each weight:  w_i(t+1) ← w_i(t) + α·(l_j - y_j)·x_j,i", CHANGED),
        CodeLine(
            "until all are right, or the epochs are over, or the share of errors stays",
            (kinds.EPOCH_WRONG,),
        ),
    ),
    (
        ("w(t)·x_j", "net"),
        ("y_j", "out; o in deck 003"),
        ("l_j", "target; t in deck 003"),
        ("l_j - y_j", "error"),
        ("α", "η"),
    ),
    (learns_by("perceptron"), *BY_SAMPLE),
    {},
    (
        "Deck 000 sets l_j - y_j equal to l_j - w·x_j. With a step for f these are two rules; the "
        "second one is the linear delta rule (--pseudocode adaline).",
        "Deck 000 says that w_i needs to become bigger where l_j - y_j is above 0. That holds "
        "where x_j,i is above 0; where it is below 0, w_i falls.",
    ),
)

ADALINE = PseudoCode(
    "adaline",
    "The linear delta rule, sample by sample, as deck 003 has it",
    (
        START,
        CodeLine("until done: for each training example (x, t)", SAMPLE),
        CodeLine("  o ← w·x", (kinds.NET,)),
        CodeLine("  f(o) is the answer, which nothing is learnt from", (kinds.OUT,)),
        CodeLine("  compare:  t - o", COMPARED),
        CodeLine("  for each weight:  w_i ← w_i + α·(t - o)·x_i", CHANGED),
    ),
    (("o", "net"), ("f(o)", "out"), ("t", "target"), ("t - o", "error"), ("α", "η")),
    (learns_by("adaline"), *BY_SAMPLE),
    {},
)

HEBB = PseudoCode(
    "hebb",
    "Hebb's rule, which deck 000 names: what is active together grows together",
    (
        START,
        CodeLine("for each sample x, with its target t where there is one:", SAMPLE),
        CodeLine("  o ← f(w·x)", (kinds.NET, kinds.OUT)),
        CodeLine(
            "  for each weight:  w_i ← w_i + α·o·x_i;  supervised, with t in place of o", CHANGED
        ),
    ),
    (("o", "out"), ("t", "target"), ("α", "η")),
    (learns_by("hebb", "hebb_supervised"), *BY_SAMPLE),
    {},
)
