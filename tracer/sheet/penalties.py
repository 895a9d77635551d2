"""What a page says of penalties on the parameters: their form, and what they count."""

from __future__ import annotations

from collections.abc import Iterator

from tracer.phrase import Phrase, listed, phrase
from tracer.rules.penalties import PER_SAMPLE, Regularization, row
from tracer.sheet.rows import Row
from tracer.spec.network import Network, ParameterKind
from tracer.spec.training.penalised import penalised


def penalties(network: Network) -> Iterator[Row]:
    """The penalties, the parameters in them, and what holds at the kink."""
    found = network.training.regularization
    if found is None:
        return
    text = "E = E_data + R with {formulas}, once in each update"
    told = phrase(text, formulas=listed(_formulas(found)))
    yield Phrase("penalty"), _with_m(told, found)
    yield Phrase("penalised"), _counted(network, found)
    if found.l1 is not None:
        text = "the slope of |w| is sign(w), and sign(0) = {at_zero}"
        yield Phrase("at the kink"), phrase(text, at_zero=found.sign_at_zero.text)


def _formulas(found: Regularization) -> list[str]:
    """``R_1 = λ_1·Σ|w|``, of each penalty."""
    told = [
        f"R{mark} = {row(name, found.form).says.replace('λ', 'λ' + mark)}"
        for mark, (name, _) in zip(found.marks, found.penalties, strict=True)
    ]
    both = ["R = R_1 + R_2"] if len(told) > 1 else []
    return both + told


def _with_m(told: Phrase, found: Regularization) -> Phrase:
    """What is told, and what m counts where it stands there."""
    if found.form != PER_SAMPLE:
        return told
    if found.all_samples:
        return phrase("{penalty}; m counts all samples", penalty=told)
    return phrase("{penalty}; m counts the samples of the update", penalty=told)


BIASES, THRESHOLDS = Phrase("biases"), Phrase("thresholds")


def _counted(network: Network, found: Regularization) -> Phrase:
    """Which parameters are in the sum."""
    kinds = {parameter.kind for parameter in network.parameters} - {ParameterKind.WEIGHT}
    pairs = ((ParameterKind.BIAS, BIASES), (ParameterKind.THRESHOLD, THRESHOLDS))
    others = listed((word for kind, word in pairs if kind in kinds), " and ")
    whole = Phrase("every weight")
    if others.items and found.biases:
        whole = phrase("every weight; {others} too", others=others)
    elif others.items:
        whole = phrase("every weight; {others} are left out", others=others)
    frozen = any(not network.parameters[k].trainable for k in penalised(network))
    return phrase("{counted}; frozen ones count in R", counted=whole) if frozen else whole
