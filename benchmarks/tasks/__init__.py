"""What is measured: one small program each, run in a process of its own, which prints its time."""
