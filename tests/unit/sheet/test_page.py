"""Pages: which sections, in which order, and what stands in them."""

from __future__ import annotations

import pytest

from tests.unit.making import (
    BY_HEAD,
    IN_A_ROW,
    calculated,
    headings,
    lines,
    program,
    traced,
    why_lines,
)
from tracer.derive.program import Phase
from tracer.derive.trace import Trace
from tracer.notation.notation import terminal
from tracer.notation.numbers import NumberFormat
from tracer.notation.said import english
from tracer.render.text import TextPage
from tracer.sheet.lists import milestones
from tracer.sheet.overview import table, whole
from tracer.sheet.page import GivenRow, Lead, Section, Wanted, page, why_page
from tracer.sheet.telling import Telling
from tracer.sheet.words import one_line


def titles(trace: Trace, wanted: Wanted | None = None) -> list[str]:
    """The headings of a page."""
    return headings(page(trace, wanted or Wanted()))


def rows(section: Section) -> list[tuple[str, str, str]]:
    """The quantities of a section that are told without a formula."""
    return [
        (item.quantity.unit, item.relation, item.text)
        for item in section.items
        if isinstance(item, GivenRow)
    ]


PARTS = [
    *("Given", "Forward pass", "Error", "Backward pass"),
    *("Derivatives by the parameters", "Derivatives by the inputs", "Update"),
]


def test_the_sections_of_a_network() -> None:
    """One sample and one step: the parts of the calculation in textbook order."""
    assert titles(traced(BY_HEAD)) == ["A network for the head", *PARTS]


def test_without_a_title() -> None:
    """A page without a title says what it is."""
    assert titles(calculated(program("y = 2*x", x="1"))) == [
        *("Calculation", "Given", "Forward pass", "Backward pass")
    ]


def test_samples_are_told_one_after_another() -> None:
    """Where there are several samples each part says which one it is about."""
    assert titles(traced(IN_A_ROW))[:9] == [
        *("Calculation", "Given", "Forward pass, sample 1", "Error, sample 1"),
        *("Forward pass, sample 2", "Error, sample 2"),
        *("Forward pass, sample 3", "Error, sample 3", "Error"),
    ]


def test_training_steps_have_headings() -> None:
    """Where there are several steps each has its heading; a last pass says that it is one."""
    found = titles(traced(IN_A_ROW, steps="2", evaluate_after="yes"))
    assert [title for title in found if "step" in title] == [
        *("Training step 1", "Training step 2"),
        "Training step 3 (forward only, with the last weights)",
    ]


def test_later_steps_give_what_is_new() -> None:
    """A later step gives the weights as they are now, new samples, and no given again."""
    trace = traced(IN_A_ROW, batch="online", steps="2")
    given = [section for section in page(trace, Wanted()) if english(section.title) == "Given"]
    assert rows(given[0]) == [
        *[("", "=", "1/20"), ("x", "=", "1"), ("z", "=", "1"), ("w", "=", "2")]
    ]
    assert rows(given[1]) == [("x", "=", "2"), ("z", "=", "2"), ("w", "=", "1.9")]


def test_rounded_rows_say_so() -> None:
    """A value that is rounded for the page stands after ≈, one that is not after =."""
    trace = traced(IN_A_ROW.replace("w = 2", "w = 1/3"), "decimal", steps="2")
    given = [section for section in page(trace, Wanted()) if english(section.title) == "Given"]
    assert rows(given[0])[-1] == ("w", "=", "1/3")
    assert rows(given[1]) == [("w", "≈", "3.06666667")]


NOT_IN_NETWORKS = (Phase.CARRIED, Phase.TANGENTS, Phase.CHANGES)
IN_NETWORKS: list[Phase] = [phase for phase in Phase if phase not in NOT_IN_NETWORKS]


@pytest.mark.parametrize("phase", [*IN_NETWORKS])
def test_phases_can_be_chosen(phase: Phase) -> None:
    """Only the parts that were asked for are on the page, below its conventions."""
    found = titles(traced(BY_HEAD), Wanted(phases=(phase,)))
    assert len(found) == 2
    assert found[1] == PARTS[IN_NETWORKS.index(phase)]


def test_steps_can_be_chosen() -> None:
    """Only the training steps that were asked for are on the page."""
    found = titles(traced(IN_A_ROW, steps="3"), Wanted(steps=(2,)))
    assert [title for title in found if "step" in title] == ["Training step 2"]


def test_rules_are_told_where_they_change() -> None:
    """A sentence says why a rule holds, once for all steps in a row that follow from it."""
    forward = next(
        section
        for section in page(traced(BY_HEAD), Wanted())
        if english(section.title) == "Forward pass"
    )
    found = [
        english(item.text).partition(":")[0] if isinstance(item, Lead) else item.step.name
        for item in forward.items
        if isinstance(item, Lead | Telling)
    ]
    assert found == [
        *("weighted sum", "net_h1", "net_h2", "activation", "out_h1", "out_h2"),
        *("weighted sum", "net_o1", "net_o2", "activation", "out_o1", "out_o2"),
    ]


