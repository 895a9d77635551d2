"""How parameters move: methods, learning rules, ends, penalties, and inputs that move."""
