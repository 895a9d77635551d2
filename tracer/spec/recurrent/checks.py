"""Fields of recurrent layers that mean nothing beside others: refused, never ignored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracer.rules.activations import Activation
from tracer.spec.network import Network
from tracer.spec.recurrent.cells import GATED, RECURRENT
from tracer.spec.recurrent.written import WrittenTime
from tracer.spec.tree.nodes import Node
from tracer.spec.tree.problems import Problems
from tracer.spec.unrolled import carried
from tracer.spec.written import WrittenLayer

OF_GATES = "a cell with gates (lstm, gru, gru_reset_after)"
ONLY_WITH_GATES = ("gates", "gate_activation")
ONLY_WITHOUT_GATES = (
    "weights",
    "recurrent_weights",
    "recurrent_from",
    "bias_first",
    "bias",
    "threshold",
)
ONLY_OF: Mapping[str, tuple[str, ...]] = {
    "update_gate": ("gru", "gru_reset_after"),
    "start_cell": ("lstm",),
}


def check(
    layers: Sequence[WrittenLayer], time: WrittenTime, is_said: bool, problems: Problems
) -> None:
    """Complains of what does not go together.

    Args:
        layers: as they were written.
        time: how the network goes through sequences.
        is_said: whether the file says so itself.
        problems: where complaints go.
    """
    for layer in layers:
        if layer.convolution or layer.pooling or layer.pieces:
            found = "convolutions, pooling and pieces cannot be unrolled through time"
            problems.add(layer.node, found)
        _check_gates(layer, problems)
        for field, cells in ONLY_OF.items():
            if layer.cell not in cells:
                _refuse(layer, field, f"'{field}' belongs to cell {' or '.join(cells)}", problems)
    if is_said and not any(_comes_back(layer) for layer in layers):
        problems.add(
            time.node, "nothing goes from one time step to the next: no layer has a 'cell'"
        )


def _comes_back(layer: WrittenLayer) -> bool:
    return bool(layer.cell or layer.recurrent_weights or layer.recurrent_from)


def _check_gates(layer: WrittenLayer, problems: Problems) -> None:
    if layer.cell not in GATED:
        for field in ONLY_WITH_GATES:
            _refuse(layer, field, f"'{field}' belongs to {OF_GATES}", problems)
        return
    for field in ONLY_WITHOUT_GATES:
        wanted = f"a layer with 'cell: {layer.cell}' has it in each of its 'gates'"
        if field == "recurrent_from":
            wanted = f"'{field}' belongs to 'cell: {RECURRENT}'"
        _refuse(layer, field, wanted, problems)
    if layer.activation is not None and not isinstance(layer.activation, Activation):
        found = "a cell with gates has one activation, for its candidate and its state"
        problems.add(layer.node.content("activation") or layer.node, found)


def _refuse(layer: WrittenLayer, field: str, why: str, problems: Problems) -> None:
    node = layer.node.content(field)
    if node is not None:
        problems.add(node, why)


def check_carrying(network: Network, node: Node, problems: Problems) -> None:
    """Complains of settings under which no sample can hand its state to the next.

    Args:
        network: with its settings.
        node: what is wrong, if anything is.
        problems: where complaints go.
    """
    if not carried(network.time):
        return
    training = network.training
    wrong = {
        "several samples, one piece of the sequence in each": len(network.samples) < 2,
        "a training, with a learning_rate": training.learning_rate is None,
        "'batch: online', one sample in each update": training.batch != 1,
        "no 'move_inputs'": bool(training.move_inputs),
        "no 'evaluate_after', which takes all samples at once": training.evaluate_after,
    }
    for wanted, is_wrong in wrong.items():
        if is_wrong:
            problems.add(node, f"'carry_state' needs {wanted}")
