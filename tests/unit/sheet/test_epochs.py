"""Epochs on a page: tables that read back, what came out, why it stopped, and what goes round."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from tests.unit.making import IN_A_ROW, calculated, traced
from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.notation.notation import terminal
from tracer.notation.numbers import NumberFormat
from tracer.notation.said import english
from tracer.render.text import TextPage
from tracer.sheet.conventions import conventions
from tracer.sheet.epochs import epochs_view
from tracer.sheet.overview import whole
from tracer.sheet.page import STANDARD, Wanted
from tracer.spec import find, with_training

EXAMPLES = ("perceptron_or", "perceptron_and", "perceptron_xor", "adaline", "hebb")
FOUR = Wanted(NumberFormat(decimals=4))
Table = list[dict[str, str]]


def lines(found: Trace, width: int = 80, wanted: Wanted | None = None) -> list[str]:
    """The page of epochs."""
    page = TextPage(terminal(found.several_samples), width)
    return list(page.lines(epochs_view(found, wanted or Wanted())))


def tables(text: list[str]) -> list[Table]:
    """The tables of each epoch, read back: a row for each sample, by the columns' heads."""
    found: list[Table] = []
    rows: Table = []
    heads: list[str] = []
    for line in text:
        words = line.replace("|", " ").split()
        if line.startswith("Epoch "):
            rows, heads = [], []
            found.append(rows)
        elif words[:1] == ["sample"]:
            heads, place = words, 0
        elif heads and words and (words[0].isdigit() or words[0] == "all"):
            if len(rows) <= place:
                rows.append({})
            rows[place] |= dict(zip(heads, words, strict=True))
            place += 1
        else:
            heads = []
    return found


@pytest.mark.parametrize("width", [80, 60, 44])
@pytest.mark.parametrize("name", EXAMPLES)
def test_no_line_is_too_wide(name: str, width: int) -> None:
    """Tables are broken between groups of columns where the page is narrow."""
    text = lines(calculated(find(name)), width, FOUR)
    assert max(len(line) for line in text if line.startswith("  ")) <= width


@pytest.mark.parametrize("width", [200, 80, 44])
@pytest.mark.parametrize("name", ["perceptron_or", "perceptron_xor", "hebb"])
def test_every_row_adds_up(name: str, width: int) -> None:
    """Read back, net is the weighted sum, error target minus out, after before plus change."""
    for rows in tables(lines(calculated(find(name)), width)):
        for row in rows:
            cells = {head: Fraction(cell) for head, cell in row.items()}
            weights = [head for head in ("w1", "w2", "w3") if head in cells]
            net = sum(cells[w] * cells[w.replace("w", "x")] for w in weights) + cells.get("b", 0)
            assert cells["net"] == net
            if "error" in cells:
                assert cells["error"] == cells["target"] - cells["out"]
            for name_of in (*weights, *(["b"] if "b" in cells else [])):
                assert cells[f"{name_of}⁺"] == cells[name_of] + cells[f"Δ{name_of}"]
        for row, after in pairwise(rows):
            assert row["w1⁺"] == after["w1"]


def test_a_batch_ends_with_a_row_for_all() -> None:
    """In a batch, each sample has its own changes; what comes of them stands in a last row."""
    found = calculated(with_training(find("perceptron_or"), {"batch": "full"}))
    text = lines(found)
    rows = [line.split()[0] for line in text[text.index("Epoch 1") :] if line.startswith("   ")]
    assert rows[:5] == ["1", "2", "3", "4", "all"]


def test_rounded_numbers_are_marked() -> None:
    """A number of a table that is not all of it stands after ≈."""
    text = "\n".join(lines(calculated(find("adaline"), "decimal"), wanted=FOUR))
    assert "≈0.1741" in text
    assert "-0.41 " in text


def test_the_summary() -> None:
    """Below the tables stands what came out of each epoch, and the last weights."""
    text = lines(calculated(find("perceptron_or")))
    start = text.index("Training: what came out of each epoch")
    assert text[start + 2 : start + 6] == [
        "epoch 1  2 of 4 answers wrong",
        "epoch 2  2 of 4 answers wrong",
        "epoch 3  1 of 4 answers wrong",
        "epoch 4  0 of 4 answers wrong",
    ]
    assert text[-1] == "  w1⁺ = 0.5    w2⁺ = 0.5    w3⁺ = 0.5"


