"""The page in matrices: which equations it has, and what they say, on networks for the head."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.unit.making import BY_HEAD, IN_A_ROW, TWO_OUTPUT_LAYERS, headings, program, spec, traced
from tracer.derive.trace import Trace, trace
from tracer.errors import TracerError
from tracer.maths.arithmetic import arithmetic
from tracer.notation.notation import terminal
from tracer.render.text import TextPage
from tracer.rules.backprop import TEXTBOOK
from tracer.rules.variants import VARIANTS
from tracer.sheet.matrix.page import Asked, matrix_page, matrix_pages
from tracer.sheet.page import Wanted
from tracer.spec.find import find as example

SHARED = """
    inputs: [x1, x2, x3]
    layers:
      - {units: [h1, h2], weights: [[u = 2, v = 3, none], [none, u, v]], bias: [c = 1, c]}
      - {units: [o], weights: [[1, 2]]}
    samples: [{input: [1, 2, 3], target: 30}]
    training: {learning_rate: 1/10, frozen: [w6]}
"""


def lines(found: Trace, samples_as: str = "rows", **wanted: object) -> list[str]:
    """The lines of the page."""
    page = matrix_page(found, Wanted(**wanted), Asked(samples_as))  # type: ignore[arg-type]
    return list(TextPage(terminal(found.several_samples)).lines(page))


def formulas(found: list[str]) -> list[str]:
    """The first lines of all equations."""
    starts = [line.strip() for before, line in pairwise(found) if not before]
    return [line for line in starts if " = " in line and "= [" not in line]


def block(found: list[str], start: str) -> list[str]:
    """The lines from one that starts so to the next empty one."""
    place = next(k for k, line in enumerate(found) if line.strip().startswith(start))
    first = max(k for k, line in enumerate(found[:place]) if not line.strip()) + 1
    last = next(k for k, line in enumerate([*found, ""]) if k > first and not line.strip())
    return found[first:last]


def test_every_equation_stands_in_the_order_of_the_trace() -> None:
    """Forward, errors, backward, weights, inputs, update: what the deck writes, layer by layer."""
    found = lines(traced(BY_HEAD))
    assert formulas(found)[2:] == [
        *("Z1 = X·W1 + b1", "A1 = σ(Z1), entry by entry: σ(net) = net^2"),
        *("Z2 = A1·W2 + b2", "A2 = Z2"),
        *("L = C(A2, T), entry by entry: C(out, target) = 1/2·(target - out)^2", "E = L·u"),
        *("∂E/∂A2 = A2 - T", "δ2 = ∂E/∂A2 ∘ σ′(Z2)", "∂E/∂A1 = δ2·W2ᵀ", "σ′(Z1) = 2·Z1"),
        *("δ1 = ∂E/∂A1 ∘ σ′(Z1)", "∂E/∂W2 = A1ᵀ·δ2", "∂E/∂b2 = δ2·u", "∂E/∂W1 = Xᵀ·δ1"),
        *("∂E/∂b1 = δ1", "∂E/∂X = δ1·W1ᵀ", "W2⁺ = W2 - η·∂E/∂W2", "b2⁺ = b2 - η·∂E/∂b2"),
        *("W1⁺ = W1 - η·∂E/∂W1", "b1⁺ = b1 - η·∂E/∂b1"),
    ]


def test_numbers_stand_under_the_formula_with_their_shapes() -> None:
    """Factors and result stand beside each other, the shape under each."""
    assert block(lines(traced(BY_HEAD)), "Z1 = ") == [
        "  Z1 = X·W1 + b1",
        "     = [ 1  2 ] · [ 1   3 ] + [ 1  1 ] = [ 6  2 ]",
        "         1×2      [ 2  -1 ]     1×2        1×2",
        "                     2×2",
    ]


def test_columns_turn_everything() -> None:
    """With samples as columns, W has a row for each unit and stands before what it multiplies."""
    found = lines(traced(BY_HEAD), "columns")
    assert "∂E/∂W1 = δ1·Xᵀ" in formulas(found)
    assert block(found, "Z1 = ") == [
        "  Z1 = W1·X + b1",
        "     = [ 1   2 ] · [ 1 ] + [ 1 ] = [ 6 ]",
        "       [ 3  -1 ]   [ 2 ]   [ 1 ]   [ 2 ]",
        "          2×2       2×1     2×1     2×1",
    ]


def test_a_mean_is_told() -> None:
    """Averaged gradients have their factor."""
    found = lines(traced(IN_A_ROW, reduction="mean"))
    assert "∂E/∂W1 = 1/3·Xᵀ·δ1" in formulas(found)
    assert "E = 1/3·uᵀ·e" in formulas(found)


def test_long_tells_each_sample_and_the_sum() -> None:
    """The longer telling has a matrix for each sample, then their sum."""
    found = formulas(lines(traced(IN_A_ROW), long=True))
    first = found.index("∂E[1]/∂W1 = (X[1])ᵀ·δ1[1]")
    assert found[first + 3] == "∂E/∂W1 = ∂E[1]/∂W1 + ∂E[2]/∂W1 + ∂E[3]/∂W1"


def test_long_argues_with_a_single_synapse() -> None:
    """∂(S + a·w)/∂w = a, with what S is."""
    found = lines(traced(BY_HEAD), long=True)
    assert block(found, "a single synapse: net_h1") == [
        "a single synapse: net_h1 = S + w1·x1, where S = w2·x2 + b_h1 does not contain",
        "w1; what is left is what w1 is multiplied by",
        "  ∂net_h1/∂w1 = ∂(S + w1·x1)/∂w1",
        "              = x1",
        "              = 1",
    ]


def test_negative_deltas() -> None:
    """Where delta is minus the gradient, the signs say so."""
    found = formulas(lines(traced(BY_HEAD, delta="negative_gradient")))
    assert {"error_A2 = T - A2", "∂E/∂W2 = -A1ᵀ·δ2", "∂E/∂X = -δ1·W1ᵀ"} <= set(found)


def test_in_place_sees_new_weights() -> None:
    """In place, what comes back to a layer came through new weights."""
    found = formulas(lines(traced(BY_HEAD, update="in_place")))
    assert "∂E/∂A1 = δ2·(W2⁺)ᵀ" in found
    assert found.index("W2⁺ = W2 - η·∂E/∂W2") < found.index("∂E/∂A1 = δ2·(W2⁺)ᵀ")


def test_an_output_that_feeds_others() -> None:
    """The slope of its own error, and what comes back."""
    assert "∂E/∂A1 = A1 - T1 + δ2·W2ᵀ" in formulas(lines(traced(TWO_OUTPUT_LAYERS)))


def test_shared_weights_have_a_part_for_each_use() -> None:
    """G holds the parts; the derivative is told as their sum, and a shared bias once."""
    found = lines(traced(SHARED))
    assert "[ 12  . ]" not in block(found, "G1 = ")[-1]
    assert any("∂E/∂u = ∂E/∂out_h1" in line for line in found)
    assert "∂E/∂b1 = δ1·u" in formulas(found)
    assert block(found, "Z1 = ")[1].endswith(
        "(units share an offset: here it stands once for each of them)"
    )


def test_missing_edges_are_dots_and_frozen_weights_have_no_new_value() -> None:
    """A dot is no entry: of a connection that is not there, of a value that stays."""
    found = lines(traced(SHARED))
    assert block(found, "W2⁺") == [
        "  W2⁺ = W2 - η·∂E/∂W2",
        "    (frozen: w6; there is no new value)",
        "      = [ 1 ] - 1/10 · [ 63 ] = [ -5.3 ]",
        "        [ 2 ]          [ 98 ]   [  .   ]",
        "         2×1            2×1       2×1",
    ]
    assert block(found, "W1 = ") == [
        "       [ 2  . ]",
        "  W1 = [ 3  2 ]",
        "       [ .  3 ]",
        "         3×2",
    ]


JOINT = """
    inputs: [x]
    layers:
      - {units: [a, b], activation: %s, weights: [[1], [2]]}
    loss: half_squared_error
    samples: [{input: 1, target: [1, 0]}]
