"""The other commands, the group itself, and how it ends."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
import pytest
from jsonschema import Draft202012Validator

from tests.unit.cli.conftest import Run
from tracer.cli import main as entry_point
from tracer.cli.main import COMMANDS, cli
from tracer.render.schema import schema as trace_schema
from tracer.resources import example_names
from tracer.spec import read_text
from tracer.spec import schema as spec_schema


class TestGroup:
    """trace itself."""

    @pytest.mark.parametrize("option", ["--help", "-h"])
    def test_help(self, run: Run, option: str) -> None:
        """The help lists every command, and its examples line by line."""
        found = run(option)
        assert found.code == 0
        for name, (_, text) in COMMANDS.items():
            assert f"  {name} " in found.out
            assert text in found.out
        assert "  trace net.yaml               your own network\n" in found.out

    def test_no_arguments(self, run: Run) -> None:
        """Without arguments the help is a usage error."""
        found = run()
        assert found.code == 2
        assert "Commands:" in found.err + found.out

    def test_version(self, run: Run) -> None:
        """The version is that of the distribution."""
        found = run("--version")
        assert found.code == 0
        assert found.out.startswith("trace, ")

    def test_version_of_a_bare_source(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where nothing is installed, that is what is said."""
        from importlib import metadata

        def missing(name: str) -> str:
            raise metadata.PackageNotFoundError(name)

        monkeypatch.setattr(metadata, "version", missing)
        assert run("--version") == (0, "trace, not installed: run from its source\n", "")
        monkeypatch.setattr(metadata, "version", lambda name: f"1.2.3 of {name}")
        assert run("--version").out == "trace, version 1.2.3 of backprop-tracer\n"

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_has_help(self, run: Run, name: str) -> None:
        """Each command of the table exists and explains itself."""
        found = run(name, "--help")
        assert found.code == 0
        assert found.out.startswith(f"Usage: trace {name} ")

    def test_what_is_no_command_is_none(self) -> None:
        """The group knows no command outside its table."""
        context = click.Context(cli)
        assert cli.get_command(context, "nothing") is None
        assert cli.list_commands(context) == list(COMMANDS)


class TestExamples:
    """trace examples."""

    def test_the_list(self, run: Run) -> None:
        """Every built-in example with its title, one a line, aligned."""
        found = run("examples")
        assert found.code == 0
        lines = found.out.splitlines()
        assert [line.split()[0] for line in lines] == list(example_names())
        widest = max(map(len, example_names()))
        assert all(line[widest : widest + 2] == "  " and line[widest + 2] != " " for line in lines)
        assert "A step-by-step 2-2-2 network" in found.out

    @pytest.mark.parametrize("name", ["mazur", "mazur.yaml"])
    def test_one_example(self, run: Run, name: str) -> None:
        """The file behind an example, which reads as a spec."""
        found = run("examples", name)
        assert found.code == 0
        assert read_text(found.out).about.title == "A step-by-step 2-2-2 network"

    def test_to_a_file(self, run: Run, folder: Path) -> None:
        """An example can be written to a file of one's own, and traced from there."""
        assert run("examples", "mazur", "-o", "mine.yaml") == (0, "", "")
        assert (folder / "mine.yaml").read_text(encoding="utf-8") == run("examples", "mazur").out
        assert run("mine.yaml").out == run("mazur").out

    @pytest.mark.parametrize("words", [["examples", "mazur"], ["examples"], ["new", "2-1"]])
    def test_a_file_is_overwritten_only_by_force(
        self, run: Run, folder: Path, words: list[str]
    ) -> None:
        """What is to be started from does not replace a file that is there already."""
        (folder / "mine.yaml").write_text("mine", encoding="utf-8")
        refused = "trace: mine.yaml is there already; --force overwrites it\n"
        assert run(*words, "-o", "mine.yaml") == (2, "", refused)
        assert (folder / "mine.yaml").read_text(encoding="utf-8") == "mine"
        assert run(*words, "-o", "mine.yaml", "--force") == (0, "", "")
        assert (folder / "mine.yaml").read_text(encoding="utf-8") == run(*words).out

    def test_the_list_fits_a_terminal(self, run: Run) -> None:
        """No line is wider than 80 columns."""
        assert max(map(len, run("examples").out.splitlines())) <= 80

    def test_an_unknown_example(self, run: Run) -> None:
        """A name that is no example is an error."""
        found = run("examples", "nothing")
        assert found == (
            2,
            "",
            "trace: there is no built-in example 'nothing' (see: trace examples)\n",
        )


