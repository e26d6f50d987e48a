"""The list of known NIKs: built while exchanges go on, and read by laptops."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from server import known
from server.known import build_known_niks
from server.office import Office
from server.store import holders, known_niks
from sync.known_niks import KnownNiks, build, digest8, digest16
from tests.builders import content
from tests.offices import KEYS, Desk
from tests.server.looks import faults
from tests.server.races import wait_for
from tests.server.rolls import enlist


def hold(office: Office, nik: str) -> None:
    """Let a NIK be held from now on, as settling does it."""
    with office.store.write() as tx:
        nik_hash = KEYS.nik_hash(nik)
        holders.claim(tx, {nik_hash: ("record", digest16(nik, KEYS.known_key))})
        known_niks.add(tx, [digest8(nik, KEYS.known_key)])


def read(office: Office) -> KnownNiks:
    """Return the list as a laptop has it: the whole, and all that was added since."""
    with office.store.read() as tx:
        row = known_niks.newest(tx)
        whole = known_niks.whole(tx) or b""
        added = frozenset(known_niks.additions(tx, row.base, 0))
        assert len(known_niks.additions(tx, row.base, 0)) == row.additions
    base = KnownNiks.from_bytes(whole)
    return replace(base, additions=row.additions, added=added)


def test_it_knows_who_is_held_and_who_is_on_the_roll(desk: Desk) -> None:
    laptop = desk.join()
    worker, member, stranger = content(), content(), content()
    laptop.exchange(laptop.envelope(worker))
    enlist(desk, member, worker)
    assert build_known_niks(desk.office) == ("1.0", 2, len(read_whole(desk)))
    found = read(desk.office)
    assert found.might_hold(worker["nik"])
    assert found.might_hold(member["nik"])
    assert not found.might_hold(stranger["nik"])


def read_whole(desk: Desk) -> bytes:
    """Return the filter's bytes."""
    with desk.office.store.read() as tx:
        return known_niks.whole(tx) or b""


def test_a_build_takes_the_additions_in(office: Office) -> None:
    niks = [content()["nik"] for _ in range(3)]
    assert build_known_niks(office)[0] == "1.0"
    for nik in niks:
        hold(office, nik)
    assert build_known_niks(office)[0] == "2.0"
    found = read(office)
    assert found.added == frozenset()
    assert all(found.might_hold(nik) for nik in niks)


def test_what_is_added_while_it_is_built_is_carried_over(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, meanwhile = content()["nik"], content()["nik"]
    build_known_niks(office)
    hold(office, before)

    def slow(digests: Iterable[bytes], key: bytes, base: int) -> bytes:
        hold(office, meanwhile)
        return build(digests, key, base)

    monkeypatch.setattr(known, "build", slow)
    assert build_known_niks(office)[0] == "2.1"
    found = read(office)
    assert found.added == {digest8(meanwhile, KEYS.known_key)}
    assert found.might_hold(before)
    assert found.might_hold(meanwhile)


def test_what_waits_for_a_build_to_end_is_added_to_the_new_base(office: Office) -> None:
    nik = content()["nik"]
    build_known_niks(office)
    with ThreadPoolExecutor(1) as pool:
        with office.store.write() as tx:
            known_niks.replace_base(tx, 1, 0, b"", office.now())
            later = pool.submit(hold, office, nik)
            wait_for(office.store, later)
        later.result()
    with office.store.read() as tx:
        assert known_niks.version(tx) == "2.1"
        assert known_niks.additions(tx, 2, 0) == [digest8(nik, KEYS.known_key)]


def test_additions_are_numbered_without_a_gap_under_races_and_across_builds(
    office: Office, desk: Desk
) -> None:
    niks = [content()["nik"] for _ in range(24)]
    build_known_niks(office)
    with ThreadPoolExecutor(5) as pool:
        held = [pool.submit(hold, office, nik) for nik in niks]
        built = [pool.submit(build_known_niks, office)]
        for one in held + built:
            one.result()
    found = read(office)
    assert found.base == 2
    assert all(found.might_hold(nik) for nik in niks)
    assert [fault for fault in faults(desk) if fault.startswith("known_niks")] == []
