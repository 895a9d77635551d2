"""The error of each output, by the loss."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from tracer.derive.network.roles import ByRole
from tracer.derive.network.uses import Edge, itself
from tracer.derive.template import Template, loss_value
from tracer.rules.backprop import Rule


class Errors(ByRole, frozen=True, eq=False):
    """The error of each output."""

    before: ClassVar[str] = "error"

    def rule(self, k: int) -> Rule:
        """The loss."""
        return self.places.rules.loss

    def template(self, k: int) -> Template:
        """The loss of one output."""
        network = self.places.network
        return loss_value(network.loss, len(network.outputs), self.rule(k).formula or "value")

    def terms(self, k: int) -> Sequence[Edge]:
        """The output."""
        return (itself(self.places.network.outputs[k]),)
