"""Names of inputs, units and layers: the author's, or those that a count gives."""

from __future__ import annotations

import pytest

from tests.unit.spec.saying import network, problem, problems, program


def test_counts_give_the_names_of_textbooks() -> None:
    """Inputs are x1, x2; hidden units are counted through all layers; the last ones are outputs."""
    read = network("inputs: 2\nlayers: [{units: 2}, {units: 1}, {units: 2}]")
    assert read.inputs == ("x1", "x2")
    assert [layer.units for layer in read.layers] == [("h1", "h2"), ("h3",), ("o1", "o2")]


def test_units_are_numbered_through_the_network() -> None:
    """Inputs come first, then layer after layer."""
    read = network("inputs: 2\nlayers: [{units: 2}, {units: 1}, {units: 2}]")
    assert [layer.first_unit for layer in read.layers] == [2, 4, 5]
    assert read.units == ("x1", "x2", "h1", "h2", "h3", "o1", "o2")
    assert read.outputs == (5, 6)


def test_a_count_skips_names_that_are_taken() -> None:
    """A unit that is only counted never gets an author's name."""
    read = network("inputs: [h1, x]\nlayers: [{units: 2}, {units: [h3]}, {units: 1}]")
    assert read.units == ("h1", "x", "h2", "h4", "h3", "o1")


@pytest.mark.parametrize("name", ["δ1", "größe", "a_b", "x_1", "no", "y", "e", "pi", "n"])
def test_letters_of_any_alphabet_make_names(name: str) -> None:
    """Names need no particular letters, and YAML's special words are names."""
    assert network(f"inputs: [{name}]\nlayers: [{{units: 1}}]").inputs == (name,)


@pytest.mark.parametrize("name", ["2x", "a-b", "a b", "x.y", "'[x]'", "x²", "w'", "''"])
def test_names_are_made_of_letters_and_digits(name: str) -> None:
    """What no formula could use is refused as a name."""
    said = problem(f"inputs: [{name}]\nlayers: [{{units: 1}}]")
    assert said.startswith("1:10: inputs[0]: expected a name made of letters")


@pytest.mark.parametrize("name", ["exp", "max", "where", "E", "net", "none", "learning_rate"])
def test_words_of_the_format_are_no_names(name: str) -> None:
    """Functions, quantities and words of the format cannot name a unit."""
    said = problem(f"inputs: [{name}]\nlayers: [{{units: 1}}]")
    assert "already means something else" in said


@pytest.mark.parametrize("name", ["net_h1", "out_h1", "target_o1", "delta_h1", "E_o1"])
def test_quantities_of_units_are_no_names(name: str) -> None:
    """What the trace calls a quantity of one of the units cannot name a unit."""
    said = problem(f"inputs: [{name}]\nlayers: [{{units: 1}}, {{units: 1}}]")
    assert said == f"1:10: inputs[0]: '{name}' is the name of a quantity already"


def test_quantities_of_no_unit_are_names() -> None:
    """A name that only looks like a quantity's is free."""
    assert network("inputs: [net_q, out_]\nlayers: [{units: 1}]").inputs == ("net_q", "out_")


def test_names_are_unique() -> None:
    """Inputs, units and layers share one space of names."""
    text = "inputs: [a, b, a]\nlayers:\n  - {units: [b], name: c}\n  - {units: [c], name: b}"
    assert problems(text) == [
        "1:16: inputs[2]: the name 'a' is taken (in line 1)",
        "3:14: layers[0].units[0]: the name 'b' is taken (in line 1)",
        "3:24: layers[0].name: the name 'c' is taken (in line 4)",
        "4:24: layers[1].name: the name 'b' is taken (in line 1)",
    ]


@pytest.mark.parametrize("count", ["0", "-1", "100_001", "1e9", "9" * 5000, "2.5", "two"])
def test_counts_have_limits(count: str) -> None:
    """A count is a whole number within the limits."""
    said = problem(f"inputs: {count}\nlayers: [{{units: 1}}]")
    assert said.startswith("1:9: inputs: expected a count, a whole number from 1 to 100,000, found")


