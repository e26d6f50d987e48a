"""The list of known NIKs: how long a build takes, how large it is, how quickly it is asked."""

import gzip
import time

from sync.known_niks import KnownNiks, build, digest16

KEY = b"a key of 16 byte"
HELD = 250_000
ASKED = 200_000


def main() -> None:
    """Build a list for a city, and ask it for those who are in it and those who are not."""
    held = [f"7371{number:012}" for number in range(HELD)]
    free = [f"7372{number:012}" for number in range(ASKED)]
    digests = [digest16(nik, KEY) for nik in held]
    start = time.perf_counter()
    blob = build(digests, KEY, 1)
    built = time.perf_counter() - start
    known = KnownNiks.from_bytes(blob)
    start = time.perf_counter()
    alarms = sum(map(known.might_hold, free))
    asked = time.perf_counter() - start
    missed = sum(not known.might_hold(nik) for nik in held[:ASKED])
    print(
        f"{HELD:,} NIKs: {built:.1f} s to build, {len(blob) / HELD:.2f} bytes a NIK "
        f"({len(gzip.compress(blob)) / HELD:.2f} gzipped), {len(blob):,} bytes"
    )
    print(
        f"{ASKED:,} free NIKs asked: {alarms} false alarms, {missed} of those held missed, "
        f"{asked / ASKED * 1e6:.1f} µs a question"
    )


if __name__ == "__main__":
    main()
