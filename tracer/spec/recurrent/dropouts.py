"""Dropout through time: of what is written for a layer, or for the inputs, each time step's own."""

from __future__ import annotations

from collections.abc import Sequence

from tracer.spec.dropout.fields import ONE
from tracer.spec.dropout.written import WrittenDropout
from tracer.spec.recurrent.names import at
from tracer.spec.tree.forms import Items
from tracer.spec.tree.problems import Problems
from tracer.spec.written import Nested


def at_time(
    said: WrittenDropout | None, place: int, count: int, problems: Problems
) -> WrittenDropout | None:
    """What is dropped in one copy.

    Args:
        said: what was written, if anything was.
        place: the copy's number, from 0.
        count: how many copies there are.
        problems: where masks go that are not one for each copy.
    """
    if said is None or said.mask is None or said.through_time == ONE:
        return said
    return said._replace(mask=_one_of(said.mask, place, count, problems))


def of_inputs(
    said: WrittenDropout | None, inputs: Sequence[str], count: int, problems: Problems
) -> tuple[WrittenDropout, ...]:
    """What is dropped of the inputs of each time step.

    Args:
        said: what was written, if anything was.
        inputs: the names of one time step.
        count: how many time steps there are.
        problems: where masks go that are not one for each time step.
    """
    copies = (at_time(said, place, count, problems) for place in range(count))
    return tuple(
        copy._replace(units=tuple(at(name, step) for name in inputs))
        for step, copy in enumerate(copies, 1)
        if copy is not None
    )


def _one_of(masks: Nested, place: int, count: int, problems: Problems) -> Nested:
    """Masks of one copy, wherever a list of masks through time stands."""
    if not isinstance(masks, Items):
        return masks
    if any(_is_list_of_lists(item) for item in masks.items):
        of_each = (_one_of(item, place, count, problems) for item in masks.items)
        return masks._replace(items=tuple(of_each))
    if len(masks.items) == count and all(isinstance(item, Items) for item in masks.items):
        own: Nested = masks.items[place]
        return own
    if not place:
        problems.add(masks.node, _wanted(masks, count))
    return masks.items[0] if isinstance(masks.items[0], Items) else masks


def _is_list_of_lists(masks: Nested) -> bool:
    return isinstance(masks, Items) and any(isinstance(item, Items) for item in masks.items)


def _wanted(masks: Items[Nested], count: int) -> str:
    """What is wrong with masks through time."""
    wanted = f"expected {count}, one for each time step (with 'through_time: one', a single one)"
    if isinstance(masks.items[0], Items):
        return f"found {len(masks.items)} masks; {wanted}"
    return f"found one mask; {wanted}"