def test_all_units_together_have_a_limit() -> None:
    """Layers that are each small enough can be too many together."""
    text = "inputs: 60000\nlayers: [{units: 1}, {units: 50000}]"
    assert problem(text) == "1:1: more than 100,000 units"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("layers: [{units: 1}]", "1:1: 'inputs' is missing: names, such as [h1, h2], or a count"),
        ("inputs: 1", "1:1: 'layers' is missing: a list of layers, each starting with '- units:'"),
        ("inputs: 1\nlayers: []", "2:9: layers: expected a list of layers"),
        ("inputs: 1\nlayers: {units: 1}", "2:9: layers: expected a list of layers"),
        ("inputs: []\nlayers: [{units: 1}]", "1:9: inputs: expected a list of names"),
        ("inputs:\nlayers: [{units: 1}]", "1:8: inputs: expected names, such as [h1, h2], or"),
        ("inputs: {name: a}\nlayers: [{units: 1}]", "1:9: inputs: 'shape' is missing"),
        ("inputs: [[a]]\nlayers: [{units: 1}]", "1:10: inputs[0]: expected a name, found a list"),
        ("inputs: 1\nlayers: [{}]", "2:10: layers[0]: 'units' is missing"),
        ("inputs: 1\nlayers: [1]", "2:10: layers[0]: expected a layer, such as {units"),
        ("- inputs", "1:1: expected fields, such as inputs: and layers:, found a list"),
        ("inputs", "1:1: expected fields, such as inputs: and layers:, found 'inputs'"),
    ],
)
def test_what_is_missing_or_of_another_kind_is_said(text: str, said: str) -> None:
    """Each problem says what would be right and what was found."""
    assert problem(text).startswith(said)


@pytest.mark.parametrize(
    ("field", "hint"),
    [
        ("tittle", " (did you mean 'title'?)"),
        ("learning_rate", "; it belongs in 'training'"),
        ("weights", "; it belongs in a layer"),
        ("input", "; it belongs in a sample"),
        ("at", "; it belongs to a file with 'expression:'"),
        ("zzz", "; known here: title, description, source, notes, inputs, layers"),
    ],
)
def test_unknown_fields_come_with_a_hint(field: str, hint: str) -> None:
    """An unknown field says what was meant, where it belongs, or what there is."""
    said = problem(f"inputs: 1\n{field}: 1\nlayers: [{{units: 1}}]")
    assert said.startswith(f"2:1: unknown field '{field}'{hint}")


@pytest.mark.parametrize(
    ("name", "ordinary"),
    [("x１", "x1"), ("ｘ", "x"), ("ﬁ", "fi"), ("µ", "μ"), ("ϵ", "ε"), ("xᵃ", "xa")],
)
def test_names_that_look_alike_are_no_two_names(name: str, ordinary: str) -> None:
    """A full-width digit or a ligature is refused, in names and in formulas, with what to write."""
    said = f"'{name}' has characters that look like others; write '{ordinary}'"
    assert problem(f"inputs: [{name}]\nlayers: [{{units: 1}}]") == f"1:10: inputs[0]: {said}"
    assert problem(f"expression: 2*{name}") == f"1:15: expression: {said}"


def test_a_letter_and_its_accent_are_one() -> None:
    """The same name, saved in two ways, is one name; columns count what is seen."""
    composed, apart = "caf\u00e9", "cafe\u0301"
    assert program(f"expression: {composed} + {apart}").variables == (composed,)
    assert problem(f"expression: {apart} + (").startswith("1:21: ")


@pytest.mark.parametrize("word", ["true", "False", "yes", "no", "NO", "on", "off", "null"])
def test_words_of_yaml_are_no_letters(word: str) -> None:
    """What other readers of YAML take for a value is no letter for a number; a name it can be."""
    said = f"expected a number or a letter, found YAML's word '{word}'"
    assert problem(f"expression: a\nat: {{a: {word}}}") == f"2:9: at.a: {said}"
    if word != "null":
        assert network(f"inputs: [{word}]\nlayers: [{{units: 1}}]").inputs == (word,)
