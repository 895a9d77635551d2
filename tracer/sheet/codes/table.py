"""Every pseudo-code, by its name on the command line."""

from __future__ import annotations

from tracer.sheet.codes.backpropagation import AIMA, MITCHELL
from tracer.sheet.codes.descent import LOOP, THETA
from tracer.sheet.codes.lessons import ADALINE, HEBB, PERCEPTRON

PSEUDOCODES = (AIMA, MITCHELL, LOOP, THETA, PERCEPTRON, ADALINE, HEBB)

NAMES = tuple(code.name for code in PSEUDOCODES)
