"""What opens and closes a template's own signs where braces belong to the page's language."""

from __future__ import annotations

DELIMITERS = {
    "block_start_string": "((*",
    "block_end_string": "*))",
    "variable_start_string": "(((",
    "variable_end_string": ")))",
    "comment_start_string": "((=",
    "comment_end_string": "=))",
}
"""As in nbconvert: braces and per cent signs are TeX's own."""
