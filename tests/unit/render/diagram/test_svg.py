"""Diagrams as SVG: read back as XML, with the trace's own names and numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from tests.published.examples import NAMES
from tests.published.examples import traced as traced_example
from tests.unit.making import BY_HEAD, IN_A_ROW, calculated, program, traced
from tracer.cli.main import cli
from tracer.derive.entries import Given
from tracer.errors import UnknownQuantityError
from tracer.render.diagram.diagram import Wish, diagram_of
from tracer.render.diagram.outlines import shape
from tracer.render.diagram.records import Look
from tracer.render.diagram.svg import style, svg
from tracer.render.pictures.canvas import bytes_of

NAMESPACE = "{http://www.w3.org/2000/svg}"
TOLD = re.compile(r"(?P<sign>[=≈]) (?P<digits>−?\d[\d.]*)(?P<exponent>·10)?")


def read(text: str) -> ElementTree.Element:
    """The root of an SVG."""
    return ElementTree.fromstring(text)


def said(element: ElementTree.Element) -> str:
    """All signs of a text; a raised exponent of ten after an e."""
    return "".join(element.itertext())


@pytest.mark.parametrize("name", NAMES)
def test_numbers_are_those_of_the_trace(name: str) -> None:
    """Every number in a diagram is the value of the quantity that it names, rounded."""
    trace = traced_example(name, "float")
    root = read(svg(diagram_of(trace)))
    for text in root.iter(f"{NAMESPACE}text"):
        found = TOLD.search(said(text))
        if not found or found["exponent"] or "heading" in text.attrib["class"]:
            continue
        shown = Decimal(found["digits"].replace("−", "-"))
        value = trace[text.attrib["data-quantity"]].value
        unit = Decimal(1).scaleb(int(shown.as_tuple().exponent))
        assert abs(Decimal(str(value)) - shown) <= unit * Decimal("0.5000001"), said(text)


@pytest.mark.parametrize("name", NAMES)
def test_ids_and_names_are_known(name: str) -> None:
    """Ids are unique, edges join nodes that are there, and every plain name is of the trace."""
    trace = traced_example(name)
    root = read(svg(diagram_of(trace)))
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(set(ids)) == len(ids)
    for element in root.iter():
        ends = {element.attrib.get(key) for key in ("data-tail", "data-head", "data-edge")}
        assert ends - {None} <= set(ids)
        for quantity in element.attrib.get("data-quantities", "").split():
            assert quantity in trace, quantity


def test_everything_has_words() -> None:
    """The whole has a name, and so has every node and every edge."""
    root = read(svg(diagram_of(traced(BY_HEAD))))
    assert root.attrib["aria-label"] == "A network for the head"
    groups = [e for e in root.iter(f"{NAMESPACE}g") if "id" in e.attrib]
    titles = [e.findtext(f"{NAMESPACE}title") for e in groups]
    assert "output unit o1, identity: net_o1 = 46, out_o1 = 46, dE/dnet_o1 = 6" in titles
    assert "weight w1 = 1, from x1 to h1" in titles
    assert "bias b2 = 2, to o2" in titles
    assert all(titles)


def test_kinds_are_told_by_shape() -> None:
    """Without colours an input, a unit, an output, a bias and an error still look different."""
    drawing = diagram_of(traced(BY_HEAD))
    outlines = {
        look: re.sub(r"[-\d. ]+", " ", shape(node))
        for look in Look
        for node in drawing.nodes
        if node.look is look
    }
    assert outlines[Look.ERROR] != outlines[Look.INPUT]
    root = read(svg(drawing))
    widths = {
        group.attrib["class"]: path.attrib["stroke-width"]
        for group in root.iter(f"{NAMESPACE}g")
        for path in group.findall(f"{NAMESPACE}path[@class='shape']")
    }
    assert widths["node output"] != widths["node hidden"]


def test_a_title_is_text() -> None:
    """What an author calls a network is no markup."""
    hostile = "'</title><script>alert(1)</script> & $$ \\input{x} 😀'"
    text = BY_HEAD.replace("title: A network for the head", f"title: {hostile}")
    root = read(svg(diagram_of(traced(text)), standalone=True))
    assert not list(root.iter(f"{NAMESPACE}script"))
    assert root.findtext(f"{NAMESPACE}title") == hostile.strip("'")


def test_a_sample_has_its_own_values() -> None:
    """The diagram of a sample shows its inputs; names say the sample."""
    drawing = diagram_of(traced(IN_A_ROW), sample=3)
    (node,) = (node for node in drawing.nodes if node.look is Look.INPUT)
    assert node.lines[0].text.quantity == "x[3]"
    assert "= 3" in node.says
    with pytest.raises(UnknownQuantityError, match="has no sample 4"):
        diagram_of(traced(IN_A_ROW), sample=4)


def test_a_step_has_its_own_weights() -> None:
    """The diagram of a later training step shows the weights that it starts with."""
    trace = traced(IN_A_ROW, steps="2")
    drawing = diagram_of(trace, 1, Wish(step=2))
    (label,) = (edge.label for edge in drawing.edges if edge.label)
    assert label.lines[0].text.quantity == "w@2"


def test_several_diagrams_on_a_page() -> None:
    """Diagrams with different prefixes share no id."""
    one, other = (svg(diagram_of(traced(BY_HEAD), 1, Wish(prefix=p))) for p in ("a-", "b-"))
    assert not set(re.findall(r' id="([^"]+)"', one)) & set(re.findall(r' id="([^"]+)"', other))


def test_colours_are_properties() -> None:
    """The style names no colour but as the fallback of a property that a page can set."""
    for name, value in re.findall(r"([\w-]+):([^;{}]*#[^;{}]*)[;}]", style()):
        assert name.startswith("--"), (name, value)


def test_the_file_repeats_itself() -> None:
    """The same trace gives the same file, which says what it is."""
    trace = traced(BY_HEAD)
    found = bytes_of(trace, ".svg", "network")
    assert found.startswith(b"<?xml")
    assert found == bytes_of(trace, ".svg", "network")
    assert bytes_of(trace, ".png", "network").startswith(b"\x89PNG")


def test_the_file_is_in_the_notation_asked_for(tmp_path: Path) -> None:
    """--notation holds for the diagram as for a page, in SVG and in pixels."""
    files = [tmp_path / name for name in ("mazur.svg", "nielsen.svg", "mazur.png", "nielsen.png")]
    for path in files:
        run = CliRunner().invoke(
            cli, ["mazur", "-o", str(path), "--picture", "network", "--notation", path.stem]
        )
        assert run.exit_code == 0, run.output
    mazur, nielsen, *pixels = (path.read_bytes() for path in files)
    assert b">net<" in mazur
    assert b">net<" not in nielsen
    assert len(set(pixels)) == 2


@pytest.mark.parametrize("name", ["mazur", "lstm", "decks_integer", "decks_sine", "perceptron_xor"])
def test_a_sheet_to_fill_in_has_no_answers(name: str) -> None:
    """With blanks, only what is given has a number, in the texts and in the words."""
    trace = traced_example(name)
    drawn = svg(diagram_of(trace, 1, Wish(blanks=True, edges="gradients")))
    texts = [text for text in read(drawn).iter(f"{NAMESPACE}text") if text.get("data-quantity")]
    for text in texts:
        is_given = isinstance(trace[text.attrib["data-quantity"]], Given)
        is_formula = "heading" in text.attrib["class"]
        assert is_formula or bool(TOLD.search(said(text))) is is_given, said(text)
    told = re.findall(r"(\S+) ([=≈]) (−?-?[\d.]+)(?=,|$|<)", drawn.replace("</title>", "<"))
    assert all(isinstance(trace[quantity], Given) for quantity, _, _ in told if quantity in trace)


def test_exponents_are_raised() -> None:
    """A power in a formula is set as one: without a sign, its number small and above."""
    trace = calculated(program("y = x**2 + 3*x", x="3"))
    (heading,) = (
        line.text.runs
        for node in diagram_of(trace).nodes
        for line in node.lines
        if line.text.heading and line.text.quantity == "v1"
    )
    assert [(run.text, run.level) for run in heading] == [
        *(("v", 0), ("1", -1), (" = ", 0)),
        *(("x", 0), ("2", 1)),
    ]
