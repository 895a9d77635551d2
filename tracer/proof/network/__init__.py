"""The witnesses for networks."""
