"""How a symbol looks: two quantities whose symbols look the same cannot be told apart."""

from __future__ import annotations

from functools import singledispatch

from tracer.notation.symbols import Hat, Over, Row, Scripts, Tree


@singledispatch
def look(symbol: Tree) -> str:
    """A text that is the same for all symbols that look the same: w_1 and w1, 1 and 2 as 12."""
    return str(getattr(symbol, "text", ""))


@look.register
def _(symbol: Row) -> str:
    return "".join(map(look, symbol.parts))


@look.register
def _(symbol: Hat) -> str:
    return look(symbol.base) + symbol.mark


@look.register
def _(symbol: Over) -> str:
    return f"{look(symbol.above)}/{look(symbol.below)}"


@look.register
def _(symbol: Scripts) -> str:
    below = f"_{{{look(symbol.below)}}}" if symbol.below else ""
    above = f"^{{{look(symbol.above)}}}" if symbol.above else ""
    return look(symbol.base) + below + above
