"""From what was written to a spec: a network, or a program of expressions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from tracer.rules.losses import loss
from tracer.spec.about import about, given
from tracer.spec.classes import complain_of_loss
from tracer.spec.dropout.checked import dropouts
from tracer.spec.fields import NETWORK, PROGRAM
from tracer.spec.layers import layers
from tracer.spec.ledger import Ledger
from tracer.spec.maxout import with_pieces
from tracer.spec.network import Layer, Network, Spec, Training
from tracer.spec.recurrent.checks import check_carrying
from tracer.spec.recurrent.unroll import is_recurrent, unroll
from tracer.spec.samples import complain_of_letters, samples
from tracer.spec.scope import Scope, scope
from tracer.spec.training.input_moves import input_move
from tracer.spec.training.learning import complain_of_learning
from tracer.spec.training.methods import complain_of_names
from tracer.spec.training.regularization import complain_of_taken, regularization
from tracer.spec.training.settings import freezable, frozen, training
from tracer.spec.tree.nodes import Mapping, Node
from tracer.spec.tree.problems import Problems
from tracer.spec.unrolled import Time
from tracer.spec.written import Entry, WrittenNetwork


def build(root: Node, problems: Problems) -> Spec | None:
    """The spec that a file's tree describes; None only where there are problems."""
    if isinstance(root, Mapping) and any(key.text == "expression" for key, _ in root.pairs):
        from tracer.spec.expressions.program import program

        written = PROGRAM.read(root, problems)
        return program(written, problems) if written else None
    network = NETWORK.read(root, problems)
    return _network(network, problems) if network else None


def _network(written: WrittenNetwork, problems: Problems) -> Network | None:
    wide = _over_time(written, problems)
    names = scope(wide.written, problems) if wide else None
    if wide is None or names is None:
        return None
    written, said = wide.written, wide.written.node.content("loss")
    built, ledger = layers(written, names, problems)
    cases = samples(written, names, ledger.names, problems)
    kept = _kept(written, built, names, ledger, problems)
    complain_of_letters(_other_letters(written), names, ledger.names, problems)
    network = Network(
        inputs=names.groups[0],
        layers=built,
        outputs=names.outputs,
        parameters=ledger.parameters(kept),
        loss=written.loss or loss("half_squared_error"),
        samples=cases,
        training=_training(written, names, ledger, len(cases), problems),
        given=given(written.about.given, problems),
        about=about(written.about, problems),
        loss_place=problems.place(said) if said else None,
        time=wide.time,
    )
    dropped = dropouts(written, network, names, ledger.names, problems) if built else ()
    network = replace(network, dropouts=dropped)
    _complain_of_whole(network, written, problems)
    return network


class _Wide(NamedTuple):
    """A network of layers only: what is written over time, and in pieces, is written out."""

    written: WrittenNetwork
    time: Time | None


def _over_time(written: WrittenNetwork, problems: Problems) -> _Wide | None:
    if not is_recurrent(written):
        return _Wide(with_pieces(written), None)
    unrolled = unroll(written, problems)
    if unrolled is None:
        return None
    layered, time = unrolled
    return _Wide(with_pieces(layered), time)


def _kept(
    written: WrittenNetwork,
    built: Sequence[Layer],
    names: Scope,
    ledger: Ledger,
    problems: Problems,
) -> set[int]:
    """The numbers of the parameters that keep their values: all of them, where inputs move."""
    known = freezable(list(ledger.names), ledger.kinds(), built, names)
    kept = frozen(written.training, known, problems)
    moves_inputs = written.training and written.training.move_inputs
    return set(range(len(ledger.names))) if moves_inputs else kept


def _training(
    written: WrittenNetwork, names: Scope, ledger: Ledger, cases: int, problems: Problems
) -> Training:
    said = written.training
    moves = training(said, cases, problems)
    if said:
        taken = {*names.numbers, *ledger.names}
        complain_of_names(moves, list(ledger.names), taken, said.node, problems)
    complain_of_taken(said, names, ledger, problems)
    return replace(
        moves,
        regularization=regularization(said, problems),
        move_inputs=input_move(said, names.written[0].shape, problems),
    )


def _complain_of_whole(network: Network, written: WrittenNetwork, problems: Problems) -> None:
    """What can only be said of a network in which everything else is right."""
    said = written.node.content("loss")
    if not problems:
        complain_of_loss(network, said or written.node, problems)
    if network.layers:
        items = written.samples.items if written.samples else ()
        complain_of_learning(network, written.training, said, items, problems)
    check_carrying(network, _said_of_state(written), problems)


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
