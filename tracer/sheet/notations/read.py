"""A profile by its name, or from a file of the user's; complete, or refused."""

from __future__ import annotations

import os
from functools import cache

from tracer.errors import TracerError, suggestion
from tracer.notation.profile import Profile
from tracer.resources import NOTATIONS, SUFFIX, folder, notation_names
from tracer.sheet.notations.fields import PROFILE
from tracer.spec.tree.compose import compose
from tracer.spec.tree.problems import Problems
from tracer.spec.tree.source import checked, load

SIGN_OF_NONE = "none"


def text_of(name: str) -> str:
    """The file of a built-in notation.

    Raises:
        TracerError: there is none of that name.
    """
    known = notation_names()
    if name not in known:
        hint = suggestion(name, known, likeness=0.5) or f"; there are {', '.join(known)}"
        raise TracerError(f"there is no file and no built-in notation '{name}'{hint}")
    return (folder("templates") / NOTATIONS / f"{name}{SUFFIX}").read_text(encoding="utf-8")


def find_profile(name: str) -> Profile:
    """The built-in notation of a name, or the one in a file.

    Raises:
        SpecError: the file is wrong or incomplete; with every problem in it.
        TracerError: there is neither such a file nor such a notation.
    """
    if os.path.exists(name) or os.sep in name or "." in name:
        text, file = load(name)
        return profile_in(text, file, os.path.splitext(os.path.basename(name))[0])
    return _built_in(name)


@cache
def _built_in(name: str) -> Profile:
    file = f"{name}{SUFFIX}"
    return profile_in(checked(text_of(name), file), file, name)


def profile_in(text: str, file: str, name: str) -> Profile:
    """The notation that a text says.

    Args:
        text: the content of a profile's file.
        file: what its problems are reported under.
        name: what it is called.

    Raises:
        SpecError: it is wrong or incomplete; with every problem in it.
    """
    problems = Problems(file)
    problems.root = compose(text, problems)
    said = PROFILE.read(problems.root, problems)
    problems.tell()
    assert said is not None, "what is no profile has been complained about"
    product = said.pop("product")
    symbols = said.pop("symbols")
    return Profile(name, said=symbols, product="" if product == SIGN_OF_NONE else product, **said)