class TestWhyPage:
    """One quantity, back to the givens."""

    def test_the_sections(self) -> None:
        """Conventions, the givens that count, and the steps up to the quantity."""
        found = list(why_page(traced(BY_HEAD), "δ_o1", Wanted()))
        assert headings(found) == [*("Why dE/dnet_o1", "Given", "From the givens to dE/dnet_o1")]
        assert "learning_rate" not in [unit for unit, _, _ in rows(found[1])]
        assert found[0].rows

    def test_a_given_alone(self) -> None:
        """A given is its own reason."""
        found = list(why_page(traced(BY_HEAD), "w5", Wanted()))
        assert headings(found) == ["Why w5", "Given"]

    def test_a_constant_alone(self) -> None:
        """What depends on nothing has no givens."""
        found = list(why_page(calculated(program("y = x", x="1")), "dy/dy", Wanted()))
        assert headings(found) == [
            "Why dy/dy",
            "From the givens to dy/dy",
        ]

    def test_several_training_steps(self) -> None:
        """Each training step on the way has its heading, and the weights that it started with."""
        trace = traced(IN_A_ROW, batch="online", steps="3")
        found = list(why_page(trace, "net_z[3]@3", Wanted()))
        assert headings(found)[2:] == [
            f"From the givens to net_z[3]@3, training step {number}" for number in (1, 2, 3)
        ]
        assert rows(found[1]).count(("", "=", "1/20")) == 1
        assert rows(found[3]) == [("w", "=", "1.9")]

    def test_the_text(self) -> None:
        """The page ends with the quantity."""
        assert why_lines(traced(BY_HEAD), "E")[-4:] == [
            *("total error: the errors of the outputs, added up", "  E = E_o1 + E_o2"),
            *("    = 18 + 2", "    = 20"),
        ]


class TestTable:
    """All values, without formulas."""

    def test_every_value(self) -> None:
        """Each phase has its values in one section."""
        found = list(table(traced(BY_HEAD), Wanted()))
        assert headings(found) == ["A network for the head", *PARTS]
        assert rows(found[3]) == [("o1", "=", "18"), ("o2", "=", "2"), ("", "=", "20")]

    def test_phases_and_steps(self) -> None:
        """A table has the parts and steps that were asked for; each step gives all its givens."""
        wanted = Wanted(phases=(Phase.GIVEN,), steps=(2,))
        found = list(table(traced(IN_A_ROW, steps="3"), wanted))
        assert headings(found) == [
            "Calculation",
            "Training step 2",
            "Given",
        ]
        assert {("x", "=", "3"), ("w", "=", "2.4")} <= set(rows(found[2]))

    def test_letters_and_what_depends_on_them(self) -> None:
        """A letter is shown; of what depends on one the formula, with the numbers there are."""
        trace = calculated(program("y = 2*x", "z = y*v", v="3"))
        text = list(TextPage(terminal(samples=False)).lines(table(trace, Wanted())))
        assert [line for line in text if line.startswith("  ")][:4] == [
            *("  v = 3    x = x", "  y = 2·x", "  z = y·3", "  ∂z/∂z = 1    ∂z/∂y = 3    ∂z/∂x = 6")
        ]


class TestLongTraining:
    """Many steps are told by their errors."""

    def test_few_steps_are_told_in_full(self) -> None:
        """Up to five steps are told one after another."""
        found = headings(whole(traced(IN_A_ROW, steps="5"), Wanted()))
        assert [title for title in found if "step" in title] == [
            f"Training step {number}" for number in range(1, 6)
        ]

    def test_many_steps(self) -> None:
        """Of more steps the first is told, then the errors at chosen ones and what came out."""
        trace = traced(IN_A_ROW, "decimal", steps="30")
        found = list(whole(trace, Wanted(NumberFormat(significant=4))))
        assert [
            english(section.title) for section in found if "step" in english(section.title)
        ] == [
            *("Training step 1", "Training: the error at the start of a step"),
            "Parameters after step 30",
        ]
        assert [english(name) for name, _ in found[-2].rows] == [
            f"step {number}" for number in (1, 2, 5, 10, 20, 30)
        ]
        assert english(found[-2].rows[0][1]) == "E = 14"
        assert english(found[-2].rows[1][1]) == "E = 13.04"
        assert english(found[-2].rows[5][1]).startswith("E ≈ 12.86")
        assert rows(found[-1]) == [("w", "≈", "2.286")]

    def test_a_chosen_step_of_many(self) -> None:
        """A step that was chosen is told, and nothing else."""
        found = whole(traced(IN_A_ROW, "decimal", steps="30"), Wanted(steps=(7,)))
        assert [
            english(section.title) for section in found if "step" in english(section.title)
        ] == ["Training step 7"]

    def test_evaluation_after_many_steps(self) -> None:
        """The last parameters are those of the last update, also where a pass follows it."""
        trace = traced(IN_A_ROW, "decimal", steps="8", evaluate_after="yes", frozen="none")
        *_, errors, parameters = whole(trace, Wanted())
        assert english(parameters.title) == "Parameters after step 8"
        assert english(errors.rows[-1][0]) == "step 9"

    def test_nothing_was_updated(self) -> None:
        """Where all parameters are frozen there is no list of what came out."""
        *_, errors = whole(traced(IN_A_ROW, steps="8", frozen="w"), Wanted())
        assert english(errors.title) == "Training: the error at the start of a step"

    @pytest.mark.parametrize(
        ("last", "steps"),
        [
            (6, [1, 2, 5, 6]),
            (10, [1, 2, 5, 10]),
            (21, [1, 2, 5, 10, 20, 21]),
            (1000, [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]),
        ],
    )
    def test_milestones(self, last: int, steps: list[int]) -> None:
        """1, 2, 5, 10, ... and the last step, each once."""
        assert milestones(last) == steps


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a  title\nin\ttwo lines ", "a title in two lines"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("bell\x07 and \u202eturned", "bell and turned"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("", ""),
        ("δ ≈ ½", "δ ≈ ½"),
    ],
)
def test_authors_texts_stand_as_one_line(text: str, line: str) -> None:
    """Nothing in a title or note steers the terminal; spelling stays as it is."""
    assert one_line(text) == line


def test_a_hostile_title() -> None:
    """A title of several lines is one heading, with its line below it."""
    trace = traced(BY_HEAD.replace("A network for the head", r'"a\nb\e[2J"'))
    assert lines(trace)[:2] == ["a b[2J", "======"]
