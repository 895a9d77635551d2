"""Who wins: the operand from which a step takes its value as it is, where it chooses one."""

from __future__ import annotations

from tracer.derive.entries import Entry, Part, Step


def winner(step: Step) -> Entry | None:
    """The operand whose value a step has, where it is one of several; else None."""
    recipe, operands = step.block.recipe, step.operands
    values = [entry.value for entry in operands]
    if recipe is None or isinstance(step, Part) or len(operands) == 1 or None in values:
        return None
    chosen = recipe.chosen(step.address - step.block.start, values, step.value)
    return None if chosen is None else operands[chosen]
