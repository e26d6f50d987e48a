"""What the office answers, read with care: bounded, and whole before anything is settled."""

import json
from collections.abc import Callable, Iterable, Mapping
from math import isfinite
from typing import Any, Final, NoReturn

from schemas.envelope import parse_moment
from sync.limits import INTEGER
from sync.ports import Reply
from sync.problems import LineProblem

ANSWER_DEPTH: Final = 32


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _are_objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_moment(value: object) -> bool:
    return parse_moment(value) is not None


_Shape = Mapping[str, Callable[[object], bool]]
_EXCHANGE: Final[_Shape] = {
    "time": _is_moment,
    "epoch": _is_text,
    "acks": _are_objects,
    "changes": _are_objects,
    "cursor": lambda value: value is None or isinstance(value, str),
    "more": lambda value: isinstance(value, bool),
}
_RECONCILE: Final[_Shape] = {
    "time": _is_moment,
    "acks": _are_objects,
    "unknown": _are_texts,
}
_LIST: Final[_Shape] = {"version": _is_text, "items": lambda value: isinstance(value, list)}


def exchange_answer(reply: Reply) -> Mapping[str, Any]:
    """Return the body of an exchange's answer; LineProblem where the least it needs is missing.

    An answer that is not whole settles nothing: what it does not say is not acknowledged.
    """
    return _shaped(reply, _EXCHANGE)


def reconcile_answer(reply: Reply) -> Mapping[str, Any]:
    """Return the body of a reconcile's answer; LineProblem where it is none."""
    return _shaped(reply, _RECONCILE)


def reference_answer(reply: Reply) -> Mapping[str, Any]:
    """Return the body of a reference list; LineProblem where it is none."""
    return _shaped(reply, _LIST)


def _shaped(reply: Reply, shape: _Shape) -> Mapping[str, Any]:
    body = reply.body
    if not isinstance(body, dict) or not all(
        sound(body.get(name)) for name, sound in shape.items()
    ):
        raise LineProblem("answer_malformed", status=reply.status, reached=True)
    return body


def parse_answer(raw: bytes) -> Any:
    """Return the value of JSON in UTF-8.

    ValueError or RecursionError where it is none, nests deeper than 32, or holds NaN, a
    number beyond 2^53−1, or text that is not well-formed and could not be stored.
    """
    value = json.loads(
        raw.decode("utf-8"), parse_int=_whole, parse_float=_finite, parse_constant=_no_constant
    )
    level = [value]
    for _ in range(ANSWER_DEPTH):
        level = [inner for outer in level for inner in _members(outer)]
    if level:
        raise ValueError("nested too deep")
    return value


def _members(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return (*value, *value.values())
    if isinstance(value, str):
        value.encode("utf-8")
    return value if isinstance(value, list) else ()


def _whole(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > INTEGER:
        raise ValueError("a number beyond 2^53-1")
    return int(text)


def _finite(text: str) -> float:
    if not isfinite(float(text)):
        raise ValueError("a number beyond all bounds")
    return float(text)


def _no_constant(_text: str) -> NoReturn:
    raise ValueError("no number")
