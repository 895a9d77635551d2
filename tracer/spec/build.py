"""From what was written to a spec: a network, or a program of expressions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tracer.rules.losses import loss
from tracer.spec.about import about, given
from tracer.spec.classes import complain_of_loss
from tracer.spec.dropouts import dropouts, refuse_recurrent
from tracer.spec.fields import NETWORK, PROGRAM
from tracer.spec.input_moves import input_move
from tracer.spec.layers import layers
from tracer.spec.learning import complain_of_learning
from tracer.spec.maxout import with_pieces
from tracer.spec.methods import complain_of_names
from tracer.spec.network import Network, Spec
from tracer.spec.nodes import Mapping, Node
from tracer.spec.problems import Problems
from tracer.spec.recurrent.checks import check_carrying
from tracer.spec.recurrent.unroll import is_recurrent, unroll
from tracer.spec.regularization import complain_of_taken, regularization
from tracer.spec.samples import complain_of_letters, samples
from tracer.spec.scope import scope
from tracer.spec.training import freezable, frozen, training
from tracer.spec.written import Entry, WrittenNetwork


def build(root: Node, problems: Problems) -> Spec | None:
    """The spec that a file's tree describes; None only where there are problems."""
    if isinstance(root, Mapping) and any(key.text == "expression" for key, _ in root.pairs):
        from tracer.spec.program import program

        written = PROGRAM.read(root, problems)
        return program(written, problems) if written else None
    network = NETWORK.read(root, problems)
    return _network(network, problems) if network else None


def _network(written: WrittenNetwork, problems: Problems) -> Network | None:
    time = None
    if is_recurrent(written):
        refuse_recurrent(written, problems)
        unrolled = unroll(written, problems)
        if unrolled is None:
            return None
        written, time = unrolled
    written = with_pieces(written)
    names = scope(written, problems)
    if names is None:
        return None
    built, ledger = layers(written, names, problems)
    cases = samples(written, names, ledger.names, problems)
    known = freezable(list(ledger.names), ledger.kinds(), built, names)
    kept = frozen(written.training, known, problems)
    if written.training and written.training.move_inputs:
        kept = set(range(len(ledger.names)))
    complain_of_letters(_other_letters(written), names, ledger.names, problems)
    moves = training(written.training, len(cases), problems)
    if written.training:
        taken = {*names.numbers, *ledger.names}
        complain_of_names(moves, list(ledger.names), taken, written.training.node, problems)
    complain_of_taken(written.training, names, ledger, problems)
    network = Network(
        inputs=names.groups[0],
        layers=built,
        outputs=names.outputs,
        parameters=ledger.parameters(kept),
        loss=written.loss or loss("half_squared_error"),
        samples=cases,
        training=replace(
            moves,
            regularization=regularization(written.training, problems),
            move_inputs=input_move(written.training, names.written[0].shape, problems),
        ),
        given=given(written.about.given, problems),
        about=about(written.about, problems),
        loss_place=problems.place(said) if (said := written.node.content("loss")) else None,
        time=time,
    )
    dropped = dropouts(written, network, names, ledger.names, problems) if built else ()
    network = replace(network, dropouts=dropped)
    if not problems:
        complain_of_loss(network, said or written.node, problems)
    if built:
        items = written.samples.items if written.samples else ()
        complain_of_learning(network, written.training, said, items, problems)
    check_carrying(network, _said_of_state(written), problems)
    return network


def _said_of_state(written: WrittenNetwork) -> Node:
    """Where a file says that the state is carried over."""
    time = written.node.content("time")
    said = time.content("carry_state") if isinstance(time, Mapping) else None
    return said or written.node


def _other_letters(written: WrittenNetwork) -> Iterator[Entry]:
    """What is given, apart from the samples."""
    if written.training and written.training.learning_rate:
        yield written.training.learning_rate
    penalties = written.training.regularization if written.training else None
    yield from (entry for entry in (penalties.l1, penalties.l2) if entry) if penalties else ()
    given_values = written.about.given
    yield from (entry for _, entry in (given_values.pairs if given_values else ()))
