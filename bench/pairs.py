"""Pairs of records with the wanted answer, kind by kind; the judge was tuned on these."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from bench import one_nik, two_niks
from bench.meetings import Rng
from bench.people import Content


class Pair(NamedTuple):
    """Two contents; `wanted` is `same` where the NIK is one, else `near_match`."""

    kind: str
    hard: bool
    one_nik: bool
    wanted: bool
    a: Content
    b: Content


Kind = tuple[Callable[[Rng], tuple[Content, Content]], bool, bool]
ONE_NIK: tuple[Kind, ...] = (
    (one_nik.met_again, False, True),
    (one_nik.met_by_a_bad_hand, True, True),
    (one_nik.by_the_alley_name, True, True),
    (one_nik.nickname_as_alias, True, True),
    (one_nik.both_disagree_with_the_nik, True, True),
    (one_nik.stranger, False, False),
    (one_nik.sibling_on_the_nik, True, False),
    (one_nik.father_and_son, True, False),
    (one_nik.namesake_on_the_nik, True, False),
    (one_nik.relative_on_the_nik, False, False),
    (one_nik.one_daeng_two_given, True, False),
)
TWO_NIKS: tuple[Kind, ...] = (
    (two_niks.temporary_and_real, False, True),
    (two_niks.temporary_and_swapped, True, True),
    (two_niks.one_digit_off, False, True),
    (two_niks.one_digit_off_date_taken, True, True),
    (two_niks.alley_name_other_nik, True, True),
    (two_niks.estimated_birthday, True, True),
    (two_niks.rare_name_other_mother, True, True),
    (two_niks.strangers, False, False),
    (two_niks.twins, True, False),
    (two_niks.siblings, False, False),
    (two_niks.father_and_son_two_niks, True, False),
    (two_niks.namesakes_heaped, True, False),
    (two_niks.namesakes, True, False),
    (two_niks.same_day_neighbours, True, False),
    (two_niks.household, False, False),
)


def made_up_pairs(seed: int, each: int) -> Iterator[Pair]:
    """Yield `each` pairs of every kind; the same seed gives the same pairs."""
    rng = Rng(seed)
    for is_one, kinds in ((True, ONE_NIK), (False, TWO_NIKS)):
        for kind, hard, wanted in kinds:
            for _ in range(each):
                a, b = kind(rng)
                if rng.random() < 0.5:
                    a, b = b, a
                yield Pair(kind.__name__, hard, is_one, wanted, a, b)
