"""Symbols as trees, made from patterns."""

from __future__ import annotations

import pytest

from tracer.notation.notation import TERMINAL, terminal
from tracer.notation.patterns import parsed
from tracer.notation.symbols import (
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
)
from tracer.rules import quantity as kinds
from tracer.rules.quantity import Kind, Quantity

UNIT = Slot("unit")


@pytest.mark.parametrize(
    ("pattern", "tree"),
    [
        ("η", Letter("η")),
        ("net_{unit}", Scripts(Word("net"), UNIT)),
        ("E", Letter("E")),
        ("{unit}⁺", Scripts(UNIT, None, Sign("+"))),
        ("v_{unit}⁺", Scripts(Letter("v"), UNIT, Sign("+"))),
        ("β1", Scripts(Letter("β"), Digits("1"))),
        ("m\u0302_{unit}", Scripts(Hat(Letter("m")), UNIT)),
        ("Δ{unit}", Row((Sign("Δ"), UNIT))),
        (
            "∂E/∂out_{unit}",
            Over(
                Row((Sign("∂"), Letter("E"))),
                Row((Sign("∂"), Scripts(Word("out"), UNIT))),
            ),
        ),
        ("error_kept_{unit}", Scripts(Word("error"), Row((Word("kept"), Sign(","), UNIT)))),
        ("w_{to}{from}", Scripts(Letter("w"), Row((Slot("to"), Slot("from"))))),
        (
            "a_{number}^({layer})",
            Scripts(
                Letter("a"), Slot("number"), Row((Sign("("), Slot("layer"), Sign(")")))
            ),
        ),
        ("sign of Δ{unit}", Row((Prose("sign of "), Row((Sign("Δ"), UNIT))))),
        (
            "error_{unit} through {source}",
            Row((Scripts(Word("error"), UNIT), Prose(" through "), Slot("source"))),
        ),
    ],
)  # fmt: skip
def test_patterns(pattern: str, tree: Tree) -> None:
    """A pattern says what stands below, above, over and beside what."""
    assert parsed(pattern) == tree


@pytest.mark.parametrize(
    ("name", "tree"),
    [
        ("w5", Scripts(Letter("w"), Digits("5"))),
        ("w", Letter("w")),
        ("7", Digits("7")),
        ("bias", Word("bias")),
        ("h1_a", Scripts(Letter("h"), Row((Digits("1"), Sign(","), Letter("a"))))),
        ("x_2_3", Scripts(Letter("x"), Row((Digits("2"), Sign(","), Digits("3"))))),
        ("h1_", Word("h1_")),
        ("x1^a", Scripts(Letter("x"), Digits("1"), Letter("a"))),
        ("größe", Word("größe")),
        ("<script>", Word("<script>")),
    ],
)
def test_names(name: str, tree: Tree) -> None:
    """A letter with a number has it below; a longer name stays one word."""
    assert of_name(name) == tree


def test_a_number_stays_beside_its_letter_below() -> None:
    """h1 below something is h and 1 side by side, not a script of a script."""
    assert of_name("h1", in_script=True) == Row((Letter("h"), Digits("1")))


def test_a_mark_goes_to_the_numerator() -> None:
    """The sample of a derivative stands above what is derived."""
    tree = Over(Row((Sign("∂"), Letter("E"))), Letter("w"))
    marked = Over(Row((Sign("∂"), Scripts(Letter("E"), None, Sign("[2]")))), Letter("w"))
    assert above(tree, Sign("[2]")) == marked


EVERY_KIND = sorted(
    (kind for kind in vars(kinds).values() if isinstance(kind, Kind)), key=lambda kind: kind.plain
)


@pytest.mark.parametrize(
    "kind", list(dict.fromkeys((*EVERY_KIND, *TERMINAL))), ids=lambda kind: kind.plain
)
def test_no_slot_is_left(kind: Kind) -> None:
    """In the symbol of a quantity every name is put in, whichever kind it is."""
    quantity = Quantity(kind, "h1", "o2", sample=2, step=3)
    assert "Slot" not in repr(terminal(samples=True, steps=True).tree(quantity))


def test_units_with_one_letter_and_different_numbers_differ() -> None:
    """Different quantities have different trees."""
    notation = terminal(samples=True, steps=True)
    quantities = [
        Quantity(kinds.NET, unit, sample=sample, step=step)
        for unit in ("h1", "h2", "h12")
        for sample in (1, 2)
        for step in (1, 2)
    ]
    assert len({notation.tree(quantity) for quantity in quantities}) == len(quantities)