class TestNew:
    """trace new SHAPE."""

    @pytest.mark.parametrize("shape", ["2-3-1", "1-1", "2-2-2-2", "4-1"])
    def test_a_spec_to_start_from(self, run: Run, folder: Path, shape: str) -> None:
        """What is written can be traced as it is, and has the shape that was asked for."""
        assert run("new", shape, "-o", "new.yaml").code == 0
        found = run("new.yaml", "--phase", "forward")
        assert found.code == 0
        units = found.out.count("  net_")
        assert units == sum(int(size) for size in shape.split("-")[1:])
        assert (folder / "new.yaml").read_text(encoding="utf-8") == run("new", shape).out

    def test_activation(self, run: Run, folder: Path) -> None:
        """The activation of every layer, by name or as a formula."""
        for name in ("tanh", "net**2 + 1", "max(0, net)", "{name: elu, alpha: 2}"):
            said = ("new", "2-2", "--activation", name, "-o", "new.yaml", "--force")
            assert run(*said).code == 0
            assert f"activation: {name}" in run(*said[:4]).out.replace("'", "")
            assert run("new.yaml").code == 0

    @pytest.mark.parametrize(
        ("activation", "says"),
        [
            ("sigmod", "--activation: unknown activation 'sigmod' (did you mean 'sigmoid'?)"),
            ("net +", "--activation: expected a number"),
            ("{name: elu, alfa: 2}", "--activation:1:13: elu has no parameter 'alfa'"),
            ("{elu: 2}", "--activation:1:1: expected an activation with its parameters, {name:"),
            ("{name: elu", "--activation:1:1"),
        ],
    )
    def test_a_wrong_activation(self, run: Run, activation: str, says: str) -> None:
        """What is no activation is told, with its column where it is a mapping."""
        found = run("new", "2-2", "--activation", activation)
        assert found.code == 2
        assert found.err.startswith(says)

    def test_integers(self, run: Run) -> None:
        """Small whole numbers, easy by hand."""
        out = run("new", "2-3-1", "--integers", "--activation", "identity").out
        weights = [line for line in out.splitlines() if "# into" in line]
        assert len(weights) == 4
        assert not any("." in line.partition("#")[0] for line in weights)

    def test_seed(self, run: Run) -> None:
        """The same seed gives the same numbers, another one others."""
        assert run("new", "2-3-1", "--seed", "5") == run("new", "2-3-1", "--seed", "5")
        assert run("new", "2-3-1", "--seed", "5") != run("new", "2-3-1", "--seed", "6")
        assert run("new", "2-3-1") == run("new", "2-3-1", "--seed", "1")

    @pytest.mark.parametrize(
        "shape", ["2", "", "2-", "a-b", "2-0", "2--3", "2-²", "3 - 2", "2-2001"]
    )
    def test_what_is_no_shape(self, run: Run, shape: str) -> None:
        """What is no shape is an error that shows one."""
        found = run("new", shape)
        assert found.code == 2
        assert found.err.startswith(f"trace: '{shape}'")

    def test_too_large(self, run: Run) -> None:
        """A network that is too large to write down is refused, at once."""
        assert "too many to write down" in run("new", "2000-2000").err
        assert "each layer has 1 to 2000 units" in run("new", "2-" + "9" * 5000).err


