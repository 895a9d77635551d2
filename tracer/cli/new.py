"""`trace new 2-3-1`: a spec to start from."""

from __future__ import annotations

import click

from tracer.cli.output import emit_new
from tracer.errors import TracerError

MOST_UNITS = 2_000


@click.command("new")
@click.argument("shape")
@click.option(
    "--activation", default="sigmoid", show_default=True, help="Of every layer, as in a spec."
)
@click.option("--integers", is_flag=True, help="Small whole numbers, easy by hand.")
@click.option("--seed", type=int, default=1, show_default=True, help="Which numbers.")
@click.option("-o", "--output", metavar="FILE", help="Write it to a file.")
@click.option("--force", is_flag=True, help="Overwrite the file.")
def command(
    shape: str, activation: str, integers: bool, seed: int, output: str | None, force: bool
) -> None:
    """Write a spec of the SHAPE inputs-units-...-outputs, such as 2-3-1."""
    from tracer.spec.starter import starter

    emit_new(starter(_sizes(shape), activation, integers, seed).splitlines(), output, force)


def _sizes(shape: str) -> tuple[int, ...]:
    """The number of units in each layer.

    Raises:
        TracerError: the text is no shape.
    """
    parts = shape.split("-")
    if len(parts) < 2 or not all(part.isascii() and part.isdigit() for part in parts):
        raise TracerError(f"'{shape}' is no shape: write the layers' sizes, such as 2-3-1")
    sizes = tuple(int(part[:6]) for part in parts)
    if not all(1 <= size <= MOST_UNITS for size in sizes):
        raise TracerError(f"'{shape}': each layer has 1 to {MOST_UNITS} units")
    return sizes
