"""`trace SPEC`: files, and what is said of errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Run


class TestOutput:
    """-o FILE by suffix."""

    @pytest.mark.parametrize("suffix", ["txt", "md", "json", "csv"])
    def test_a_file(self, run: Run, folder: Path, suffix: str) -> None:
        """Each suffix writes its format, and nothing is printed."""
        plain = ["--plain"] if suffix == "md" else []
        found = run("net.yaml", *plain, "-o", f"out.{suffix}")
        assert (found.code, found.out, found.err) == (0, "", "")
        assert "dE/dw5" in (folder / f"out.{suffix}").read_text(encoding="utf-8").replace("∂", "d")

    def test_a_workbook_in_words_and_symbols(self, run: Run, folder: Path) -> None:
        """A workbook takes a language and a notation, and no option that chooses a part."""
        for options in (("--language", "de"), ("--notation", "rumelhart"), ("--digits", "3")):
            found = run("net.yaml", *options, "-o", "out.xlsx")
            assert (found.code, found.err) == (0, "")
        assert (folder / "out.xlsx").read_bytes().startswith(b"PK")
        for refused in (["--only", "E"], ["--table"], ["--key"]):
            found = run("net.yaml", *refused, "-o", "out.xlsx")
            assert (found.code, ".xlsx holds every number" in found.err) == (2, True)

    def test_text_is_what_is_printed(self, run: Run, folder: Path) -> None:
        """A text file is the printed page, byte for byte; also of a long training."""
        for options in ([], ["--steps", "9"], ["--phase", "error"], ["--long"]):
            run("row.yaml", *options, "-o", "out.txt")
            assert (folder / "out.txt").read_text(encoding="utf-8") == run("row.yaml", *options).out

    def test_data_have_every_step(self, run: Run, folder: Path) -> None:
        """JSON has all training steps, however many."""
        run("row.yaml", "--steps", "9", "-o", "out.json")
        entries = json.loads((folder / "out.json").read_text(encoding="utf-8"))["entries"]
        assert max(entry["step"] for entry in entries) == 9

    def test_long_option(self, run: Run, folder: Path) -> None:
        """--output is -o."""
        assert run("net.yaml", "--output", "out.csv").code == 0
        assert (folder / "out.csv").exists()

    @pytest.mark.parametrize(
        ("path", "message"),
        [
            ("out.docx", "it has the suffix '.docx'; known are .txt, .md"),
            ("out", "it has no suffix"),
            ("none/out.txt", "No such file or directory"),
        ],
    )
    def test_unwritable(self, run: Run, path: str, message: str) -> None:
        """A file that cannot be written is an error with its path and the reason."""
        found = run("net.yaml", "-o", path)
        assert found.code == 2
        assert found.err.startswith(f"trace: cannot write {path}: ")
        assert message in found.err


class TestErrors:
    """What is wrong is said with its place, and the exit code is 2."""

    def test_a_wrong_spec(self, run: Run) -> None:
        """All problems at once, each with file, line and column."""
        found = run("wrong.yaml")
        assert (found.code, found.out) == (2, "")
        lines = found.err.splitlines()
        assert lines[0].startswith("wrong.yaml:3:")
        assert any(
            "unknown activation 'sigmod' (did you mean 'sigmoid'?)" in line for line in lines
        )
        assert any("unknown field 'weight' (did you mean 'weights'?)" in line for line in lines)

    def test_a_value_that_does_not_exist(self, run: Run) -> None:
        """A calculation that fails names the step."""
        assert run("zero.yaml") == (2, "", "zero.yaml:1:13: y: division by zero\n")

    def test_no_such_file(self, run: Run) -> None:
        """A name that is neither file nor example is an error, with an example that comes close."""
        assert "did you mean 'mazur'?" in run("mazurr").err
        assert run("net").code == 2
        assert "none.yaml" in run("none.yaml").err

    def test_no_spec(self, run: Run) -> None:
        """Without a file there is a usage error."""
        found = run("show")
        assert found.code == 2
        assert "Missing argument 'SPEC'" in found.err

    def test_an_unknown_option(self, run: Run) -> None:
        """An option that there is not is a usage error."""
        found = run("net.yaml", "--tabel")
        assert found.code == 2
        assert "--table" in found.err

    def test_warnings_go_beside_the_page(self, run: Run, folder: Path) -> None:
        """A warning is on standard error, and the page is printed all the same."""
        (folder / "long.yaml").write_text("expression: y = x**3000\nat: {x: 1/3}\n")
        found = run("long.yaml", "--arithmetic", "exact")
        assert found.code == 0
        assert found.err == (
            "trace: the fractions have grown to 1432 digits; decimals stay short\n"
        )
        assert "Forward pass" in found.out


class TestPictures:
    """-o FILE with a picture's suffix."""

    def test_a_picture(self, run: Run, folder: Path) -> None:
        """Each suffix of a picture is drawn, and nothing is printed."""
        found = run("net.yaml", "--steps", "2", "-o", "out.svg", "--picture", "error")
        assert (found.code, found.out) == (0, "")
        assert (folder / "out.svg").read_bytes().startswith(b"<?xml")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--picture", "error"), "--picture needs a file to draw: -o FILE.svg"),
            (("--picture", "error", "-o", "o.txt"), "--picture needs a file to draw"),
            (("--table", "-o", "o.svg"), "--table is for pages: .svg is a picture"),
            (("--sig", "3", "-o", "o.png"), "--sig is for pages: .png is a picture"),
            (("--published", "-o", "o.png"), "--published is for pages"),
            (
                ("-o", "o.svg", "--picture", "path"),
                "this calculation has no picture 'path'; it has",
            ),
        ],
    )
    def test_what_means_nothing_for_a_picture(
        self, run: Run, arguments: tuple[str, ...], said: str
    ) -> None:
        """Options that a picture leaves nothing to choose of are refused."""
        found = run("net.yaml", *arguments)
        assert found.code == 2
        assert said in found.err
