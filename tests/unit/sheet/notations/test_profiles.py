"""Notations: files that are complete, symbols of one network, collisions, what pages open with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tracer.derive.settle import settled
from tracer.derive.trace import Trace
from tracer.errors import SpecError, TracerError
from tracer.notation.book import BookNotation
from tracer.notation.kinds import BASE
from tracer.notation.profile import Profile
from tracer.resources import notation_names
from tracer.rules import quantity as kinds
from tracer.rules.quantity import Quantity
from tracer.sheet.listing import Listing
from tracer.sheet.notations.chosen import notation_of
from tracer.sheet.notations.collisions import collisions
from tracer.sheet.notations.conventions import under
from tracer.sheet.notations.key import key
from tracer.sheet.notations.read import find_profile, profile_in, text_of
from tracer.spec import Network, read_text
from tracer.spec.find import find

WIDE = """
inputs: 12
layers:
  - {{units: 2, activation: sigmoid}}
  - {{units: 1, activation: {0}}}
"""


def in_notation(name: str, spec: str = "mazur") -> tuple[Trace, BookNotation]:
    """An example or a text in a notation."""
    found = settled(find(spec) if "\n" not in spec else read_text(spec))
    return found, notation_of(find_profile(name), found)


@pytest.fixture(params=notation_names())
def profile(request: pytest.FixtureRequest) -> Profile:
    """Each built-in notation."""
    return find_profile(request.param)


def test_a_profile_is_complete(profile: Profile) -> None:
    """A built-in notation says what it has to, whose it is, and what was checked."""
    assert {name for name, base in BASE.items() if not base.otherwise} <= set(profile.said)
    assert profile.title
    assert profile.source
    assert len(profile.checked.split()) > 10


def test_a_negative_delta_is_no_derivative(profile: Profile) -> None:
    """Where delta is minus the derivative, no notation writes the derivative for it."""
    notation = notation_of(profile, settled(find("negative_delta")))
    assert "/" not in notation.symbol(Quantity(kinds.NEGATIVE_DELTA, "o1"))


@pytest.mark.parametrize(
    ("name", "kind", "unit", "symbol"),
    [
        ("mazur", kinds.WEIGHT, "w5", "w5"),
        ("nielsen", kinds.WEIGHT, "w6", "w_12^3"),
        ("goebels", kinds.WEIGHT, "w6", "w_21^2"),
        ("bishop", kinds.OUT, "h1", "z_1^(1)"),
        ("bishop", kinds.OUT, "o2", "y_2"),
        ("goodfellow", kinds.GRADIENT, "w5", "∂J/∂W_11^(2)"),
        ("wilber", kinds.GRADIENT, "w5", "dℓ/dW_11^(2)"),
        ("ibrahim", kinds.DELTA, "o1", "∂E/∂o1_net"),
        ("ibrahim", kinds.UPDATED, "w5", "new w_h1,o1"),
        ("rumelhart", kinds.WEIGHT, "w6", "w_o1,h2"),
        ("aima", kinds.WEIGHT, "w6", "w_h2,o1"),
        ("chorev", kinds.BY_OUT, "o1", "∂E_total/∂Out_o1"),
        ("nielsen", kinds.BIAS, "b1", "b1"),
    ],
)
def test_symbols(name: str, kind: kinds.Kind, unit: str, symbol: str) -> None:
    """Symbols are as the books have them; a shared bias keeps its name."""
    _, notation = in_notation(name)
    assert notation.symbol(Quantity(kind, unit)) == symbol


def test_numbers_of_two_digits_are_told_apart() -> None:
    """With twelve inputs there is a comma between the indices: 1,12 is not 11,2."""
    _, notation = in_notation("nielsen", WIDE.format("sigmoid"))
    assert notation.symbol(Quantity(kinds.WEIGHT, "w12")) == "w_1,12^2"


BAD = """
title: Bad
source: nowhere
checked: nothing
index: nams
product: "·"
differential: ∂
delta: gradient
samples_as: rows
symbols:
  input: "{unit}"
  net: net
  out: out_{unt}
  total: ""
  delta: "{a"
  wieght: w
