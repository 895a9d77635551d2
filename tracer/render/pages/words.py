"""The words that an HTML page adds to what it shows, and how each part of a calculation looks."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from tracer.derive.program import Phase
from tracer.phrase import Words


class Look(Struct, frozen=True):
    """How a part of a calculation is marked.

    Attributes:
        direction: the name of its colour.
        arrow: a sign that tells it without colours.
        word: what it is called beside the sign.
    """

    direction: str
    arrow: str
    word: str


FORWARD = Look("forward", "→", "forward")
BACKWARD = Look("backward", "←", "backward")
UPDATE = Look("update", "↻", "update")
GIVEN = Look("given", "•", "given")

PHASES = {
    Phase.GIVEN.value: GIVEN,
    Phase.CARRIED.value: GIVEN,
    Phase.FORWARD.value: FORWARD,
    Phase.ERROR.value: FORWARD,
    Phase.BACKWARD.value: BACKWARD,
    Phase.TANGENTS.value: FORWARD,
    Phase.WEIGHTS.value: BACKWARD,
    Phase.INPUTS.value: BACKWARD,
    Phase.CHANGES.value: UPDATE,
    Phase.UPDATE.value: UPDATE,
}
"""The look of each part of a calculation."""

WORDS = {
    "skip": "Skip to the calculation",
    "views": "Views",
    "about": "Conventions and symbols",
    "key": "Key to the symbols",
    "long": "longer telling",
    "theme": "Colours",
    "player": "Step through the calculation",
    "first": "First step",
    "back": "Step back",
    "play": "Play",
    "next": "Next step",
    "last": "Last step",
    "unfold": "Unfold everything",
    "blank": "value of",
    "hint": "Hint",
    "rule": "Rule",
    "formula": "Formula",
    "numbers": "Numbers put in",
    "formulas": "Show formulas",
    "save": "Save my answers",
    "reset": "Start again",
    "practice": "Fill in the blanks. Each number is checked as soon as you leave its blank; what "
    "follows from an earlier number of yours is followed.",
    "graded": "Fill in the blanks. Nothing is checked here.",
}

SCRIPT_WORDS = {
    "step": "Step {k} of {n}",
    "steps": "{n} steps",
    "play": "Play",
    "pause": "Pause",
    "auto": "Colours: system",
    "dark": "Colours: dark",
    "light": "Colours: light",
    "unfold": "Unfold everything",
    "fold": "Fold up again",
    "wide": "Formula, scrolls sideways",
    "link": "Link to",
}
"""What the script says."""

PRACTICE_WORDS = {
    "right": "right",
    "rounded": "right after rounding",
    "follows": "follows from an earlier number",
    "wrong": "not yet",
    "number": "not a number",
    "few": "right so far: give at least {n} digits",
    "progress": "{k} of {n} filled in well",
    "filled": "{k} of {n} filled in",
    "reset": "Forget all numbers of this page?",
    "showFormulas": "Show formulas",
    "hideFormulas": "Hide formulas",
}
"""What the script of a page to fill in says."""


def in_language(table: Mapping[str, str], words: Words) -> dict[str, str]:
    """A table of words in a language."""
    return {name: words.sentence(text) for name, text in table.items()}


def looks_in(words: Words) -> dict[str, Look]:
    """How each part of a calculation looks, with what it is called in a language."""
    return {name: replace(look, word=words.sentence(look.word)) for name, look in PHASES.items()}
