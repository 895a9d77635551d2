"""Expressions, how they are read, printed and evaluated, and the arithmetics; no networks."""
