"""A trace as a spreadsheet in which every cell computes its step by a live formula."""
