"""Mazur's 2-2-2 network in plain numbers, for the contenders that are not this program."""

from __future__ import annotations

INPUTS, TARGETS = [0.05, 0.10], [0.01, 0.99]
HIDDEN, OUTPUT = [[0.15, 0.20], [0.25, 0.30]], [[0.40, 0.45], [0.50, 0.55]]
HIDDEN_BIAS, OUTPUT_BIAS = 0.35, 0.60
RATE = 0.5
