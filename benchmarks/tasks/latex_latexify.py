"""The same formulas by latexify_py, which writes a function of Python as one formula in symbols.

``python -m benchmarks.tasks.latex_latexify 4 8 8 4``
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.tasks.formulas import Formula, formulas, traced
from benchmarks.tasks.report import report, seconds_of

LEAST_SECONDS = 0.5


def main(*sizes: str) -> None:
    """Times the writing; the functions are there already."""
    import latexify

    found = formulas(traced([int(size) for size in sizes]))
    with TemporaryDirectory() as folder:
        source = Path(folder) / "functions.py"
        source.write_text("from math import exp\n" + "\n".join(map(_function, found)))
        specification = importlib.util.spec_from_file_location("functions", source)
        assert specification is not None
        assert specification.loader is not None
        module = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(module)
        functions = [getattr(module, formula.name) for formula in found]

        def work() -> list[str]:
            return [latexify.get_latex(function) for function in functions]

        seconds, _ = seconds_of(work, LEAST_SECONDS)
    report(seconds, len(found))


def _function(formula: Formula) -> str:
    return f"def {formula.name}({', '.join(formula.operands)}):\n    return {formula.right}\n"


if __name__ == "__main__":
    main(*sys.argv[1:])
