"""The straight-line programs of expressions: evaluation traces with adjoints or tangents."""
