"""What the documents say, and what the code has, each read by itself."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click

ROOT = Path(__file__).parents[2]
DOCUMENTS = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "sync/PROTOCOL.md")
}
PRODUCT = ("agent_client", "faces", "schemas", "server", "sync")
_FENCED = re.compile(r"^ *```\w*\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"`([^`\n]+)`")


def first_cells(text: str) -> list[str]:
    """Return the code in the first column of every table of a text, top to bottom."""
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


def section(text: str, heading: str) -> str:
    """Return what stands under a heading, up to the next one of its level or above."""
    level = heading.index(" ")
    found = re.search(
        rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{level}}} |\Z)", text, re.DOTALL | re.MULTILINE
    )
    assert found, f"{heading} is no heading"
    return found[1]


def codes_in(text: str) -> list[str]:
    """Return every piece of a text that is marked as code, line by line."""
    blocks = _FENCED.findall(text)
    inline = _INLINE.findall(_FENCED.sub("", text))
    return [line.strip() for block in blocks for line in block.splitlines()] + inline


def commands_in(text: str, program: str) -> Iterator[list[str]]:
    """Give the words of every command of a program that a text shows, the program left out."""
    for code in codes_in(text):
        _, called, rest = code.partition(program)
        if called and (not rest or rest.startswith(" ")):
            yield shlex.split(re.split(r"[|&]", rest)[0])


def commands_of(group: click.Group) -> dict[str, click.Command]:
    """Return every command of a program by its words, groups included; "" is the program."""
    found: dict[str, click.Command] = {"": group}
    for name, command in group.commands.items():
        inner = commands_of(command) if isinstance(command, click.Group) else {"": command}
        found |= {f"{name} {words}".strip(): one for words, one in inner.items()}
    return found


def options_of(command: click.Command) -> set[str]:
    """Return a command's options as they are written."""
    return {name for one in command.params if isinstance(one, click.Option) for name in one.opts}


def sources(*folders: str) -> Iterator[ast.Module]:
    """Give the syntax of every file of some folders."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield ast.parse(path.read_text("utf-8"))


def texts_in(*folders: str) -> Iterator[str]:
    """Give every text that stands in the code of some folders."""
    for tree in sources(*folders):
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def first_arguments(tree: ast.AST, *functions: str) -> set[str]:
    """Return the texts that some functions are called with first."""
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
        and ast.unparse(node.func).rpartition(".")[2] in functions
    }


def pairs_with_code(tree: ast.AST) -> set[str]:
    """Return the codes that stand first in pairs, as `yield "code", about` has them."""
    return {
        node.elts[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Tuple)
        and len(node.elts) == 2
        and isinstance(node.elts[0], ast.Constant)
        and isinstance(node.elts[0].value, str)
    }
