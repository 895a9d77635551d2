"""What all property tests share: their witnesses, and as many digits as they wait for.

PyTorch is a further witness where it is installed; where it is not, the header says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from tracer.derive import settle

HAS_TORCH = find_spec("torch") is not None
collect_ignore = [] if HAS_TORCH else ["test_torch.py"]


def pytest_report_header() -> str:
    """One line on the witnesses."""
    torch = "and PyTorch" if HAS_TORCH else "without PyTorch, which is not installed"
    return f"witnesses of gradients: autograd, differences with 60 digits, dual numbers, {torch}"


@pytest.fixture(scope="session", autouse=True)
def few_digits() -> Iterator[None]:
    """What a few hundred digits do not settle stays unsettled, which saves much time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settle, "DIGITS", (50, 100, 200, 400))
        yield
