"""Numerical derivatives: one row for each difference quotient, its formula in named roles."""

from __future__ import annotations

from tracer.rules.backprop import Rule

FORWARD = Rule(
    "forward difference",
    "(ahead - here)/h",
    "the value after a step ahead, less the value here: its error falls with the step",
)
CENTRAL = Rule(
    "central difference",
    "(ahead - behind)/(2*h)",
    "a step ahead and a step behind: its error falls with the square of the step",
)
RULES = (FORWARD, CENTRAL)
"""Every difference quotient, over the values ahead, here and behind, and the step h."""
