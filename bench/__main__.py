"""Measure what matters; prints figures of this machine and day, asserts nothing.

`python -m bench` runs all; `python -m bench judge` one of: desk, judge, known_niks,
page, throughput.
"""

import sys

from bench import desk, judge, known_niks, page, throughput

MEASURES = {
    "desk": desk.main,
    "judge": judge.main,
    "known_niks": known_niks.main,
    "page": page.main,
    "throughput": throughput.main,
}


def main() -> None:
    """Run the measures that are named, or all."""
    for name in sys.argv[1:] or MEASURES:
        print(f"== {name}", flush=True)
        MEASURES[name]()


if __name__ == "__main__":
    main()
