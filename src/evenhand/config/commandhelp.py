"""The page of commands, made from the commands' own help.

Not argparse's own text: that follows the terminal's width and the version of Python.
"""

from argparse import SUPPRESS, Action, ArgumentParser, _SubParsersAction
from collections.abc import Collection, Iterator

from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

from evenhand.config.cli import COMMANDS


def page() -> str:
    """Every command of :data:`.cli.COMMANDS`, with its verbs, arguments and options."""
    known = get_commands()
    lines = ["# Commands", "", "`uv run evenhand COMMAND`, or `.venv/bin/evenhand COMMAND`.", ""]
    for name, does in COMMANDS.items():
        command = load_command_class(known[name], name)
        lines += [f"## evenhand {name}", "", *_sentence(does)]
        lines += _described(f"evenhand {name}", command)
    return "\n".join(lines)


def _described(name: str, command: BaseCommand) -> Iterator[str]:
    parser, theirs = command.create_parser("evenhand", name), _of_django(command)
    verbs = next((a for a in parser._actions if isinstance(a, _SubParsersAction)), None)
    own = _own(parser, theirs)
    if own or verbs is None:
        yield from _form(name, own)
    if verbs is None:
        return
    helps = {a.dest: a.help or "" for a in verbs._choices_actions}
    for verb, below in verbs.choices.items():
        yield from (f"### {name} {verb}", "", *_in_words(below.description or helps[verb]))
        yield from _form(f"{name} {verb}", _own(below, theirs))


def _of_django(command: BaseCommand) -> Collection[str]:
    """The options that the command has from Django, such as ``--verbosity``."""
    parent = next(c for c in type(command).__mro__ if c.__module__.startswith("django."))
    return {action.dest for action in parent().create_parser("", "")._actions}


def _own(parser: ArgumentParser, theirs: Collection[str]) -> list[Action]:
    return [
        action
        for action in parser._actions
        if action.dest not in theirs
        and not isinstance(action, _SubParsersAction)
        and action.help != SUPPRESS
    ]


def _form(name: str, own: list[Action]) -> Iterator[str]:
    yield from ("```sh", f"{name} {' '.join(map(_usage, own))}".rstrip(), "```", "")
    if explained := [action for action in own if action.help]:
        yield from ("| option | meaning |", "|---|---|")
        yield from (f"| `{_cell(_option(a))}` | {_cell(a.help or '')} |" for a in explained)
        yield ""


def _in_words(text: str) -> Iterator[str]:
    """A sentence as one; a text with lines of its own stays in its shape."""
    if "\n" in text.strip():
        yield from ("```text", *text.strip().splitlines(), "```", "")
    else:
        yield from _sentence(text.strip())


def _sentence(text: str) -> Iterator[str]:
    yield from (f"{text[:1].upper()}{text[1:].removesuffix('.')}.", "")


def _usage(action: Action) -> str:
    if not action.option_strings:
        return f"[{_value(action)}]" if action.nargs in ("?", "*") else _value(action)
    return _option(action) if action.required else f"[{_option(action)}]"


def _option(action: Action) -> str:
    return " ".join(filter(None, (*action.option_strings[-1:], _value(action))))


def _value(action: Action) -> str:
    if action.nargs == 0:
        return ""
    choices = "|".join(map(str, action.choices or ()))
    value = action.metavar if isinstance(action.metavar, str) else choices
    value = value or (action.dest.upper() if action.option_strings else action.dest)
    return f"{value}…" if action.nargs in ("+", "*") else value


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
