"""Pictures made small: 256 colours do for a page, and a browser writes 16 million."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Final

HEAD: Final = b"\x89PNG\r\n\x1a\n"
_MOST: Final = 256
Pixel = bytes


def slim(picture: bytes) -> bytes:
    """Return a PNG of 8 bits a channel, without an alpha that matters, with a palette instead.

    Its most frequent colours stay as they are, every other one becomes the nearest of them.
    """
    chunks = list(_chunks(picture))
    width, height, depth, kind = struct.unpack(">IIBB", chunks[0][1][:10])
    if (depth, kind) not in ((8, 2), (8, 6)):
        raise ValueError("not a picture of a browser")
    step = 3 if kind == 2 else 4
    raw = zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT"))
    rows = [
        [bytes(row[at : at + 3]) for at in range(0, len(row), step)]
        for row in _rows(raw, width * step, step)
    ]
    counted = Counter(pixel for row in rows for pixel in row)
    palette = [pixel for pixel, _ in counted.most_common(_MOST)]
    place = {pixel: _nearest(palette, pixel) for pixel in counted}
    place.update({pixel: number for number, pixel in enumerate(palette)})
    packed = b"".join(b"\0" + bytes(map(place.__getitem__, row)) for row in rows)
    return HEAD + b"".join(
        _chunk(name, body)
        for name, body in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            (b"PLTE", b"".join(palette)),
            (b"IDAT", zlib.compress(packed, 9)),
            (b"IEND", b""),
        )
    )


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(HEAD)
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        yield picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        at += length + 12


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _rows(raw: bytes, width: int, step: int) -> Iterator[bytearray]:
    """Yield each row as it was before its filter (PNG specification, section 9)."""
    above = bytearray(width)
    for at in range(0, len(raw), width + 1):
        kind, row = raw[at], bytearray(raw[at + 1 : at + 1 + width])
        for here in range(width) if kind else ():
            left = row[here - step] if here >= step else 0
            corner = above[here - step] if here >= step else 0
            row[here] = (row[here] + _told(kind, left, above[here], corner)) & 255
        above = row
        yield row


def _told(kind: int, left: int, up: int, corner: int) -> int:
    """Return what a filter tells of a byte by its neighbours."""
    if kind < 4:
        return (0, left, up, (left + up) // 2)[kind]
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


def _nearest(palette: list[Pixel], pixel: Pixel) -> int:
    def off(number: int) -> int:
        return sum((one - other) ** 2 for one, other in zip(palette[number], pixel, strict=True))

    return min(range(len(palette)), key=off)
