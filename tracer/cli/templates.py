"""`trace templates`: the templates of pages, listed or copied out to start from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracer import resources
from tracer.errors import OutputError
from tracer.render.files import write_bytes

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

FOLDER = "templates"
OF_SPECS = "spec"
"""What `trace new` writes specs from, which is no page."""


@click.command("templates")
@click.argument("folder", required=False, metavar="DIR")
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
def command(folder: str | None, force: bool) -> None:
    """List the templates of pages, or copy them to DIR, to be changed there.

    trace net.yaml -o sheet.html --template DIR takes templates from DIR before ours. A template
    of yours may extend ours, {% extends "base/page.html" %}, and change single blocks: keep in DIR
    only what you change.
    """
    found = dict(_files(resources.folder(FOLDER)))
    if folder is None:
        for name in found:
            click.echo(name)
        return
    there = [name for name in found if (Path(folder) / name).exists()]
    if there and not force:
        raise OutputError(f"{folder} has {there[0]} already; --force overwrites")
    for name, file in found.items():
        target = Path(folder) / name
        _make(target.parent)
        write_bytes(str(target), file.read_bytes())
    click.echo(f"{len(found)} templates in {folder}")


def _files(folder: Traversable, before: str = "") -> Iterator[tuple[str, Traversable]]:
    """Every file below a folder with its path, in alphabetical order."""
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if not before and item.name == OF_SPECS:
            continue
        if item.is_dir():
            yield from _files(item, f"{before}{item.name}/")
        else:
            yield before + item.name, item


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot write {folder}: {error.strerror or error}") from None