def test_a_long_training_shows_some_epochs() -> None:
    """Of more than twelve epochs, the first five and the last are told, and milestones."""
    found = calculated(with_training(find("perceptron_xor"), {"epochs": "30"}))
    text = lines(found)
    titles = [line for line in text if line.startswith("Epoch ")]
    assert titles == [f"Epoch {n}" for n in (1, 2, 3, 4, 5, 30)]
    assert [line.split()[1] for line in text if line.startswith("epoch ")] == [
        *("1", "2", "5", "10", "20", "30")
    ]


def test_the_longer_telling_adds_the_errors_up() -> None:
    """With --long the sum over an epoch is told with its terms."""
    text = lines(calculated(find("perceptron_or")), wanted=Wanted(long=True))
    at = text.index("  errors in epoch 1 = wrong_y[1] + wrong_y[2] + wrong_y[3] + wrong_y[4]")
    assert [line.strip() for line in text[at + 1 : at + 3]] == ["= 1 + 1 + 0 + 0", "= 2"]


def test_gradient_descent_has_a_summary() -> None:
    """Without a learning rule there are no tables, but the error of each epoch."""
    text = lines(traced(IN_A_ROW, steps="3", batch="online"))
    assert not [line for line in text if line.startswith("Epoch")]
    assert "epoch 1  E = 23.4244" in text


def test_what_has_no_training_has_no_epochs() -> None:
    """An expression, or a network without a learning rate, is refused."""
    for found in (calculated(find("decks_power")), traced(IN_A_ROW, steps="0")):
        with pytest.raises(TracerError, match="it has no epochs"):
            list(epochs_view(found, Wanted()))


def rows_of(name: str, numbers: str = "exact") -> dict[str, str]:
    """The conventions of an example."""
    found = conventions(calculated(find(name), numbers), STANDARD)
    return {english(key): english(text) for key, text in found}


def test_why_it_stopped() -> None:
    """The page says until when, at most, and why it stopped."""
    found = rows_of("perceptron_or")
    assert found["until"] == "every answer of an epoch is right; at most 100 epochs"
    assert found["stopped"] == "after epoch 4: every answer was right"
    assert rows_of("perceptron_xor")["stopped"] == (
        "after epoch 10: that is the most; what was waited for has not come"
    )
    assert rows_of("adaline")["stopped"] == (
        "after epoch 6: the share of wrong answers has not changed for 3 epochs"
    )


def test_what_goes_round_is_named() -> None:
    """The weights that come back are named; where numbers are rounded, in which arithmetic."""
    assert rows_of("perceptron_xor")["cycle"] == (
        "the weights after epoch 7 are those after epoch 6 (w1 = -0.1, w2 = -0.1, b = 0): "
        "it will go round for ever"
    )
    assert "cycle" not in rows_of("perceptron_or")
    by_hand = rows_of("perceptron_xor", "by-hand:1").get("cycle", "")
    assert by_hand.startswith("the weights after epoch")


def test_the_rule_takes_the_place_of_error_and_delta() -> None:
    """A perceptron's page speaks of its rule, not of E, delta or slopes."""
    found = rows_of("perceptron_or")
    assert not {"error", "delta", "update"} & set(found)
    assert found["at the kink"] == "step(0) = 1"
    assert rows_of("adaline")["error"].endswith("1/2*(target - net)**2 (half squared error)")


def test_the_whole_page_ends_with_the_epochs() -> None:
    """The page of a long training tells its first update, then what came out of each epoch."""
    titles = [
        english(section.title) for section in whole(calculated(find("perceptron_or")), Wanted())
    ]
    assert titles[-2:] == ["Training: what came out of each epoch", "Parameters after step 16"]
    assert "Changes of the parameters" in titles


def test_letters_are_told_as_sums() -> None:
    """Where nothing has a number, the errors of an epoch are a formula, and no count is claimed."""
    text = """
        inputs: [x]
        layers: [{units: [a, b], activation: step}]
        training: {learning_rule: perceptron, learning_rate: eta, steps: 2}
    """
    found = lines(traced(text))
    assert "  errors in epoch 2 = wrong_a + wrong_b" in found
    assert not [line for line in found if "answers wrong" in line]
