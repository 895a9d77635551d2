"""The options that say what a picture is to look at, gathered into an `Aim`."""

from __future__ import annotations

import click

from tracer.cli.options import Command, gathered
from tracer.render.pictures.aim import UNIT, WEIGHTS, Aim

PICTURE_OF = {UNIT: "activation", WEIGHTS: "surface"}
"""The picture that each option is for."""


def picture_for(aim: Aim) -> str:
    """The picture that looks at what was chosen; empty where nothing was."""
    return next((PICTURE_OF[name] for name in PICTURE_OF if getattr(aim, name)), "")


def aims(command: Command) -> Command:
    """The options, gathered into the argument ``aim``."""
    options = (
        click.option(
            "--weights", metavar="A,B", default="", help="Two parameters for the picture 'surface'."
        ),
        click.option(
            "--unit", metavar="NAME", default="", help="A unit for the picture 'activation'."
        ),
    )
    return gathered(command, "aim", Aim, options)
