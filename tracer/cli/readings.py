"""The options of `trace SPEC` that read a trace as a table or a graph, gathered into a view."""

from __future__ import annotations

from functools import partial

import click
from msgspec import Struct

from tracer.cli.options import Command, gathered
from tracer.sheet.remarks import View
from tracer.spec.network import Spec


class Readings(Struct, frozen=True):
    """Which other reading of the trace the command line asks for.

    Attributes:
        columns: primal and derivative side by side.
        gradient_graph: the nodes of the calculation and of its gradient, without numbers.
        epochs: a table for each epoch of a learning rule.
        formulas: the cells of a spreadsheet, with their live formulas.
        pseudocode: the name of a deck's pseudo-code; None: none.
    """

    columns: bool = False
    gradient_graph: bool = False
    epochs: bool = False
    formulas: bool = False
    pseudocode: str | None = None

    def of(self, spec: Spec) -> Spec:
        """The spec under the settings that the view needs.

        Raises:
            TracerError: the view does not fit it.
        """
        if self.pseudocode is None:
            return spec
        from tracer.sheet.pseudocode import code_of, refuse_unfit
        from tracer.spec.changes import with_training

        code = code_of(self.pseudocode)
        return with_training(refuse_unfit(code, spec), code.changes)

    def view(self) -> View | None:
        """The view that was asked for; None where none of these was."""
        if self.columns:
            from tracer.sheet.adjoints import columns

            return columns
        if self.pseudocode is not None:
            from tracer.sheet.pseudocode import code_of, pseudocode

            return partial(pseudocode, code_of(self.pseudocode))
        if self.gradient_graph:
            from tracer.sheet.gradient_graph import gradient_graph

            return gradient_graph
        if self.epochs:
            from tracer.sheet.epochs import epochs_view

            return epochs_view
        if self.formulas:
            from tracer.render.spreadsheet.view import live_cells

            return live_cells
        return None


def readings(command: Command) -> Command:
    """The options, gathered into ``readings``."""
    options = (
        click.option(
            "--pseudocode",
            metavar="NAME",
            help="A deck's pseudo-code, line by line: aima, mitchell, loop, theta, perceptron, "
            "adaline, hebb.",
        ),
        click.option(
            "--formulas",
            is_flag=True,
            help="The cells of a spreadsheet, with live formulas; into a .csv to open there.",
        ),
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
