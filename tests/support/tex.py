"""LaTeX pages read back: what each line of the steps says, as the text of a formula.

Nothing here comes from the program. Commands are read as an author means them: fractions, powers
and roots get brackets again, and rows that a long line was broken into are joined.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tests.support.html_pages import Told

TOKEN = re.compile(r"\\[a-zA-Z]+\*?|\\.|\s+|.", re.DOTALL)
STEP = re.compile(r"\\begin\{align\*\}\n(.*?)\n\\end\{align\*\}", re.DOTALL)
GIVENS = re.compile(r"\\begin\{alignat\*\}\{\d+\}\n(.*?)\n\\end\{alignat\*\}", re.DOTALL)
SIGNS = {"=": "=", r"\approx": "≈", r"\in": "∈"}
PLAIN = {
    **{r"\cdot": "*", r"\times": "*", r"\le": "<=", r"\ge": ">=", r"\lt": "<", r"\gt": ">"},
    **{r"\alpha": "α", r"\beta": "β", r"\gamma": "γ", r"\delta": "δ", r"\varepsilon": "ε"},
    **{r"\eta": "η", r"\theta": "θ", r"\lambda": "λ", r"\mu": "μ", r"\sigma": "σ", r"\rho": "ρ"},
    **{r"\varphi": "φ", r"\pi": "π", r"\Delta": "Δ", r"\nabla": "∇", r"\partial": "∂"},
    **{r"\prime": "′", r"\top": "⊤", r"\_": "_", r"\,": "", r"\{": "{", r"\}": "}", "~": " "},
    **dict.fromkeys((r"\left", r"\right", r"\bigl", r"\bigr", r"\mathrm", r"\text"), ""),
    **dict.fromkeys((r"\operatorname", r"\ensuremath", r"\displaystyle"), ""),
    **{f"\\{name}": name for name in ("ln", "sin", "cos", "tan", "sinh", "cosh", "tanh", "max")},
    **{r"\min": "min", r"\arctan": "atan", r"\log": "log"},
}
"""Commands that stand for a sign, a name, or nothing."""


class Reader:
    """Reads a formula, token by token."""

    def __init__(self, source: str) -> None:
        self.tokens = TOKEN.findall(source)
        self.place = 0

    def text(self, end: str = "") -> str:
        """Everything up to a token."""
        found: list[str] = []
        while self.place < len(self.tokens) and self.sees() != end:
            token = self.take()
            if token == "^":
                self._raise(found)
            elif not token.isspace() and token != "_":
                found.append(READERS[token](self) if token in READERS else PLAIN.get(token, token))
        self.take()
        return "".join(found)

    def _raise(self, found: list[str]) -> None:
        power = self.argument()
        if found and found[-1] == "e":
            found[-1] = f"exp({power})"
        else:
            found.append(f"**({power})")

    def argument(self) -> str:
        """A group, or one token."""
        token = self.take()
        if token == "{":
            return self.text("}")
        return READERS[token](self) if token in READERS else PLAIN.get(token, token)

    def words(self) -> str:
        """A group of text, whose blanks count."""
        start = self.place
        inner = self.argument()
        is_name = "".join(self.tokens[start : self.place]).strip("{}")
        return is_name if is_name in ("if ", "otherwise") else inner

    def bracket(self) -> str:
        """A bracket that grows; bars are those of an absolute value."""
        token = self.take()
        if token == "|":
            inner = self.text(r"\right")
            self.take()
            return f"abs({inner})"
        return PLAIN.get(token, token)

    def environment(self) -> str:
        """Rows that belong together, or cases."""
        name = self.argument()
        inner = self._until_end()
        rows = [_apart(row, "&") for row in _apart(inner, r"\\")]
        if name == "cases":
            return _cases(rows)
        return Reader("".join("".join(row) for row in rows)).text()

    def _until_end(self) -> str:
        depth, start = 1, self.place
        while depth:
            depth += {r"\begin": 1, r"\end": -1}.get(self.take(), 0)
        source = "".join(self.tokens[start : self.place - 1])
        self.argument()
        return source

    def fitted(self) -> str:
        """What was made smaller."""
        self.argument()
        return self.argument()

    def sees(self) -> str:
        """The next token; empty at the end."""
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self) -> str:
        """The next token, which is read."""
        self.place += 1
        return self.sees_before()

    def sees_before(self) -> str:
        """The token that was read last."""
        return self.tokens[self.place - 1] if self.place <= len(self.tokens) else ""


def _apart(source: str, sign: str) -> list[str]:
    """What stands between signs that belong to no environment inside."""
    parts, depth = [""], 0
    for token in TOKEN.findall(source):
        depth += {r"\begin": 1, r"\end": -1}.get(token, 0)
        if token == sign and not depth:
            parts.append("")
        else:
            parts[-1] += token
    return parts


def _cases(rows: list[list[str]]) -> str:
    *branches, (last, _) = rows
    told = "".join(
        f"{formula_of(test.replace('if ', '', 1))}, {formula_of(value)}, "
        for value, test in branches
    )
    return f"where({told}{formula_of(last)})"


READERS: dict[str, Callable[[Reader], str]] = {
    "{": lambda reader: reader.text("}"),
    r"\frac": lambda reader: f"(({reader.argument()})/({reader.argument()}))",
    r"\sqrt": lambda reader: f"sqrt({reader.argument()})",
    r"\hat": lambda reader: f"{reader.argument()}hat",
    r"\left": Reader.bracket,
    r"\begin": Reader.environment,
    r"\fitted": Reader.fitted,
}
"""Commands that are read with what follows them."""


def formula_of(tex: str) -> str:
    """The text of a formula in LaTeX."""
    return Reader(tex).text()


def tellings(tex: str) -> list[Told]:
    """The steps of a page, each with its lines after their signs."""
    return [_told(found[1].split("\n")) for found in STEP.finditer(tex)]


def _told(rows: list[str]) -> Told:
    symbol, lines = "", list[tuple[str, str]]()
    for row in rows:
        left, _, right = row.strip().removesuffix(r"\\").partition("&")
        sign = right.strip().partition(" ")[0]
        if left.strip():
            symbol = left
        if right.startswith(r"\quad"):
            lines[-1] = (lines[-1][0], lines[-1][1] + " " + right.removeprefix(r"\quad"))
        elif sign in SIGNS:
            lines.append((SIGNS[sign], right.strip().removeprefix(sign)))
        else:
            symbol = right
    return Told(formula_of(symbol), [(sign, formula_of(text)) for sign, text in lines])


def givens(tex: str) -> Iterator[tuple[str, str]]:
    """The givens of a page: symbol and number."""
    for found in GIVENS.finditer(tex):
        for row in found[1].split("\n"):
            for cell in row.strip().removesuffix(r"\\").split(r"&\qquad"):
                left, _, right = cell.partition("&")
                sign = right.strip().partition(" ")[0]
                yield formula_of(left), formula_of(right.strip().removeprefix(sign))
