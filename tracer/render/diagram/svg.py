"""A drawing as SVG, by the template ``templates/html/diagram.svg``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tracer.render.diagram.records import Drawing
from tracer.render.pages.templates import Target, environment

if TYPE_CHECKING:
    from jinja2 import Template

TARGET = Target("html", "diagram.svg", {}, {}, autoescape=True)


def svg(drawing: Drawing, standalone: bool = False, own: str = "") -> str:
    """A drawing as an ``<svg>`` element.

    Args:
        drawing: the drawing.
        standalone: whether it is a file by itself, with a style of its own, where False means a
            part of a page that has ``templates/html/diagram.css`` in its style.
        own: a folder of the user's, whose templates come before ours; empty: none.
    """
    from tracer.render.diagram.outlines import number
    from tracer.render.diagram.views import edge_views, label_views, node_views

    return _template(TARGET.main, own).render(
        drawing=drawing,
        standalone=standalone,
        width=number(drawing.size.width),
        height=number(drawing.size.height),
        edges=edge_views(drawing),
        labels=label_views(drawing),
        nodes=node_views(drawing),
    )


def style(own: str = "") -> str:
    """The style sheet of diagrams, for pages that hold some."""
    return _template("diagram.css", own).render()


@cache
def _template(name: str, own: str) -> Template:
    return environment(TARGET, own).get_template(name)
