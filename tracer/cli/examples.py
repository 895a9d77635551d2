"""`trace examples`: the built-in examples, or the file behind one."""

from __future__ import annotations

import click

from tracer import resources
from tracer.cli.output import emit_new
from tracer.errors import TracerError


@click.command("examples")
@click.argument("name", required=False)
@click.option("-o", "--output", metavar="FILE", help="Write the example to a file of your own.")
@click.option("--force", is_flag=True, help="Overwrite the file.")
def command(name: str | None, output: str | None, force: bool) -> None:
    """List the built-in examples, or print the file of the one called NAME.

    A built-in name works wherever a file does: trace mazur, trace prove mazur.
    """
    names = resources.example_names()
    if name is None:
        widest = max(map(len, names), default=0)
        titles = (f"{known.ljust(widest)}  {_title(known)}" for known in names)
        emit_new(titles, output, force)
    elif name.removesuffix(".yaml") in names:
        emit_new(_source(name.removesuffix(".yaml")).splitlines(), output, force)
    else:
        raise TracerError(f"there is no built-in example '{name}' (see: trace examples)")


def _source(name: str) -> str:
    return resources.example(name).read_text(encoding="utf-8")


def _title(name: str) -> str:
    """The title of an example, read off its first lines."""
    for line in _source(name).splitlines():
        if line.startswith("title:"):
            return line.removeprefix("title:").strip().strip("'\"")
    return ""
