"""The scalars of a spec, each read from its text: words, names, counts, choices, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tracer.errors import FormulaError, TracerError, suggestion
from tracer.maths.expression import Number, Symbol, number
from tracer.maths.names import CALLABLE
from tracer.maths.parse import parse_value
from tracer.maths.tokens import in_ordinary_letters, is_name
from tracer.resources import notation_names
from tracer.spec.tree.forms import Leaf
from tracer.spec.tree.limits import MAX_STEPS
from tracer.spec.tree.nodes import Scalar, shown
from tracer.spec.tree.problems import Problems, listed
from tracer.spec.written import Entry

NOTHING = frozenset(("none", "null", "~"))
RESERVED = frozenset(
    (
        *CALLABLE,
        *NOTHING,
        "E",
        "net",
        "out",
        "target",
        "delta",
        "learning_rate",
        "inputs",
        "weights",
        "biases",
        "thresholds",
        "name",
    )
)
ZERO = number(0)
NUMBER_OR_TEXT = {"type": ["number", "string"]}


def _text(node: Scalar, problems: Problems) -> str:  # noqa: ARG001
    return node.text.strip()


def _word(node: Scalar, problems: Problems) -> Scalar:
    if not node.text.strip():
        problems.add(node, "expected a word, found nothing")
    return node


def _formula(node: Scalar, problems: Problems) -> Scalar:
    if not node.text.strip():
        problems.add(node, "expected a formula, such as x**2 or y = 3*x, found nothing")
    return node


def _name(node: Scalar, problems: Problems) -> Scalar:
    complain_of_name(node, node.text, problems)
    return node


def complain_of_name(
    node: Scalar,
    name: str,
    problems: Problems,
    offset: int = 0,
    reserved: frozenset[str] = RESERVED,
) -> None:
    """Add a problem if a text cannot name a unit, a parameter or a variable."""
    ordinary = in_ordinary_letters(name)
    if ordinary != name and name.isidentifier():
        found = f"{shown(name)} has characters that look like others; write {shown(ordinary)}"
        problems.add(node, found, offset)
    elif not is_name(name):
        message = f"expected a name made of letters, digits and underscores, found {shown(name)}"
        problems.add(node, message, offset)
    elif name in reserved:
        found = f"'{name}' already means something else here; choose another name"
        problems.add(node, found, offset)


def count(least: int, most: int, of: str) -> Leaf[int]:
    """A whole number between two limits."""
    wants = f"{of}, a whole number from {least:,} to {most:,}"

    def take(node: Scalar, problems: Problems) -> int:
        text = node.text.strip().replace("_", "")
        if text.isascii() and text.isdigit() and len(text) < 19 and least <= int(text) <= most:
            return int(text)
        problems.add(node, f"expected {wants}, found {shown(node.text)}")
        return least

    return Leaf(wants, take, {"type": "integer", "minimum": least, "maximum": most})


def choice(of: str, options: Iterable[str], aliases: Mapping[str, str] | None = None) -> Leaf[str]:
    """One of several words."""
    known = tuple(options)
    others = aliases or {}
    wants = f"{of}: {listed(known)}"

    def take(node: Scalar, problems: Problems) -> str:
        word = node.text.strip()
        chosen = others.get(word, word)
        if chosen not in known:
            hint = suggestion(word, (*known, *others)) or f"; known: {listed(known)}"
            problems.add(node, f"unknown {of} {shown(word)}{hint}")
            return known[0]
        return chosen

    return Leaf(wants, take, {"enum": [*known, *others]})


SWITCH_WORDS = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


NO_LETTERS = frozenset((*SWITCH_WORDS, "null"))
"""Words that are no letters: other readers of YAML see true, false or nothing in them."""


def _switch(node: Scalar, problems: Problems) -> bool:
    word = node.text.strip().lower()
    if word not in SWITCH_WORDS:
        problems.add(node, f"expected yes or no, found {shown(node.text)}")
    return SWITCH_WORDS.get(word, False)


def _batch(node: Scalar, problems: Problems) -> int:
    sizes = {"full": 0, "online": 1}
    word = node.text.strip()
    if word in sizes:
        return sizes[word]
    if word.isalpha():
        hint = suggestion(word, sizes) or ": full, online, or a count"
        problems.add(node, f"unknown batch {shown(word)}{hint}")
        return 0
    return BATCH_SIZE.take(node, problems)


def _arithmetic(node: Scalar, problems: Problems) -> str:
    from tracer.maths.arithmetic import arithmetic

    try:
        arithmetic(node.text.strip())
    except TracerError as error:
        problems.add(node, str(error))
    return node.text.strip()


def _notation(node: Scalar, problems: Problems) -> str:
    name, known = node.text.strip(), notation_names()
    if name in known:
        return name
    hint = suggestion(name, known) or f"; known: {listed(known, 20)}"
    problems.add(node, f"unknown notation {shown(name)}{hint}")
    return ""


def read_value(node: Scalar, problems: Problems, text: str, start: int = 0) -> Number | Symbol:
    """The number or letter that a part of a scalar's text says; 0 if it is wrong."""
    try:
        return parse_value(text)
    except FormulaError as error:
        blanks = len(text) - len(text.lstrip())
        problems.formula(node, error, start + blanks)
        return ZERO


