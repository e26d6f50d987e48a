"""Keys under which a person is filed: alike people share one."""

from bench.judge import table
from server.rules.blocking import blocking_keys
from server.rules.dedup import judge, person

WORKER: dict[str, object] = {
    "full_name": "Sitti Aminah",
    "sex": "F",
    "birth_date": "1985-03-12",
    "mother_name": "Hasnah",
    "phone": "+6281355550101",
}


def shared(changes: dict[str, object], of: dict[str, object]) -> set[str]:
    return set(blocking_keys(person(of))) & set(blocking_keys(person({**of, **changes})))


def test_near_matches_of_the_table_share_a_key() -> None:
    near = [
        bool(set(blocking_keys(a)) & set(blocking_keys(b)))
        for a, b in ((person(pair.a), person(pair.b)) for pair in table())
        if judge(a, b).near_match
    ]
    assert sum(near) >= 0.97 * len(near)


def test_each_slip_leaves_a_key() -> None:
    apart = {**WORKER, "phone": ""}
    assert shared({"birth_date": "1985-12-03", "mother_name": ""}, apart)
    assert shared({"birth_date": "1986-03-12"}, apart)
    assert shared({"birth_date": "1985-03-20"}, apart)
    assert shared({"full_name": "Dg Kanang", "alias": "Aminah", "mother_name": ""}, apart)
    assert shared({"full_name": "St. Amniah", "mother_name": ""}, apart)
    assert shared({"full_name": "Becce", "birth_date": "", "mother_name": ""}, WORKER)


def test_a_vowel_mistaken_leaves_the_day() -> None:
    nobody_else_s = {**WORKER, "full_name": "Samsiah", "phone": "", "mother_name": ""}
    assert shared({"full_name": "Simsiah"}, nobody_else_s) == {"day 1985 3-12 F SM"}


def test_he_and_she_of_one_day_share_none() -> None:
    nobody_else_s = {**WORKER, "full_name": "Samsiah", "phone": "", "mother_name": ""}
    assert not shared({"full_name": "Samsir", "sex": "M"}, nobody_else_s)


def test_strangers_of_a_heaped_day_share_none() -> None:
    heaped = {**WORKER, "phone": "", "birth_date": "1985-01-01"}
    assert not shared({"full_name": "Sitti Amirah", "mother_name": "Bungko"}, heaped)


def test_keys_are_few_and_none_is_made_of_nothing() -> None:
    assert blocking_keys(person({})) == ()
    full = {**WORKER, "full_name": "Andi Tenri Ajeng Dg Bau", "alias": "Dg Kanang"}
    assert len(blocking_keys(person(full))) <= 10
