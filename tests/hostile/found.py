"""What random input has found, kept: each broke the program once, or came close."""

from __future__ import annotations

SPECS = (
    "inputs: 1\nlayers: [{units: 1, weights: [[1 + 1/3]]}]\n",
    "inputs: 1\nlayers: [{units: [o], activation: 1e-1, weights: [[2]]}]\nsamples: [{input: 1}]\n",
    f"expression: '{'+'.join(['x'] * 400)}'\nat: {{x: 1}}\n",
    f"expression: 'max({', '.join(['x'] * 32)})'\nat: {{x: 1}}\n",
)

FORMULAS = (
    "max(" + ", ".join(["x"] * 2_000) + ")",
    "max(" + ", ".join(["x"] * 32) + ")",
    "*".join(["x"] * 2_000),
    "*".join(["x"] * 100),
    "+".join(["x"] * 2_000),
    "2/3**2*x",
    "x**-x**-x",
    "--x",
    "x²²",
    "2⁻¹x",
)

DOCUMENTS = (
    "",
    "{}",
    "[]",
    "null",
    "[" * 100_000,
    '{"format": "backprop-tracer/trace"}',
    '{"format": "backprop-tracer/trace", "version": 1}',
    '{"format": "backprop-tracer/trace", "version": 1, "arithmetic": "exact", "spec": 1}',
)
