"""Grids, and the layers that look at them through windows: convolution and pooling."""
