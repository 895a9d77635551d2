"""The options of `trace SPEC --matrix`, gathered into the view that they ask for."""

from __future__ import annotations

from collections.abc import Iterable

import click
from msgspec import Struct

from tracer.cli.options import Command, gathered
from tracer.derive.trace import Trace
from tracer.sheet.page import Section, Wanted
from tracer.sheet.remarks import View


class Matrices(Struct, frozen=True):
    """What the command line asks for in matrices.

    Attributes:
        matrix: whether the calculation is told in matrices.
        samples_as: rows or columns; None: as the file says, else rows.
        full: whether large matrices are shown in full.
        collapse: whether a linear network is multiplied out to one matrix.
        maps: whether convolutions are told in maps.
    """

    matrix: bool = False
    samples_as: str | None = None
    full: bool = False
    collapse: bool = False
    maps: bool = False

    def view(self, only: str) -> View | None:
        """The calculation in matrices, or one entry of them.

        Args:
            only: a quantity's plain name or an entry's, such as ``Z1[2,1]``; empty: everything.

        Returns:
            The view; None where no matrices were asked for.
        """
        if self.maps:
            return self._maps
        if not self.matrix and not self.collapse:
            return None

        def shown(trace: Trace, wanted: Wanted) -> Iterable[Section]:
            from tracer.sheet.matrix.collapse import collapse_page
            from tracer.sheet.matrix.entry import entry_page
            from tracer.sheet.matrix.page import Asked, matrix_pages
            from tracer.sheet.matrix.reading import ROWS

            said = trace.spec.about.presentation.samples_as
            asked = Asked(self.samples_as or said or ROWS, self.full)
            if self.collapse:
                return collapse_page(trace, wanted, asked)
            if only:
                return entry_page(trace, only, wanted, asked)
            return matrix_pages(trace, wanted, asked)

        return shown

    def graph(self, trace: Trace, wanted: Wanted) -> Iterable[Section]:
        """The calculation and its gradient as nodes, each an operation on matrices."""
        from tracer.sheet.matrix.graph_page import matrix_graph_page
        from tracer.sheet.matrix.page import Asked
        from tracer.sheet.matrix.reading import ROWS

        said = trace.spec.about.presentation.samples_as
        return matrix_graph_page(trace, wanted, Asked(self.samples_as or said or ROWS))

    def _maps(self, trace: Trace, wanted: Wanted) -> Iterable[Section]:
        from tracer.sheet.maps.page import map_pages

        return map_pages(trace, wanted, self.full)


def matrices(command: Command) -> Command:
    """The options that tell the calculation in matrices, gathered into ``matrices``."""
    options = (
        click.option("--full", is_flag=True, help="With --matrix and --maps: large ones in full."),
        click.option(
            "--samples-as",
            type=click.Choice(("rows", "columns")),
            help="With --matrix: Z = A·W (rows, the standard) or Z = W·A (columns).",
        ),
        click.option("--collapse", is_flag=True, help="A linear network as one matrix."),
        click.option("--maps", is_flag=True, help="Convolutions as grids with kernels on them."),
        click.option("--matrix", is_flag=True, help="The calculation in matrices."),
    )
    return gathered(command, "matrices", Matrices, options)
