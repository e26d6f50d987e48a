"""The office's secrets, all derived from one key that never lies in the database.

A stolen database, dump or backup shows no NIK, mother's name, phone number or address:
contents are sealed, and what must be found again is there as keyed hashes.
"""

import base64
import os
from hashlib import blake2b
from pathlib import Path
from typing import Self

from nacl.bindings import (
    crypto_secretbox,
    crypto_secretbox_NONCEBYTES,
    crypto_secretbox_open,
)
from nacl.public import PrivateKey
from nacl.signing import SigningKey

KEY_BYTES = 32
KEY_FILE = "office.key"


class KeyMissing(Exception):
    """The office's key is not there, or is not one; code `office_key_missing`."""


class KeyWrong(Exception):
    """The key is another than the office was set up with; code `office_key_wrong`."""


class Keys:
    """Seals, hashes and signs for one office."""

    def __init__(self, master: bytes) -> None:
        """Derive every key from the master's 32 bytes."""
        if len(master) != KEY_BYTES:
            raise KeyMissing("the office's key must be 32 bytes")
        self._seal_key = _derive(master, b"seal")
        hash_key = _derive(master, b"hash")
        # Set up once and copied, since they are asked several times a record.
        self._nik = blake2b(digest_size=16, key=hash_key, person=b"nik")
        self._trace = blake2b(digest_size=8, key=hash_key, person=b"trace")
        self.known_key = _derive(master, b"known-niks")[:16]
        self.signing = SigningKey(_derive(master, b"sign"))
        self.sealing = PrivateKey(_derive(master, b"office"))
        self.cookies = _derive(master, b"cookies")
        self._trail_key = _derive(master, b"trail")

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read the master key from base64 text; raises KeyMissing."""
        try:
            return cls(base64.b64decode(text.strip(), validate=True))
        except ValueError:
            raise KeyMissing("the office's key must be base64 text") from None

    def sealing_text(self) -> str:
        """Return the office's public key, base64, for laptops that must seal what they hold."""
        return base64.b64encode(bytes(self.sealing.public_key)).decode("ascii")

    def seal(self, plain: bytes) -> bytes:
        """Return bytes sealed under the office's key."""
        nonce = os.urandom(crypto_secretbox_NONCEBYTES)
        return nonce + crypto_secretbox(plain, nonce, self._seal_key)

    def open(self, sealed: bytes) -> bytes:
        """Return what was sealed; raises nacl.exceptions.CryptoError where it was not here."""
        nonce, box = sealed[:crypto_secretbox_NONCEBYTES], sealed[crypto_secretbox_NONCEBYTES:]
        return crypto_secretbox_open(box, nonce, self._seal_key)

    def nik_hash(self, nik: str) -> bytes:
        """Return the keyed hash, 16 bytes, by which a NIK is told and found.

        Keyed BLAKE2 is a MAC as HMAC is, in half the time.
        """
        hashing = self._nik.copy()
        hashing.update(nik.encode("utf-8", "surrogatepass"))
        return hashing.digest()

    def sealed_line(self, form: bytes) -> bytes:
        """Return the seal, 32 bytes, of a line of the trail (server/audit.py)."""
        return blake2b(form, digest_size=32, key=self._trail_key, person=b"trail").digest()

    def trace(self, text: str) -> int:
        """Return a keyed hash, signed and of 64 bits, by which texts that are equal are found.

        Short, since there are several a record; whatever is found by one is looked at.
        """
        hashing = self._trace.copy()
        hashing.update(text.encode("utf-8", "surrogatepass"))
        return int.from_bytes(hashing.digest(), "big", signed=True)


def _derive(master: bytes, purpose: bytes) -> bytes:
    return blake2b(purpose, digest_size=32, key=master, person=b"lorong-office").digest()


def load_keys(home: Path, text: str | None) -> Keys:
    """Return the office's keys from the given text, else from the file; raises KeyMissing."""
    if text:
        return Keys.from_text(text)
    try:
        return Keys.from_text((home / KEY_FILE).read_text("ascii"))
    except (OSError, UnicodeDecodeError):
        raise KeyMissing(f"no readable {KEY_FILE} in LORONG_HOME, no LORONG_OFFICE_KEY") from None


def make_key_file(home: Path) -> bool:
    """Make a new key file, readable by its owner alone; False where one stands already.

    A key is never replaced: what it sealed could not be opened again.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(home / KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(base64.b64encode(os.urandom(KEY_BYTES)).decode("ascii") + "\n")
        file.flush()
        os.fsync(file.fileno())
    return True
