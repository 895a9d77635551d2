"""Every error this program raises on purpose, as one drawn tree.

    TracerError
    ├── FormulaError        a formula cannot be read (has a column)
    ├── SpecError           a spec file is wrong (a list of Problems, each with its place)
    ├── CalculationError    a value does not exist: division by zero, ln(0), overflow (has a place)
    │   ├── IrrationalError     exact arithmetic meets a number that is no fraction
    │   └── TooLargeError       no number of digits makes it smaller
    ├── UnknownQuantityError    a name that this trace does not contain
    ├── LimitError          more work was asked for than the stated limit
    └── OutputError         a result cannot be written

The command line turns each into its message on standard error and exit code 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct


class TracerError(Exception):
    """The root: catch this to catch whatever the program raises on purpose."""


class FormulaError(TracerError):
    """A formula cannot be read.

    Attributes:
        message: what was found, and what would be right.
        column: where in the formula's text, counted from 0.
    """

    def __init__(self, message: str, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.column = column


class Place(Struct, frozen=True):
    """Where something stands in a file; line and column count from 1.

    Line 0 is no line: settings that a command line or a program makes have none.
    """

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Problem(Struct, frozen=True):
    """One thing that is wrong in a spec: its place, its field, and what to do about it.

    Attributes:
        place: the line and column of the offending text.
        field: the path of the field, such as ``layers[1].activation``; empty for the whole file.
        message: what was found and what would be right.
    """

    place: Place
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.field}: " if self.field else ""
        return f"{self.place}: {where}{self.message}"


class SpecError(TracerError):
    """A spec file is wrong; it carries every problem that was found, in the file's order."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class CalculationError(TracerError):
    """A value does not exist in the arithmetic in use.

    Attributes:
        message: the quantity, and why it has no value.
        place: where a file says how the quantity is calculated; None: no file is known to.
        at: what was being calculated, for whoever can tell its place.
    """

    def __init__(self, message: str, place: Place | None = None, at: Any = None) -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.message = message
        self.place = place
        self.at = at


class IrrationalError(CalculationError):
    """Exact arithmetic was asked for a number that is not a fraction."""


class TooLargeError(CalculationError):
    """A value is larger than any number of the arithmetic, whatever its digits."""


class UnknownQuantityError(TracerError):
    """A quantity was asked for by a name that the trace does not contain."""


def misnamed(field: str, found: Sequence[tuple[Place | None, str]]) -> TracerError:
    """The error for names in a spec that its calculation does not have.

    Args:
        field: the field that names them.
        found: for each, where the file has it (None: it comes from no file), and what is wrong.
    """
    problems = [Problem(place, field, message) for place, message in found if place]
    if len(problems) == len(found):
        return SpecError(tuple(problems))
    return UnknownQuantityError("\n".join(f"{field}: {message}" for _, message in found))


class LimitError(TracerError):
    """More work was asked for than the stated limit allows."""


class OutputError(TracerError):
    """A result cannot be written where it was wanted."""


MOST_CANDIDATES = 2_000
LONGEST_WORD = 60


def suggestion(word: str, known: Iterable[str], most: int = 1, likeness: float = 0.6) -> str:
    """`` (did you mean 'sigmoid'?)`` where known words are close, else nothing.

    Args:
        word: what was found.
        known: what would have been right; of very many words none is looked for.
        most: how many words are suggested at most.
        likeness: from 0 to 1, how close they have to be.
    """
    from difflib import get_close_matches

    candidates = list(known)
    if len(word) > LONGEST_WORD or len(candidates) > MOST_CANDIDATES:
        return ""
    close = get_close_matches(word, candidates, n=most, cutoff=likeness)
    return f" (did you mean {' or '.join(map(repr, close))}?)" if close else ""
