"""The options of `trace SPEC` that read a trace as a table or a graph, gathered into a view."""

from __future__ import annotations

from dataclasses import dataclass

import click

from tracer.cli.options import Command, gathered
from tracer.render.formats import View


@dataclass(frozen=True, slots=True)
class Readings:
    """Which other reading of the trace the command line asks for.

    Attributes:
        columns: primal and derivative side by side.
        gradient_graph: the nodes of the calculation and of its gradient, without numbers.
        epochs: a table for each epoch of a learning rule.
    """

    columns: bool = False
    gradient_graph: bool = False
    epochs: bool = False

    def view(self) -> View | None:
        """The view that was asked for; None where none of these was."""
        if self.columns:
            from tracer.sheet.adjoints import columns

            return columns
        if self.gradient_graph:
            from tracer.sheet.gradient_graph import gradient_graph

            return gradient_graph
        if self.epochs:
            from tracer.sheet.epochs import epochs_view

            return epochs_view
        return None


def readings(command: Command) -> Command:
    """The options, gathered into ``readings``."""
    options = (
        click.option("--epochs", is_flag=True, help="A table for each epoch of a learning rule."),
        click.option(
            "--gradient-graph",
            is_flag=True,
            help="The gradient as new nodes of the graph, in letters.",
        ),
        click.option(
            "--columns",
            is_flag=True,
            help="An expression: primal, adjoint rule, adjoint value in columns.",
        ),
    )
    return gathered(command, "readings", Readings, options)
