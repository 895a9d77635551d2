"""The straight-line programs of networks."""
