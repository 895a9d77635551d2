"""What a template is given: a page as records of written formulas and plain text.

This is what templates of users rely on, and `VERSION` counts its changes. Attributes called
`math` hold markup of the page's medium, which a template puts down as it stands; all other text
is plain, and a template escapes it.
"""

from __future__ import annotations

from msgspec import Struct

VERSION = 1


class Inline(Struct, frozen=True):
    """A piece of a line.

    Attributes:
        math: a formula as markup; empty for words.
        text: words; empty for a formula.
        spoken: the formula in words.
        name: the plain name of a quantity that the piece leads to; empty for none.
    """

    math: str = ""
    text: str = ""
    spoken: str = ""
    name: str = ""


class Line(Struct, frozen=True):
    """A line of a step.

    Attributes:
        sign: the relation before it: ``=``, ``≈`` or ``∈``.
        relation: the same as markup.
        pieces: the formula; where there are several, a long line may be broken between them.
        is_chain: whether it is the chain of partial derivatives.
        is_result: whether it is the number at the end.
    """

    sign: str
    relation: str
    pieces: tuple[Inline, ...]
    is_chain: bool = False
    is_result: bool = False


class Step(Struct, frozen=True):
    """A step of the calculation.

    Attributes:
        name: the plain name of what it gives, which is its address on the page too.
        word: what kind of quantity that is.
        symbol: its symbol.
        lines: from the chain down to the number.
        parts: the lines of the longer telling.
        uses: the plain names of what its formula uses.
        rule: the name of its rule.
        value: its value as it is shown; empty where there is none.
        anchor: its address on the page; empty where something else has it.
    """

    name: str
    word: str
    symbol: Inline
    lines: tuple[Line, ...]
    parts: tuple[Step | Lead, ...]
    uses: tuple[str, ...]
    rule: str
    value: str = ""
    anchor: str = ""
    kind: str = "step"


class Task(Struct, frozen=True):
    """A step with a blank in place of its number.

    Attributes:
        number: by which the page's script knows it.
        name: the plain name of what it gives.
        anchor: its address on the page.
        symbol: its symbol.
        rule: the name of its rule.
        why: why the rule holds.
        lines: the chain and the formula.
        numbers: the formula with places for numbers; None where no hint is given.
    """

    number: int
    name: str
    anchor: str
    symbol: Inline
    rule: str
    why: str
    lines: tuple[Line, ...]
    numbers: Line | None = None
    kind: str = "task"


class Lead(Struct, frozen=True):
    """A sentence before steps of one rule: its name, and why it holds."""

    rule: str
    text: str
    kind: str = "lead"


class Given(Struct, frozen=True):
    """A quantity and its number.

    Attributes:
        name: its plain name.
        symbol: its symbol.
        relation: the sign between the two.
        value: its number or letter.
        anchor: its address on the page; empty where something else has it.
    """

    name: str
    symbol: Inline
    relation: str
    value: Inline
    anchor: str = ""


class Givens(Struct, frozen=True):
    """Givens that stand side by side."""

    rows: tuple[Given, ...]
    kind: str = "givens"


class Formula(Struct, frozen=True):
    """A formula on a line of its own, after a sign or none."""

    relation: str
    formula: Inline
    kind: str = "formula"


class Table(Struct, frozen=True):
    """Rows under headings; a cell is a line of pieces.

    Attributes:
        heads: what stands above each column.
        rows: a cell for each column.
        is_numeric: whether its cells are numbers.
    """

    heads: tuple[Inline, ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    is_numeric: bool = False
    kind: str = "table"


class Text(Struct, frozen=True):
    """Lines of fixed width, as they stand."""

    lines: tuple[str, ...]
    kind: str = "text"


class Equation(Struct, frozen=True):
    """A matrix and how it comes about.

    Attributes:
        symbol: its symbol.
        lines: in symbols, with numbers put in, the result; a sign may be empty.
        remarks: sentences below it.
    """

    symbol: Inline
    lines: tuple[Line, ...]
    remarks: tuple[tuple[Inline, ...], ...] = ()
    kind: str = "equation"


class Sentence(Struct, frozen=True):
    """A sentence with formulas in it."""

    pieces: tuple[Inline, ...]
    kind: str = "sentence"


class Argument(Struct, frozen=True):
    """A sentence that leads to a step."""

    pieces: tuple[Inline, ...]
    step: Step
    kind: str = "argument"


Block = Equation | Sentence | Argument | Step | Task | Lead | Givens | Formula | Table | Text


class Section(Struct, frozen=True):
    """A heading and what stands under it.

    Attributes:
        key: an address that no other section has.
        title: the heading.
        level: 1 for a training step or the whole page, 2 for a phase.
        phase: the part of the calculation, such as ``forward``; empty for none.
        rows: a small table of two columns: conventions, notes.
        blocks: in order.
    """

    key: str
    title: str
    level: int
    phase: str
    rows: tuple[tuple[str, tuple[Inline, ...]], ...]
    blocks: tuple[Block, ...]


class Key(Struct, frozen=True):
    """A row of the key to the symbols: the first symbol of a kind, and what it stands for."""

    symbol: Inline
    word: str


class Page(Struct, frozen=True):
    """A whole page.

    Attributes:
        title: of the page.
        sections: in order; the first one has the conventions in force.
        key: what each kind of symbol stands for.
        language: its language, such as ``en``.
        version: of this form.
    """

    title: str
    sections: tuple[Section, ...]
    key: tuple[Key, ...] = ()
    language: str = "en"
    version: int = VERSION
