"""The engine: a spec becomes a straight-line program, the program a trace of values and steps."""
