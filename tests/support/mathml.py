"""MathML read back as the text of a formula: fractions, powers and roots get brackets again."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, fromstring

SIGNS = {"\u2212": "-", "·": "*", "×": "*", "\u2062": "*", "\u2061": "", "≤": "<=", "≥": ">="}
SPELLED = {"arctan": "atan"}
OTHERWISE = "otherwise"


def formula_of(markup: str) -> str:
    """The text of a formula that was written as MathML.

    Args:
        markup: one formula, without ``<math>``; identifiers with a script are read as one name.
    """
    return _row(list(fromstring(f"<math>{markup}</math>")))


def _row(items: Sequence[Element]) -> str:
    return "".join(map(_text, _without_bars(items)))


def _without_bars(items: Sequence[Element]) -> list[Element]:
    """An absolute value between bars, and cases after a brace, as calls."""
    if items and items[0].tag == "mo" and items[0].text == "|":
        return [_called("abs", items[1:-1])]
    if items and items[0].tag == "mo" and items[0].text == "{":
        return [_leaf(_cases(items[1]))]
    return list(items)


def _called(name: str, items: Sequence[Element]) -> Element:
    return _leaf(f"{name}({_row(items)})")


def _leaf(text: str) -> Element:
    made = Element("mn")
    made.text = text
    return made


def _cases(table: Element) -> str:
    parts = []
    for value, condition in table:
        parts.append((_row(list(condition)), _row(list(value))))
    *branches, (_, otherwise) = parts
    told = [f"{test.removeprefix('if').strip()}, {value}, " for test, value in branches]
    return f"where({''.join(told)}{otherwise})"


def _text(item: Element) -> str:
    parts = list(item)
    match item.tag:
        case "mrow":
            return _row(parts)
        case "mfrac":
            return f"(({_text(parts[0])})/({_text(parts[1])}))"
        case "msqrt":
            return f"sqrt({_row(parts)})"
        case "msup" if parts[0].text == "e" and parts[0].tag == "mi":
            return f"exp({_text(parts[1])})"
        case "msup":
            return f"{_text(parts[0])}**({_text(parts[1])})"
        case "msub":
            return _text(parts[0]) + _text(parts[1])
        case "mover":
            return f"{_text(parts[0])}hat"
        case "msubsup":
            return f"{_text(parts[0])}{_text(parts[1])}**({_text(parts[2])})"
    text = item.text or ""
    if item.tag == "mi":
        return SPELLED.get(text, text)
    return SIGNS.get(text, text.replace("\xa0", " "))
