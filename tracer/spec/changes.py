"""Settings that differ from the file's: those of the command line, and of published values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tracer.spec import nodes
from tracer.spec.classes import complain_of_loss
from tracer.spec.fields import SETTINGS
from tracer.spec.learning import complain_of_learning
from tracer.spec.methods import complain_of_names
from tracer.spec.network import ExpressionProgram, Network, Parameter, Presentation, Spec
from tracer.spec.nodes import NOWHERE, Scalar
from tracer.spec.problems import Problems
from tracer.spec.training import freezable, frozen, training
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
        _complain_of_training(written, problems)
        changed: Spec = spec
    else:
        changed = _network(spec, written, problems)
    problems.tell()
    return replace(changed, about=replace(spec.about, presentation=_presentation(spec, written)))


def _complain_of_training(written: WrittenSettings, problems: Problems) -> None:
    for key, _ in written.training.node.pairs:
        if key.text not in OF_NUMBERS:
            problems.add(key, f"an expression has no '{key.text}'")


def _network(network: Network, written: WrittenSettings, problems: Problems) -> Network:
    parameters = _parameters(network, written, problems)
    moves = training(written.training, len(network.samples), problems, network.training)
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
