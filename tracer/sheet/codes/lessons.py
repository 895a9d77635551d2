"""Learning without a derivative: the perceptron of decks 000 and 003, the delta rule, Hebb."""

from __future__ import annotations

from tracer.phrase import Phrase, alone
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
START = CodeLine(
    Phrase("set every weight w_i(0) to a small random number"), 0, PARAMETERS, once=True
)
SAMPLE = (kinds.INPUT, kinds.TARGET)
CHANGED = (kinds.CHANGE, kinds.UPDATED)
COMPARED = (kinds.MISS, kinds.ERROR, kinds.SAMPLE_ERROR, kinds.TOTAL, kinds.WRONG)

PERCEPTRON = PseudoCode(
    "perceptron",
    Phrase("The perceptron's learning, as decks 000 and 003 have it from Rosenblatt"),
    (
        START,
        CodeLine(Phrase("repeat, an epoch each time:")),
        CodeLine(Phrase("for each sample j, with its label l_j:"), 1, SAMPLE),
        CodeLine(alone("y_j ← f(w(t)·x_j)"), 2, (kinds.NET, kinds.OUT)),
        CodeLine(Phrase("compare:  l_j - y_j"), 2, (kinds.MISS, kinds.WRONG)),
        CodeLine(Phrase("for each weight:  w_i(t+1) ← w_i(t) + α·(l_j - y_j)·x_j,i"), 2, CHANGED),
        CodeLine(
            Phrase("until all are right, or the epochs are over, or the share of errors stays"),
            0,
            (kinds.EPOCH_WRONG,),
        ),
    ),
    (
        ("w(t)·x_j", alone("net")),
        ("y_j", Phrase("out; o in deck 003")),
        ("l_j", Phrase("target; t in deck 003")),
        ("l_j - y_j", alone("error")),
        ("α", alone("η")),
    ),
    (learns_by("perceptron"), *BY_SAMPLE),
    {},
    (
        Phrase(
            "Deck 000 sets l_j - y_j equal to l_j - w·x_j. With a step for f these are two rules; "
            "the second one is the linear delta rule (--pseudocode adaline)."
        ),
        Phrase(
            "Deck 000 says that w_i needs to become bigger where l_j - y_j is above 0. That holds "
            "where x_j,i is above 0; where it is below 0, w_i falls."
        ),
    ),
)

ADALINE = PseudoCode(
    "adaline",
    Phrase("The linear delta rule, sample by sample, as deck 003 has it"),
    (
        START,
        CodeLine(Phrase("until done: for each training example (x, t)"), 0, SAMPLE),
        CodeLine(alone("o ← w·x"), 1, (kinds.NET,)),
        CodeLine(Phrase("f(o) is the answer, which nothing is learnt from"), 1, (kinds.OUT,)),
        CodeLine(Phrase("compare:  t - o"), 1, COMPARED),
        CodeLine(Phrase("for each weight:  w_i ← w_i + α·(t - o)·x_i"), 1, CHANGED),
    ),
    (
        ("o", alone("net")),
        ("f(o)", alone("out")),
        ("t", alone("target")),
        ("t - o", alone("error")),
        ("α", alone("η")),
    ),
    (learns_by("adaline"), *BY_SAMPLE),
    {},
)

HEBB = PseudoCode(
    "hebb",
    Phrase("Hebb's rule, which deck 000 names: what is active together grows together"),
    (
        START,
        CodeLine(Phrase("for each sample x, with its target t where there is one:"), 0, SAMPLE),
        CodeLine(alone("o ← f(w·x)"), 1, (kinds.NET, kinds.OUT)),
        CodeLine(
            Phrase("for each weight:  w_i ← w_i + α·o·x_i;  supervised, with t in place of o"),
            1,
            CHANGED,
        ),
    ),
    (("o", alone("out")), ("t", alone("target")), ("α", alone("η"))),
    (learns_by("hebb", "hebb_supervised"), *BY_SAMPLE),
    {},
)
