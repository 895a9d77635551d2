"""Notebooks: their form, their formulas, and code that runs and makes the same trace."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.published.examples import NAMES, traced
from tests.unit.cli.conftest import Run, folder, run  # noqa: F401 (fixtures)
from tests.unit.making import BY_HEAD, IN_A_ROW
from tests.unit.making import traced as made
from tracer.derive.trace import Trace
from tracer.render.formats import lines_of
from tracer.render.notebook.origin import Origin, code_of
from tracer.sheet.page import Wanted

TEXTS = st.text(st.sampled_from("a:\"'\\\n\t#{}$é{"), max_size=30)


def notebook(trace: Trace) -> dict[str, Any]:
    """A trace's notebook, as JSON has it."""
    found: dict[str, Any] = json.loads("\n".join(lines_of(trace, Wanted(), "t.ipynb")))
    return found


def sources(found: dict[str, Any], kind: str = "markdown") -> list[str]:
    """The texts of the cells of a kind."""
    return ["".join(cell["source"]) for cell in found["cells"] if cell["cell_type"] == kind]


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_a_valid_notebook(name: str) -> None:
    """Every example is a notebook by the format's own rules, its formulas closed."""
    found = notebook(traced(name))
    nbformat.validate(found)
    for text in sources(found):
        assert text.count("$$") % 2 == 0
        assert text.count(r"\begin{aligned}") == text.count(r"\end{aligned}")
        assert _unescaped(text, "{") == _unescaped(text, "}")


def test_a_cell_for_each_section() -> None:
    """Each section of the page is a cell, with its heading."""
    titles = [text.splitlines()[0] for text in sources(notebook(made(BY_HEAD)))]
    assert titles == [
        "# A network for the head",
        "## Given",
        "## Forward pass",
        "## Error",
        "## Backward pass",
        "## Derivatives by the parameters",
        "## Derivatives by the inputs",
        "## Update",
    ]


def test_a_step_in_latex() -> None:
    """A step's lines stand under each other: symbol, formula, numbers, result."""
    lines = sources(notebook(made(BY_HEAD)))[2].splitlines()[4:10]
    assert lines[:2] == ["$$", r"\begin{aligned}"]
    assert lines[2].startswith(r"\mathrm{net}_{h1} &= w_1 \cdot x_1 + w_2 \cdot x_2 + b_{h1} \\")
    assert lines[3:] == [r"  &= 1 \cdot 1 + 2 \cdot 2 + 1 \\", "  &= 6", r"\end{aligned}"]


def test_names_are_roman() -> None:
    """A name with a low line is set where both MathJax and KaTeX take it: in maths, not in text."""
    text = "".join(sources(notebook(traced("lstm"))))
    assert r"\text{" not in text or not re.search(r"\\text\{[A-Za-z0-9]*\\_", text)


def test_no_formula_starts_a_tag() -> None:
    """A less-than sign in a formula is a command, which no browser takes for a tag."""
    trace = made(IN_A_ROW.replace("{units: [z], ", "{units: [z], activation: leaky_relu, "))
    text = "".join(sources(notebook(trace)))
    assert r"\lt " in text or r"\gt " in text
    assert "<" not in text.replace(r"\<", "")


def test_a_title_is_no_markup() -> None:
    """Authors' words are text: no tag, no formula, no link."""
    title = "title: '<script> $$x$$ [a](b) *c* | `d`'"
    text = sources(notebook(made(f"{title}\n{_flat(BY_HEAD)}")))[0]
    expected = r"# \<script\> \$\$x\$\$ \[a\](b) \*c\* \| \`d\`"
    assert text.splitlines()[0] == expected


@given(TEXTS)
@example('"""')
@example("ends with a backslash\\")
@example('ends with a quote"')
@example("a\r\nb")
def test_a_spec_cannot_leave_its_quotes(text: str) -> None:
    """Whatever a spec's text is, the code is one assignment of exactly this text."""
    tree = ast.parse(code_of(Origin(text, (("steps", "3"),))))
    assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
    assert ast.literal_eval(assigned[0].value) == text
    assert len(tree.body) == 5


def test_its_code_makes_the_same_trace(run: Run, folder: Path) -> None:  # noqa: F811
    """The notebook's code, run by Jupyter, makes the trace that the notebook tells."""
    done = run("row.yaml", "--steps", "2", "--arithmetic", "float", "-o", "row.ipynb")
    assert (done.code, done.err) == (0, "")
    found = nbformat.read(folder / "row.ipynb", as_version=4)
    root = str(Path(__file__).parents[3])
    found.cells.insert(0, nbformat.v4.new_code_cell(f"import sys; sys.path.insert(0, {root!r})"))
    nbclient.NotebookClient(found, timeout=120).execute()
    codes = [cell for cell in found.cells if cell.cell_type == "code"]
    shown = codes[1].outputs[0].data["text/markdown"]
    told = "\n\n".join(sources(json.loads((folder / "row.ipynb").read_text(encoding="utf-8")))[:-2])
    assert shown == told
    last = made(IN_A_ROW, "float", steps="2")["w+@2"].value
    assert repr(last) in codes[2].outputs[0].data["text/plain"]


def test_the_sign_of_a_notation_is_said(run: Run, folder: Path) -> None:  # noqa: F811
    """A notation that turns delta around turns it around in the notebook's code too."""
    assert run("net.yaml", "--notation", "garreta", "-o", "net.ipynb").code == 0
    found = json.loads((folder / "net.ipynb").read_text(encoding="utf-8"))
    assert "delta='negative_gradient'" in sources(found, "code")[0]


def test_what_comes_from_a_stream_has_no_code(run: Run, folder: Path) -> None:  # noqa: F811
    """Of a trace that Python was given, the notebook has the page alone."""
    del run, folder
    assert sources(notebook(made(BY_HEAD)), "code") == []


def _unescaped(text: str, sign: str) -> int:
    return text.count(sign) - text.count(f"\\{sign}")


def _flat(text: str) -> str:
    """A spec without its title and its indent."""
    from textwrap import dedent

    return "\n".join(line for line in dedent(text).splitlines() if not line.startswith("title"))
