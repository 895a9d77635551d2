"""Dropout: masks, given or drawn, and what they cannot stand beside."""
