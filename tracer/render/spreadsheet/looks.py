"""How the cells of a workbook look: one row each; what colours say, shape or place says too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

COLOURS = {"given": "#FFF2B3", "head": "#2F4B6E", "section": "#DCE4EE", "changed": "#F6C99A"}

WIDTHS = (22, 20, 22, 58, 17, 17, 13, 3)
GIVEN_WIDTHS = (22, 20, 22, 16, 17)
HELPER_WIDTH = 19
"""Of the columns, in characters."""

TITLE_HEIGHT = 24
"""Of the row, in points."""

_BASE = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
_LINE = {"bottom": 4, "bottom_color": "#B8C2CF"}

LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {**_BASE, "bold": True, "font_size": 15},
    "lead": {**_BASE, "italic": True, "font_color": "#44505F"},
    "head": {**_BASE, "bold": True, "font_color": "#FFFFFF", "bg_color": COLOURS["head"]},
    "number head": {
        **{**_BASE, "bold": True, "font_color": "#FFFFFF", "bg_color": COLOURS["head"]},
        "align": "right",
    },
    "section": {**_BASE, "bold": True, "bg_color": COLOURS["section"]},
    "text": {**_BASE, **_LINE, "text_wrap": True},
    "wrapped": {**_BASE, **_LINE, "text_wrap": True},
    "given": {**_BASE, "bg_color": COLOURS["given"], "border": 1, "border_color": "#8A7A2B"},
    "value": {**_BASE, **_LINE, "bold": True, "align": "right"},
    "cell": {**_BASE, **_LINE, "align": "right"},
    "calculated": {**_BASE, **_LINE, "font_color": "#44505F", "align": "right"},
    "difference": {**_BASE, **_LINE, "font_color": "#44505F", "align": "right"},
    "helper": {**_BASE, "font_color": "#7A8593", "align": "right"},
    "changed": {"bg_color": COLOURS["changed"], "italic": True},
}
