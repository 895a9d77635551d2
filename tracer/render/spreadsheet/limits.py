"""What a spreadsheet is not made of: too many rows, too many sheets."""

from __future__ import annotations

from tracer.derive.trace import Trace
from tracer.errors import OutputError

MOST_ROWS = 20_000
"""Rows of a workbook; more would take long to open, and nobody reads them."""

MOST_SHEETS = 40
"""Training steps, each on a sheet of its own."""


def refuse_too_many(trace: Trace, in_one: bool) -> None:
    """Refuses what nobody would open.

    Raises:
        OutputError: there are too many quantities, or too many training steps.
    """
    steps = len(trace.segments)
    if trace.size > MOST_ROWS:
        over = f" over {steps} training steps" if steps > 1 else ""
        raise OutputError(
            f"{trace.size:,} quantities{over} are too many for a spreadsheet with a formula each, "
            f"which holds up to {MOST_ROWS:,}"
            + ("; --steps takes fewer training steps" if steps > 1 else "")
        )
    if steps > MOST_SHEETS and not in_one:
        raise OutputError(
            f"{steps} training steps are too many for a workbook with a sheet for each, which has "
            f"up to {MOST_SHEETS}; --steps takes fewer"
        )
