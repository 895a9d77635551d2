"""Formats by suffix, and the Python interface that writes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import tracer
from tests.unit.making import BY_HEAD, IN_A_ROW, spec, traced
from tracer.errors import OutputError, SpecError, TracerError
from tracer.render.formats import KNOWN, PAGES, RECORDS, lines_of
from tracer.sheet.page import Wanted


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("t.txt", "A network for the head"),
        ("t.md", "# A network for the head"),
        ("t.json", "{"),
        ("t.csv", "step,sample,phase,name,value,exact,rule,formula,numbers"),
        ("t.TXT", "A network for the head"),
        ("a.b/t.tar.csv", "step,sample,phase,name,value,exact,rule,formula,numbers"),
    ],
)
def test_the_suffix_chooses_the_format(name: str, first: str) -> None:
    """The end of a file's name says its format, in capitals too."""
    assert next(lines_of(traced(BY_HEAD), Wanted(), name)) == first


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("t.docx", "the suffix '.docx'"),
        ("t", "no suffix"),
        ("a.txt/t", "no suffix"),
        (".txt", "no s"),
    ],
)
def test_other_suffixes_are_refused(name: str, found: str) -> None:
    """A suffix that no format has is an error that lists those there are."""
    with pytest.raises(OutputError, match=found) as caught:
        lines_of(traced(BY_HEAD), Wanted(), name)
    assert str(caught.value).endswith(f"known are {', '.join(KNOWN)}")


def test_a_picture_has_no_lines() -> None:
    """What is drawn is no text: it is written, never listed."""
    with pytest.raises(OutputError, match=r"t\.svg is no text"):
        lines_of(traced(BY_HEAD), Wanted(), "t.svg")


class TestInterface:
    """tracer.trace, tracer.save, tracer.load."""

    def test_a_file_is_traced(self, tmp_path: Path) -> None:
        """A path, as text or as a path object, is read and calculated."""
        path = tmp_path / "net.yaml"
        path.write_text(BY_HEAD.replace("\n    ", "\n"), encoding="utf-8")
        for given in (str(path), path):
            assert tracer.trace(given)["dE/dw5"].value == 216

    def test_an_example_is_traced(self) -> None:
        """The name of a built-in example is enough."""
        assert str(tracer.trace("mazur")["w5+"].value).startswith("0.35891647971788461")

    def test_a_spec_is_traced(self) -> None:
        """A spec that was read before is calculated as it is."""
        found = spec(BY_HEAD)
        assert tracer.trace(found).spec == found

    def test_settings(self) -> None:
        """Arithmetic and training settings can be given as Python values."""
        found = tracer.trace(spec(IN_A_ROW), "exact", steps=2, batch="online", evaluate_after=True)
        assert found.arithmetic.name == "exact"
        assert len(found.segments) == 3
        assert found["w+@1"].value == found["w@2"].value

    def test_wrong_settings(self) -> None:
        """A setting that there is not, or that does not fit, is an error."""
        with pytest.raises(SpecError, match="unknown field 'step'"):
            tracer.trace(spec(IN_A_ROW), step=2)
        with pytest.raises(SpecError, match="a batch of 9 of 3 samples"):
            tracer.trace(spec(IN_A_ROW), batch=9)
        with pytest.raises(TracerError, match="unknown arithmetic 'exakt'"):
            tracer.trace(spec(IN_A_ROW), "exakt")

    def test_digits_are_settled(self) -> None:
        """Without a word on arithmetic there are as many decimals as it takes."""
        text = "inputs: [x]\nlayers: [{units: [o], activation: sigmoid, weights: [[100]]}]\n"
        found = tracer.trace(spec(text + "samples: [{input: 1, target: 0}]\n"))
        assert found.arithmetic.name == "decimal:100"

    @pytest.mark.parametrize("suffix", [*PAGES, *RECORDS])
    def test_saving(self, suffix: str, tmp_path: Path) -> None:
        """Every format can be saved, and is the lines of the format."""
        trace, path = traced(BY_HEAD), tmp_path / f"t{suffix}"
        tracer.save(trace, str(path))
        lines = lines_of(trace, Wanted(), str(path))
        assert path.read_text(encoding="utf-8") == "".join(f"{line}\n" for line in lines)

    def test_saving_with_the_files_digits(self, tmp_path: Path) -> None:
        """A spec that says its digits is saved with them."""
        trace = traced(BY_HEAD + "    significant: 2\n    arithmetic: float\n", "float")
        tracer.save(trace, str(tmp_path / "t.txt"))
        assert "≈ -8.6\n" in (tmp_path / "t.txt").read_text(encoding="utf-8")

    def test_loading(self, tmp_path: Path) -> None:
        """What was saved is loaded, equal, and can be saved again."""
        trace, path = traced(IN_A_ROW, steps="3"), str(tmp_path / "t.json")
        tracer.save(trace, path)
        found = tracer.load(path)
        assert found == trace
        tracer.save(found, str(tmp_path / "again.json"))
        assert (tmp_path / "again.json").read_text() == (tmp_path / "t.json").read_text()
        assert json.loads((tmp_path / "t.json").read_text())["version"] == 1

    def test_everything_public_is_there(self) -> None:
        """The package has the names that it promises."""
        assert sorted(tracer.__all__) == ["load", "save", "trace"]
        assert all(callable(getattr(tracer, name)) for name in tracer.__all__)
