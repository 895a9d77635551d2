"""Layers that look through windows, told in maps: grids of numbers with a kernel laid on them."""
