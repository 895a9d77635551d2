"""`trace SPEC`: its options, one by one."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run


def sections(out: str) -> list[str]:
    """The headings of a printed page."""
    lines = out.splitlines()
    return [title for title, ruler in pairwise(lines) if set(ruler) in ({"="}, {"-"})]


class TestWholePage:
    """Without options the whole calculation is printed."""

    def test_it_is_the_default_command(self, run: Run) -> None:
        """trace net.yaml is trace show net.yaml."""
        assert run("net.yaml") == run("show", "net.yaml")
        assert run("net.yaml").code == 0
        assert run("net.yaml").err == ""

    def test_options_may_come_first(self, run: Run) -> None:
        """Options before the file belong to the default command too."""
        assert run("--sig", "4", "net.yaml") == run("net.yaml", "--sig", "4")

    def test_every_part_is_printed(self, run: Run) -> None:
        """All parts of the calculation, in order, under the title."""
        assert sections(run("net.yaml").out) == [
            *("A network for the head", "Given", "Forward pass", "Error", "Backward pass"),
            *("Derivatives by the parameters", "Derivatives by the inputs", "Update"),
        ]

    def test_a_built_in_name(self, run: Run) -> None:
        """A built-in example is found by its name, where no file is in the way."""
        assert run("mazur").out.startswith("A step-by-step 2-2-2 network\n")

    def test_lines_keep_80_columns(self, run: Run) -> None:
        """No line of a printed example is longer than 80 columns."""
        for options in ([], ["--long"], ["--table"], ["--steps", "2"], ["--only", "E@1"]):
            assert max(map(len, run("mazur", *options).out.splitlines())) <= 80

    def test_nothing_is_coloured(self, run: Run) -> None:
        """What is not a terminal gets no codes."""
        assert "\x1b" not in run("net.yaml").out


class TestOnly:
    """--only QUANTITY."""

    def test_one_chain(self, run: Run) -> None:
        """The quantity's chain, back to the givens, itself last."""
        found = run("net.yaml", "--only", "dE/dw5")
        assert sections(found.out) == ["Why dE/dw5", "Given", "From the givens to dE/dw5"]
        assert found.out.endswith("         = 216\n")
        assert "w5⁺" not in found.out.partition("Given\n")[2]

    @pytest.mark.parametrize("name", ["delta_o1", "δ_o1", "∂E/∂net_o1", "dE/dnet_o1[1]@1"])
    def test_other_spellings(self, run: Run, name: str) -> None:
        """Every spelling of a name leads to the same page."""
        assert run("net.yaml", "--only", name) == run("net.yaml", "--only", "dE/dnet_o1")

    def test_unknown_names(self, run: Run) -> None:
        """A name that is not there is an error with those that come close."""
        found = run("net.yaml", "--only", "dE/dw99")
        assert (found.code, found.out) == (2, "")
        assert found.err.startswith("trace: this trace has no quantity 'dE/dw99' (did you mean")

    def test_to_a_text_file(self, run: Run, folder: Path) -> None:
        """The page on one quantity can be written as text."""
        found = run("net.yaml", "--only", "E", "-o", "why.txt")
        assert (found.code, found.out) == (0, "")
        assert (folder / "why.txt").read_text(encoding="utf-8") == run(
            "net.yaml", "--only", "E"
        ).out


class TestParts:
    """--phase, --at-step, --steps, --long, --table."""

    @pytest.mark.parametrize(
        ("phase", "title"),
        [
            *(("given", "Given"), ("forward", "Forward pass"), ("error", "Error")),
            *(("backward", "Backward pass"), ("weights", "Derivatives by the parameters")),
            *(("inputs", "Derivatives by the inputs"), ("update", "Update")),
        ],
    )
    def test_phase(self, run: Run, phase: str, title: str) -> None:
        """Only that part of the calculation."""
        assert sections(run("net.yaml", "--phase", phase).out)[1:] == [title]

    def test_several_phases(self, run: Run) -> None:
        """The option may be given several times; the order is that of the calculation."""
        found = run("net.yaml", "--phase", "update", "--phase", "error")
        assert sections(found.out)[1:] == ["Error", "Update"]

    def test_an_unknown_phase(self, run: Run) -> None:
        """Another word is an error that lists the phases."""
        found = run("net.yaml", "--phase", "sideways")
        assert found.code == 2
        assert "'sideways' is not one of 'given', 'forward'," in found.err

    def test_steps(self, run: Run) -> None:
        """So many training steps, whatever the file says."""
        found = sections(run("net.yaml", "--steps", "2").out)
        assert [title for title in found if "step" in title] == [
            "Training step 1",
            "Training step 2",
        ]
        assert "Update" not in sections(run("net.yaml", "--steps", "0").out)

    def test_many_steps(self, run: Run) -> None:
        """More than five steps are told by their errors."""
        found = run("row.yaml", "--steps", "9")
        assert sections(found.out)[-2:] == [
            *("Training: the error at the start of a step", "Parameters after step 9")
        ]

    def test_at_step(self, run: Run) -> None:
        """One training step of several, with the weights it started with."""
        found = run("row.yaml", "--steps", "9", "--at-step", "2")
        assert [title for title in sections(found.out) if "step" in title] == ["Training step 2"]
        assert "  w = 2.4\n" in found.out

    @pytest.mark.parametrize("step", ["2", "10"])
    def test_no_such_step(self, run: Run, step: str) -> None:
        """A step beyond the last is an error that says how many there are."""
        found = run("net.yaml", "--at-step", step)
        assert found.code == 2
        assert found.err == f"trace: --at-step {step}: this trace has the training steps 1 to 1\n"

    @pytest.mark.parametrize("options", [["--at-step", "0"], ["--steps", "-1"], ["--steps", "x"]])
    def test_wrong_numbers_of_steps(self, run: Run, options: list[str]) -> None:
        """What is no number of steps is a usage error."""
        found = run("net.yaml", *options)
        assert found.code == 2
        assert found.err.startswith("Usage: ")

    def test_long(self, run: Run) -> None:
        """The longer telling has the parts of every sum."""
        assert "∂E/∂out_h1 through o2 = δ_o2·w7" in run("net.yaml", "--long").out
        assert "through o2" not in run("net.yaml").out

    def test_table(self, run: Run) -> None:
        """A compact table has all values and no formulas."""
        found = run("net.yaml", "--table").out
        assert "  E_o1 = 18    E_o2 = 2     E = 20\n" in found
        assert "δ_o1·w5" not in found
        assert len(found.splitlines()) < 60

    def test_table_of_a_phase(self, run: Run) -> None:
        """Table and phase go together."""
        found = run("net.yaml", "--table", "--phase", "error").out
        assert sections(found) == ["A network for the head", "Error"]

    @pytest.mark.parametrize("view", [["--table"], ["--only", "dE/dw5"], ["--phase", "error"]])
    def test_views_to_a_file(self, run: Run, folder: Path, view: list[str]) -> None:
        """A view is written as text and as Markdown: the same lines, the same parts."""
        printed = run("net.yaml", *view).out
        assert run("net.yaml", *view, "-o", "t.txt") == (0, "", "")
        assert (folder / "t.txt").read_text(encoding="utf-8") == printed
        assert run("net.yaml", *view, "--plain", "-o", "t.md") == (0, "", "")
        markdown = (folder / "t.md").read_text(encoding="utf-8").splitlines()
        heads = [line.lstrip("# ") for line in markdown if line.startswith("#")]
        assert heads == sections(printed)
        assert printed.splitlines()[-1] in markdown


