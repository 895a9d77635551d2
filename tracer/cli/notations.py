"""`trace notations`: the built-in notations, or the file behind one."""

from __future__ import annotations

from collections.abc import Iterator

import click

from tracer.cli.output import emit_new


@click.command("notations")
@click.argument("name", required=False)
@click.option("-o", "--output", metavar="FILE", help="Write the notation to a file of your own.")
@click.option("--force", is_flag=True, help="Overwrite the file.")
def command(name: str | None, output: str | None, force: bool) -> None:
    """List the built-in notations, or print the file of the one called NAME.

    The file is one to start from: trace net.yaml --notation FILE takes yours.
    """
    from tracer.sheet.notations.read import text_of

    if name is None:
        emit_new(_table(), output, force)
    else:
        emit_new(text_of(name.removesuffix(".yaml")).splitlines(), output, force)


def _table() -> Iterator[str]:
    """Each notation's name and title, and one step in it."""
    from tracer.resources import notation_names
    from tracer.sheet.notations.read import find_profile
    from tracer.sheet.notations.sample import sample_line

    rows = [(name, find_profile(name)) for name in notation_names()]
    widest = max(len(name) for name, _ in rows)
    samples = [sample_line(profile) for _, profile in rows]
    longest = max(map(len, samples))
    for (name, profile), sample in zip(rows, samples, strict=True):
        yield f"{name.ljust(widest)}  {sample.ljust(longest)}  {profile.title}"
