"""The kinds of quantities and their plain names."""

from __future__ import annotations

import pytest

from tracer.rules import quantity as kinds
from tracer.rules.quantity import Kind, Quantity, alias_names, plain_name, plain_names

EVERY_KIND = {name: row for name, row in vars(kinds).items() if isinstance(row, Kind)}

PLAIN_NAMES = {
    "INPUT": "u",
    "TARGET": "target_u",
    "STATE": "u",
    "LEARNING_RATE": "learning_rate",
    "WEIGHT": "u",
    "BIAS": "u",
    "THRESHOLD": "u",
    "NET": "net_u",
    "LARGEST": "max_u",
    "EXPONENTIAL": "exp_u",
    "LAYER_SUM": "sum_u",
    "OUT": "out_u",
    "ERROR": "E_u",
    "SAMPLE_ERROR": "E",
    "TOTAL": "E",
    "BY_OUT": "dE/dout_u",
    "SLOPE": "dout_u/dnet_u",
    "JACOBIAN": "dout_u/dnet_s",
    "DELTA": "dE/dnet_u",
    "NEGATIVE_DELTA": "delta_u",
    "SIGNAL": "error_u",
    "BY_INPUT": "dE/du",
    "SAMPLE_GRADIENT": "dE/du",
    "GRADIENT": "dE/du",
    "UPDATED": "u+",
    "MOVED_INPUT": "u+",
    "STRENGTH": "lambdau",
    "DATA_ERROR": "E_data",
    "PENALTY": "Ru",
    "DATA_GRADIENT": "dE_data/du",
    "MASK": "mask_u",
    "KEPT": "kept_u",
    "BY_KEPT": "dE/dkept_u",
    "KEPT_BY_OUT": "dkept_u/dout_u",
    "KEPT_BY_INPUT": "dkept_u/du",
    "KEPT_SIGNAL": "error_kept_u",
    "KEPT_SIGNAL_PATH": "error_kept_u:s",
    "KEPT_PATH": "dE/dkept_u:s",
    "NET_BY_KEPT": "dnet_u/dkept_s",
    "PENALTY_SLOPE": "dRs/du",
    "PATH": "dE/dout_u:s",
    "SIGNAL_PATH": "error_u:s",
    "INPUT_PATH": "dE/du:s",
    "USE": "dE/du:s",
    "NET_BY_PARAMETER": "dnet_u/ds",
    "NET_BY_OUT": "dnet_u/dout_s",
    "NET_BY_INPUT": "dnet_u/ds",
    "ERROR_BY_OUT": "dE_u/dout_s",
    "OUT_BY_OUT": "dout_u/dout_s",
    "OUT_BY_KEPT": "dout_u/dkept_s",
    "OUT_BY_INPUT": "dout_u/ds",
    "MISS": "error_u",
    "WRONG": "wrong_u",
    "SAMPLE_CHANGE": "change_u",
    "CHANGE": "change_u",
    "CHANGE_OF_USE": "change_u:s",
    "DIRECTION": "direction_u:s",
    "EPOCH_WRONG": "errors_epochu",
    "EPOCH_ERROR": "E_epochu",
    "VARIABLE": "u",
    "RESULT": "u",
    "ADJOINT": "ds/du",
    "CONTRIBUTION": "ds/du",
    "TANGENT": "du/ds",
    "LOCAL": "du/ds",
}


@pytest.mark.parametrize("name", sorted(EVERY_KIND))
def test_every_kind_has_its_plain_name(name: str) -> None:
    """The plain name of each kind is the one that people type for it."""
    assert plain_name(Quantity(EVERY_KIND[name], "u", "s")) == PLAIN_NAMES[name]


@pytest.mark.parametrize("name", sorted(EVERY_KIND))
def test_every_kind_has_a_word(name: str) -> None:
    """Each kind says what people call it."""
    assert EVERY_KIND[name].word.strip()


def test_kinds_with_equal_rows_are_not_equal() -> None:
    """A kind is itself: weight and bias look alike, and are two."""
    assert len({kinds.WEIGHT, kinds.BIAS, kinds.THRESHOLD}) == 3
    assert Kind("weight", "{unit}") != kinds.WEIGHT


@pytest.mark.parametrize(
    ("samples", "steps", "name"),
    [
        (True, True, "net_h1[2]@3"),
        (True, False, "net_h1[2]"),
        (False, True, "net_h1@3"),
        (False, False, "net_h1"),
    ],
)
def test_names_say_sample_and_step_where_asked(samples: bool, steps: bool, name: str) -> None:
    """The sample stands in brackets and the step after an @, each only where there are several."""
    quantity = Quantity(kinds.NET, "h1", sample=2, step=3)
    assert plain_name(quantity, samples, steps) == name


def test_a_quantity_without_sample_or_step_says_none() -> None:
    """A quantity that belongs to no sample and no step has the bare name, asked or not."""
    assert plain_name(Quantity(kinds.GRADIENT, "w5")) == "dE/dw5"


def test_aliases_carry_the_same_indices() -> None:
    """The other names of a quantity say its sample and step as the plain name does."""
    quantity = Quantity(kinds.DELTA, "o1", sample=2, step=3)
    assert alias_names(quantity) == ("delta_o1[2]@3",)
    assert alias_names(quantity, samples=False, steps=False) == ("delta_o1",)
    assert alias_names(Quantity(kinds.TOTAL, step=4)) == ("E_total@4",)
    assert alias_names(Quantity(kinds.NET, "o1")) == ()


def test_only_what_a_step_can_change_moves_to_a_step() -> None:
    """A net input has its own value in each step, and so has an input that moves; a target none."""
    assert Quantity(kinds.NET, "h1").at_step(7) == Quantity(kinds.NET, "h1", step=7)
    assert Quantity(kinds.INPUT, "x").at_step(7) == Quantity(kinds.INPUT, "x", step=7)
    for kind in (kinds.TARGET, kinds.LEARNING_RATE, kinds.STRENGTH):
        assert Quantity(kind, "x").at_step(7) == Quantity(kind, "x")


@pytest.mark.parametrize("row", EVERY_KIND.values(), ids=EVERY_KIND)
@pytest.mark.parametrize("sample", [0, 2])
def test_many_names_at_once_are_those_of_each(row: Kind, sample: int) -> None:
    """A list of names of one kind has each quantity's own name."""
    units, sources = ["u", "v"], ["s", "t"]
    each = [Quantity(row, *pair, sample) for pair in zip(units, sources, strict=True)]
    assert plain_names(row, units, sources, sample) == [plain_name(one) for one in each]
    alone = [plain_name(Quantity(row, unit, "", sample)) for unit in units]
    assert plain_names(row, units, sample=sample) == alone
