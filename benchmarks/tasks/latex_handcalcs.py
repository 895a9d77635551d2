"""The same formulas by handcalcs: formula, numbers put in, result, from lines of Python.

``python -m benchmarks.tasks.latex_handcalcs 4 8 8 4``
"""

from __future__ import annotations

import sys
from math import exp

from benchmarks.tasks.formulas import formulas, numbers, traced
from benchmarks.tasks.report import report, seconds_of

SETTINGS = {"override": "", "precision": 6, "sympy": False, "sci_not": None}
LEAST_SECONDS = 0.5


def main(*sizes: str) -> None:
    """Times the writing; the values are there already."""
    from handcalcs.handcalcs import LatexRenderer

    trace = traced([int(size) for size in sizes])
    found = formulas(trace)
    lines = "\n".join(formula.line for formula in found)
    values = numbers(trace) | {"exp": exp}

    def work() -> str:
        text: str = LatexRenderer(lines, values, SETTINGS).render()
        return text

    seconds, _ = seconds_of(work, LEAST_SECONDS)
    report(seconds, len(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
