"""The symbols of what optimisers and decays bring along, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tracer.rules.decays import DECAYS, RATE
from tracer.rules.optimisers import OPTIMISERS, kinds_of
from tracer.rules.quantity import Kind
from tracer.rules.sub_steps import COUNT

SIGNS = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "epsilon": "ε",
    "mu": "μ",
    "rho": "ρ",
    "learning_rate": "η",
    "change_": "Δ",
    "mhat": "m\u0302",
    "vhat": "v\u0302",
    "+": "⁺",
}
"""What stands on a page for a part of a plain name."""


def _kinds() -> Iterator[Kind]:
    for row in OPTIMISERS.values():
        yield from kinds_of(row)
    for decay in DECAYS.values():
        yield from (setting.kind for setting in decay.settings)
        yield from (kind for state in decay.states for kind in (state.kind, state.after))
    yield from (COUNT.kind, COUNT.after, RATE)


def _symbol(plain: str) -> str:
    for part, sign in SIGNS.items():
        plain = plain.replace(part, sign)
    return plain


SYMBOLS: Mapping[Kind, str] = {kind: _symbol(kind.plain) for kind in _kinds()}
