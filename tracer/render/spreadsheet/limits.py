"""What a spreadsheet is not made of: too many rows, too many sheets."""

from __future__ import annotations

from tracer.derive.trace import Trace
from tracer.errors import OutputError

MOST_ROWS = 20_000
"""Rows with a name, rule and formula each; more would take long to open, and nobody reads them."""

MOST_SHEETS = 40
"""Training steps, each on a sheet of its own; of more, each step is a row of one sheet."""

MOST_CELLS = 80_000
"""Cells of a training that is told in rows."""

MOST_COLUMNS = 10_000
"""Columns of such a sheet: spreadsheets have 16,384."""


def refuse_too_many(trace: Trace, in_one: bool) -> None:
    """Refuses what nobody would open.

    Raises:
        OutputError: there are too many quantities.
    """
    steps = len(trace.segments)
    in_rows = steps > MOST_SHEETS and not in_one
    most = MOST_CELLS if in_rows else MOST_ROWS
    wide = max(segment.program.size for segment in trace.segments)
    if trace.size <= most and not (in_rows and wide > MOST_COLUMNS):
        return
    over = f" over {steps} training steps" if steps > 1 else ""
    fewer = "; --steps takes fewer training steps" if steps > 1 else ""
    raise OutputError(
        f"{trace.size:,} quantities{over} are too many for a spreadsheet with a formula each, "
        f"which holds up to {most:,}{fewer}"
    )
