"""How wide a formula in LaTeX is, without asking TeX: enough to know where it must be broken.

Widths are those of Latin Modern and Computer Modern, in ems of the text; they are estimates, and
rather too large than too small.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

TOKEN = re.compile(r"\\[a-zA-Z]+\*?|\\.|[{}]|\s+|.", re.DOTALL)
SCRIPT = 0.72
GAP = 0.75
"""Between two columns."""
FRACTION_SPACE, SCRIPT_SPACE, TALL_BRACKET = 0.3, 0.06, 0.74
DIGIT, USUAL, CAPITAL = 0.5, 0.55, 0.78

SIGNS = {
    **dict.fromkeys("+-", 1.23),
    **dict.fromkeys("=<>", 1.34),
    **dict.fromkeys("()", 0.39),
    **dict.fromkeys("[].:;!|'", 0.28),
    **dict.fromkeys("mM", 0.92),
    **dict.fromkeys("wW", 0.85),
    **dict.fromkeys("@—%&", 0.85),
    **dict.fromkeys("fijlt", 0.42),
    ",": 0.45,
    "~": 0.34,
    "_": 0,
    "^": 0,
}
"""Signs by themselves; signs of operations with the space on both sides."""

COMMANDS = {
    **dict.fromkeys((r"\cdot", r"\circ", r"\star"), 0.75),
    **dict.fromkeys((r"\times", r"\odot", r"\pm"), 1.23),
    **dict.fromkeys((r"\approx", r"\in", r"\le", r"\ge", r"\ne", r"\to"), 1.34),
    **dict.fromkeys((r"\,", r"\;", r"\:"), 0.25),
    **dict.fromkeys((r"\left", r"\right", r"\displaystyle", r"\mathrm", r"\text", r"\mathit"), 0),
    **dict.fromkeys((r"\mathbf", r"\operatorname", r"\hat", r"\ensuremath", r"\textstyle"), 0),
    **dict.fromkeys((r"\quad",), 1),
    **dict.fromkeys((r"\max", r"\min"), 2),
    **dict.fromkeys((r"\sinh", r"\cosh", r"\tanh", r"\arctan"), 2.4),
    **dict.fromkeys((r"\sin", r"\cos", r"\tan", r"\log"), 1.6),
    r"\ln": 1.1,
    r"\sum": 1.6,
    r"\dots": 1.3,
    r"\sqrt": 0.95,
    r"\&": 0.85,
    r"\%": 0.9,
}
"""Commands by themselves; those that only change what follows have no width of their own."""

OTHER_COMMAND = 0.78
"""The width of any other command: a Greek letter, a sign of text."""

TALL = (r"\frac", r"\begin", "^")
"""What makes brackets around it grow, and with it wider."""


class _Reader:
    """Reads tokens one after another."""

    def __init__(self, source: str) -> None:
        self.tokens = TOKEN.findall(source)
        self.place = 0

    def all(self) -> float:
        """Everything up to the end of the group."""
        total = 0.0
        while self.place < len(self.tokens) and self.tokens[self.place] != "}":
            total += self.one()
        return total

    def one(self) -> float:
        """One token with what belongs to it, scripts included."""
        token = self._take()
        if token in ("_", "^"):
            return self._scripts(token)
        if token == "{":
            return self._rest_of_group()
        return OWN[token](self) if token in OWN else _alone(token)

    def argument(self) -> float:
        """A group, or one token."""
        while self._sees() and self._sees().isspace():
            self._take()
        return self.one() if self._sees() else 0.0

    def word(self) -> str:
        """The text of a group of letters."""
        self._take()
        start = self.place
        while self._sees() not in ("}", ""):
            self._take()
        self._take()
        return "".join(self.tokens[start : self.place - 1])

    def rows(self) -> float:
        """Rows of cells, up to the end of their environment."""
        name = self.word()
        if name == "array":
            self.word()
        widest = row = 0.0
        while self._sees():
            token = self._sees()
            if token == r"\end":
                self._take()
                self.word()
                break
            if token in (r"\\", "&"):
                self._take()
                widest, row = max(widest, row), row + GAP if token == "&" else 0.0
            else:
                row += self.one()
        return max(widest, row) + SURROUNDED.get(name, 0.0)

    def bracket(self) -> float:
        """A bracket that grows; it is taken for a tall one."""
        return TALL_BRACKET if self._take() != "." else 0.12

    def _rest_of_group(self) -> float:
        inner = self.all()
        self.place += 1
        return inner

    def _scripts(self, sign: str) -> float:
        """A script; one above stands over one below."""
        first = self.argument()
        other = {"_": "^", "^": "_"}[sign]
        second = 0.0
        if self._sees() == other:
            self._take()
            second = self.argument()
        return max(first, second) * SCRIPT + SCRIPT_SPACE

    def _sees(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def _take(self) -> str:
        self.place += 1
        return str(self.tokens[self.place - 1])


def _fraction(reader: _Reader) -> float:
    return max(reader.argument(), reader.argument()) + FRACTION_SPACE


def _alone(token: str) -> float:
    if token.isspace():
        return 0.0
    if token.startswith("\\"):
        return COMMANDS.get(token, OTHER_COMMAND)
    if token in SIGNS:
        return SIGNS[token]
    if token.isdecimal():
        return DIGIT
    return CAPITAL if token.isupper() or not token.isascii() else USUAL


SURROUNDED = {"cases": 1.9, "bmatrix": 1.2, "pmatrix": 1.5}
"""What an environment has beside its cells."""

OWN: dict[str, Callable[[_Reader], float]] = {
    r"\frac": _fraction,
    r"\tfrac": lambda reader: _fraction(reader) * SCRIPT,
    r"\underset": lambda reader: max(reader.argument() * SCRIPT, reader.argument()),
    r"\begin": _Reader.rows,
    r"\left": _Reader.bracket,
    r"\right": _Reader.bracket,
}
"""Commands that are read with what follows them."""


@lru_cache(20_000)
def width(source: str) -> float:
    """The width of a formula in ems."""
    return _Reader(source).all()


def text_width(text: str) -> float:
    """The width of words in ems."""
    return sum(map(_of_sign, text))


def _of_sign(sign: str) -> float:
    if sign == " ":
        return 0.34
    if sign in "+=<>-":
        return CAPITAL if sign != "-" else 0.34
    return _alone(sign) if sign not in "_^" else DIGIT
