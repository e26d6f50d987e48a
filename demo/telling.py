"""What came of the day, for a person's eyes: 80 columns, aligned, short."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from demo.words import number, words
from schemas.words import REASONS

_WIDTH: Final = 80
_LABEL: Final = 38
_COLUMN: Final = 10
_NONE: Final = "·"
_INDENT: Final = "    "
_FLAGS: Final = ("near_match", "contribution_differs", "credit_dispute")
_ORDER: Final = [f"{verdict}/{reason}" for verdict in REASONS for reason in REASONS[verdict]]


@dataclass(frozen=True, slots=True)
class LaptopsDay:
    """One laptop at the end: how many it saved, what it held back and why, its captures."""

    name: str
    saved: int
    held_back: Counter[tuple[str, str]]
    captures: Sequence[Mapping[str, Any]]

    @property
    def told(self) -> Counter[str]:
        """How often it was told each `verdict/reason`."""
        return Counter(f"{one['verdict']}/{one['reason']}" for one in self.captures)

    @property
    def flags(self) -> Counter[str]:
        """How many captures carry each flag."""
        return Counter(flag for one in self.captures for flag in one["flags"])


def told_lines(laptops: Sequence[LaptopsDay], lang: str) -> Iterator[str]:
    """Yield the table of what each laptop saved, held back and was told."""
    heads = [one.name for one in laptops]
    yield from _section("on_laptops", lang, [*heads, words("total", lang)])
    yield _line(words("saved", lang), [one.saved for one in laptops], lang)
    for outcome, reason in sorted({key for one in laptops for key in one.held_back}):
        label = f"{words(outcome, lang)}: {words(reason, lang)}"
        yield _line(label, [one.held_back[outcome, reason] for one in laptops], lang)
    yield ""
    yield from _section("told", lang)
    for code in _in_order({code for one in laptops for code in one.told}):
        yield _line(words(code, lang), [one.told[code] for one in laptops], lang)
    flags = [flag for flag in _FLAGS if any(one.flags[flag] for one in laptops)]
    if flags:
        yield ""
        yield from _section("noted", lang)
    for flag in flags:
        yield _line(words(flag, lang), [one.flags[flag] for one in laptops], lang)


def leaderboard_lines(agents: Iterable[Mapping[str, Any]], lang: str) -> Iterator[str]:
    """Yield the leaderboard in the office's own order."""
    yield words("leaderboard", lang)
    name, *figures = words("heads", lang).split("|")
    rows = [
        [
            f"{one['rank'] or _NONE}  {one['name']}",
            *(
                number(one[verdict], lang) if one[verdict] else _NONE
                for verdict in ("accepted", "duplicate", "in_review", "rejected")
            ),
            f"{one['target_percent']}%",
            f"Rp{number(one['contribution'], lang)}",
        ]
        for one in agents
    ]
    rows.insert(0, [f"   {name}", *figures])
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield f"{_INDENT}{row[0]:<{widths[0]}}  {'  '.join(cells)}"


def doctor_lines(word: Mapping[str, Any], lang: str) -> Iterator[str]:
    """Yield the doctor's word and the counts that it compared."""
    records = sum(word["records"].values())
    yield words("doctor", lang, records=number(records, lang))
    compared = [f"{one['check']} {number(one['compared'], lang)}" for one in word["checks"]]
    yield from _wrapped(compared)


def _wrapped(parts: Iterable[str]) -> Iterator[str]:
    line = ""
    for part in parts:
        longer = f"{line} · {part}" if line else part
        if len(_INDENT) + len(longer) > _WIDTH:
            yield _INDENT + line
            longer = part
        line = longer
    if line:
        yield _INDENT + line


def _section(code: str, lang: str, heads: Sequence[str] = ()) -> Iterator[str]:
    columns = "".join(f"{head:>{_COLUMN}}" for head in heads)
    yield f"{words(code, lang):<{_LABEL}}{columns}".rstrip()


def _line(label: str, counts: Sequence[int], lang: str) -> str:
    cells = (number(count, lang) if count else _NONE for count in (*counts, sum(counts)))
    columns = "".join(f"{cell:>{_COLUMN}}" for cell in cells)
    return f"{_INDENT + label:<{_LABEL}}{columns}"


def _in_order(codes: set[str]) -> list[str]:
    """Sort verdicts and reasons as the protocol names them, others behind."""
    known = [code for code in _ORDER if code in codes]
    return [*known, *sorted(set(codes) - set(known))]
