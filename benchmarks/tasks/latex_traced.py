"""LaTeX of every step of a network: formula, numbers put in, result.

``python -m benchmarks.tasks.latex_traced 4 8 8 4``
"""

from __future__ import annotations

import sys

from benchmarks.tasks.formulas import traced
from benchmarks.tasks.report import report, seconds_of
from tracer.notation.notation import terminal
from tracer.notation.numbers import NumberFormat
from tracer.render.markup.latex import LATEX
from tracer.render.markup.medium import Writer
from tracer.sheet.page import Wanted, page
from tracer.sheet.telling import Telling

LEAST_SECONDS = 0.5


def main(*sizes: str) -> None:
    """Times the writing; the trace is there already."""
    trace = traced([int(size) for size in sizes])

    def work() -> int:
        writer = Writer(LATEX, terminal(samples=False))
        sections = page(trace, Wanted(NumberFormat(decimals=6)))
        told = [item for section in sections for item in section.items if isinstance(item, Telling)]
        for telling in told:
            writer.symbol(telling.quantity)
            for line in telling.lines:
                writer.line(line)
        return len(told)

    seconds, count = seconds_of(work, LEAST_SECONDS)
    report(seconds, count)


if __name__ == "__main__":
    main(*sys.argv[1:])
