"""Pooling in maps: what each window takes of what it covers, and what goes back to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec.structs import replace

from tracer.derive.entries import Step
from tracer.phrase import Phrase, phrase
from tracer.rules.quantity import OUT, SIGNAL
from tracer.sheet.maps.equations import by_channel, moving, signal_of, target_kind, turns_round
from tracer.sheet.maps.looking import Looking
from tracer.sheet.maps.told import told
from tracer.sheet.matrix.blocks import Cell, Matrix
from tracer.sheet.matrix.equation import Equation, Factor, Term, Words
from tracer.sheet.winner import winner
from tracer.spec.gathering import LARGEST, Gathering
from tracer.spec.windows.positions import split

MARK = "*"
WINS = phrase("{mark} stands behind what wins its window", mark=MARK)
IN_SEVERAL = Phrase("what several windows cover gets from each of them: these parts are added up")


class Pools(Looking, frozen=True, dict=True):
    """One pooling layer in one sample.

    Attributes:
        wiring: what it gathers.
    """

    wiring: Gathering

    @property
    def takes_largest(self) -> bool:
        """Whether a window has a winner."""
        return self.wiring.takes == LARGEST

    @property
    def overlap(self) -> bool:
        """Whether windows share places."""
        return any(axis.stride < axis.window for axis in self.wiring.axes)

    @property
    def window(self) -> Phrase:
        """A window, with its size."""
        size = "x".join(map(str, self.windows))
        if len(self.windows) > 1:
            return phrase("{size} window", size=size)
        return phrase("window of {size}", size=size)

    @cached_property
    def winners(self) -> Mapping[str, str]:
        """The unit or input that wins, by the unit that takes it; without those not known."""
        found = {}
        for unit in self.layer.units:
            address = self.address(OUT, unit)
            step = None if address is None else self.reading.entry(address)
            if isinstance(step, Step) and self.takes_largest:
                only = step.operands[0] if len(step.operands) == 1 else winner(step)
                if only is not None:
                    found[unit] = only.quantity.unit
        return found

    @property
    def is_known(self) -> bool:
        """Whether every output is what its window gives, and every winner is known."""
        steps = (self.address(OUT, unit) for unit in self.layer.units)
        if any(at is None or at in self.reading.segment.program.overrides for at in steps):
            return False
        return not self.takes_largest or len(self.winners) == len(self.layer.units)

    def seen(self, channel: int | None) -> Matrix:
        """What is gathered, the winners marked."""
        name = self.named(self.seen_name, channel)
        found = self.grid(
            name,
            self.sizes,
            lambda at: self.address(self.source_kind, self.source(at, channel or 0)),
        )
        return self.marked(found, channel)

    def marked(self, matrix: Matrix, channel: int | None) -> Matrix:
        """The same map of a channel that is gathered, with a mark behind what wins."""
        won = set(self.winners.values())

        def cell(i: int, j: int) -> Cell:
            at = (i, j) if len(self.sizes) == 2 else (j,)
            found = matrix.cell(i, j)
            return found._replace(mark=MARK) if self.source(at, channel or 0) in won else found

        return replace(matrix, cell=cell)


def taken(pools: Pools) -> Iterator[Equation]:
    """out of each channel: the largest or the average of every window."""
    for channel in pools.filter_numbers:
        seen = pools.seen(channel)
        words = _taking(pools, seen.name.letter)
        remarks = (*_marks(pools), *moving(pools))
        target = pools.own(OUT, "out", channel)
        whole = Equation(target, (Term((Factor(seen),)),), remarks=remarks, words=words)
        yield told(whole, pools.reading, _used(pools, channel))
        if pools.takes_largest and pools.overlap:
            yield _where(pools, channel)


def _taking(pools: Pools, seen: str) -> Words:
    """What each window gives, in words."""
    if pools.takes_largest:
        text = "the largest of each {window} on {seen}"
        return Words(phrase(text, window=pools.window, seen=seen), Phrase("max over"))
    text = "the average of each {window} on {seen}"
    return Words(phrase(text, window=pools.window, seen=seen), Phrase("average of"))


def _marks(pools: Pools) -> Iterator[Phrase]:
    """How winners are pointed at."""
    if pools.takes_largest:
        yield WINS
        if pools.overlap:
            of_grid = "{winner} has the row and column of what wins each window"
            of_row = "{winner} has the place of what wins each window"
            text = of_grid if len(pools.sizes) > 1 else of_row
            yield phrase(text, winner=f"winner_{pools.wiring.name}")


def _used(pools: Pools, channel: int | None) -> list[int]:
    units = pools.layer.units[channel or 0 :: pools.breadth]
    found = (pools.address(OUT, unit) for unit in units)
    return [at for at in found if at is not None]


def _where(pools: Pools, channel: int | None) -> Equation:
    """Where the winner of each window stands."""
    numbers = {name: number for number, name in enumerate(pools.reading.network.units)}
    target = pools.own(OUT, "winner", channel)

    def cell(i: int, j: int) -> Cell:
        at = (i, j) if len(pools.counts) == 2 else (j,)
        won = pools.winners[pools.unit(at, channel or 0)]
        place = (numbers[won] - pools.wiring.first_source) // pools.breadth
        return Cell(",".join(str(k + 1) for k in split(place, pools.sizes)))

    return Equation(replace(target, cell=cell), most=pools.reading.most)


def passed_back(pools: Pools) -> Iterator[Equation]:
    """What comes back to what is gathered: to the winners, or in equal shares."""
    kind = signal_of(pools)
    before = "error" if kind is SIGNAL else "∂E/∂out"
    for channel in pools.filter_numbers:
        above = pools.own(kind, before, channel)
        target = pools.marked(by_channel(pools, channel), channel)
        words = _words(pools, above.name.letter)
        remarks = (IN_SEVERAL,) if pools.overlap else ()
        term = Term((Factor(above),), turns_round(pools))
        whole = Equation(target, (term,), remarks=remarks, words=words)
        used = [
            pools.address(target_kind(pools), pools.reading.network.units[source])
            for source in pools.wiring.sources
        ]
        yield told(whole, pools.reading, [at for at in used if at is not None])


def _words(pools: Pools, above: str) -> Words:
    above = f"-{above}" if turns_round(pools) else above
    if pools.takes_largest:
        text = "each entry of {above} to the winner of its window, 0 to the others"
        return Words(phrase(text, above=above), Phrase("to the winners"))
    sizes = {pools.wiring.divisor or len(group) for group in pools.wiring.groups}
    in_shares = Phrase("in shares")
    if len(sizes) == 1:
        text = "each entry of {above}, divided by {size}, to every place of its window"
        return Words(phrase(text, above=above, size=sizes.pop()), in_shares)
    text = "each entry of {above}, divided as its average was, to every place of its window"
    return Words(phrase(text, above=above), in_shares)
