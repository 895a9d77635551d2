"""PyTorch is a further witness where it is installed; where it is not, the header says so."""

from __future__ import annotations

from importlib.util import find_spec

HAS_TORCH = find_spec("torch") is not None
collect_ignore = [] if HAS_TORCH else ["test_torch.py"]


def pytest_report_header() -> str:
    """One line on the witnesses."""
    torch = "and PyTorch" if HAS_TORCH else "without PyTorch, which is not installed"
    return f"witnesses of gradients: autograd, differences with 60 digits, dual numbers, {torch}"
