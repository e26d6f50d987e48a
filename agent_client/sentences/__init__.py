"""What the laptop's own codes say to people; all others stand in schemas/messages.py."""

from collections.abc import Mapping
from typing import Any, Final

from agent_client.problems import AgentProblem
from agent_client.sentences.problems import ADDED, PROBLEMS
from agent_client.sentences.rows import HINTS, ROWS
from schemas import messages
from schemas.envelope import FieldError
from schemas.sentences import Message
from schemas.words import Responsible

__all__ = ["HINTS", "MESSAGES", "PROBLEMS", "ROWS"]
__all__ += ["error_sentence", "problem_sentence", "responsible", "sentence"]

MESSAGES: Final[Mapping[str, Message]] = {**PROBLEMS, **ROWS, **HINTS}


class _Shown(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "–"


def sentence(code: str, lang: str, **params: Any) -> str:
    """Return a code's sentence in `lang`, the code itself where nobody knows it."""
    message = MESSAGES.get(code)
    if message is None:
        return messages.sentence(code, lang, **params)
    said = (message, *(more for name, more in ADDED.items() if name in params))
    return " ".join(one.text(lang).format_map(_Shown(params)) for one in said)


def problem_sentence(problem: AgentProblem, lang: str) -> str:
    """Return what a problem says."""
    return sentence(problem.code, lang, **problem.params)


def error_sentence(error: FieldError, lang: str) -> str:
    """Return what a broken rule says, the member named as people call it."""
    return sentence(error.code, lang, **{**(error.params or {}), "field": error.field})


def responsible(code: str) -> Responsible | None:
    """Return who must act on a code, None where nobody knows it."""
    message = MESSAGES.get(code)
    return messages.responsible(code) if message is None else message.responsible
