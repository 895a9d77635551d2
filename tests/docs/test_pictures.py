"""Pictures in the documentation are what the program draws."""

from __future__ import annotations

from pathlib import Path

import pytest

import tracer
from tests.docs.pages import ROOT
from tracer.render.pictures.canvas import bytes_of

PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.svg"))


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: str(path.stem))
def test_a_picture_is_what_is_drawn(path: Path) -> None:
    """The diagram of an example is the file that `trace NAME -o NAME.svg` writes."""
    drawn = bytes_of(tracer.trace(path.stem), ".svg", "network")
    assert path.read_bytes() == drawn, f"trace {path.stem} -o {path} --picture network draws anew"
