"""A trace as a Jupyter notebook, and as Jupyter shows it."""
