"""What the numbers were measured on."""

from __future__ import annotations

import os
import platform


def described(rounds: int) -> str:
    """One paragraph: processor, system, Python, how it was measured, what else was going on."""
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return (
        f"{_processor()}, {os.cpu_count()} cores{load}; {platform.system()}, "
        f"Python {platform.python_version()}. Processor time (user and system); each row is "
        f"{rounds} pairs of runs in turn, after one of each to warm up: medians, and the median "
        "ratio of the pairs with its quartiles."
    )


def _processor() -> str:
    """The processor's name, where the system tells it."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            names = [line.partition(":")[2].strip() for line in file if "model name" in line]
    except OSError:
        names = []
    return names[0] if names else platform.processor() or platform.machine()