def _value(node: Scalar, problems: Problems) -> Entry:
    value = read_value(node, problems, node.text)
    if isinstance(value, Number):
        return Entry(node, None, value)
    name = str(value.of)
    if name.lower() in NO_LETTERS:
        problems.add(node, f"expected a number or a letter, found YAML's word {shown(name)}")
    else:
        complain_of_name(node, name, problems)
    return Entry(node, name, None)


def _number(node: Scalar, problems: Problems) -> Entry:
    value = read_value(node, problems, node.text)
    if isinstance(value, Symbol):
        problems.add(node, f"expected a number, found the letter {shown(node.text)}")
        return Entry(node, None, ZERO)
    return Entry(node, None, value)


def _parameter(node: Scalar, problems: Problems) -> Entry:
    text = node.text
    if text in NOTHING:
        return Entry(node, absent=True)
    if "=" not in text:
        return _value(node, problems)
    before, _, after = text.partition("=")
    name = before.strip()
    complain_of_name(node, name, problems)
    start = len(before) + 1
    value = read_value(node, problems, after, start)
    if isinstance(value, Symbol):
        offset = start + len(after) - len(after.lstrip())
        problems.add(node, f"expected a number after '{name} =', found {shown(after)}", offset)
        value = ZERO
    return Entry(node, name, value)


BATCH_SIZE = count(1, MAX_STEPS, "a count of samples")
BATCH = Leaf(
    "full, online or a count",
    _batch,
    {"anyOf": [{"enum": ["full", "online"]}, BATCH_SIZE.json]},
)
ARITHMETIC = Leaf("an arithmetic, such as exact or by-hand:4", _arithmetic, {"type": "string"})
NOTATION = Leaf("the name of a notation, such as nielsen", _notation, {"type": "string"})
TEXT = Leaf("text", _text, {"type": ["string", "number"]})
WORD = Leaf("a word", _word, {"type": ["string", "number"]})
FORMULA = Leaf("a formula", _formula, {"type": ["string", "number"]})
NAME = Leaf("a name", _name, {"type": "string"})
SWITCH = Leaf("yes or no", _switch, {"enum": [True, False, "yes", "no"]})
VALUE = Leaf("a number or a letter", _value, NUMBER_OR_TEXT)
NUMBER = Leaf("a number", _number, NUMBER_OR_TEXT)
PARAMETER = Leaf(
    "a number, a letter, 'a = 0.15' or none", _parameter, {"type": ["number", "string", "null"]}
)
