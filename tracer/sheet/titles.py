"""The headings of a page."""

from __future__ import annotations

from tracer.derive.program import Phase
from tracer.derive.run import Segment
from tracer.derive.trace import Trace
from tracer.phrase import Phrase, phrase
from tracer.spec.network import ExpressionProgram

TITLES = {
    Phase.GIVEN: Phrase("Given"),
    Phase.CARRIED: Phrase("Carried over"),
    Phase.FORWARD: Phrase("Forward pass"),
    Phase.ERROR: Phrase("Error"),
    Phase.BACKWARD: Phrase("Backward pass"),
    Phase.TANGENTS: Phrase("Tangents"),
    Phase.WEIGHTS: Phrase("Derivatives by the parameters"),
    Phase.INPUTS: Phrase("Derivatives by the inputs"),
    Phase.CHANGES: Phrase("Changes of the parameters"),
    Phase.UPDATE: Phrase("Update"),
}


def title_of_step(trace: Trace, segment: Segment) -> Phrase:
    """The heading of a training step, or of a step that minimises a function."""
    phases = {block.phase for block in segment.program.blocks}
    forward_only = phases.isdisjoint((Phase.BACKWARD, Phase.TANGENTS, Phase.CHANGES))
    if isinstance(trace.spec, ExpressionProgram):
        if forward_only:
            return phrase("Step {number} (forward only, at the last point)", number=segment.step)
        return phrase("Step {number}", number=segment.step)
    if forward_only:
        text = "Training step {number} (forward only, with the last weights)"
        return phrase(text, number=segment.step)
    return phrase("Training step {number}", number=segment.step)


def title_of_way(trace: Trace, target: str, step: int) -> Phrase:
    """The heading over what leads to a quantity, in one step of several; 0: in the only one."""
    way = phrase("From the givens to {quantity}", quantity=target)
    if not step:
        return way
    if isinstance(trace.spec, ExpressionProgram):
        return phrase("{title}, step {number}", title=way, number=step)
    return phrase("{title}, training step {number}", title=way, number=step)


def title_of(phase: Phase, sample: int = 0) -> Phrase:
    """The heading of a part of the calculation."""
    return of_sample(TITLES[phase], sample)


def of_sample(title: Phrase, sample: int) -> Phrase:
    """A heading, and the sample that it is about; 0 for none."""
    return phrase("{title}, sample {number}", title=title, number=sample) if sample else title
