"""The witnesses for expression programs."""
