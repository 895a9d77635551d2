"""Pages to fill in: what is right, what follows, hints, and what the browser keeps."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import tracer
from tests.browser.conftest import AxeOf, PageOf
from tests.browser.written import page_file

NUMBERS = {
    "net_h1": "0.3775",
    "net_h2": "0.3925",
    "out_h1": "0.593269992",
    "out_h2": "0.596884378",
}
FILL = """texts => {
    for (const task of document.querySelectorAll('.task')) {
        task.querySelector('input').value = texts[task.id] ?? '';
    }
    document.querySelector('.task input').dispatchEvent(new Event('change', {bubbles: true}));
    return Object.fromEntries([...document.querySelectorAll('.task')].map(
        task => [task.id, task.dataset.verdict]));
}"""


def practice(page_of: PageOf, *options: str, spec: str = "mazur") -> Page:
    """The page of an example with blanks."""
    return page_of(page_file(spec, "--practice", *options))


def fill(page: Page, name: str, text: str) -> None:
    """Fills in a blank as people do."""
    blank = page.locator(f".task[id='{name}'] input")
    blank.fill(text)
    blank.press("Enter")


def verdict(page: Page, name: str) -> str:
    """What the page says of a number."""
    return page.locator(f".task[id='{name}'] output").inner_text()


@pytest.mark.parametrize(
    "spec",
    ["mazur", "byu", "decks_sine", "baydin_forward", "lstm", "cs231n_softmax", "maxout", "adam"],
)
def test_our_own_numbers_are_right(spec: str, page_of: PageOf) -> None:
    """The page's own evaluation of every formula is the program's, to the digits that are shown."""
    trace = tracer.trace(spec)
    page = practice(page_of, spec=spec)
    names = page.evaluate("[...document.querySelectorAll('.task')].map(task => task.id)")
    values = {name: Fraction(trace.arithmetic.fraction(trace[name].value) or 0) for name in names}
    found = page.evaluate(FILL, {name: f"{float(value):.15g}" for name, value in values.items()})
    assert set(found.values()) == {"right"}
    wrong = page.evaluate(
        FILL, {name: f"{float(value) * 1.01 + 0.1:.15g}" for name, value in values.items()}
    )
    first = names[0]
    assert wrong[first] == "wrong"


@pytest.mark.parametrize("numbers", ["by-hand:3", "by-hand:4sig:half-even", "by-hand:3:cut"])
def test_rounding_by_hand_is_followed(numbers: str, page_of: PageOf) -> None:
    """Where every step is rounded, the page rounds as the calculation does."""
    page = practice(page_of, "--arithmetic", numbers)
    trace = tracer.trace("mazur", arithmetic=numbers)
    names = page.evaluate("[...document.querySelectorAll('.task')].map(task => task.id)")
    found = page.evaluate(FILL, {name: str(trace[name].value) for name in names})
    assert set(found.values()) == {"right"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("0.593269992", "✓ right"),
        ("0,593269992", "✓ right"),
        ("5.93269992e-1", "✓ right"),
        ("5.93269992·10^-1", "✓ right"),
        ("0.5933", "≈ right after rounding"),
        ("0.593", "≈ right after rounding"),
        ("0.59", "… right so far: give at least 3 digits"),
        ("0.594", "✗ not yet"),
        ("-0.593", "✗ not yet"),
        ("x", "? not a number"),
        ("", ""),
    ],
)
def test_a_number_is_judged_by_its_digits(text: str, says: str, page_of: PageOf) -> None:
    """Right is what agrees in all digits shown; fewer digits are right after rounding."""
    page = practice(page_of)
    fill(page, "out_h1", text)
    assert verdict(page, "out_h1") == says


def test_an_earlier_number_is_followed(page_of: PageOf) -> None:
    """What a reader's own wrong number leads to is told from what is wrong by itself."""
    page = practice(page_of)
    fill(page, "net_h1", "0.5")
    fill(page, "out_h1", "0.622459331")
    fill(page, "out_h2", "0.622459331")
    assert [verdict(page, name) for name in ("net_h1", "out_h1", "out_h2")] == [
        "✗ not yet",
        "↷ follows from an earlier number",
        "✗ not yet",
    ]
    fill(page, "net_h1", "0.3775")
    assert verdict(page, "out_h1") == "✗ not yet"


