"""The command line: a command a module, found by its name."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any, NoReturn, TextIO, cast

import click

from migstats.cli._stream import Aside, drop_stdout, get_stdout, open_missing
from migstats.cli._voice import FAILED, say
from migstats.collector import collect_seldom, leave_uncollected
from migstats.errors import MigstatsError, in_line, suggest
from migstats.folder import list_modules
from migstats.interrupt import Terminated, hear_requests_to_end
from migstats.version import __version__

INTERRUPTED, TERMINATED = 130, 143


class Commands(click.Group):
    """The modules of this folder, each imported when its command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (the signature is click's)
        """List the commands."""
        return list_modules(__path__)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"migstats.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, or name the nearest."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            hint = suggest(args[0], self.list_commands(ctx))
            raise click.UsageError(in_line(f"no such command '{args[0]}'" + (f"; {hint}" if hint else "")), ctx)
        return super().resolve_command(ctx, args)

    def make_context(self, *arguments: Any, **further: Any) -> click.Context:
        """Read the command line; an interrupt ends the program as it does later."""
        try:
            return super().make_context(*arguments, **further)
        except KeyboardInterrupt as interrupt:
            raise SystemExit(_code_of(interrupt)) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; whatever ends it early, the shell gets one line and an exit code."""
        try:
            result = super().invoke(ctx)
            get_stdout().flush()
        except MigstatsError as error:
            for line in str(error).split("\n"):
                say(line)
            drop_stdout()
            ctx.exit(FAILED)
        except BrokenPipeError:
            drop_stdout()
            ctx.exit(0)
        except KeyboardInterrupt as interrupt:
            ctx.exit(_code_of(interrupt))
        return result


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=True,
)
@click.version_option(__version__, prog_name="migstats")
def migstats() -> None:
    """Read migration figures out of press texts, each with its place in the text."""


def main() -> NoReturn:
    """Run the program."""
    open_missing()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    sys.stdout, sys.stderr = get_stdout(), cast("TextIO", Aside(sys.stderr))
    collect_seldom()
    try:
        hear_requests_to_end()
        migstats()
    except KeyboardInterrupt as interrupt:
        sys.exit(_code_of(interrupt))
    finally:
        leave_uncollected()
    sys.exit(0)


def _code_of(interrupt: KeyboardInterrupt) -> int:
    """Tell the exit code of what ended the program."""
    return TERMINATED if isinstance(interrupt, Terminated) else INTERRUPTED
