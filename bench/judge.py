"""Print how well and how fast the judge judges: `python -m bench.judge [--kinds]`.

Precision, recall and F1 over the committed table, over the kinds it was tuned on, over a
made-up neighbourhood and over written-out spellings, some of them held out; then how surely
the blocking keys find a near match again among 100,000 people, and the microseconds of each part.
"""

import json
import random
import sys
import timeit
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bench.neighbourhood import neighbourhood_pairs
from bench.pairs import Pair, made_up_pairs
from bench.people import someone
from bench.spellings import UNSEEN
from bench.written_out import written_out_pairs
from server.rules.blocking import blocking_keys
from server.rules.dedup import judge, person

TABLE = Path(__file__).parent.parent / "tests" / "server" / "rules" / "pairs.jsonl"
CROWD = 100_000


class Figures(NamedTuple):
    """How well one question was answered."""

    precision: float
    recall: float
    f1: float
    pairs: int


def table() -> Iterator[Pair]:
    """Yield the committed pairs."""
    with TABLE.open(encoding="utf-8") as lines:
        for line in lines:
            yield Pair(**json.loads(line))


def told(pair: Pair) -> bool:
    """Return what the judge says of the question that the pair asks."""
    judgement = judge(person(pair.a), person(pair.b))
    return judgement.same if pair.one_nik else judgement.near_match


def figures(pairs: Iterable[Pair]) -> dict[bool, Figures]:
    """Return the figures for one NIK (True) and for different NIKs (False)."""
    counts: dict[bool, Counter[tuple[bool, bool]]] = defaultdict(Counter)
    for pair in pairs:
        counts[pair.one_nik][pair.wanted, told(pair)] += 1
    return {one_nik: _figures(count) for one_nik, count in counts.items()}


def _figures(count: Counter[tuple[bool, bool]]) -> Figures:
    hit, missed, wrong = count[True, True], count[True, False], count[False, True]
    precision, recall = hit / max(1, hit + wrong), hit / max(1, hit + missed)
    return Figures(precision, recall, 2 * hit / max(1, 2 * hit + missed + wrong), count.total())


def report(title: str, pairs: Iterable[Pair]) -> None:
    """Print the figures of a set of pairs."""
    print(title)
    for one_nik, found in sorted(figures(pairs).items(), reverse=True):
        what = "one NIK, same:       " if one_nik else "two NIKs, near_match:"
        print(
            f"  {what} precision {found.precision:.3f} recall {found.recall:.3f}"
            f" F1 {found.f1:.3f} ({found.pairs} pairs)"
        )


def by_kind(pairs: Iterable[Pair]) -> None:
    """Print the share of right answers kind by kind."""
    right: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    for pair in pairs:
        right[pair.one_nik, pair.kind].append(told(pair) == pair.wanted)
    for (one_nik, kind), marks in sorted(right.items(), reverse=True):
        print(f"  {'one' if one_nik else 'two'} {kind:<28} {sum(marks) / len(marks):.3f}")


def blocking(makers: dict[str, Callable[[], Iterable[Pair]]]) -> None:
    """Print which share of near matches share a key, and with how many people anybody does."""
    for title, make in makers.items():
        people = ((person(p.a), person(p.b)) for p in make() if p.wanted and not p.one_nik)
        near = [
            bool({*blocking_keys(a)} & {*blocking_keys(b)})
            for a, b in people
            if judge(a, b).near_match
        ]
        print(f"  {title}: {sum(near) / len(near):.3f} of the near matches share a key")
    rng = random.Random(3)
    crowd = [person(someone(rng)) for _ in range(CROWD)]
    filed: dict[str, set[int]] = defaultdict(set)
    for at, who in enumerate(crowd):
        for key in blocking_keys(who):
            filed[key].add(at)
    found = [set().union(*(filed[key] for key in blocking_keys(who))) for who in crowd[:5000]]
    most = max(map(len, found)) - 1
    mean = sum(map(len, found)) / len(found) - 1
    keys = sum(map(len, filed.values())) / CROWD
    print(f"  among {CROWD:,} people {mean:.1f} share one ({most} at most); {keys:.1f} keys each")


def speed(pairs: list[Pair]) -> None:
    """Print microseconds a call, the best of three."""
    people = [(person(pair.a), person(pair.b)) for pair in pairs]
    for title, work in (
        ("person", lambda: [person(pair.a) for pair in pairs]),
        ("judge", lambda: [judge(a, b) for a, b in people]),
        ("blocking_keys", lambda: [blocking_keys(a) for a, _ in people]),
    ):
        best = min(timeit.repeat(work, number=1, repeat=3))
        print(f"  {title} {best / len(pairs) * 1e6:.1f} µs")


def main() -> None:
    """Measure all of it."""
    report("the table", table())
    report("made-up pairs (tuned on)", made_up_pairs(1, 200))
    report("neighbourhood (looked at)", neighbourhood_pairs(1, 500))
    report("written-out spellings (looked at)", written_out_pairs(1, 1000))
    report("written-out spellings (held out)", written_out_pairs(1, 1000, UNSEEN))
    if "--kinds" in sys.argv:
        by_kind(made_up_pairs(2, 200))
    print("blocking")
    blocking(
        {
            "made-up pairs": lambda: made_up_pairs(21, 150),
            "neighbourhood": lambda: neighbourhood_pairs(21, 400),
            "written-out spellings": lambda: written_out_pairs(21, 600),
        }
    )
    print("speed")
    speed(list(made_up_pairs(3, 200)))


if __name__ == "__main__":
    main()
