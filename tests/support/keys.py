"""Every English sentence that a page can show, found in the source and in the tables of rules.

In the source these are the texts of phrases. A text that is no literal there is followed to where
its name is given a value; one that comes out of a table's record is taken from the table itself.
"""

from __future__ import annotations

import ast
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

import tracer.rules
from tracer.cli.derive import SURE
from tracer.derive import differences, graph
from tracer.maths.arithmetic.by_hand import MODES
from tracer.notation.notation import IF, IN_PATTERNS, OTHERWISE
from tracer.phrase import has_words
from tracer.render.markup import spoken
from tracer.render.pages import words as pages
from tracer.rules.activations import TABLE as ACTIVATIONS
from tracer.rules.backprop import Rule
from tracer.rules.joint import TABLE as JOINTS
from tracer.rules.learning import TABLE as LEARNING
from tracer.rules.loss_rows import TABLE as LOSSES
from tracer.rules.optimisers import TABLE as OPTIMISERS
from tracer.rules.quantity import Kind
from tracer.rules.short import PAIRS
from tracer.rules.slides import RULES as SLIDES
from tracer.rules.worked import TIDIED
from tracer.sheet.conventions import OF_THE_SLOPE
from tracer.spec.recurrent.cells import GATED, RENEWS

PACKAGE = Path(__file__).parents[2] / "tracer"

MAKERS = {
    "Phrase": slice(0, 1),
    "phrase": slice(0, 1),
    "counted": slice(1, 3),
    "listed": slice(1, 2),
    "Work": slice(0, 2),
}
"""Which arguments of what makes a phrase are sentences."""

OF_RECORDS = (
    *("rule.name", "rule.told", "self.why", "self.mode.told", "*TIDIED", "short"),
    *("step.name", "step.says", "row.name", "row.says", "node.rule.name", "step.rule.name"),
    *("row.title", "row.convention", "loss.convention", "activation.convention", "curve.rule"),
    *(
        "difference.remark",
        "kind.word",
        "node.operation",
        "SURE[sameness.value]",
        "formula",
    ),
    *("joint.name.replace('_', ' ')", "name.replace('_', ' ')", "loss.name.replace('_', ' ')"),
    *("pair.activation.replace('_', ' ')", "text.partition(OF_THE_SLOPE)[0]"),
)
"""Texts that come out of the records of tables, as the source writes them."""


def _is_of_record(text: str) -> bool:
    return text in OF_RECORDS or text.endswith(".kind.word")


class _Reading(ast.NodeVisitor):
    """The sentences of one module."""

    def __init__(self, tree: ast.Module) -> None:
        self.scopes: list[ast.AST] = [tree]
        self.texts: set[str] = set()
        self.unknown: list[str] = []
        self.visit(tree)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.scopes.append(node)
        self.generic_visit(node)
        self.scopes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        for argument in node.args[MAKERS.get(getattr(node.func, "id", ""), slice(0))]:
            self.take(argument)
        self.generic_visit(node)

    def take(self, text: ast.expr) -> None:
        """Takes in what a text can be."""
        match text:
            case ast.Constant(found):
                self.texts |= {found} if isinstance(found, str) else set()
            case ast.IfExp(_, one, other):
                self.take(one)
                self.take(other)
            case ast.Tuple(parts):
                self.each(parts)
            case ast.Dict(_, values):
                self.each(values)
            case _ if _is_of_record(ast.unparse(text)):
                return
            case ast.Name() | ast.Subscript(ast.Name()):
                self.follow(text)
            case ast.Call(ast.Attribute(ast.Name() as table, "items")):
                self.take(table)
            case _:
                self.unknown.append(ast.unparse(text))

    def each(self, parts: list[ast.expr]) -> None:
        """Takes in every text of a tuple or table."""
        for part in parts:
            self.take(part)

    def follow(self, text: ast.Name | ast.Subscript) -> None:
        """Takes in what a name stands for: in its function, else in the module."""
        name = ast.unparse(text).partition("[")[0]
        for scope in reversed(self.scopes):
            values = list(_values(scope, name))
            self.each(values)
            if values:
                return
        self.unknown.append(name)


