"""The entry point: a group whose commands are imported when they run, and whose default is show."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from importlib import import_module

import click

from tracer.cli.output import complain, forget_output, replace_missing_signs
from tracer.errors import SpecError, TracerError

COMMANDS = {
    "show": ("tracer.cli.show", "Print the whole calculation (this is the default)."),
    "prove": ("tracer.cli.prove", "Check every number by three independent witnesses."),
    "check-gradient": ("tracer.cli.check_gradient", "Derivatives beside differences."),
    "derive": ("tracer.cli.derive", "A derivative rule by rule, or from its definition."),
    "activations": ("tracer.cli.activations", "Print what holds of each activation."),
    "examples": ("tracer.cli.examples", "List the built-in examples, or print one."),
    "notations": ("tracer.cli.notations", "List the notations of books, or print one."),
    "new": ("tracer.cli.new", "Write a spec to start from."),
    "templates": ("tracer.cli.templates", "List the templates of pages, or copy them out."),
    "schema": ("tracer.cli.schema", "Print the JSON Schema of specs or of saved traces."),
}
DEFAULT = "show"
FAILURE, INTERRUPTED, CLOSED_PIPE = 2, 130, 141
MANY_OBJECTS = 50_000
"""New objects between two searches for cyclic garbage, of which a trace makes next to none."""


class LazyGroup(click.Group):
    """A group that imports a command only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands' names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What is no command and no option of the group belongs to the default command."""
        own = {"--help", "-h", "--version"}
        if args and args[0] not in COMMANDS and args[0] not in own:
            args.insert(0, DEFAULT)
        return super().parse_args(ctx, args)


HELP = """The complete backpropagation calculation of a small network, step by step.

\b
trace mazur                  a built-in example
trace net.yaml               your own network
trace net.yaml --only dE/dw5 one number, back to the givens
trace show --help            all options of the default command
"""


def _version(ctx: click.Context, param: click.Parameter, asked: bool) -> None:  # noqa: ARG001
    """Prints the version of the installed distribution, and ends."""
    if not asked:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        click.echo(f"trace, version {version('backprop-tracer')}")
    except PackageNotFoundError:
        click.echo("trace, not installed: run from its source")
    ctx.exit()


@click.group(cls=LazyGroup, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and exit.",
)
def cli() -> None:
    """The group; its help is `HELP`."""


def collect_seldom() -> None:
    """Lets cyclic garbage lie for longer than Python does by itself."""
    gc.set_threshold(MANY_OBJECTS)


def main() -> None:
    """Runs the command line; every error of ours is a message and the exit code 2."""
    replace_missing_signs()
    collect_seldom()
    try:
        with cli.make_context("trace", sys.argv[1:]) as context:
            cli.invoke(context)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        with suppress(OSError):
            error.show()
        sys.exit(FAILURE)
    except TracerError as error:
        complain(_message(error))
        sys.exit(FAILURE)
    except (KeyboardInterrupt, click.Abort):
        complain("stopped")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        forget_output()
        sys.exit(CLOSED_PIPE)
    except OSError as error:
        forget_output()
        complain(f"trace: cannot print: {error.strerror or error}")
        sys.exit(FAILURE)


def _message(error: TracerError) -> str:
    """The error's text; a problem with a place stands as it is, for editors to find."""
    has_place = isinstance(error, SpecError) or getattr(error, "place", None)
    return str(error) if has_place else f"trace: {error}"
