"""A convolution's equations in maps, and as one product of matrices.

Forward, each kernel slides over what is seen: a cross-correlation, written with a star. Backward,
the derivative by a kernel is the cross-correlation of what is seen with the deltas; that by what is
seen is the full convolution of the deltas with the kernel: with zeros around them, and with the
kernel turned. Where the window moves by more than 1, zeros stand between the deltas.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from tracer.notation.matrices import MatrixName
from tracer.phrase import Phrase, listed, phrase
from tracer.rules.quantity import (
    BY_INPUT,
    BY_KEPT,
    BY_OUT,
    DATA_GRADIENT,
    DELTA,
    INPUT,
    KEPT,
    KEPT_SIGNAL,
    NEGATIVE_DELTA,
    NET,
    SAMPLE_GRADIENT,
    SIGNAL,
    Kind,
)
from tracer.sheet.maps.grids import Maps
from tracer.sheet.maps.looking import Looking
from tracer.sheet.maps.told import told
from tracer.sheet.matrix.blocks import Matrix, scalar
from tracer.sheet.matrix.equation import Equation, Factor, Joint, Term
from tracer.sheet.matrix.reading import Address


def forward(maps: Maps) -> Iterator[Equation]:
    """net of each filter: its kernel, channel by channel, over what is seen."""
    for of_filter in maps.filter_numbers:
        terms = [
            Term((Factor(maps.seen(one)), _starred(maps.kernel(one, of_filter))))
            for one in maps.channel_numbers
        ]
        target = maps.own(NET, "net", of_filter)
        equation = Equation(target, (*terms, *_bias(maps, of_filter or 0)), remarks=moving(maps))
        yield told(equation, maps.reading, maps.addresses(NET))


def by_kernels(maps: Maps) -> Iterator[Equation]:
    """The derivative by each kernel: what is seen, with the deltas laid on it."""
    kind, negative = delta_of(maps)
    for of_filter, channel in product(maps.filter_numbers, maps.channel_numbers):
        target = gradient(maps, channel, of_filter)
        laid = _starred(_spread(maps, kind, of_filter, border=False))
        term = Term((Factor(maps.seen(channel)), laid), negative)
        used = [at for at in gradients(maps) if at is not None]
        yield told(Equation(target, (term,), remarks=_between(maps)), maps.reading, used)


def by_source(maps: Maps) -> Iterator[Equation]:
    """The derivative by each channel that is seen: a full convolution of deltas and kernels."""
    kind, _ = delta_of(maps)
    negative = turns_round(maps)
    for channel in maps.channel_numbers:
        terms = [
            Term(
                (
                    Factor(_spread(maps, kind, one, border=True)),
                    _starred(maps.kernel(channel, one, turned=True)),
                ),
                negative,
            )
            for one in maps.filter_numbers
        ]
        target = by_channel(maps, channel)
        used = [maps.address(target_kind(maps), unit) for unit in _all_seen(maps)]
        whole = Equation(target, tuple(terms), remarks=(FULL, *_between(maps)))
        yield told(whole, maps.reading, [at for at in used if at is not None])


FULL = Phrase("a full convolution: zeros around the deltas, and the kernel turned by 180 degrees")


def delta_of(maps: Looking) -> tuple[Kind, bool]:
    """The kind of delta that the trace has, and whether it is minus the derivative."""
    negative = maps.reading.network.training.negative_delta
    return (NEGATIVE_DELTA, True) if negative else (DELTA, False)


def signal_of(maps: Looking) -> Kind:
    """The kind of what comes back to outputs."""
    return SIGNAL if maps.reading.network.training.negative_delta else BY_OUT


def target_kind(maps: Looking) -> Kind:
    """What the backward pass has for what is seen."""
    if maps.source_kind is INPUT:
        return BY_INPUT
    if maps.source_kind is KEPT:
        is_input = maps.wiring.first_source < len(maps.reading.network.inputs)
        return KEPT_SIGNAL if signal_of(maps) is SIGNAL and not is_input else BY_KEPT
    return signal_of(maps)


def turns_round(maps: Looking) -> bool:
    """Whether the sign turns on the way back: errors above, and a derivative below."""
    return signal_of(maps) is SIGNAL and target_kind(maps) not in (SIGNAL, KEPT_SIGNAL)


def by_channel(maps: Looking, channel: int | None) -> Matrix:
    """What the backward pass has for a channel that is seen."""
    kind, seen = target_kind(maps), maps.wiring.seen
    words = {BY_INPUT: "∂E/∂", BY_OUT: "∂E/∂out_", BY_KEPT: "∂E/∂kept_", SIGNAL: "error_"}
    words[KEPT_SIGNAL] = "error_kept_"
    before = words[kind] + seen

    def find(at: tuple[int, ...]) -> Address:
        return maps.address(kind, maps.source(at, channel or 0))

    return maps.grid(maps.named(before, channel), maps.sizes, find)


def gradient(maps: Maps, channel: int | None, of_filter: int | None) -> Matrix:
    """The derivatives by a kernel, as it lies on a window."""
    name = maps.kernel_name(channel, of_filter)

    def find(at: tuple[int, ...]) -> Address:
        return gradient_at(maps, maps.parameter(at, channel or 0, of_filter or 0))

    by = f"turned({name})" if maps.wiring.turned else name
    return maps.grid(maps.named(f"∂{error_of(maps)}/∂{by}", None), maps.windows, find)


def gradient_at(maps: Maps, parameter: int) -> Address:
    """Where the derivative by a parameter stands."""
    name = maps.reading.network.parameters[parameter].name
    if len(maps.reading.samples) > 1:
        return maps.address(SAMPLE_GRADIENT, name)
    return maps.reading.address(maps.reading.summed(name), name)


def error_of(maps: Maps) -> str:
    """What the deltas are derivatives of: with a penalty, the error of one sample without it."""
    names = (maps.reading.network.parameters[number].name for number in maps.wiring.kernels)
    before = any(maps.reading.summed(name) is DATA_GRADIENT for name in names)
    return "E_data" if before and len(maps.reading.samples) == 1 else "E"


def gradients(maps: Maps) -> Iterator[Address]:
    """Where the derivatives by all weights of the kernels stand."""
    return (gradient_at(maps, parameter) for parameter in maps.wiring.kernels)


def _all_seen(maps: Maps) -> list[str]:
    return [maps.reading.network.units[number] for number in maps.wiring.sources]


def _starred(matrix: Matrix) -> Factor:
    return Factor(matrix, joint=Joint.CORRELATION)


def _spread(maps: Maps, kind: Kind, of_filter: int | None, border: bool) -> Matrix:
    """The deltas of a filter, zeros between them for a stride, and around them if asked for."""
    axes = maps.wiring.axes
    lengths = [
        axis.size + axis.window - 1 if border else (axis.count - 1) * axis.stride + 1
        for axis in axes
    ]

    def find(at: tuple[int, ...]) -> Address:
        position = []
        for k, axis in zip(at, axes, strict=True):
            here = k + axis.before - (axis.window - 1) if border else k
            index, between = divmod(here, axis.stride)
            if between or not 0 <= index < axis.count:
                return None
            position.append(index)
        return maps.address(kind, maps.unit(position, of_filter or 0))

    return maps.grid(maps.named(f"δ_{maps.wiring.name}", of_filter), lengths, find)


def moving(maps: Looking) -> tuple[Phrase, ...]:
    """How far the window moves, where it skips positions."""
    strides = [axis.stride for axis in maps.wiring.axes]
    if max(strides) == 1:
        return ()
    sizes = listed(dict.fromkeys(strides), " and ")
    return (phrase("the window moves by {sizes}", sizes=sizes),)


def _between(maps: Maps) -> tuple[Phrase, ...]:
    return (Phrase("zeros between the deltas stand for the stride"),) if moving(maps) else ()


def _bias(maps: Maps, of_filter: int) -> tuple[Term, ...]:
    number = maps.layer.biases[of_filter]
    if number is None:
        return ()
    name = maps.reading.network.parameters[number].name
    cell = maps.cell(maps.reading.parameter(number))
    return (Term((Factor(scalar(MatrixName(None, name), cell)),)),)