def _values(scope: ast.AST, name: str) -> Iterator[ast.expr]:
    """What a name is given in a scope, by itself or together with others."""
    for node in ast.walk(scope):
        match node:
            case ast.Assign([target], value) | ast.AnnAssign(target, _, ast.expr() as value):
                pass
            case ast.For(target, value):
                pass
            case _:
                continue
        names = {part.id for part in ast.walk(target) if isinstance(part, ast.Name)}
        if name in names:
            yield _own(target, value, name)


def _own(target: ast.expr, value: ast.expr, name: str) -> ast.expr:
    """Of several values that are given to several names, the one for a name."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        pairs = zip(target.elts, value.elts, strict=True)
        return next(one for part, one in pairs if getattr(part, "id", "") == name)
    return value


def read(source: str) -> tuple[set[str], list[str]]:
    """The sentences of a module, and the expressions that no sentence was found for."""
    reading = _Reading(ast.parse(source))
    return {text for text in reading.texts if has_words(text)}, reading.unknown


def sources() -> Iterator[Path]:
    """Every module that can make a phrase."""
    return (path for path in sorted(PACKAGE.rglob("*.py")) if path.name != "phrase.py")


@cache
def keys() -> frozenset[str]:
    """Every sentence that is to be translated."""
    written = {text for path in sources() for text in read(path.read_text(encoding="utf-8"))[0]}
    return frozenset(text for text in written | set(of_tables()) if has_words(text))


def of_tables() -> Iterator[str]:
    """The sentences that stand in tables."""
    for row in records():
        if isinstance(row, Kind):
            yield row.word
        else:
            yield from (row.name, *([row.why] if isinstance(row.why, str) else []))
    for slide in SLIDES:
        yield from (slide.name, slide.says)
    for activation in ACTIVATIONS:
        yield from (activation.convention, activation.convention.partition(OF_THE_SLOPE)[0])
    for row_with_name in (*JOINTS, *LOSSES):
        yield from (row_with_name.name.replace("_", " "), row_with_name.convention)
    yield from (name.replace("_", " ") for pair in PAIRS for name in pair)
    yield from (rule.told for rule in LEARNING)
    yield from (optimiser.title for optimiser in OPTIMISERS)
    yield from (cell.told(gate) for cell in GATED.values() for gate in (None, RENEWS))
    yield from (*TIDIED, *graph.OPERATIONS.values(), "given", *SURE.values())
    yield from (differences.KINK, differences.NO_VALUE, *(mode.told for mode in MODES.values()))
    yield from (*IN_PATTERNS, IF, OTHERWISE)
    for table in (pages.WORDS, pages.SCRIPT_WORDS, pages.PRACTICE_WORDS):
        yield from table.values()
    yield from (look.word for look in pages.PHASES.values())
    yield from (*spoken.WORDS.values(), *spoken.FUNCTIONS.values())


def records() -> Iterator[Rule | Kind]:
    """Every rule and every kind of quantity in the tables of rules."""
    seen: set[int] = set()
    for module in pkgutil.iter_modules(tracer.rules.__path__):
        for value in vars(import_module(f"tracer.rules.{module.name}")).values():
            yield from _records(value, seen)


def _records(value: Any, seen: set[int]) -> Iterator[Rule | Kind]:
    if id(value) in seen or isinstance(value, (str, int, type)):
        return
    seen.add(id(value))
    if isinstance(value, (Rule, Kind)):
        yield value
    parts: list[Any] = []
    if isinstance(value, Struct):
        parts = [getattr(value, field.name) for field in fields(value)]
    elif isinstance(value, Mapping):
        parts = [*value.keys(), *value.values()]
    elif isinstance(value, (tuple, list, frozenset, set)):
        parts = list(value)
    for part in parts:
        yield from _records(part, seen)