"""


def test_everything_wrong_is_told_at_once() -> None:
    """A profile is complete or refused, with the place of each problem."""
    with pytest.raises(SpecError) as found:
        profile_in(BAD, "bad.yaml", "bad")
    told = str(found.value)
    for part in (
        "bad.yaml:5:8: index: unknown index 'nams' (did you mean 'names'?)",
        "bad.yaml:12:8: symbols.net: nothing tells one from another: put {unit} or {number}",
        "bad.yaml:13:13: symbols.out: there is no slot '{unt}' (did you mean 'unit'?)",
        "symbols.total: expected a symbol, found nothing",
        "symbols.delta: '{' without its other half",
        "unknown field 'wieght' (did you mean 'weight'?)",
        "'learning_rate' is missing",
    ):
        assert part in told, part


def test_no_such_notation() -> None:
    """An unknown name is told with the one that is meant."""
    with pytest.raises(TracerError, match="did you mean 'nielsen'"):
        find_profile("nielson")


def test_a_built_in_file_is_one_to_start_from() -> None:
    """What `trace notations NAME` prints is read back as the same notation."""
    assert profile_in(text_of("bishop"), "mine.yaml", "bishop") == find_profile("bishop")


class TestConventions:
    """What a notation brings along, where the file says nothing."""

    def test_sign_of_delta(self) -> None:
        """The sign of delta is the notation's, unless the file says one."""
        mitchell = find_profile("mitchell")
        for text, negative in (("", True), (", delta: gradient", False)):
            spec = read_text(WIDE.format("sigmoid") + f"training: {{learning_rate: 1{text}}}\n")
            changed = under(mitchell, spec)
            assert isinstance(changed, Network)
            assert changed.training.negative_delta is negative

    def test_the_files_own_sign(self) -> None:
        """A file's minus stays under a notation with a plus."""
        changed = under(find_profile("nielsen"), find("negative_delta"))
        assert isinstance(changed, Network)
        assert changed.training.negative_delta

    @pytest.mark.parametrize(("activation", "short"), [("sigmoid", "short"), ("relu", "")])
    def test_short_form(self, activation: str, short: str) -> None:
        """Delta is told in one formula where there is one for activation and loss."""
        changed = under(find_profile("garreta"), read_text(WIDE.format(activation)))
        assert isinstance(changed, Network)
        assert changed.loss.form == short

    def test_given_derivatives_keep_their_names(self) -> None:
        """A file that gives values of derivatives keeps the sign that they have."""
        spec = find("partial")
        changed = under(find_profile("mitchell"), spec)
        assert isinstance(changed, Network)
        assert isinstance(spec, Network)
        assert changed.training.negative_delta is spec.training.negative_delta


def sentences(name: str, spec: str) -> Iterator[str]:
    """What is told of symbols that stand for two things, in names."""
    found, notation = in_notation(name, spec)
    for _, told in collisions(found, notation):
        yield " ".join(str(part) for _, part in told.parts if isinstance(part, str))


class TestCollisions:
    """Two quantities with one symbol."""

    def test_two_letters(self) -> None:
        """Adam's epsilon is not the learning rate that is written so."""
        assert next(sentences("rumelhart", "adam")) == "learning_rate epsilon"

    def test_a_parameter_of_an_activation(self) -> None:
        """ELU's alpha is not the learning rate that is written so."""
        spec = WIDE.format("{name: elu, alpha: 2}") + "training: {learning_rate: 1}\n"
        assert "α alpha elu" in list(sentences("aima", spec))

    def test_none_in_the_terminals_own(self, profile: Profile) -> None:
        """A plain network has none, in no notation."""
        found = settled(find("mazur"))
        assert not list(collisions(found, notation_of(profile, found)))


def test_key_has_what_occurs() -> None:
    """The key names the kinds that occur, each once, and no other."""
    found, notation = in_notation("goebels", "momentum")
    listing = key(found, notation).items[-1]  # type: ignore[index]
    assert isinstance(listing, Listing)
    names = [row[3] for row in listing.rows]
    assert len(set(names)) == len(names)
    assert "v_w1" in names
    assert not any("mask" in str(name) for name in names)
