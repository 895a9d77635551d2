"""From the pattern of a symbol, ``∂E/∂out_{unit}``, to its tree, with slots for names.

A slash makes a quotient of differentials. ``_`` and ``^`` put all that follows, up to the next
such sign, below or above. Lower-case words between blanks are prose.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import groupby
from unicodedata import normalize

from tracer.notation.symbols import (
    HAT,
    Digits,
    Hat,
    Letter,
    Over,
    Prose,
    Row,
    Scripts,
    Sign,
    Slot,
    Tree,
    Word,
    above,
    of_name,
    row,
)
from tracer.phrase import ENGLISH, Words

TOKEN = re.compile(r"(?P<slot>\{\w*\})|(?P<hat>[^\W\d_]\u0302)|(?P<numbered>[^\W\d_][0-9]+)"
                   r"|(?P<letters>ⅆ|[^\W\d_ⅆ]+)|(?P<digits>[0-9]+)|(?P<sign>.)")  # fmt: skip
RAISED = {"⁺": "+", "⁻": "−", "′": "′"}
"""Signs that stand above by themselves."""
SCRIPTING = re.compile(r"([_^])(?![^{}]*\})")
"""What puts something below or above; the name of a slot may have it too."""
OPERATORS = "Δ∇"
D = "ⅆ"
"""The upright d of a differential, told from a letter d."""
NOTHING = Row(())

Fill = Callable[[str, bool], Tree]
"""The tree of a slot's name, and whether it stands in a script."""


@cache
def parsed(pattern: str) -> Tree:
    """The tree of a pattern."""
    words = re.split(r"(\s+)", pattern)
    pairs = [(word, len(words) > 1 and _is_prose(word)) for word in words]
    parts: list[Tree] = []
    for is_prose, group in groupby(pairs, key=lambda pair: pair[1]):
        texts = [word for word, _ in group]
        parts += [Prose("".join(texts))] if is_prose else map(_symbol, texts)
    return row(parts)


def _is_prose(word: str) -> bool:
    return not word.strip() or (word.isalpha() and word.islower())


def _symbol(text: str) -> Tree:
    upper, slash, lower = text.partition("/")
    return Over(_side(upper), _side(lower)) if slash else _side(text)


def _side(text: str) -> Tree:
    """Symbols side by side, each with its scripts; a sign raised at the end belongs to the last."""
    if text[-1:] in RAISED and text[:-1]:
        return above(_side(text[:-1]), Sign(RAISED[text[-1]]))
    runs = SCRIPTING.split(text)
    parts = _run(runs[0])
    for sign, run in zip(runs[1::2], runs[2::2], strict=True):
        *before, base = parts or [NOTHING]
        parts = [*before, _scripted(base, sign, row(_run(run)))]
    return row(parts)


def _scripted(base: Tree, sign: str, script: Tree) -> Tree:
    """A symbol with one more script; a second one below stands after a comma."""
    old = base if isinstance(base, Scripts) else Scripts(base)
    if sign == "^":
        return Scripts(old.base, old.below, script)
    below = script if old.below is None else Row((old.below, Sign(","), script))
    return Scripts(old.base, below, old.above)


def _run(text: str) -> list[Tree]:
    """Letters, digits, slots and signs."""
    return [_ATOMS[found.lastgroup or "sign"](found[0]) for found in TOKEN.finditer(text)]


def _letters(text: str) -> Tree:
    if text in OPERATORS or text == D:
        return Sign("d" if text == D else text)
    letter, *marks = list(normalize("NFD", text))
    if marks == [HAT]:
        return Hat(Letter(letter))
    return Letter(text) if len(text) == 1 else Word(text)


_ATOMS: dict[str, Callable[[str], Tree]] = {
    "slot": lambda token: Slot(token[1:-1]),
    "hat": lambda token: Hat(Letter(token.removesuffix(HAT))),
    "numbered": of_name,
    "letters": _letters,
    "digits": Digits,
    "sign": Sign,
}


def filled(tree: Tree, fill: Fill, in_script: bool = False) -> Tree:
    """The tree with names in its slots; a slot that has none leaves nothing behind.

    Args:
        tree: of a pattern.
        fill: the tree of a slot's name.
        in_script: whether the tree stands below or above something.
    """
    match tree:
        case Slot(name):
            return fill(name, in_script)
        case Scripts(base, below, raised):
            scripts = (_script(part, fill) for part in (below, raised))
            return _with_scripts(filled(base, fill, in_script), *scripts)
        case Over(upper, lower):
            return Over(filled(upper, fill), filled(lower, fill))
        case Row(parts):
            found = [filled(part, fill, in_script) for part in parts]
            return row([part for part in found if part != NOTHING])
    return tree


PROSE = re.compile(r"\s*(?<![^\s])(?:[a-z]+(?:\s+|$))+")


def prose_in(pattern: str, words: Words) -> str:
    """The pattern with its prose in another language."""
    if words is ENGLISH or " " not in pattern:
        return pattern
    return PROSE.sub(lambda found: words.sentence(found[0]), pattern)


def in_words(tree: Tree, words: Words) -> Tree:
    """The tree with its prose in another language."""
    match tree:
        case Prose(text):
            return Prose(words.sentence(text))
        case Row(parts):
            return row([in_words(part, words) for part in parts])
    return tree


def _script(tree: Tree | None, fill: Fill) -> Tree | None:
    """A script with names in its slots; None where nothing is left of it."""
    script = NOTHING if tree is None else filled(tree, fill, in_script=True)
    return None if script == NOTHING else script


def _with_scripts(base: Tree, low: Tree | None, high: Tree | None) -> Tree:
    """A symbol with scripts; one that has some already, such as w5, gets more of them."""
    if isinstance(base, Scripts) and not (base.below and low) and not (base.above and high):
        return Scripts(base.base, base.below or low, base.above or high)
    return Scripts(base, low, high) if low or high else base
