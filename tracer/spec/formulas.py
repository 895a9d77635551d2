"""Activations and losses as a spec writes them: a name of the tables, or a formula of one's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, NamedTuple, TypeVar

from tracer.errors import FormulaError, suggestion
from tracer.maths.expression import symbols
from tracer.maths.parse import parse
from tracer.maths.tokens import is_name, tokens
from tracer.rules import activations, joint, losses
from tracer.rules.activations import Activation
from tracer.rules.joint import Joint
from tracer.rules.loss_rows import LossRow
from tracer.rules.losses import Loss
from tracer.spec.network import Value
from tracer.spec.tree import nodes
from tracer.spec.tree.forms import ByKind, Json, KeyDecides, Leaf, ListOf, MapOf, Named
from tracer.spec.tree.leaves import NUMBER, ZERO, choice
from tracer.spec.tree.nodes import Node, Scalar, shown
from tracer.spec.tree.problems import Problems, listed
from tracer.spec.written import Entry

Row = TypeVar("Row")


class _Table(NamedTuple, Generic[Row]):
    """What a name or a formula is looked up in.

    Attributes:
        kind: what its rows are, in a message's words.
        rows: the rows by name.
        aliases: other names.
        roles: the names that a formula of one's own is written in.
        own: makes a row of such a formula.
    """

    kind: str
    rows: Mapping[str, object]
    aliases: Mapping[str, str]
    roles: tuple[str, ...]
    own: Callable[[str], Row]

    def find(self, node: Scalar, problems: Problems) -> Row | str | None:
        """A row's name, a row made of a formula, or None after a complaint."""
        text = node.text.strip()
        name = self.aliases.get(text.lower(), text.lower())
        if name in self.rows:
            return name
        if is_name(text) and text not in self.roles:
            hint = suggestion(text.lower(), (*self.rows, *self.aliases))
            hint = hint or f"; known: {listed(self.rows, 20)}"
            problems.add(node, f"unknown {self.kind} {shown(text)}{hint}")
            return None
        try:
            self._check_names(text)
            return self.own(text)
        except FormulaError as error:
            problems.formula(node, error, len(node.text) - len(node.text.lstrip()))
            return None

    def _check_names(self, text: str) -> None:
        """Refuse names other than the roles, at their column."""
        for name in symbols(parse(text)):
            if name not in self.roles:
                column = next(token.column for token in tokens(text) if token.text == name)
                hint = suggestion(str(name), self.roles)
                here = f"this formula is in {' and '.join(self.roles)}, and has no '{name}'{hint}"
                raise FormulaError(here, column)


ACTIVATION_ROWS = {**activations.ROWS, **joint.ROWS}
ACTIVATION_ALIASES = {**activations.ALIASES, **joint.ALIASES}

ACTIVATIONS = _Table(
    "activation",
    ACTIVATION_ROWS,
    ACTIVATION_ALIASES,
    ("net",),
    activations.own_activation,
)
LOSSES = _Table("loss", losses.ROWS, losses.ALIASES, losses.ROLES, losses.own_loss)


def _activation(node: Scalar, problems: Problems) -> Activation | Joint:
    found = ACTIVATIONS.find(node, problems)
    return found if isinstance(found, Activation) else _row(found or "identity")


def _row(name: str, settings: joint.Settings = ()) -> Activation | Joint:
    """A row of either table, with its parameters put in."""
    make = joint.joint if name in joint.ROWS else activations.activation
    return make(name, settings)


def _loss(node: Scalar, problems: Problems) -> Loss:
    found = LOSSES.find(node, problems)
    return found if isinstance(found, Loss) else losses.loss(found or "half_squared_error")


def _names_or_formula(rows: Mapping[str, object], aliases: Mapping[str, str]) -> Json:
    return {"anyOf": [{"enum": [*rows, *aliases]}, {"type": "string"}]}


ACTIVATION_NAME = Leaf(
    "an activation's name or a formula in net",
    _activation,
    _names_or_formula(ACTIVATION_ROWS, ACTIVATION_ALIASES),
)
LOSS = Leaf(
    "a loss's name or a formula in out and target",
    _loss,
    _names_or_formula(losses.ROWS, losses.ALIASES),
)


