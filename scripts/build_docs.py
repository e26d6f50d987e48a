"""Write what docs/ lists of the code: commands, and codes with their sentences.

    python scripts/build_docs.py

Each list stands between `<!-- made: NAME -->` and `<!-- end -->`, and is made anew from the
code; the text around it is written by hand and stays. tests/docs fails where a list is old.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import click

from agent_client.cli import cli as agent
from agent_client.sentences import PROBLEMS
from agent_client.sentences.rows import HINTS, ROWS
from schemas.messages import GROUPS
from schemas.sentences import Message
from server.cli import main as office
from server.problems import CATALOGUE
from server.rules.why import WHY
from server.sentences import SENTENCES
from server.web.sentences import SENTENCES as DESK

ROOT: Final = Path(__file__).parents[1]
DOCUMENTS: Final = (ROOT / "docs/CODES.md", ROOT / "docs/COMMANDS.md")
_MADE: Final = re.compile(r"(<!-- made: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def main() -> None:
    """Write every document's lists anew."""
    for path in DOCUMENTS:
        path.write_text(build(path.read_text("utf-8")), "utf-8")


def build(text: str) -> str:
    """Return a document with its lists as the code has them; KeyError for an unknown list."""
    return _MADE.sub(lambda found: f"{found[1]}\n{LISTS[found[2]]()}\n\n{found[3]}", text)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def _messages(messages: Mapping[str, Message]) -> Callable[[], str]:
    rows = [(f"`{code}`", one.responsible.value, one.id, one.en) for code, one in messages.items()]
    return lambda: _table(("code", "who", "Indonesian", "English"), rows)


def _calls() -> str:
    messages = GROUPS["office"]
    rows = [
        (
            f"`{one.code}`",
            str(one.status),
            one.responsible.value,
            one.title,
            messages[one.code].id,
            messages[one.code].en,
        )
        for one in sorted(CATALOGUE, key=lambda one: (one.status, one.code))
    ]
    return _table(("code", "status", "who", "title", "Indonesian", "English"), rows)


def _pairs(code: str, texts: Mapping[str, tuple[str, ...]], *heads: str) -> Callable[[], str]:
    rows = [(f"`{name}`", *said) for name, said in texts.items()]
    return lambda: _table((code, *heads), rows)


def _commands(program: str, group: click.Group) -> Callable[[], str]:
    return lambda: "\n\n".join(_parts(group, click.Context(group, info_name=program)))


def _parts(command: click.Command, context: click.Context) -> Iterator[str]:
    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    usage = [context.command_path, *(one.make_metavar(context) for one in arguments)]
    yield f"### `{' '.join(usage)}`"
    for part in (command.help or "").strip().split("\n\n"):
        yield " ".join(part.split())
    options = [one for one in command.params if isinstance(one, click.Option)]
    if options:
        yield "\n".join(_option(one, context) for one in options)
    if isinstance(command, click.Group):
        for name, inner in sorted(command.commands.items()):
            yield from _parts(inner, click.Context(inner, info_name=name, parent=context))


def _option(option: click.Option, context: click.Context) -> str:
    names, said = option.get_help_record(context) or (option.opts[0], "")
    return f"- `{names}`: {' '.join(said.split())}"


LISTS: Final[Mapping[str, Callable[[], str]]] = {
    **{name: _messages(messages) for name, messages in GROUPS.items() if name != "office"},
    "calls": _calls,
    "laptop": _messages(PROBLEMS),
    "rows": _messages(ROWS),
    "hints": _messages(HINTS),
    "office": _pairs("code", SENTENCES, "Indonesian", "English"),
    "desk": _messages(DESK),
    "why": _pairs("code", WHY, "Indonesian", "English"),
    "agent-commands": _commands("lorong-agent", agent),
    "office-commands": _commands("lorong-server", office),
}
"""What makes each list, by the name that its mark has."""


if __name__ == "__main__":
    main()
