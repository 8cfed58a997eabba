"""docs/reference/commands.md: every command with its help, from the typer app itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from generator.markdown import anchor, code, table
from safeplan.cli.app import app

_HEAD = """\
# Commands

Every command of safeplan with its options, as `safeplan COMMAND --help` prints them. This page is made from the program
(`make docs`); a test fails when it is stale.

The plan is the only argument of a command, or `--plan`. Left out, it is `$SAFEPLAN_PLAN`, else `safeplan.yaml` or
`plan.yaml` in this folder (both there: an error); stderr says which was taken. Results go to stdout, everything else to
stderr. Nothing is overwritten without `--force`. Where stdout is no terminal there is no colour, and `NO_COLOR`
takes it away on one.

What takes longer than a second shows on the last line of the terminal what it is doing, how much of the whole is done,
and about how long the rest will take, or how long it took so far where nobody can know. The line goes when the command
ends. It goes to stderr: where that is no terminal (cron, a pipe, a file), with `TERM=dumb` and with `--quiet` there is
none; a result that goes into a file or a pipe leaves it where it is.
"""
_TAIL = """\
## Exit codes

| code | meaning |
| --- | --- |
| 0 | well; warnings alone are well |
| 1 | something needs attention: an obligation of what is shown is unplaced, or `init` wrote a plan with errors |
| 2 | the plan or the call is wrong |
| 3 | the surroundings failed: disk, memory, database, a file that is locked |
| 4 | the ledger is not as it was recorded |
| 70 | a fault of safeplan |
| 130 | interrupted |

## Environment

| variable | meaning |
| --- | --- |
| `SAFEPLAN_PLAN` | the plan, where a command names none |
| `SAFEPLAN_LEDGER` | the ledger: a file, or the URL of a PostgreSQL database |
| `SAFEPLAN_AS` | who records, where `--as` is left out; else the login name |
| `SAFEPLAN_DEBUG` | `1` prints the traceback of every error |
| `NO_COLOR` | no colour on a terminal |
| `LC_ALL`, `LC_MESSAGES`, `LANG` | the language, as gettext has it; `LANGUAGE` before them |

## Language

Everything that a command prints (results, errors, diagnostics, help) is in one language, Chinese or English:

1. `--lang zh-CN` or `--lang en`, before or after the command's name;
2. else the plan's `language:`, as soon as it is known which plan is meant, also when that plan has errors;
3. else that of the system. `--help`, and what is said of a command line that cannot be read, know no plan.

JSON, JSON Lines and the machine names of CSV are English always.
"""


def page() -> str:
    """Give the page, in Markdown."""
    found = list(commands())
    index = "".join(f"- [`{name}`](#{anchor(name)}): {one.help}\n" for name, one in found)
    return "\n".join([_HEAD, index, *(_command(name, one) for name, one in found), _TAIL])


def commands() -> Iterator[tuple[str, Any]]:
    """Give every command with its name as it is typed, those of a group one by one."""
    yield from _within("safeplan", typer.main.get_command(app))


def _within(name: str, group: Any) -> Iterator[tuple[str, Any]]:
    for key, one in group.commands.items():
        if getattr(one, "commands", None):
            yield from _within(f"{name} {key}", one)
        else:
            yield f"{name} {key}", one


def _command(name: str, command: Any) -> str:
    parts = [f"## {name}\n", f"{command.help}\n"]
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option"]
    usage = " ".join([name, "[OPTIONS]", *map(_place, arguments)])
    parts.append(f"```text\n{usage}\n```\n")
    if arguments:
        parts.append(table(["argument", "meaning"], [[code(_place(one)), one.help] for one in arguments]))
    if options:
        parts.append(table(["option", "meaning"], [[_spelt(one), one.help + _default(one)] for one in options]))
    if command.epilog:
        parts.append(_examples(command.epilog))
    return "\n".join(parts)


def _place(argument: Any) -> str:
    """Give an argument as it stands in the usage, in brackets when it may be left out."""
    name = (argument.metavar or argument.name.upper()).strip("[]")
    return name if argument.required else f"[{name}]"


def _spelt(option: Any) -> str:
    names = ", ".join(code(one) for one in option.opts)
    return names if option.is_flag else f"{names} {option.metavar or option.name.upper()}"


def _default(option: Any) -> str:
    return "" if option.is_flag or option.default is None else f" Left out: {option.default}."


def _examples(epilog: str) -> str:
    """Give the commands of an epilog as a block, and its other lines as text below."""
    lines = [line for line in epilog.split("\n\n") if line]
    commands = [line for line in lines if line.startswith("safeplan ")]
    text = [line for line in lines if not line.startswith("safeplan ")]
    return "\n".join(["```text\n" + "\n".join(commands) + "\n```\n", *(f"{line}\n" for line in text)])
