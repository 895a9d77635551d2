"""Optimisers as papers print them, over fractions: nothing here is the program's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import mpmath
from msgspec import Struct, field

DIGITS = 70
Settings = Mapping[str, Fraction]


def _of_mpmath(value: mpmath.mpf) -> Fraction:
    sign, mantissa, exponent, _ = value._mpf_
    size = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return -size if sign else size


def root(value: Fraction) -> Fraction:
    """The square root, to 70 digits."""
    with mpmath.workdps(DIGITS):
        return _of_mpmath(mpmath.sqrt(mpmath.mpf(value.numerator) / value.denominator))


def exponential(value: Fraction) -> Fraction:
    """e to a power, to 70 digits."""
    with mpmath.workdps(DIGITS):
        return _of_mpmath(mpmath.exp(mpmath.mpf(value.numerator) / value.denominator))


class Textbook(Struct):
    """One parameter under an optimiser.

    Attributes:
        name: the optimiser's, as a spec says it.
        settings: its settings.
        inside: whether epsilon stands inside the root.
        found: after each step, everything by the name of the quantity without the parameter's.
    """

    name: str
    settings: Settings
    inside: bool = False
    v: Fraction = Fraction(0)
    m: Fraction = Fraction(0)
    s: Fraction = Fraction(0)
    found: dict[str, Fraction] = field(default_factory=dict)

    def step(self, w: Fraction, g: Fraction, rate: Fraction, t: int) -> Fraction:
        """The new value of the parameter."""
        self.found = {}
        w = getattr(self, f"_{self.name}")(w, g, rate, t)
        return Fraction(w)

    def _gradient_descent(self, w: Fraction, g: Fraction, rate: Fraction, t: int) -> Fraction:
        return w - rate * g

    def _momentum(self, w: Fraction, g: Fraction, rate: Fraction, t: int) -> Fraction:
        self.v = self.found["v"] = self.settings["gamma"] * self.v + rate * g
        return w - self.v

    def _momentum_change(self, w: Fraction, g: Fraction, rate: Fraction, t: int) -> Fraction:
        self.v = self.found["change"] = self.settings["alpha"] * self.v - rate * g
        return w + self.v

    def _momentum_pytorch(self, w: Fraction, g: Fraction, rate: Fraction, t: int) -> Fraction:
        self.v = self.found["v"] = self.settings["mu"] * self.v + g
        return w - rate * self.v

    def _momentum_average(self, w: Fraction, g: Fraction, rate: Fraction, t: int) -> Fraction:
        beta = self.settings["beta"]
        self.v = self.found["v"] = beta * self.v + (1 - beta) * g
        return w - rate * self.v

    def _nesterov(self, w: Fraction, g: Fraction, rate: Fraction, t: int) -> Fraction:
        mu = self.settings["mu"]
        self.v = self.found["v"] = mu * self.v + g
        return w - rate * (g + mu * self.v)

    def _nesterov_change(self, w: Fraction, g: Fraction, rate: Fraction, t: int) -> Fraction:
        mu = self.settings["mu"]
        behind = w - mu * self.v
        self.v = self.found["change"] = mu * self.v - rate * g
        return behind + self.v + mu * self.v

    def _adagrad(self, w: Fraction, g: Fraction, rate: Fraction, t: int) -> Fraction:
        self.s = self.found["s"] = self.s + g**2
        return w - rate * g / self._below(self.s)

    def _rmsprop(self, w: Fraction, g: Fraction, rate: Fraction, t: int) -> Fraction:
        rho = self.settings["rho"]
        self.s = self.found["s"] = rho * self.s + (1 - rho) * g**2
        return w - rate * g / self._below(self.s)

    def _adam(self, w: Fraction, g: Fraction, rate: Fraction, t: int) -> Fraction:
        beta1, beta2 = self.settings["beta1"], self.settings["beta2"]
        self.m = self.found["m"] = beta1 * self.m + (1 - beta1) * g
        self.v = self.found["v"] = beta2 * self.v + (1 - beta2) * g**2
        mhat = self.found["mhat"] = self.m / (1 - beta1**t)
        vhat = self.found["vhat"] = self.v / (1 - beta2**t)
        return w - rate * mhat / self._below(vhat)

    def _below(self, square: Fraction) -> Fraction:
        epsilon = self.settings["epsilon"]
        return root(square + epsilon) if self.inside else root(square) + epsilon


DECAYED: Mapping[str, Callable[[Fraction, Settings, int], Fraction]] = {
    "": lambda rate, *_: rate,
    "time_based": lambda rate, s, t: rate / (1 + s["decay_rate"] * (t - 1)),
    "exponential": lambda rate, s, t: rate * exponential(-s["decay_rate"] * (t - 1)),
    "geometric": lambda rate, s, t: rate * s["decay_factor"] ** (t - 1),
    "inverse": lambda rate, _, t: rate / t,
    "inverse_root": lambda rate, _, t: rate / root(Fraction(t)),
    "step": lambda rate, s, t: rate * s["decay_factor"] ** ((t - 1) // int(s["decay_every"])),
}
"""The learning rate of the training step `t`, from 1."""
