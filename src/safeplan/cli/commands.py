"""Groups of commands as safeplan has them: all take --lang, and their pages of help are in the language of the run."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from safeplan.cli.courses import course_of
from safeplan.cli.progress import progress_bar
from safeplan.cli.speech import say

_PROGRAM = "safeplan"
_Function = TypeVar("_Function", bound=Callable[..., None])

LanguageOption = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="LANG",
        help=say("Language of all that is printed: zh-CN or en; left out: the plan's, then that of your system."),
    ),
]
_OPTIONS = {
    "--help": say("Show this page and stop."),
    "--install-completion": say("Set up completion of commands in this shell."),
    "--show-completion": say("Print the script that completes commands in this shell."),
}


class Commands(typer.Typer):
    """A group of commands, or the whole program."""

    def __init__(
        self, name: str, *, help: str, epilog: str | None = None, before: Callable[..., None] | None = None
    ) -> None:
        """Make a group; `before` takes the options that stand before a command."""
        super().__init__(
            name=name,
            help=help,
            epilog=epilog,
            cls=_Group,
            callback=_with_language(before or _nothing),
            no_args_is_help=True,
            pretty_exceptions_enable=False,
            context_settings={"help_option_names": ["-h", "--help"]},
        )

    def command(self, name: str | None = None, **settings: Any) -> Callable[[_Function], _Function]:
        """Add a command, which takes --lang whatever else it takes, and shows how far it is."""
        add = super().command(name, cls=_Command, **settings)
        called = name if self.info.name == _PROGRAM else f"{self.info.name} {name}"

        def added(command: _Function) -> _Function:
            add(_with_language(_with_bar(command, str(called))))
            return command

        return added


def _nothing() -> None:
    """Do nothing: a group has options, and its commands do the work."""


def _with_bar(command: Callable[..., None], called: str) -> Callable[..., None]:
    @functools.wraps(command)
    def run(**values: object) -> None:
        with progress_bar(course_of(called, values)):
            command(**values)

    return run


def _with_language(command: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(command)
    def run(language: str | None = None, **values: object) -> None:  # it was heard before parsing: speech.py
        command(**values)

    signature = inspect.signature(command, eval_str=True)
    language = inspect.Parameter("language", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=LanguageOption)
    parameters = [*signature.parameters.values(), language]
    run.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return run


class _Pages:
    """What typer says in English only, said by the catalogue."""

    def get_params(self, ctx: Any) -> list[Any]:
        parameters: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for one in parameters:
            for name in one.opts:
                one.help = _OPTIONS.get(name, one.help)
        return parameters

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = super().collect_usage_pieces(ctx)  # type: ignore[misc]
        formatter.write_usage(ctx.command_path, " ".join(pieces), say("Usage: "))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from typer import rich_utils

        rich_utils.ARGUMENTS_PANEL_TITLE = say("Arguments")
        rich_utils.OPTIONS_PANEL_TITLE = say("Options")
        rich_utils.COMMANDS_PANEL_TITLE = say("Commands")
        rich_utils.DEFAULT_STRING = say("[default: {}]")
        rich_utils.REQUIRED_LONG_STRING = say("[required]")
        super().format_help(ctx, formatter)  # type: ignore[misc]


class _Command(_Pages, TyperCommand):
    """A command."""


class _Group(_Pages, TyperGroup):
    """A group of commands."""
