"""Print precision, recall and F1 of the judge over the table and over fresh made-up pairs."""

import json
import sys
import timeit
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.held_out import held_out_pairs
from bench.neighbourhood import neighbourhood_pairs
from bench.pairs import Pair, made_up_pairs
from server.rules.dedup import judge, person

TABLE = Path(__file__).parent.parent / "tests" / "server" / "rules" / "pairs.jsonl"


def table() -> Iterator[Pair]:
    """Yield the committed pairs."""
    with TABLE.open() as lines:
        for line in lines:
            yield Pair(**json.loads(line))


def told(pair: Pair) -> bool:
    """Return what the judge says of the question that the pair asks."""
    judgement = judge(person(pair.a), person(pair.b))
    return judgement.same if pair.one_nik else judgement.near_match


def figures(pairs: Iterable[Pair]) -> dict[bool, tuple[float, float, float, int]]:
    """Return (precision, recall, F1, pairs) for one NIK (True) and for different NIKs (False)."""
    counts: dict[bool, Counter[tuple[bool, bool]]] = defaultdict(Counter)
    for pair in pairs:
        counts[pair.one_nik][pair.wanted, told(pair)] += 1
    result = {}
    for one_nik, count in counts.items():
        hit = count[True, True]
        precision = hit / max(1, hit + count[False, True])
        recall = hit / max(1, hit + count[True, False])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        result[one_nik] = precision, recall, f1, count.total()
    return result


def report(title: str, pairs: Iterable[Pair]) -> None:
    print(title)
    for one_nik, (precision, recall, f1, count) in sorted(figures(pairs).items(), reverse=True):
        what = "one NIK        same" if one_nik else "two NIKs  near_match"
        print(
            f"  {what}  precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f} ({count} pairs)"
        )


def by_kind(pairs: list[Pair]) -> None:
    """Print the share of right answers kind by kind."""
    right: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    for pair in pairs:
        right[pair.one_nik, pair.kind].append(told(pair) == pair.wanted)
    for (one_nik, kind), marks in sorted(right.items(), reverse=True):
        print(f"  {'one' if one_nik else 'two'}  {kind:<34} {sum(marks) / len(marks):.3f}")


def speed(pairs: list[Pair]) -> None:
    people = [(person(pair.a), person(pair.b)) for pair in pairs]
    prepare = timeit.timeit(lambda: [person(pair.a) for pair in pairs], number=1)
    compare = timeit.timeit(lambda: [judge(a, b) for a, b in people], number=1)
    print(
        f"person() {prepare / len(pairs) * 1e6:.1f} µs, judge() {compare / len(pairs) * 1e6:.1f} µs"
    )


def main() -> None:
    if TABLE.exists():
        report("the table", table())
    for seed in (1, 2):
        report(f"made-up pairs, seed {seed}", made_up_pairs(seed, 200))
    for seed in (1, 2):
        report(f"neighbourhood, seed {seed}", neighbourhood_pairs(seed, 500))
    for seed in (1, 2):
        report(f"held out, seed {seed}", held_out_pairs(seed, 500))
    pairs = list(made_up_pairs(3, 200))
    if "--kinds" in sys.argv:
        by_kind(pairs)
    speed(pairs)


if __name__ == "__main__":
    main()
