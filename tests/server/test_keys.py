"""The office's secrets: all from one key, which never lies in the database."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.exceptions import CryptoError

from server.keys import KEY_FILE, KeyMissing, Keys, load_keys, make_key_file
from server.store.tables import metadata
from tests.builders import content
from tests.offices import KEY, KEYS, Desk
from tests.server.looks import kept_bytes

OTHER = Keys(bytes(32))
NIK = "7371150101900001"


@given(st.binary())
def test_what_is_sealed_opens_again_and_shows_nothing(plain: bytes) -> None:
    sealed = KEYS.seal(plain)
    assert KEYS.open(sealed) == plain
    assert len(plain) < 4 or plain not in sealed
    with pytest.raises(CryptoError):
        OTHER.open(sealed)


def test_sealing_twice_gives_two_different_texts() -> None:
    assert KEYS.seal(b"x") != KEYS.seal(b"x")


def test_what_was_altered_does_not_open() -> None:
    sealed = bytearray(KEYS.seal(b"a whole envelope"))
    sealed[-1] ^= 1
    with pytest.raises(CryptoError):
        KEYS.open(bytes(sealed))


def test_hashes_are_16_bytes_and_keyed() -> None:
    own = KEYS.nik_hash(NIK)
    assert len(own) == 16
    assert own == Keys.from_text(KEY).nik_hash(NIK)
    assert own != OTHER.nik_hash(NIK)


def test_a_trace_is_keyed_of_64_bits_and_no_part_of_a_hash() -> None:
    own = KEYS.trace(NIK)
    assert -(2**63) <= own < 2**63
    assert own == Keys.from_text(KEY).trace(NIK) != OTHER.trace(NIK)
    assert own.to_bytes(8, "big", signed=True) not in KEYS.nik_hash(NIK)


@given(st.text(st.characters(exclude_categories=[])), st.text())
def test_any_text_has_a_hash_of_its_own(one: str, other: str) -> None:
    assert (KEYS.nik_hash(one) == KEYS.nik_hash(other)) is (one == other)


def test_every_secret_is_another() -> None:
    secrets = {bytes(KEYS.signing), bytes(KEYS.sealing), bytes(range(32))}
    assert len(secrets) == 3
    assert len(KEYS.known_key) == 16
    assert base64.b64decode(KEYS.sealing_text()) == bytes(KEYS.sealing.public_key)


@pytest.mark.parametrize("text", ["", "x", "é", KEY[:-4], KEY + KEY, base64.b64encode(b"x")[:3]])
def test_a_text_that_is_no_key_is_told_so(text: str | bytes) -> None:
    with pytest.raises(KeyMissing) as told:
        Keys.from_text(text if isinstance(text, str) else text.decode())
    assert KEY not in str(told.value)


class TestFile:
    def test_is_made_once_for_its_owner_alone(self, tmp_path: Path) -> None:
        home = tmp_path / "new" / "home"
        assert make_key_file(home)
        made = (home / KEY_FILE).read_text()
        assert (home / KEY_FILE).stat().st_mode & 0o777 == 0o600
        assert not make_key_file(home)
        assert (home / KEY_FILE).read_text() == made
        assert load_keys(home, None).nik_hash(NIK) == Keys.from_text(made).nik_hash(NIK)

    def test_gives_way_to_the_setting(self, tmp_path: Path) -> None:
        make_key_file(tmp_path)
        assert load_keys(tmp_path, KEY).nik_hash(NIK) == KEYS.nik_hash(NIK)

    @pytest.mark.parametrize("text", [None, b"", b"\xff\xfe", b"no key", b"eA=="])
    def test_that_is_not_there_or_none_is_told_so(self, tmp_path: Path, text: bytes | None) -> None:
        if text is not None:
            (tmp_path / KEY_FILE).write_bytes(text)
        with pytest.raises(KeyMissing):
            load_keys(tmp_path, None)


def test_the_database_alone_shows_no_nik_mother_phone_or_address(desk: Desk) -> None:
    laptop = desk.join()
    capture = laptop.envelope(
        content(street="Jalan Rahasia", landmark="Sumur Tua", email="rahasia@contoh.id")
    )
    broken = laptop.envelope({**content(street="Jalan Rahasia"), "sex": "X"})
    laptop.exchange(capture, broken, {**broken, "digest": "0" * 64}, [capture])
    dump = everything(desk)
    for one in (capture, broken):
        for name in ("nik", "mother_name", "phone", "street", "email", "landmark", "ktp_address"):
            secret = one["content"].get(name, "7371")
            assert secret not in dump
    assert capture["content"]["nik"].encode() in kept_bytes(desk, capture)


def everything(desk: Desk) -> str:
    """Return every value of every table as text, bytes as they are."""
    with desk.office.store.read() as tx:
        rows = [row for table in metadata.sorted_tables for row in tx.execute(table.select())]
    values = [value for row in rows for value in row]
    return "\n".join(
        value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in values
    )
