"""Traces as JSON: what stands in a file, that it keeps its schema, and that it reads back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.unit.making import BY_HEAD, IN_A_ROW, SIGMOID, calculated, names, program, traced
from tracer.derive.trace import Trace
from tracer.errors import TracerError
from tracer.notation.numbers import NumberFormat
from tracer.render.json import VERSION, from_json, load, to_json
from tracer.render.schema import schema

GIVEN_STATE = SIGMOID.rstrip(" ") + "    given: {net_o: 0.3, delta_o: -2}\n"

TRACES = {
    "exact": traced(BY_HEAD),
    "in place": traced(BY_HEAD, "decimal", update="in_place"),
    "negative delta": traced(BY_HEAD, delta="negative_gradient"),
    "three steps": traced(IN_A_ROW, steps="3"),
    "online, evaluated": traced(
        IN_A_ROW, "decimal", batch="online", steps="5", evaluate_after="yes"
    ),
    "mini-batches": traced(IN_A_ROW, "exact", batch="2", steps="4", reduction="mean"),
    "by hand": traced(SIGMOID, "by-hand:4sig:cut", steps="3"),
    "floats": traced(SIGMOID, "float", steps="30"),
    "intervals": traced(SIGMOID, "interval:12"),
    "letters": calculated(program("a = 2*x", "y = a*z", z="3")),
    "reassigned": calculated(program("x = x*x", "x = x + 1", x="3")),
    "partial": traced(GIVEN_STATE, "decimal"),
    "constant": calculated(program("y = 2")),
}


def text_of(trace: Trace, asked: NumberFormat | None = None) -> str:
    """The JSON document."""
    return "\n".join(to_json(trace, asked or NumberFormat()))


def document(trace: Trace) -> Any:
    """The document as data."""
    return json.loads(text_of(trace))


@pytest.mark.parametrize("name", TRACES)
def test_every_trace_keeps_the_schema(name: str) -> None:
    """What is written is valid by the schema that is published."""
    Draft202012Validator(schema()).validate(document(TRACES[name]))


def test_the_schema_is_one() -> None:
    """The schema itself is valid, and says its draft."""
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), VERSION + 1),
        (("format",), "other"),
        (("entries", 0, "step"), 0),
        (("entries", 0, "value"), 3),
        (("entries", 0, "phase"), "middle"),
        (("conventions", 0), ["alone"]),
        (("extra",), 1),
        (("entries", 0, "extra"), "x"),
        (("entries", 0), {}),
    ],
)
def test_the_schema_refuses(path: tuple[str | int, ...], value: object) -> None:
    """Another version, a wrong type, a member too much or too few is not valid."""
    data = document(TRACES["exact"])
    at = data
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    assert not Draft202012Validator(schema()).is_valid(data)


@pytest.mark.parametrize("name", TRACES)
def test_every_trace_reads_back(name: str) -> None:
    """A trace that was saved is read as an equal one, and saved again is the same text."""
    text = text_of(TRACES[name])
    found = from_json(text)
    assert found == TRACES[name]
    assert names(found) == names(TRACES[name])
    assert text_of(found) == text


@pytest.mark.parametrize("name", TRACES)
def test_every_name_stands_before_it_is_used(name: str) -> None:
    """Each entry has a name of its own, and depends on names of entries before it."""
    seen: set[str] = set()
    for entry in document(TRACES[name])["entries"]:
        assert set(entry.get("depends", ())) <= seen
        assert entry["name"] not in seen
        seen.add(entry["name"])


def test_one_entry_a_line() -> None:
    """Each entry stands on a line of its own, so that files can be compared by line."""
    lines = text_of(TRACES["exact"]).splitlines()
    start = lines.index('"entries": [')
    assert len(lines) - start - 2 == len(names(TRACES["exact"]))
    assert json.loads(lines[start + 1].rstrip(","))["name"] == "learning_rate"


def test_an_entry_of_a_step() -> None:
    """A step says everything that is known of it."""
    entries = {entry["name"]: entry for entry in document(TRACES["three steps"])["entries"]}
    assert entries["dE/dw[3]@2"] == {
        **{"name": "dE/dw[3]@2", "kind": "derivative by a parameter, one sample"},
        **{"phase": "weights", "step": 2, "sample": 3, "value": "-54/5", "exact": "-54/5"},
        **{"rule": "chain rule", "formula": "dE/dnet_z[3]@2*x[3]", "numbers": "-3.6*3"},
        "depends": ["dE/dnet_z[3]@2", "x[3]"],
    }
    assert entries["w@2"]["phase"] == "carried over"
    assert entries["w@2"]["depends"] == ["w+@1"]
    assert entries["w@2"]["rule"] == "carried over"


def test_an_entry_of_a_given() -> None:
    """A given says what was written, and nothing of rules."""
    entries = {entry["name"]: entry for entry in document(TRACES["three steps"])["entries"]}
    assert entries["learning_rate"] == {
        **{"name": "learning_rate", "kind": "learning rate", "phase": "given", "step": 1},
        **{"sample": 0, "value": "1/20", "exact": "1/20", "written": "1/20"},
    }


def test_rounded_values_have_no_exact_one() -> None:
    """The exact value stands only where the carried value is all of it."""
    entries = {entry["name"]: entry for entry in document(traced(SIGMOID, "decimal"))["entries"]}
    assert entries["net_o"]["exact"] == entries["net_o"]["value"]
    assert entries["out_o"]["exact"] is None
    assert len(entries["out_o"]["value"]) > 50


def test_brackets_stand_where_they_must() -> None:
    """Numbers that are put in are grouped where a sign or a bar would change the meaning."""
    trace = calculated(program("a = x**2*y", "b = -x - y", "c = a/y", x="-3", y="1/2"))
    numbers = {entry["name"]: entry.get("numbers") for entry in document(trace)["entries"]}
    assert numbers["v1"] == "(-3)**2"
    assert numbers["a"] == "9*(1/2)"
    assert numbers["b"] == "-(-3) - (1/2)"
    assert numbers["c"] == "4.5/(1/2)"


def test_digits_are_for_the_numbers_put_in() -> None:
    """The digits asked for change what is put in, never the values."""
    trace = traced(SIGMOID, "decimal")
    short = json.loads(text_of(trace, NumberFormat(significant=3)))
    long = json.loads(text_of(trace, NumberFormat(significant=12)))
    assert [entry["value"] for entry in short["entries"]] == [
        entry["value"] for entry in long["entries"]
    ]
    assert "0.622*(1 - 0.622)" in [entry.get("numbers") for entry in short["entries"]]


def test_text_is_quoted() -> None:
    """Quotes, backslashes, control signs and other scripts in a title arrive as they were."""
    title = '"a \\" b \\\\ c \\x07 δ 漢"'
    trace = traced(BY_HEAD.replace("A network for the head", title))
    assert document(trace)["title"] == trace.spec.about.title == 'a " b \\ c \x07 δ 漢'
    assert from_json(text_of(trace)) == trace


class TestDamage:
    """What is no saved trace is refused with a message."""

    @pytest.mark.parametrize(
        "text",
        ["", "{", "[]", "3", '"x"', "null", "{}", '{"format": 1}', "[" * 100_000, "\x00"],
    )
    def test_no_saved_trace(self, text: str) -> None:
        """Text that is no JSON object with a format and a version."""
        with pytest.raises(TracerError, match="this is no saved trace: it is no JSON object"):
            from_json(text)

    @pytest.mark.parametrize("head", [("x", VERSION), ("backprop-tracer/trace", VERSION + 1)])
    def test_other_formats(self, head: tuple[str, int]) -> None:
        """Another format or version is refused with the one that is understood."""
        data = document(TRACES["exact"]) | {"format": head[0], "version": head[1]}
        with pytest.raises(TracerError, match=f"where .*'backprop-tracer/trace', {VERSION}"):
            from_json(json.dumps(data))

    def test_a_missing_entry(self) -> None:
        """An entry that the spec implies and the file lacks is named."""
        data = document(TRACES["exact"])
        data["entries"] = [entry for entry in data["entries"] if entry["name"] != "net_h2"]
        with pytest.raises(TracerError, match="this saved trace lacks 'net_h2'"):
            from_json(json.dumps(data))

    def test_an_entry_too_many(self) -> None:
        """An entry that the spec does not imply is named."""
        data = document(TRACES["exact"])
        data["entries"].append(data["entries"][20] | {"name": "net_h9"})
        with pytest.raises(TracerError, match="has 'net_h9', which its spec does not imply"):
            from_json(json.dumps(data))

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            (("spec",), None),
            (("spec",), "x"),
            (("spec", "is"), "Path"),
            (("spec", "layers"), []),
            (("spec", "layers", 0, "units"), ["h1"]),
            (("spec", "layers", 0, "first_unit"), 10**9),
            (("spec", "layers", 0, "wiring", "units"), 10_000_000),
            (("spec", "layers", 0, "wiring", "sources", "stop"), 10**12),
            (("spec", "samples"), []),
            (("spec", "samples", 0, "inputs"), 3),
            (("spec", "parameters", 0, "kind"), "x"),
            (("spec", "parameters", 0, "value"), "1/0"),
            (("spec", "parameters", 0, "value"), "__import__('os')"),
            (("spec", "training", "batch"), -1),
            (("spec", "training", "steps"), 1.5),
            (("spec", "training", "extra"), 1),
            (("arithmetic",), 3),
            (("arithmetic",), "exakt"),
            (("unsettled",), 3),
            (("entries",), {}),
            (("entries", 0), []),
            (("entries", 0, "name"), {}),
            (("entries", 12, "value"), "x"),
            (("entries", 12, "value"), 3),
        ],
    )
    def test_parts_that_do_not_fit(self, path: tuple[str | int, ...], value: object) -> None:
        """Whatever is wrong inside, the answer is a message, at once and without much memory."""
        data = document(TRACES["exact"])
        at = data
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = value
        with pytest.raises(TracerError):
            from_json(json.dumps(data))

    def test_a_doubt_is_kept(self) -> None:
        """What could not be told from zero is doubtful after reading too."""
        found = TRACES["exact"]
        doubtful = Trace(found.spec, found.arithmetic, found.segments, "E")
        restored = from_json("\n".join(to_json(doubtful, NumberFormat())))
        assert (restored.unsettled, restored) == ("E", doubtful)
        assert restored != found

    @pytest.mark.parametrize("key", ["spec", "arithmetic", "unsettled", "entries"])
    def test_members_that_are_missing(self, key: str) -> None:
        """A member that is missing is damage."""
        data = document(TRACES["exact"])
        del data[key]
        with pytest.raises(TracerError, match="this saved trace is damaged"):
            from_json(json.dumps(data))

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ('"function": "max"', '"function": "x(print)"'),
            ('"function": "max"', '"function": "where"'),
            ('"relation": ">"', '"relation": "or print() or"'),
            ('"relation": ">"', '"relation": ["<"]'),
        ],
    )
    def test_no_text_of_a_file_is_run(self, old: str, new: str) -> None:
        """Functions and relations of a file are those of the grammar; others are refused."""
        text = text_of(traced(BY_HEAD.replace("activation: square", "activation: relu")))
        assert old in text
        with pytest.raises(TracerError, match=r"this is no saved spec: found '(Call|Compare)'"):
            from_json(text.replace(old, new))

    def test_letters_for_numbers(self) -> None:
        """A number that is a letter in the file is refused."""
        text = text_of(TRACES["exact"]).replace(
            '"is": "Number", "text": "40"', '"is": "Number", "text": "a"'
        )
        with pytest.raises(TracerError, match="this is no saved spec: found 'Number'"):
            from_json(text)


class TestLoad:
    """Reading a file."""

    def test_a_file(self, tmp_path: Path) -> None:
        """A saved file reads back."""
        path = tmp_path / "t.json"
        path.write_text(text_of(TRACES["exact"]), encoding="utf-8")
        assert load(str(path)) == TRACES["exact"]

    def test_no_file(self, tmp_path: Path) -> None:
        """A file that is not there is an error with its name."""
        with pytest.raises(TracerError, match=r"cannot read .*none\.json: .*No such file"):
            load(str(tmp_path / "none.json"))

    def test_no_text(self, tmp_path: Path) -> None:
        """A file that is no UTF-8 is an error with its name."""
        (tmp_path / "t.json").write_bytes(b"\xff\xfe{}")
        with pytest.raises(TracerError, match=r"cannot read .*utf-8"):
            load(str(tmp_path / "t.json"))

    def test_a_folder(self, tmp_path: Path) -> None:
        """A folder is no file."""
        with pytest.raises(TracerError, match="cannot read"):
            load(str(tmp_path))
