"""Pages in a notation: whichever it is, numbers have signs between them, and no slot is left."""

from __future__ import annotations

import re

import pytest

from tracer.derive.settle import settled
from tracer.render.formats import PAGES, draft_of
from tracer.resources import notation_names
from tracer.sheet.notations.chosen import notation_of
from tracer.sheet.notations.conventions import under
from tracer.sheet.notations.read import find_profile
from tracer.sheet.page import Wanted
from tracer.spec.find import find

SIDE_BY_SIDE = re.compile(
    r"(?:</mn>|</mrow>)<mo>(?:&#x2062;|\u2062)</mo>(?:<mrow>)?(?:<mo[^>]*>.</mo>)?<mn>"
)
IN_TEX = re.compile(r"[0-9}]\\,-?[0-9]")


@pytest.mark.parametrize("example", ["negative_delta", "momentum", "cs231n_softmax"])
@pytest.mark.parametrize("name", notation_names())
def test_pages_in_a_notation(name: str, example: str) -> None:
    """HTML and LaTeX set no two numbers side by side, and leave no slot of a pattern open."""
    profile = find_profile(name)
    found = settled(under(profile, find(example)))
    wanted = Wanted(notation=notation_of(profile, found), long=True)
    html = "\n".join(PAGES[".html"](draft_of(found, wanted)))
    tex = "\n".join(PAGES[".tex"](draft_of(found, wanted)))
    assert not SIDE_BY_SIDE.search(html)
    assert not IN_TEX.search(tex)
    assert not re.search(r"\{(?:unit|to|from|number|layer|source|via|total)\}", html)