def test_rounded_numbers_are_carried_forward(page_of: PageOf) -> None:
    """What comes of a reader's rounded numbers is right after rounding."""
    page = practice(page_of)
    fill(page, "out_h1", "0.59")
    fill(page, "out_h1", "0.593")
    fill(page, "out_h2", "0.597")
    fill(page, "net_o1", "1.10585")
    assert verdict(page, "net_o1") == "≈ right after rounding"


def test_hints_come_in_three_stages(page_of: PageOf) -> None:
    """The rule, then the formula, then the numbers put in: the reader's own, if there are any."""
    page = practice(page_of)
    fill(page, "net_h1", "-0.5")
    task = page.locator(".task[id='out_h1']")
    stages = [task.locator(f".hint.{stage}") for stage in ("rule", "formula", "numbers")]
    button = task.get_by_role("button", name="Hint")
    for shown in range(3):
        assert [stage.is_visible() for stage in stages] == [k < shown for k in range(3)]
        button.click()
    assert button.is_disabled()
    assert "(−0.5)" in stages[2].inner_text()


def test_numbers_are_kept_and_forgotten(page_of: PageOf) -> None:
    """Numbers and hints are there when the page is opened again, until the reader starts again."""
    page = practice(page_of)
    fill(page, "net_h1", "0.3775")
    page.locator(".task[id='net_h2'] [data-do=hint]").click()
    page.reload()
    assert verdict(page, "net_h1") == "✓ right"
    expect(page.locator(".progress")).to_have_text("1 of 43 filled in well")
    expect(page.locator(".task[id='net_h2'] .hint.rule")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Start again").click()
    assert verdict(page, "net_h1") == ""
    page.reload()
    expect(page.locator(".progress")).to_have_text("0 of 43 filled in well")


def test_another_sheet_keeps_other_numbers(page_of: PageOf) -> None:
    """What is filled in on one sheet does not show on another."""
    page = practice(page_of)
    fill(page, "net_h1", "0.3775")
    page.goto(page_file("mazur", "--practice", "--learning-rate", "0.1").as_uri())
    assert page.locator(".task[id='net_h1'] input").input_value() == ""


def test_enter_leads_to_the_next_blank(page_of: PageOf) -> None:
    """The whole sheet can be filled in with keys alone."""
    page = practice(page_of)
    page.locator(".task[id='net_h1'] input").focus()
    for text in NUMBERS.values():
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    assert [verdict(page, name) for name in NUMBERS] == ["✓ right"] * 4


@pytest.mark.parametrize("option", ["--practice", "--graded"])
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing(option: str, dark: bool, page_of: PageOf, axe: AxeOf) -> None:
    """Blanks, verdicts and hints are easy to read and to use, in both themes."""
    page = page_of(page_file("mazur", option), dark=dark)
    if option == "--practice":
        fill(page, "net_h1", "0.3775")
        fill(page, "net_h2", "7")
        page.get_by_role("button", name="Show formulas").click()
    assert axe(page) == []


@pytest.mark.parametrize("option", ["--practice", "--graded"])
def test_a_sheet_fits_a_telephone(option: str, page_of: PageOf) -> None:
    """On a screen of 320 pixels nothing sticks out."""
    page = page_of(page_file("byu", option), width=320)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320


def test_a_graded_sheet_checks_nothing(page_of: PageOf, tmp_path: Path) -> None:
    """On a graded sheet there is no verdict and no hint; answers can be saved as a file."""
    page = page_of(page_file("mazur", "--graded"))
    fill(page, "net_h1", "0.3775")
    fill(page, "dE/dw5", "−0,08")
    assert verdict(page, "net_h1") == ""
    assert page.get_by_role("button", name="Hint").count() == 0
    expect(page.locator(".progress")).to_have_text("2 of 43 filled in")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save my answers").click()
    path = tmp_path / "answers.yaml"
    saved.value.save_as(path)
    assert path.read_text(encoding="utf-8") == '"net_h1": "0.3775"\n"dE/dw5": "-0.08"\n'
