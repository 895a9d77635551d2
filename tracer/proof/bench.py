"""The witnesses for a spec, always in the same order: SymPy, differences, re-derivation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracer.proof.claims import Definition
from tracer.proof.letters import Given
from tracer.proof.size import Size
from tracer.proof.witness import Mute, Witness
from tracer.spec.network import ExpressionProgram, Network, Spec


def witnesses(
    spec: Spec, definitions: Sequence[Definition] = (), given: Given | None = None
) -> tuple[Witness, ...]:
    """The witnesses for a spec.

    Args:
        spec: what was traced.
        definitions: of an expression program's intermediate results.
        given: values at which a partial state starts.
    """
    if isinstance(spec, Network):
        return _for_network(spec, given or {})
    if spec.steps:
        return _for_steps(spec, definitions, given or {})
    return _for_program(spec, definitions, given or {})


def _for_network(network: Network, given: Given) -> tuple[Witness, ...]:
    from tracer.proof.network.data import Data
    from tracer.proof.network.differences import Differences
    from tracer.proof.network.graph import Graph
    from tracer.proof.network.rederive import Rederivation
    from tracer.proof.network.shape import size
    from tracer.proof.network.training import Training

    training = Training(Data(Graph(network), given))

    def sympy() -> Witness:
        from tracer.proof.network.closed_form import ClosedForms

        return ClosedForms(training)

    first = _unless_large(size(training.data.graph), sympy)
    return first, Differences(training), Rederivation(training)


def _for_program(
    spec: ExpressionProgram, definitions: Sequence[Definition], given: Given
) -> tuple[Witness, ...]:
    from tracer.proof.expressions.data import ProgramData
    from tracer.proof.expressions.differences import Differences
    from tracer.proof.expressions.program import size_of
    from tracer.proof.expressions.rederive import Rederivation

    data = ProgramData(spec, definitions, given)

    def sympy() -> Witness:
        from tracer.proof.expressions.closed_form import ClosedForms

        return ClosedForms(data)

    first = _unless_large(size_of(data.operations), sympy)
    return first, Differences(data), Rederivation(data)


def _for_steps(
    spec: ExpressionProgram, definitions: Sequence[Definition], given: Given
) -> tuple[Witness, ...]:
    """The witnesses for a program that is minimised."""
    from tracer.proof.expressions.descent import Descent, Stepwise
    from tracer.proof.expressions.differences import Differences
    from tracer.proof.expressions.program import size_of
    from tracer.proof.expressions.rederive import Rederivation

    descent = Descent(spec, definitions, given)

    def sympy() -> Witness:
        from tracer.proof.expressions.closed_form import ClosedForms

        return Stepwise(descent, ClosedForms)

    first = _unless_large(size_of(descent.data(1).operations), sympy)
    others = Stepwise(descent, Differences), Stepwise(descent, Rederivation, counts=True)
    return first, *others


def _unless_large(size: Size, make: Callable[[], Witness]) -> Witness:
    """The witness of closed forms; where these are too large or too deep, one that says so."""
    return Mute("SymPy", size.too_much) if size.too_much else make()