"""


def test_deltas_of_a_joint_activation_go_through_the_jacobian() -> None:
    """A row of derivatives by the outputs times the Jacobian; as columns, times its transpose."""
    found = traced(JOINT % "log_softmax", "decimal:30")
    assert "δ1 = ∂E/∂A1·J1" in formulas(lines(found))
    assert "δ1 = J1ᵀ·∂E/∂A1" in formulas(lines(found, "columns"))


def test_the_short_form_of_softmax_with_cross_entropy_is_one_difference() -> None:
    """Where the factors of the chain rule are multiplied out, delta is out minus target."""
    text = JOINT.replace("half_squared_error", "cross_entropy") % "softmax"
    assert "δ1 = A1 - T" in formulas(lines(traced(text, "decimal:30")))


def test_optimizers_are_told_as_what_they_do_to_each_entry() -> None:
    """A velocity is a matrix like the weights; what is no sum of products has its formula."""
    momentum = IN_A_ROW.replace("1/20}", "1/20, optimizer: {name: momentum, gamma: 0.9}}")
    found = formulas(lines(traced(momentum)))
    assert "W1⁺ = W1 - v_W1⁺" in found


def test_learning_rules_are_outer_products() -> None:
    """What a learning rule gives each weight is what comes in times what stands at its unit."""
    found = formulas(lines(trace(example("hebb"), arithmetic("exact")), steps=(1,)))
    assert "ΔW1 = η·Xᵀ·T" in found
    assert "Δb1 = η·T" in found
    found = formulas(lines(trace(example("adaline"), arithmetic("exact"))))
    assert {"error_A1 = T - Z1", "ΔW1 = η·Xᵀ·error_A1"} <= set(found)


def test_a_wrong_rule_is_not_told_as_the_right_one() -> None:
    """An equation stands only where the entries' own formulas say it: a changed rule has none."""
    wrong = VARIANTS["error_passed_on"].of(TEXTBOOK)
    found = lines(trace(spec(BY_HEAD), arithmetic("exact"), wrong))
    assert "∂E/∂A1 = δ2·W2ᵀ" not in formulas(found)
    assert any("error passed on" in line for line in found)
    assert "  ∂E/∂out_h1 = δ_o1 · ∂net_o1/∂out_h1 + δ_o2 · ∂net_o2/∂out_h1" in found


