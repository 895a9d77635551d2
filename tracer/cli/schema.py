"""`trace schema`: the JSON Schema of specs, for editors, or of saved traces, for readers."""

from __future__ import annotations

import json

import click

from tracer.cli.output import emit


@click.command("schema")
@click.argument("which", type=click.Choice(["spec", "trace"]), default="spec")
@click.option("-o", "--output", metavar="FILE", help="Write it to a file.")
def command(which: str, output: str | None) -> None:
    """Print the JSON Schema of a spec (the default), or of a trace saved as JSON."""
    if which == "spec":
        from tracer.spec import schema
    else:
        from tracer.render.schema import schema
    emit(json.dumps(schema(), indent=2, ensure_ascii=False).splitlines(), output)
