"""Formulas as markup: MathML, LaTeX, Typst and spoken words, each a table."""
