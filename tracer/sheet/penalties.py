"""What a page says of penalties on the parameters: their form, and what they count."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.rules.penalties import PER_SAMPLE, Regularization, row
from tracer.sheet.rows import Row
from tracer.spec.network import Network, ParameterKind
from tracer.spec.training.penalised import penalised


def penalties(network: Network) -> Iterator[Row]:
    """The penalties, the parameters in them, and what holds at the kink."""
    found = network.training.regularization
    if found is None:
        return
    yield "penalty", f"E = E_data + R with {_formulas(found)}, once in each update{_m(found)}"
    yield "penalised", _counted(network, found)
    if found.l1 is not None:
        at_zero = found.sign_at_zero.text
        yield "at the kink", f"the slope of |w| is sign(w), and sign(0) = {at_zero}"


def _formulas(found: Regularization) -> str:
    """``R_1 = λ_1·Σ|w|``, of each penalty."""
    told = [
        f"R{mark} = {row(name, found.form).says.replace('λ', 'λ' + mark)}"
        for mark, (name, _) in zip(found.marks, found.penalties, strict=True)
    ]
    both = ["R = R_1 + R_2"] if len(told) > 1 else []
    return ", ".join(both + told)


def _m(found: Regularization) -> str:
    """What m counts; else nothing."""
    if found.form != PER_SAMPLE:
        return ""
    return f"; m counts {'all samples' if found.all_samples else 'the samples of the update'}"


def _counted(network: Network, found: Regularization) -> str:
    """Which parameters are in the sum."""
    kinds = {parameter.kind for parameter in network.parameters} - {ParameterKind.WEIGHT}
    others = " and ".join(
        word
        for kind, word in ((ParameterKind.BIAS, "biases"), (ParameterKind.THRESHOLD, "thresholds"))
        if kind in kinds
    )
    whole = "every weight"
    if others:
        whole += f"; {others} {'too' if found.biases else 'are left out'}"
    frozen = any(not network.parameters[k].trainable for k in penalised(network))
    return whole + ("; frozen ones count in R" if frozen else "")
