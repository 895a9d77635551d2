"""The option that says which engine makes a PDF."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from tracer.cli.pdf_engine import pdf_engine, refuse_without_pdf


@click.command()
@click.option("-o", "output")
@pdf_engine
def command(output: str | None, pdf_engine: str | None) -> None:
    """Prints which engine was asked for."""
    refuse_without_pdf(pdf_engine, output)
    click.echo(f"engine {pdf_engine}")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("-o a.pdf", "engine None"),
        ("", "engine None"),
        ("-o a.pdf --pdf-engine typst", "engine typst"),
        ("-o A.PDF --pdf-engine latex", "engine latex"),
    ],
)
def test_an_engine_is_asked_for(arguments: str, says: str) -> None:
    """Either engine can be asked for where a PDF is written; asking for none is fine anywhere."""
    run = CliRunner().invoke(command, arguments.split())
    assert (run.exit_code, run.output.strip()) == (0, says)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("--pdf-engine latex", "goes with -o FILE.pdf"),
        ("-o a.html --pdf-engine latex", "goes with -o FILE.pdf"),
        ("-o a.pdf --pdf-engine word", "'latex', 'typst'"),
    ],
)
def test_an_engine_without_a_pdf_is_refused(arguments: str, says: str) -> None:
    """An engine that would do nothing, or that there is not, is told, with exit code 2."""
    run = CliRunner().invoke(command, arguments.split())
    assert run.exit_code == 2
    assert says in run.output
