"""Programs of expressions, and the functions that are minimised."""