class TestTogether:
    """Options that have no meaning beside another are refused, and never ignored."""

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            *((["--only", "E"], ["--phase", "error"]), (["--only", "E"], ["--table"])),
            *((["--only", "E"], ["--published"]), (["--only", "E"], ["--symbolic", "E"])),
            *((["--table"], ["--long"]), (["--table"], ["--published"])),
            *((["--table"], ["--symbolic", "E"]), (["--published"], ["--phase", "error"])),
            *((["--published"], ["--digits", "3"]), (["--published"], ["--sig", "3"])),
            *((["--published"], ["--symbolic", "E"]), (["--published"], ["--at-step", "1"])),
            *((["--symbolic", "E"], ["--arithmetic", "exact"]), (["--symbolic", "E"], ["--long"])),
            *((["--symbolic", "E"], ["--phase", "error"]),),
            *((["--symbolic", "E"], ["--at-step", "1"]),),
            *((["--pseudocode", "aima"], ["--table"]),),
            *((["--columns"], ["--long"]), (["--columns"], ["--gradient-graph"])),
            *((["--gradient-graph"], ["--sig", "3"]), (["--gradient-graph"], ["--table"])),
        ],
    )
    def test_pairs(self, run: Run, first: list[str], second: list[str]) -> None:
        """In either order, by both names, with the exit code of wrong usage."""
        for options in (first + second, second + first):
            found = run("mazur", *options)
            assert (found.code, found.out) == (2, "")
            assert f"{first[0]} and {second[0]} do not go together" in found.err

    @pytest.mark.parametrize("file", ["t.json", "t.csv"])
    @pytest.mark.parametrize(
        "view", [["--table"], ["--only", "E"], ["--phase", "error"], ["--long"], ["--published"]]
    )
    def test_records_hold_everything(
        self, run: Run, folder: Path, view: list[str], file: str
    ) -> None:
        """A file of records has no views."""
        found = run("net.yaml", *view, "-o", file)
        assert (found.code, found.out) == (2, "")
        assert f"{view[0]} is for pages: {file[1:]} holds every number" in found.err
        assert not (folder / file).exists()

    def test_a_suffix_that_no_view_has(self, run: Run) -> None:
        """A view is not written under a suffix that is no format's."""
        found = run("net.yaml", "--only", "E", "-o", "t.docx")
        assert (found.code, found.out) == (2, "")
        assert "it has the suffix '.docx'; known are .txt, .md" in found.err


def test_letters(run: Run) -> None:
    """A spec without numbers is told in letters."""
    out = run("letters.yaml").out
    assert "  y = a·x\n" in out
    assert "  ∂y/∂x = ∂y/∂y·a\n" in out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("mazur", "--phase", "tangents"), "--phase tangents: this calculation has no such part"),
        (("baydin_forward", "--phase", "backward"), "there is given, forward, tangents"),
        (("mazur", "--phase", "forward", "--phase", "tangents"), "--phase tangents"),
        (("mazur", "--phase", "tangents", "--table"), "--phase tangents"),
        (("byu", "--at-step", "2", "--phase", "tangents"), "--phase tangents"),
    ],
)
def test_a_part_that_is_not_there(run: Run, words: tuple[str, ...], says: str) -> None:
    """A part that the calculation does not have is refused, with those that it has."""
    found = run(*words)
    assert (found.code, found.out) == (2, "")
    assert says in found.err
