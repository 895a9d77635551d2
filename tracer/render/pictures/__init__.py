"""Pictures of a trace, drawn by Matplotlib: one module each, and a table of them."""
