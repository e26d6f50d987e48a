"""Which NIKs are held already, told to a laptop without telling it any NIK.

A Bloom filter over keyed hashes, in the layouts `LKN1` (the whole) and `LKD1` (what came
since) of sync/PROTOCOL.md, known_niks. It may say yes to a NIK that is free, at most once
in 50,000; it never says no to one that is held.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, Self

WHOLE: Final = b"LKN1"
ADDED: Final = b"LKD1"

PROBES: Final = 14
BITS_A_NIK: Final = 25
"""With 14 probes: one false alarm in 140,000 by reckoning, 3.13 bytes a NIK on the wire."""

LEAST_BITS: Final = 2**18
"""In a smaller filter strides repeat: at 2^16 full, false alarms were measured twofold."""

_KEY: Final = 16
_WHOLE_HEAD: Final = struct.Struct("<4sIBQ16s")
_ADDED_HEAD: Final = struct.Struct("<4sII")
_TWO_NUMBERS: Final = struct.Struct("<QQ")
_MASKS: Final = tuple(1 << bit for bit in range(8))


def digest16(nik: str, key: bytes) -> bytes:
    """Return the 16-byte keyed digest of a NIK that the office stores and builds from."""
    return _digest(nik, key, 16)


def digest8(nik: str, key: bytes) -> bytes:
    """Return the 8-byte keyed digest of a NIK that travels among the additions."""
    return _digest(nik, key, 8)


def _digest(nik: str, key: bytes, size: int) -> bytes:
    # Not a prefix of one another: blake2b takes the size into its parameters.
    return blake2b(nik.encode("utf-8", "surrogatepass"), digest_size=size, key=key).digest()


def build(digests16: Iterable[bytes], key: bytes, base: int) -> bytes:
    """Return the whole list as `LKN1` bytes, of the `digest16` of every NIK under `key`.

    `base` numbers the build. A million take a few seconds. ValueError where a digest or
    the key is not 16 bytes, or `base` no unsigned 32-bit number.
    """
    digests = list(digests16)
    if len(key) != _KEY or any(len(digest) != _KEY for digest in digests):
        raise ValueError("known_niks digests and key are 16 bytes each")
    size = max(len(digests) * BITS_A_NIK, LEAST_BITS)
    try:
        head = _WHOLE_HEAD.pack(WHOLE, base, PROBES, size, key)
    except struct.error:
        raise ValueError("known_niks base is an unsigned 32-bit number") from None
    return head + _bits(b"".join(digests), size)


def _bits(digests: bytes, size: int) -> bytes:
    # Ten million times through the inner loop: adding and wrapping beats multiplying.
    bits, masks, probes = bytearray(-(-size // 8)), _MASKS, range(PROBES)
    for first, step in _TWO_NUMBERS.iter_unpack(digests):
        place, stride = first % size, step % size
        for _ in probes:
            bits[place >> 3] |= masks[place & 7]
            place += stride
            if place >= size:
                place -= size
    return bytes(bits)


def pack_additions(base: int, count: int, digests8: Iterable[bytes]) -> bytes:
    """Return `LKD1` bytes: the `digest8` of the NIKs added since the laptop's version.

    `count` is how many were added since `base` in all, so that the laptop is at version
    `base.count` with these. ValueError where a digest is not 8 bytes or a number too large.
    """
    digests = list(digests8)
    if any(len(digest) != 8 for digest in digests):
        raise ValueError("known_niks additions are 8 bytes each")
    try:
        return _ADDED_HEAD.pack(ADDED, base, count) + b"".join(digests)
    except struct.error:
        raise ValueError("known_niks base and count are unsigned 32-bit numbers") from None


@dataclass(frozen=True, slots=True)
class KnownNiks:
    """What a laptop knows of the NIKs that are held; a hit is a warning, never a verdict."""

    base: int
    additions: int
    probes: int
    size: int
    key: bytes
    bits: bytes
    added: frozenset[bytes] = frozenset()

    @classmethod
    def from_bytes(cls, blob: bytes, additions_blobs: Iterable[bytes] = ()) -> Self:
        """Read `LKN1` bytes and, in order, the `LKD1` bytes fetched since.

        ValueError for anything that is not exactly that.
        """
        if len(blob) < _WHOLE_HEAD.size:
            raise ValueError("known_niks is cut short")
        magic, base, probes, size, key = _WHOLE_HEAD.unpack_from(blob)
        bits = blob[_WHOLE_HEAD.size :]
        if magic != WHOLE or not probes or not size or len(bits) != -(-size // 8):
            raise ValueError("known_niks is not in the layout LKN1")
        known = cls(base, 0, probes, size, key, bits)
        for additions in additions_blobs:
            known = known.with_additions(additions)
        return known

    def with_additions(self, blob: bytes) -> Self:
        """Return what is known with `LKD1` bytes on top; harmless where it had them already.

        ValueError where they are malformed, of another base, or leave a gap.
        """
        if len(blob) < _ADDED_HEAD.size or (len(blob) - _ADDED_HEAD.size) % 8:
            raise ValueError("known_niks additions are cut short")
        magic, base, count = _ADDED_HEAD.unpack_from(blob)
        digests = [blob[at : at + 8] for at in range(_ADDED_HEAD.size, len(blob), 8)]
        if magic != ADDED or base != self.base or count - len(digests) > self.additions:
            raise ValueError("known_niks additions do not follow what is held")
        return type(self)(
            base=self.base,
            additions=max(count, self.additions),
            probes=self.probes,
            size=self.size,
            key=self.key,
            bits=self.bits,
            added=self.added.union(digests),
        )

    @property
    def version(self) -> str:
        """`base.additions`, as `reference.known_niks` names it."""
        return f"{self.base}.{self.additions}"

    def might_hold(self, nik: str) -> bool:
        """Tell whether a NIK may be held: never wrongly no, wrongly yes once in 50,000."""
        first, step = _TWO_NUMBERS.unpack(digest16(nik, self.key))
        places = ((first + probe * step) % self.size for probe in range(self.probes))
        if all(self.bits[place >> 3] & _MASKS[place & 7] for place in places):
            return True
        return digest8(nik, self.key) in self.added
