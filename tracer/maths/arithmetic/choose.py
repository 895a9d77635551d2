"""Find an arithmetic by its text: ``exact``, ``decimal:50``, ``by-hand:4sig:cut``."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from tracer.errors import TracerError
from tracer.maths.arithmetic.protocol import Arithmetic

DEFAULT = "decimal"

MAX_DIGITS = 5_000

_FORMS = (
    "exact, decimal, decimal:80, by-hand:4, by-hand:4sig, by-hand:4:half-even, by-hand:4:cut, "
    "float, interval or interval:30"
)


@cache
def arithmetic(text: str = DEFAULT) -> Arithmetic:
    """The arithmetic that a text names.

    Raises:
        TracerError: it names none; the message lists what it could be.
    """
    kind, *options = text.strip().lower().split(":")
    maker = _MAKERS.get(kind)
    if maker is None:
        raise _unknown(text, kind)
    return maker(text, options)


def _exact(text: str, options: list[str]) -> Arithmetic:
    from tracer.maths.arithmetic.exact import Exact

    _expect(text, len(options) == 0, "exact takes no digits")
    return Exact()


def _decimal(text: str, options: list[str]) -> Arithmetic:
    from tracer.maths.arithmetic.decimals import Decimals

    _expect(text, len(options) <= 1, "decimal takes a number of digits, decimal:50")
    return Decimals(_digits(text, options[0])) if options else Decimals()


def _by_hand(text: str, options: list[str]) -> Arithmetic:
    from tracer.maths.arithmetic.by_hand import HALF_UP, MODES, ByHand

    _expect(text, 1 <= len(options) <= 2, "by-hand takes a number of decimals, by-hand:4")
    count = options[0].removesuffix("sig")
    mode = MODES.get(options[1]) if len(options) > 1 else HALF_UP
    if mode is None:
        raise _refused(text, f"the ways to round are {', '.join(MODES)}")
    return ByHand(_digits(text, count), count != options[0], mode)


def _float(text: str, options: list[str]) -> Arithmetic:
    from tracer.maths.arithmetic.floats import Floats

    _expect(text, len(options) == 0, "float takes no digits")
    return Floats()


def _interval(text: str, options: list[str]) -> Arithmetic:
    from tracer.maths.arithmetic.intervals import Intervals

    _expect(text, len(options) <= 1, "interval takes a number of digits, interval:30")
    return Intervals(_digits(text, options[0])) if options else Intervals()


_MAKERS: dict[str, Callable[[str, list[str]], Arithmetic]] = {
    "exact": _exact,
    "decimal": _decimal,
    "by-hand": _by_hand,
    "float": _float,
    "interval": _interval,
}


def _digits(text: str, digits: str) -> int:
    if digits.isascii() and digits.isdigit() and len(digits) <= 6:
        count = int(digits)
        if 1 <= count <= MAX_DIGITS:
            return count
    raise _refused(text, f"the number of digits is a whole number from 1 to {MAX_DIGITS}")


def _expect(text: str, holds: bool, otherwise: str) -> None:
    if not holds:
        raise _refused(text, otherwise)


def _refused(text: str, reason: str) -> TracerError:
    return TracerError(f"arithmetic '{text[:40]}': {reason}")


def _unknown(text: str, kind: str) -> TracerError:
    from difflib import get_close_matches

    near = get_close_matches(kind, _MAKERS, 1)
    meant = f" (did you mean '{near[0]}'?)" if near else ""
    return TracerError(f"unknown arithmetic '{text[:40]}'{meant}: there are {_FORMS}")
