"""The templates: Jinja's environment for each kind of page, ours or a user's folder before ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from traceback import extract_tb
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tracer.errors import OutputError
from tracer.resources import folder

if TYPE_CHECKING:
    from jinja2 import Environment


class Target(Struct, frozen=True):
    """A kind of page.

    Attributes:
        name: the folder of its templates.
        main: the template that makes the whole page.
        settings: of Jinja's environment, such as its delimiters.
        filters: what its templates can call.
        autoescape: whether text is escaped by itself, as in HTML.
    """

    name: str
    main: str
    settings: Mapping[str, Any]
    filters: Mapping[str, Callable[..., Any]]
    autoescape: bool = False


def environment(target: Target, own: str = "") -> Environment:
    """Jinja's environment of a target; templates that are not all ours run in a sandbox.

    Args:
        target: the kind of page.
        own: a folder of the user's, whose templates come before ours; empty: none.

    Raises:
        OutputError: there is no such folder.
    """
    from os.path import isdir, join

    import jinja2
    from jinja2 import ChoiceLoader, FileSystemLoader, FunctionLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    if own and not isdir(own):
        raise OutputError(f"--template {own}: there is no such folder")
    shipped = folder("templates") / target.name

    def ours(name: str) -> str | None:
        found = shipped / name.removeprefix("base/")
        return found.read_text("utf-8") if found.is_file() else None

    loaders = [FileSystemLoader([join(own, target.name), own])] if own else []
    kind: type[Environment] = SandboxedEnvironment if own else jinja2.Environment
    made = kind(
        loader=ChoiceLoader([*loaders, FunctionLoader(ours)]),
        autoescape=target.autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        **target.settings,
    )
    made.filters |= target.filters
    return made


@contextmanager
def mistakes_told() -> Iterator[None]:
    """Turns what goes wrong in a template into an error that says where.

    Raises:
        OutputError: the template cannot be read, or asks for what is not there or not allowed.
    """
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

    try:
        yield
    except TemplateSyntaxError as error:
        where = f"{error.filename or error.name}:{error.lineno}"
        raise OutputError(f"{where}: {error.message}") from None
    except TemplateNotFound as error:
        raise OutputError(f"there is no template '{error.name}'") from None
    except (TemplateError, *OF_EXPRESSIONS) as error:
        where = _place(error)
        if not where:
            raise
        raise OutputError(f"{where}: {error}") from None


OF_EXPRESSIONS = (
    *(TypeError, ValueError, LookupError, ArithmeticError, AttributeError),
    *(RecursionError, OverflowError, MemoryError),
)
"""What an expression in a template can raise."""


def _place(error: BaseException) -> str:
    """The line of the innermost template in an error's traceback; empty where there is none."""
    frames = [(frame.filename, frame.lineno) for frame in extract_tb(error.__traceback__)]
    ours = [(name, line) for name, line in frames if not name.endswith(".py")]
    return f"{ours[-1][0]}:{ours[-1][1]}" if ours else ""
