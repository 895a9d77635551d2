"""Settings that differ from the file's: those of the command line, and of published values."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from tracer.spec.classes import complain_of_loss
from tracer.spec.dropout.checked import complain_of_masks
from tracer.spec.expressions.descent_fields import OF_STEPS
from tracer.spec.fields import SETTINGS
from tracer.spec.network import ExpressionProgram, Network, Parameter, Presentation, Spec
from tracer.spec.recurrent.checks import check_carrying
from tracer.spec.training.input_moves import complain_of_changes
from tracer.spec.training.learning import complain_of_learning
from tracer.spec.training.methods import complain_of_names
from tracer.spec.training.settings import freezable, frozen, training
from tracer.spec.tree import nodes
from tracer.spec.tree.nodes import NOWHERE, Scalar
from tracer.spec.tree.problems import Problems
from tracer.spec.written import WrittenSettings

SAID_BY = "settings"
OF_NUMBERS = ("arithmetic", "digits", "significant", "quantity")


def with_training(spec: Spec, changes: Mapping[str, str]) -> Spec:
    """The same spec under other settings.

    Args:
        spec: a network; or an expression program, of whose settings only those about numbers
            can be changed.
        changes: texts, as on a command line, by the names of the fields of ``training``; and
            ``loss``, ``arithmetic``, ``digits``, ``significant``.

    Raises:
        SpecError: a setting is unknown, or does not fit.
    """
    if not changes:
        return spec
    problems = Problems(SAID_BY)
    pairs = tuple((Scalar(key, *NOWHERE), Scalar(text, *NOWHERE)) for key, text in changes.items())
    problems.root = nodes.Mapping(pairs, *NOWHERE)
    written = SETTINGS.read(problems.root, problems)
    assert written is not None, "the root is a mapping"
    if isinstance(spec, ExpressionProgram):
        changed: Spec = _program(spec, written, problems)
    else:
        changed = _network(spec, written, problems)
    problems.tell()
    return replace(changed, about=replace(spec.about, presentation=_presentation(spec, written)))


def _program(
    program: ExpressionProgram, written: WrittenSettings, problems: Problems
) -> ExpressionProgram:
    """The program with other settings of its steps, if it has any."""
    known = (*OF_NUMBERS, *(OF_STEPS if program.moved else ()))
    for key, _ in written.training.node.pairs:
        if key.text in OF_STEPS and key.text not in known:
            problems.add(key, f"an expression has no '{key.text}' without 'minimise'")
        elif key.text not in known:
            problems.add(key, f"an expression has no '{key.text}'")
    if problems or not program.moved:
        return program
    moves = training(written.training, 1, problems, program.training)
    names = {*program.variables, *(line.name for line in program.lines)}
    complain_of_names(moves, program.moved, names, written.training.node, problems)
    return replace(program, training=moves)


def _network(network: Network, written: WrittenSettings, problems: Problems) -> Network:
    parameters = _parameters(network, written, problems)
    moves = training(written.training, len(network.samples), problems, network.training)
    complain_of_changes(network.training, written.training, problems)
    names = [parameter.name for parameter in parameters]
    complain_of_names(moves, names, {*names, *network.units}, written.training.node, problems)
    changed = replace(
        network,
        loss=written.loss or network.loss,
        loss_place=None if written.loss else network.loss_place,
        parameters=parameters,
        training=moves,
    )
    if written.loss:
        complain_of_loss(changed, written.training.node, problems)
    said = written.training.node.content("loss")
    complain_of_learning(changed, written.training, said, (), problems)
    check_carrying(changed, written.training.node, problems)
    complain_of_masks(changed, written.training.node, problems)
    return changed


def _parameters(
    network: Network, written: WrittenSettings, problems: Problems
) -> tuple[Parameter, ...]:
    """The parameters, of which other ones are frozen if the settings say so."""
    if written.training.frozen is None:
        return network.parameters
    names = [parameter.name for parameter in network.parameters]
    kinds = [parameter.kind for parameter in network.parameters]
    kept = frozen(written.training, freezable(names, kinds), problems)
    return tuple(
        replace(parameter, trainable=number not in kept)
        for number, parameter in enumerate(network.parameters)
    )


def _presentation(spec: Spec, written: WrittenSettings) -> Presentation:
    said = spec.about.presentation
    if written.digits is not None or written.significant is not None:
        said = replace(said, digits=written.digits, significant=written.significant)
    return replace(said, arithmetic=written.arithmetic or said.arithmetic)
