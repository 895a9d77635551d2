"""The rows about pages: LaTeX beside what typesets Python, HTML from the trace to the screen."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import gettempdir

from msgspec.structs import replace

from benchmarks.records import (
    A_STEP,
    INSIDE,
    SIZE,
    WHOLE,
    Claim,
    Command,
    Contender,
    Size,
    module,
    task,
)


def typeset(size: Size) -> tuple[Claim, ...]:
    """The same formulas as LaTeX: by handcalcs with numbers, by latexify_py in symbols only."""
    shape = list(map(str, size.page))
    ours = Contender("this program", task("latex_traced", *shape))
    what = f"LaTeX of every step of a {'-'.join(shape)} network: formula, numbers, result"
    handcalcs = Contender("handcalcs", task("latex_handcalcs", *shape), "handcalcs")
    latexify = Contender("latexify_py, formulas only", task("latex_latexify", *shape), "latexify")
    return (Claim(what, A_STEP, ours, handcalcs), Claim(what, A_STEP, ours, latexify))


def pages(size: Size) -> tuple[Claim, ...]:
    """HTML pages: the whole process, a step's time, growth, size, and the browser's time."""
    shape = "-".join(map(str, size.page))
    written = str(Path(gettempdir()) / "backprop-tracer-benchmark.html")
    whole = module("tracer", "examples/mazur.yaml", "-o", written)
    sympy = Contender("`python -c 'import sympy'`", (sys.executable, "-c", "import sympy"))
    ours, longer = (
        Contender("this program", _page("seconds", sizes)) for sizes in (size.page, size.long_page)
    )
    small = "-".join(map(str, size.page_of_200))
    mazur = Contender("this program", whole)
    weighed = Contender("this program", _page("bytes", size.page_of_200))
    load = Contender("this program", task("page_load", *map(str, size.page_of_200)), "playwright")
    return (
        Claim("Mazur's page in HTML, the whole process", WHOLE, mazur, sympy, 1.3),
        Claim(f"HTML page of a {shape} network", A_STEP, ours, most=150e-6),
        Claim(
            "the same, with three times as many steps",
            A_STEP,
            longer,
            replace(ours, label=shape),
            1.5,
            same_result=False,
        ),
        Claim(f"size of the page of a {small} network, 200 steps", SIZE, weighed, most=350e3),
        Claim("the same page in Chromium: loaded and laid out", INSIDE, load, most=1.0),
    )


def _page(what: str, shape: Sequence[int]) -> Command:
    return task("html_page", what, *map(str, shape))
