"""A row of a small table on a page."""

from __future__ import annotations

from tracer.phrase import Phrase

Row = tuple[Phrase, Phrase]
"""What is told, and what there is to say of it: a convention and the choice, for example."""
