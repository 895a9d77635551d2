"""What is claimed: one record a row of the table."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import gettempdir

from msgspec import Struct
from msgspec.structs import replace

from benchmarks import networks
from benchmarks.runs import Run

Command = tuple[str, ...]


class Measure(Struct, frozen=True):
    """What of a run is compared, and how it is written."""

    of: Callable[[Run], float]
    pattern: str
    scale: float = 1.0

    def text(self, value: float) -> str:
        """A value with its unit."""
        return self.pattern.format(value * self.scale)


WHOLE = Measure(lambda run: run.processor, "{:.0f} ms", 1e3)
INSIDE = Measure(lambda run: run.seconds, "{:.0f} ms", 1e3)
A_STEP = Measure(lambda run: run.seconds / run.units, "{:.1f} µs a step", 1e6)
A_PRODUCT = Measure(lambda run: run.seconds / run.units, "{:.1f} µs", 1e6)
MEMORY = Measure(lambda run: float(run.memory), "{:.0f} MB", 1e-6)
SIZE = Measure(lambda run: run.result or 0.0, "{:.0f} KB", 1e-3)
COUNT = Measure(lambda run: run.result or 0.0, "{:.0f} of 4")


class Contender(Struct, frozen=True):
    """A command, what it is called, and the library that it cannot do without."""

    label: str
    command: Command
    needs: str = ""


class Claim(Struct, frozen=True):
    """A row.

    Attributes:
        what: what is measured.
        measure: which number of a run.
        ours: this program.
        theirs: what it is compared with; None for a plain fact.
        ratio: the most that ours may be of theirs; None where nothing is promised.
        below: whether the ratio has to be less than that, where "no more" is enough else.
        most: the most that ours may be in itself, in the measure's own unit.
        same_result: whether both have to get the same number.
    """

    what: str
    measure: Measure
    ours: Contender
    theirs: Contender | None = None
    ratio: float | None = None
    below: bool = False
    most: float | None = None
    same_result: bool = True


class Size(Struct, frozen=True):
    """How much work is done: all of it for the table, next to nothing to see that it runs."""

    small: Sequence[int] = networks.SMALL
    scalar: Sequence[int] = networks.SCALAR
    large: Sequence[int] = networks.LARGE
    sides: tuple[int, int] = (8, 14)
    steps: int = 10_000
    recurrent: tuple[int, int] = (20, 16)
    longer: tuple[int, int] = (80, 16)
    page: Sequence[int] = networks.PAGE
    page_of_200: Sequence[int] = networks.PAGE_OF_200
    long_page: Sequence[int] = networks.LONG_PAGE


TINY = Size(
    (2, 2, 1), (2, 2, 1), (2, 3, 1), (3, 4), 20, (2, 2), (3, 2), (2, 2, 1), (2, 2, 1), (2, 3, 1)
)


def claims(size: Size, torch: str = sys.executable) -> tuple[Claim, ...]:
    """Every row, in the order of the table.

    Args:
        size: how much work.
        torch: the Python that has PyTorch.
    """
    return (
        *_start_up(torch),
        *_growth(size),
        *_scalar(size),
        *_convolution(size),
        *_recurrent(size),
        *_training(size, torch),
        *_typeset(size),
        *_pages(size),
    )


def _start_up(torch: str) -> tuple[Claim, ...]:
    trace = Contender("this program", _module("tracer", "examples/mazur.yaml"))
    help_ = Contender("this program", _task("help_imports"))
    whole = "`trace examples/mazur.yaml`, the whole process"
    sympy = Contender("`python -c 'import sympy'`", (sys.executable, "-c", "import sympy"))
    pytorch = Contender("`python -c 'import torch'`", (torch, "-c", "import torch"), "torch")
    return (
        Claim("the same process twice: what this machine's noise is", WHOLE, trace, trace),
        Claim(whole, WHOLE, trace, sympy, 0.6),
        Claim(whole, WHOLE, trace, pytorch, 0.2),
        Claim("NumPy, SymPy, Jinja2, Matplotlib loaded by `trace --help`", COUNT, help_, most=0),
    )


def _growth(size: Size) -> tuple[Claim, ...]:
    rows = (
        ("time a step, {} weights", "trace"),
        ("time a step with JSON, {} weights", "trace,save"),
    )
    few, many = f"{networks.weights(size.small):,}", f"{networks.weights(size.large):,}"
    return tuple(
        Claim(
            what.format(many),
            A_STEP,
            Contender("this program", _traced(parts, size.large)),
            Contender(f"{few} weights", _traced(parts, size.small)),
            1.5,
            same_result=False,
        )
        for what, parts in rows
    )


def _scalar(size: Size) -> tuple[Claim, ...]:
    shape, large = "-".join(map(str, size.scalar)), f"{networks.weights(size.large):,}"
    name = "a scalar autograd engine, its values as JSON"
    return (
        Claim(
            f"{shape} network read, traced, saved as JSON",
            A_STEP,
            Contender("this program", _traced("read,trace,save", size.scalar)),
            Contender(name, _task("scalar_engine", *map(str, size.scalar))),
            most=20e-6,
        ),
        Claim(
            f"most memory, {large} weights read, traced, saved",
            MEMORY,
            Contender("this program", _traced("read,trace,save", size.large)),
            Contender(name, _task("scalar_engine", *map(str, size.large))),
        ),
    )


def _convolution(size: Size) -> tuple[Claim, ...]:
    """A picture of three channels, four filters of 3x3, every step printed."""
    small, _ = size.sides
    few, many = (f"{networks.multiplications(side):,}" for side in size.sides)
    ours, more = (Contender("this program", _task("convolution", str(side))) for side in size.sides)
    return (
        Claim(f"convolution, {small}x{small}x3, four 3x3 filters, printed", WHOLE, ours, most=2.0),
        Claim(
            f"time a multiply-add, {many} of them, printed",
            A_STEP,
            more,
            replace(ours, label=f"{few} of them"),
            1.5,
            same_result=False,
        ),
    )


def _recurrent(size: Size) -> tuple[Claim, ...]:
    steps, units = size.recurrent
    own = Contender("this program", _task("recurrent", *map(str, size.recurrent)))
    longer = Contender("this program", _task("recurrent", *map(str, size.longer)))
    what = f"a recurrent network, {steps} time steps of {units} units, read, traced, saved"
    more = f"time a multiply-add of the forward pass, {size.longer[0]} time steps"
    return (
        Claim(f"{what}, the whole process", WHOLE, own, most=2.0),
        Claim(
            more,
            A_PRODUCT,
            longer,
            Contender(f"{steps} time steps", own.command),
            1.5,
            same_result=False,
        ),
    )


def _training(size: Size, torch: str) -> tuple[Claim, ...]:
    steps = str(size.steps)
    ours = Contender("this program", _task("mazur_traced", steps))
    rows = (
        (_task("mazur_numpy", steps), "a plain NumPy loop", "numpy", 1.0),
        (_task("mazur_python", steps), "a plain Python loop", "", None),
        (_task("mazur_autograd", steps), "autograd", "autograd", None),
        (_task("mazur_torch", steps, python=torch), "PyTorch", "torch", None),
    )
    what = f"Mazur's network, {size.steps:,} steps in floats, every value kept"
    return tuple(
        Claim(what, INSIDE, ours, Contender(label, command, needs), most, below=True)
        for command, label, needs, most in rows
    )


def _typeset(size: Size) -> tuple[Claim, ...]:
    """The same formulas as LaTeX: by handcalcs with numbers, by latexify_py in symbols only."""
    shape = list(map(str, size.page))
    ours = Contender("this program", _task("latex_traced", *shape))
    what = f"LaTeX of every step of a {'-'.join(shape)} network: formula, numbers, result"
    handcalcs = Contender("handcalcs", _task("latex_handcalcs", *shape), "handcalcs")
    latexify = Contender("latexify_py, formulas only", _task("latex_latexify", *shape), "latexify")
    return (Claim(what, A_STEP, ours, handcalcs), Claim(what, A_STEP, ours, latexify))


def _pages(size: Size) -> tuple[Claim, ...]:
    """HTML pages: the whole process, the time a step takes, growth, size, and the browser's time."""
    shape = "-".join(map(str, size.page))
    written = str(Path(gettempdir()) / "backprop-tracer-benchmark.html")
    whole = _module("tracer", "examples/mazur.yaml", "-o", written)
    sympy = Contender("`python -c 'import sympy'`", (sys.executable, "-c", "import sympy"))
    ours, longer = (
        Contender("this program", _page("seconds", sizes)) for sizes in (size.page, size.long_page)
    )
    small = "-".join(map(str, size.page_of_200))
    mazur = Contender("this program", whole)
    weighed = Contender("this program", _page("bytes", size.page_of_200))
    load = Contender("this program", _task("page_load", *map(str, size.page_of_200)), "playwright")
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
    return _task("html_page", what, *map(str, shape))


def _module(name: str, *arguments: str, python: str = sys.executable) -> Command:
    return (python, "-m", name, *arguments)


def _task(name: str, *arguments: str, python: str = sys.executable) -> Command:
    return _module(f"benchmarks.tasks.{name}", *arguments, python=python)


def _traced(parts: str, shape: Sequence[int]) -> Command:
    return _task("tracing", parts, *map(str, shape))
