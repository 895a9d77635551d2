"""Judges of a trace: SymPy, finite differences and re-derivation, none of which sees the engine."""
