"""HTML pages read back: which ids, links and formulas there are, and what each line of steps says.

Nothing here comes from the program. Formulas are read as `tests.support.mathml` reads them, and
compared with those of the page in text, whose lines other tests hold to the truth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from html.parser import HTMLParser

from msgspec import Struct, field

from tests.support import pages
from tests.support.mathematics import READ_BACK
from tests.support.mathml import formula_of
from tests.support.reading import evaluated

_VIEW = re.compile(
    r'<section class="view" id="([^"]*)"(.*?)(?=<section class="view"|</main>)', re.S
)
_MATH = re.compile(r"<math[^>]*>(.*?)</math>", re.S)
_PARAGRAPH = re.compile(r'<p(?: class="(symbol|result)")?>(<math.*?)</p>', re.S)
_GIVEN = re.compile(r"<li(?: id=\"[^\"]*\")?>(<math.*?)</li>", re.S)
_SIGN = re.compile(r"<mo>([=≈∈])</mo>")
VOID = ("meta", "input", "br", "link", "img")


class Elements(HTMLParser):
    """The elements of a page, which must be closed as they were opened.

    Attributes:
        found: each start tag with its attributes.
        mistakes: tags that do not fit.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, Mapping[str, str]]] = []
        self.mistakes: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.mistakes += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A start tag."""
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """An end tag, which closes what was opened last."""
        if not self._open or self._open.pop() != tag:
            self.mistakes.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself, in a picture."""
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def values(self, attribute: str) -> list[str]:
        """Every value of an attribute, in order."""
        return [found[attribute] for _, found in self.found if attribute in found]


class Told(Struct):
    """A step: its symbol, and its lines, each after its sign."""

    symbol: str
    lines: list[tuple[str, str]] = field(default_factory=list)


def views(text: str) -> dict[str, str]:
    """The markup of each view of a page, by its address."""
    return {found[1]: found[2] for found in _VIEW.finditer(text)}


def formula(markup: str) -> str:
    """The formula of the pieces of a line."""
    return formula_of("".join(_MATH.findall(markup)))


def tellings(view: str) -> list[Told]:
    """The steps of a view, those of longer tellings among them."""
    found: list[Told] = []
    for kind, markup in _PARAGRAPH.findall(view):
        if kind == "symbol":
            found.append(Told(formula(markup)))
        else:
            sign, rest = _apart(markup)
            found[-1].lines.append((sign, rest))
    return found


def givens(view: str) -> list[tuple[str, str]]:
    """The givens of a view: symbol and number."""
    told = map(formula, _GIVEN.findall(view))
    return [
        (left, right) for left, _, right in (re.split("([=≈∈])", text, maxsplit=1) for text in told)
    ]


def _apart(markup: str) -> tuple[str, str]:
    sign = _SIGN.search(markup)
    assert sign, f"a line without a sign: {markup}"
    return sign[1], formula(markup.replace(sign[0], "", 1))


class Symbols:
    """Values for symbols in two notations, so that formulas in both can be compared.

    Attributes:
        pairs: the same symbol in each of the notations.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = list(dict.fromkeys(pairs))
        self.values = {f"q{k}": Fraction(2 * k + 3, k + 2) for k in range(len(self.pairs))}
        self.patterns = [self._pattern(side) for side in (0, 1)]

    def _pattern(self, side: int) -> tuple[re.Pattern[str], Mapping[str, str]]:
        names = {pair[side]: f"q{k}" for k, pair in enumerate(self.pairs)}
        longest = sorted(names, key=len, reverse=True)
        return re.compile("|".join(rf"(?<!\w){re.escape(n)}(?![\w(])" for n in longest)), names

    def value(self, text: str, side: int) -> Fraction | str | None:
        """A formula's value; None where it has names that are no symbol of these.

        A formula without a value says why: both must say the same.
        """
        pattern, names = self.patterns[side]
        plain = pattern.sub(lambda found: f" {names[found[0]]} ", text)
        try:
            return Fraction(evaluated(plain, self.values, READ_BACK))
        except (KeyError, SyntaxError):
            return None
        except ArithmeticError as error:
            return type(error).__name__


def same_lines(
    written: Sequence[Told], printed: Sequence[pages.Told], known: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """Where steps in HTML say something else than those in text; one line for each difference.

    Args:
        written: in HTML.
        printed: in text.
        known: what is given, in HTML and in text.
    """
    assert len(written) == len(printed)
    steps = list(zip(written, printed, strict=True))
    symbols = Symbols([*known, *((one.symbol, other.symbol) for one, other in steps)])
    for one, other in steps:
        signs = [[sign for sign, _ in told.lines] for told in (one, other)]
        if signs[0] != signs[1]:
            yield f"{other.symbol}: {signs[0]} for {signs[1]}"
        for (_, mine), (_, theirs) in zip(one.lines, other.lines, strict=False):
            if theirs.startswith("["):
                continue
            left, right = symbols.value(mine, 0), symbols.value(pages.plain(theirs), 1)
            if left != right and right is not None:
                yield f"{other.symbol}: {mine} for {theirs}"