def test_a_penalty_is_a_matrix_of_its_own() -> None:
    """The data's gradient, the penalty's, and their sum; what has no penalty has one alone."""
    found = formulas(lines(trace(example("decks_l2"), arithmetic("decimal:30")), steps=(1,)))
    assert "∂E_data/∂W1 = 1/2·Xᵀ·δ1" in found
    assert "∂R/∂W1 = 2·λ·W1" in found
    assert "∂E/∂W1 = ∂E_data/∂W1 + ∂R/∂W1" in found
    assert found.count("∂E/∂b1 = 1/2·uᵀ·δ1") == 1


def test_what_is_given_in_the_middle_is_told_as_it_is() -> None:
    """A layer of which a value was given has no equation: its other entries are told one by one."""
    text = BY_HEAD + "    given: {net_h1: 5}\n"
    found = lines(traced(text))
    assert "Z1 = X·W1 + b1" not in formulas(found)
    assert "  net_h2 = w3·x1 + w4·x2 + b_h2" in found
    assert "  net_h1 = 5" in found


def test_skipping_connections_are_products_of_their_own() -> None:
    """Each layer that feeds another has its own weights there, named by both."""
    text = """
        inputs: [x]
        layers:
          - {units: [h], weights: [[2]]}
          - {units: [o], from: [inputs, h], weights: [[3, 4]]}
        samples: [{input: 1, target: 1}]
    """
    found = formulas(lines(traced(text)))
    assert "Z2 = X·W0→2 + A1·W1→2" in found
    assert "∂E/∂X = δ1·W1ᵀ + δ2·W0→2ᵀ" in found


def test_large_matrices_are_shown_in_part() -> None:
    """From nine rows or columns on, those in the middle are left out, unless asked for."""
    row = ", ".join(["1"] * 9)
    text = f"""
        inputs: 9
        layers: [{{units: [o], weights: [[{row}]]}}]
        samples: [{{input: [{row}], target: 9}}]
    """
    found = traced(text)
    assert block(lines(found), "X = ") == [
        "  X = [ 1  1  1  1  …  1  1  1 ]",
        "             1×9, in part",
    ]
    whole = matrix_page(found, Wanted(), Asked(whole=True))
    page = list(TextPage(terminal(False)).lines(whole))
    assert block(page, "X = ")[0] == "  X = [ 1  1  1  1  1  1  1  1  1 ]"


def test_a_long_training_is_told_by_its_first_step() -> None:
    """Of many steps the first is told, and the errors of the others."""
    page = list(matrix_pages(traced(IN_A_ROW, steps="20"), Wanted()))
    titles = headings(page)
    assert "Training step 1" in titles
    assert "Training step 2" not in titles
    assert titles[-1] == "Parameters after step 20"


def test_an_expression_has_no_matrices() -> None:
    """Without layers there is nothing to put into rows."""
    found = trace(program("y = x**2", x="2"), arithmetic("exact"))
    with pytest.raises(TracerError, match="no layers"):
        list(matrix_page(found, Wanted()))
