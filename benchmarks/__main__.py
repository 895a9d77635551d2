"""`python -m benchmarks`: measures every claim and prints one table of ratios."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Sequence

from benchmarks.claims import TINY, claims
from benchmarks.judge import Row, judged
from benchmarks.machine import described
from benchmarks.records import Size
from benchmarks.runs import TaskError
from benchmarks.table import table

ROUNDS = 11


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the benchmarks; returns the exit code, which is 1 only where something fails to run."""
    asked = _parser().parse_args(arguments)
    rounds = 1 if asked.tiny else asked.rounds
    wanted = claims(TINY if asked.tiny else Size(), asked.torch)
    print(textwrap.fill(described(rounds), 100), end="\n\n")
    rows: list[Row] = []
    try:
        for number, claim in enumerate(wanted, 1):
            print(f"{number}/{len(wanted)} {claim.what}", file=sys.stderr)
            rows.append(judged(claim, rounds))
    except TaskError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(table(rows)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="pairs of runs for each row")
    parser.add_argument("--tiny", action="store_true", help="only see that everything runs")
    parser.add_argument(
        "--torch",
        metavar="PYTHON",
        default=sys.executable,
        help="an interpreter that has PyTorch, where this one has not",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
