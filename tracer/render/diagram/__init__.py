"""Diagrams of networks and of expressions: one layout, drawn as SVG, as TikZ, or as pixels."""
