"""Closed forms for readers: E and its derivatives in the names of weights, inputs and targets."""

from tracer.proof.symbolic.closed_forms import ClosedForm, closed_forms

__all__ = ["ClosedForm", "closed_forms"]