class TestSchema:
    """trace schema."""

    def test_of_specs(self, run: Run) -> None:
        """The schema of specs, by default."""
        found = run("schema")
        assert json.loads(found.out) == spec_schema()
        assert run("schema", "spec") == found

    def test_of_traces(self, run: Run) -> None:
        """The schema of saved traces."""
        assert json.loads(run("schema", "trace").out) == json.loads(json.dumps(trace_schema()))

    def test_saved_traces_keep_it(self, run: Run, folder: Path) -> None:
        """What -o writes is valid by what trace schema prints."""
        run("schema", "trace", "-o", "schema.json")
        run("net.yaml", "-o", "net.json")
        schema, saved = (
            json.loads((folder / name).read_text(encoding="utf-8"))
            for name in ("schema.json", "net.json")
        )
        Draft202012Validator(schema).validate(saved)

    def test_of_nothing_else(self, run: Run) -> None:
        """Another word is a usage error."""
        found = run("schema", "other")
        assert found.code == 2
        assert "'other' is not one of 'spec', 'trace'" in found.err


class TestReadings:
    """--published, --symbolic and prove, as far as the command line goes."""

    def test_published(self, run: Run) -> None:
        """Published values stand beside ours, with a verdict."""
        found = run("mazur", "--published")
        assert found.code == 0
        assert "quantity" in found.out
        assert "not right" in found.out
        assert max(map(len, found.out.splitlines())) <= 100

    def test_nothing_published(self, run: Run) -> None:
        """A spec without published values has nothing to compare with."""
        found = run("net.yaml", "--published")
        assert found == (2, "", "trace: this spec has no published values to compare with\n")

    def test_symbolic(self, run: Run) -> None:
        """Closed forms of one quantity, or of all."""
        one = run("lines.yaml", "--symbolic", "dy/dz")
        assert one.code == 0
        assert one.out.startswith("dy/dz = x**2\n")
        assert "dy/dx = " in run("lines.yaml", "--symbolic").out

    @pytest.mark.parametrize("view", [["--published"], ["--symbolic", "y"]])
    def test_views_are_text(self, run: Run, view: list[str]) -> None:
        """A view that is text is not written under another suffix."""
        found = run("lines.yaml", *view, "-o", "x.md")
        assert found.code == 2
        assert "this view is text" in found.err

    def test_symbolic_in_place(self, run: Run) -> None:
        """Closed forms are those of the gradient: beside an in-place update that is said."""
        found = run("net.yaml", "--symbolic", "dE/dw1", "--in-place")
        assert found.code == 0
        assert found.err.startswith("trace: closed forms are derivatives at the old weights")
        assert run("net.yaml", "--symbolic", "dE/dw1") == (0, found.out, "")

    def test_symbolic_from_given_values(self, run: Run) -> None:
        """Closed forms know nothing of given values: that is said."""
        found = run("given.yaml", "--symbolic", "dy/dx")
        assert found.code == 0
        assert found.err.startswith("trace: closed forms are made of the file's formulas")

    def test_prove(self, run: Run) -> None:
        """Every number before the witnesses; the exit code says whether all are proved."""
        found = run("prove", "lines.yaml")
        assert found.code == 0
        assert "numbers are proved" in found.out
        assert "stay in letters" in run("prove", "letters.yaml").out


class TestEndings:
    """How runs end that do not end by themselves."""

    def test_an_interrupt(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        """An interrupt says so and has the exit code of one."""

        def interrupted(_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(entry_point.cli, "invoke", interrupted)
        assert run("net.yaml") == (130, "", "stopped\n")

    def test_output_that_cannot_be_printed(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where printing fails the reason is said, and the exit code is 2."""

        def full(_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(entry_point.cli, "invoke", full)
        monkeypatch.setattr(entry_point, "forget_output", lambda: None)
        assert run("net.yaml") == (2, "", "trace: cannot print: No space left on device\n")

    def test_a_reader_that_goes_away(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where nobody reads on, the run ends without a word, and not as a success."""

        def closed(_: object) -> None:
            raise BrokenPipeError

        monkeypatch.setattr(entry_point.cli, "invoke", closed)
        monkeypatch.setattr(entry_point, "forget_output", lambda: None)
        assert run("net.yaml") == (entry_point.CLOSED_PIPE, "", "")
        assert entry_point.CLOSED_PIPE > 1

    def test_no_standard_output(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without a standard output a file is written all the same."""
        monkeypatch.setattr(sys, "stdout", None)
        assert run("net.yaml", "-o", "out.txt").code == 0
        assert run("net.yaml").code == 0
