"""How much one spec may ask for."""

MAX_UNITS = 100_000
"""Units of a network, the inputs included."""

MAX_EDGES = 200_000
"""Edges of a network: as many weights as a file can write down."""

MAX_STEPS = 1_000_000
"""Updates in one run."""

MAX_TIME_STEPS = 10_000
"""Time steps of one sequence."""

MAX_DIGITS = 400
"""Digits shown of a number."""

MAX_LINES = 10_000
"""Lines of an expression program."""