class SettledLoss(NamedTuple):
    """``{name: cross_entropy, base: 2}``: a name of the table, its parameters, and its form."""

    wants: str = "a loss with its parameters, {name: cross_entropy, base: 2}"

    def read(self, node: Node, problems: Problems) -> Loss | None:
        """The row with these parameters put in."""
        pairs = node.pairs if isinstance(node, nodes.Mapping) else ()
        fields = {key.text: value for key, value in pairs}
        if "name" not in fields:
            problems.unexpected(node, self.wants)
            return None
        found = LOSS.read(fields["name"], problems)
        row = losses.ROWS.get(found.name) if found else None
        if found is None or row is None:
            if found is not None and len(pairs) > 1:
                problems.add(node, f"{shown(found.name)} is a formula, which has no parameters")
            return found
        form = FORM.read(fields["form"], problems) if "form" in fields else ""
        settings = [
            (key.text, value)
            for key, node in pairs
            if key.text not in ("name", "form")
            if (value := _number_for(row, key, node, problems)) is not None
        ]
        return losses.loss(row.name, tuple(settings), form or "")

    def schema(self, definitions: Json) -> Json:
        """A name, any parameter of the table, and a form."""
        known = dict.fromkeys(key for row in losses.ROWS.values() for key, _ in row.parameters)
        return {
            "type": "object",
            "properties": {
                "name": LOSS.schema(definitions),
                "form": FORM.schema(definitions),
                **{key: NUMBER.schema(definitions) for key in known},
            },
            "required": ["name"],
            "additionalProperties": False,
        }


def _number_for(row: LossRow, key: Scalar, value: Node, problems: Problems) -> Value | None:
    """The number for a parameter, if the loss has it and can have it so."""
    known = [name for name, _ in row.parameters]
    if key.text not in known:
        has = f"it has: {listed(known)}" if known else "it has none"
        hint = suggestion(key.text, (*known, "form")) or f" ({has})"
        problems.add(key, f"{row.name} has no parameter {shown(key.text)}{hint}")
        return None
    entry = NUMBER.read(value, problems)
    if entry is None or entry.value is None or entry.value is ZERO:
        return None
    try:
        losses.complain_of_setting(row, key.text, entry.value)
    except FormulaError as error:
        problems.add(value, str(error))
        return None
    return entry.value


FORM = choice("form", losses.FORMS)
SETTLED_LOSS = ByKind(LOSS.wants, LOSS, mapping=SettledLoss())


class SettledActivation(NamedTuple):
    """``{name: leaky_relu, slope: 0.2}``: a name of the table, and values for its parameters."""

    wants: str = "an activation with its parameters, {name: leaky_relu, slope: 0.2}"

    def read(self, node: Node, problems: Problems) -> Activation | Joint | None:
        """The row with these parameters put in."""
        pairs = node.pairs if isinstance(node, nodes.Mapping) else ()
        fields = {key.text: value for key, value in pairs}
        if "name" not in fields:
            problems.unexpected(node, self.wants)
            return None
        name = ACTIVATION_NAME.read(fields["name"], problems)
        if name is None:
            return None
        settings = [
            (key.text, entry.value)
            for key, value in pairs
            if key.text != "name" and (entry := _setting(name.name, key, value, problems))
            if entry.value is not None
        ]
        return _row(name.name, tuple(settings)) if settings else name

    def schema(self, definitions: Json) -> Json:
        """A name, and any parameter of the table."""
        rows = (*activations.TABLE, *joint.TABLE)
        known = dict.fromkeys(key for row in rows for key, _ in row.parameters)
        return {
            "type": "object",
            "properties": {
                "name": ACTIVATION_NAME.schema(definitions),
                **{key: NUMBER.schema(definitions) for key in known},
            },
            "required": ["name"],
            "additionalProperties": False,
        }


def _setting(activation: str, key: Scalar, value: Node, problems: Problems) -> Entry | None:
    """The number for a parameter, if the activation has it."""
    row = activations.ROWS.get(activation) or joint.ROWS.get(activation)
    known = [name for name, _ in row.parameters] if row else []
    if key.text not in known:
        has = f"it has: {listed(known)}" if known else "it has none"
        hint = suggestion(key.text, known) or f" ({has})"
        problems.add(key, f"{activation} has no parameter {shown(key.text)}{hint}")
        return None
    read = NUMBER.read(value, problems)
    if isinstance(row, joint.JointRow) and read and read.value and read.value is not ZERO:
        try:
            joint.complain_of_setting(row, key.text, read.value)
        except FormulaError as error:
            problems.add(value, str(error))
            return None
    return read


ONE_ACTIVATION = ByKind(ACTIVATION_NAME.wants, ACTIVATION_NAME, mapping=SettledActivation())
ACTIVATION = Named(
    "activation",
    ByKind(
        "an activation, one for each unit, or a mapping from units to activations",
        ACTIVATION_NAME,
        ListOf(ONE_ACTIVATION, "a list with an activation for each unit", least=1),
        KeyDecides(
            "name",
            SettledActivation(),
            MapOf(ONE_ACTIVATION, "a mapping from units to activations"),
        ),
    ),
    "What turns net into out: a name, a formula in net, or one for each unit.",
)
