"""What the laptop knows of held NIKs: never wrongly no, hardly ever wrongly yes."""

import struct
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.known_niks import (
    KnownNiks,
    build,
    digest8,
    digest16,
    pack_additions,
)

KEY = bytes(range(16))
niks = st.text("0123456789", min_size=16, max_size=16)


def whole(held: list[str], base: int = 7, key: bytes = KEY) -> bytes:
    return build([digest16(nik, key) for nik in held], key, base)


def added(held: list[str], count: int, base: int = 7) -> bytes:
    return pack_additions(base, count, [digest8(nik, KEY) for nik in held])


def numbered(first: int, count: int) -> list[str]:
    return [f"{number:016}" for number in range(first, first + count)]


@given(
    held=st.lists(niks, max_size=60),
    since=st.lists(niks, max_size=10),
    key=st.binary(min_size=16, max_size=16),
)
def test_what_is_held_is_always_known(held: list[str], since: list[str], key: bytes) -> None:
    additions = pack_additions(7, len(since), [digest8(nik, key) for nik in since])
    known = KnownNiks.from_bytes(whole(held, key=key), [additions])
    assert all(known.might_hold(nik) for nik in (*held, *since))


def test_false_alarms_and_size_of_two_hundred_thousand() -> None:
    blob = whole(numbered(0, 200_000))
    known = KnownNiks.from_bytes(blob)
    assert all(known.might_hold(nik) for nik in numbered(0, 200_000))
    assert sum(known.might_hold(nik) for nik in numbered(10**15, 200_000)) <= 4
    assert len(blob) <= 200_000 * 3.2


def test_few_niks_raise_no_more_false_alarms() -> None:
    alarms = 0
    for seed in range(10):
        known = KnownNiks.from_bytes(whole(numbered(seed, 5)))
        alarms += sum(known.might_hold(nik) for nik in numbered(10**15, 10_000))
    assert alarms <= 2


def test_a_quarter_of_a_million_takes_at_most_800_kilobytes() -> None:
    digests = (struct.pack("<QQ", number, number * number) for number in range(250_000))
    assert len(build(digests, KEY, 1)) <= 800_000


def test_the_whole_is_in_the_layout_of_the_protocol() -> None:
    nik = "7371015011660001"
    blob = whole([nik], base=4_000_000_000)
    magic, base, k, m, key = struct.unpack_from("<4sIBQ16s", blob)
    bits = blob[33:]
    assert (magic, base, key, len(bits)) == (b"LKN1", 4_000_000_000, KEY, -(-m // 8))
    h1, h2 = struct.unpack("<QQ", blake2b(nik.encode(), digest_size=16, key=KEY).digest())
    places = {(h1 + i * h2) % m for i in range(k)}
    assert {place for place in range(m) if bits[place // 8] >> place % 8 & 1} == places


def test_the_additions_are_in_the_layout_of_the_protocol() -> None:
    nik = "7371015011660001"
    digest = blake2b(nik.encode(), digest_size=8, key=KEY).digest()
    assert added([nik], 3) == b"LKD1" + struct.pack("<II", 7, 3) + digest


def test_additions_raise_the_version() -> None:
    known = KnownNiks.from_bytes(whole(["1" * 16]))
    assert known.version == "7.0"
    known = known.with_additions(added(["2" * 16, "3" * 16], 2))
    known = known.with_additions(added(["4" * 16], 3))
    assert known.version == "7.3"
    assert all(known.might_hold(digit * 16) for digit in "1234")
    assert not known.might_hold("5" * 16)


def test_the_same_additions_twice_or_more_than_missing_are_harmless() -> None:
    blob = added(["2" * 16, "3" * 16], 2)
    known = KnownNiks.from_bytes(whole([]), [blob, blob, added(["3" * 16, "4" * 16], 3)])
    assert known.version == "7.3"
    assert known.with_additions(added([], 0)).version == "7.3"


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        b"LKD1",
        b"LKN1" + bytes(8),
        b"LKD1" + struct.pack("<II", 8, 1) + bytes(8),  # another base
        b"LKD1" + struct.pack("<II", 7, 2) + bytes(8),  # a gap
        b"LKD1" + struct.pack("<II", 7, 1) + bytes(7),  # cut
    ],
)
def test_additions_that_do_not_follow_are_refused(blob: bytes) -> None:
    known = KnownNiks.from_bytes(whole(["1" * 16]))
    with pytest.raises(ValueError, match="known_niks"):
        known.with_additions(blob)


def head(magic: bytes = b"LKN1", k: int = 3, m: int = 16) -> bytes:
    return struct.pack("<4sIBQ16s", magic, 7, k, m, KEY)


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        head()[:-1],
        head() + bytes(1),
        head() + bytes(3),
        head(magic=b"LKN2") + bytes(2),
        head(k=0) + bytes(2),
        head(m=0),
        head(m=2**64 - 1) + bytes(2),
    ],
)
def test_a_whole_that_is_malformed_is_refused(blob: bytes) -> None:
    with pytest.raises(ValueError, match="known_niks"):
        KnownNiks.from_bytes(blob)


@given(blob=st.binary(max_size=80), magic=st.sampled_from([b"", head(), b"LKD1"]))
def test_no_bytes_are_a_crash(blob: bytes, magic: bytes) -> None:
    known = KnownNiks.from_bytes(whole([]))
    for read in (KnownNiks.from_bytes, known.with_additions):
        with suppress(ValueError):
            read(magic + blob).might_hold("7371015011660001")


def test_what_is_typed_at_the_door_is_no_crash() -> None:
    known = KnownNiks.from_bytes(whole([]))
    assert not any(known.might_hold(text) for text in ("", "7371", "Sitti", "é", "\ud800"))


@pytest.mark.parametrize(
    "make",
    [
        lambda: build([bytes(15)], KEY, 1),
        lambda: build([bytes(15), bytes(17)], KEY, 1),
        lambda: build([], bytes(8), 1),
        lambda: build([], KEY, 2**32),
        lambda: build([], KEY, -1),
        lambda: pack_additions(1, 1, [bytes(7)]),
        lambda: pack_additions(1, 2**32, []),
    ],
)
def test_what_cannot_be_built_is_refused(make: Callable[[], bytes]) -> None:
    with pytest.raises(ValueError, match="known_niks"):
        make()
