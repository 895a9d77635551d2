"""The conventions that a notation brings along, where a spec says nothing of them."""

from __future__ import annotations

from msgspec.structs import replace

from tracer.notation.profile import Profile
from tracer.spec.network import Network, Spec
from tracer.spec.short import SHORT, why_not

NEGATIVE = "negative_gradient"


def under(profile: Profile, spec: Spec) -> Spec:
    """The spec with the sign of delta, and in the short form, that a notation has.

    What the file says stays. So does all of a spec that gives values of derivatives: their names
    are those of the file's own sign.

    Args:
        profile: the notation.
        spec: what is to be traced in it.
    """
    if not isinstance(spec, Network) or spec.training.learning_rule or spec.given:
        return _with_matrices(profile, spec)
    training, loss = spec.training, spec.loss
    if training.delta_place is None and profile.delta == NEGATIVE:
        training = replace(training, negative_delta=True)
    if profile.short and not loss.form:
        loss = replace(loss, form=SHORT)
    changed = replace(spec, training=training, loss=loss)
    is_short = all(
        not why_not(changed, layer, is_asked=True)
        for layer in changed.layers
        if layer.first_unit in changed.outputs
    )
    return _with_matrices(profile, changed if is_short else replace(changed, loss=spec.loss))


def _with_matrices(profile: Profile, spec: Spec) -> Spec:
    """The spec with samples as rows or columns, as the notation has them."""
    about = spec.about
    if about.presentation.samples_as:
        return spec
    said = replace(about.presentation, samples_as=profile.samples_as)
    return replace(spec, about=replace(about, presentation=said))
