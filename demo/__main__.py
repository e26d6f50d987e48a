"""`make demo`: plays the day, tells it, and stays up until Ctrl-C."""

import argparse
import io
import os
import shlex
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from demo.day import Day, a_day
from demo.forms import Moment
from demo.interrupts import Interrupts
from demo.processes import PartFailed, Processes
from demo.story import Outcome, Step, Story
from demo.telling import doctor_lines, leaderboard_lines, told_lines
from demo.words import words


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the day; 0 where all went well, 1 where a part failed, 130 where it was stopped."""
    asked = _asked(arguments)
    lang = asked.lang
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a tick is not worth failing for
    day = a_day(asked.seed, asked.people, Moment(datetime.now(UTC)))
    print(f"\n{words('title', lang)}")
    print(f"{words('subtitle', lang, people=day.people, seed=asked.seed)}\n")
    try:
        with Interrupts() as interrupts, _workplace(asked.folder) as folder:
            _play(day, folder, interrupts, asked)
    except KeyboardInterrupt:
        print(f"\n{words('stopped', lang)}")
        return 130
    except PartFailed as failure:
        _tell_failure(failure, lang)
        return 1
    print(words("ended" if asked.folder else "removed", lang))
    return 0


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="end by itself")
    parser.add_argument("--seed", type=int, default=2026, help="the same seed, the same people")
    parser.add_argument("--people", type=int, default=200, help="how many enrolments, about")
    parser.add_argument("--folder", type=Path, help="work in this folder and leave it")
    usual = "en" if os.environ.get("LORONG_LANG") == "en" else "id"
    parser.add_argument("--lang", choices=("id", "en"), default=usual, help="language")
    return parser.parse_args(arguments)


@contextmanager
def _workplace(wanted: Path | None) -> Iterator[Path]:
    """Yield a folder: the wanted one, which is left, or one that is removed behind this."""
    if wanted is not None:
        wanted.mkdir(parents=True, exist_ok=True)
        yield wanted.resolve()
        return
    folder = Path(tempfile.mkdtemp(prefix="lorong-demo-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _play(day: Day, folder: Path, interrupts: Interrupts, asked: argparse.Namespace) -> None:
    processes = Processes(interrupts)
    story = Story(processes, folder, day, _ticker(asked.lang))
    try:
        outcome = story.run()
        _tell(outcome, asked.lang)
        if not asked.once:
            _stay(story, asked.lang)
    except PartFailed as failure:
        for trace in sorted(folder.glob("*/agent-error.txt")):
            failure.add_note(trace.read_text(encoding="utf-8"))
        raise
    finally:
        interrupts.silence()
        processes.end()


def _ticker(lang: str) -> Step:
    def done(code: str, **figures: Any) -> None:
        print(f"  ✓ {words(code, lang, **figures)}", flush=True)

    return done


def _tell(outcome: Outcome, lang: str) -> None:
    print()
    for lines in (
        told_lines(outcome.laptops, lang),
        leaderboard_lines(outcome.leaderboard, lang),
        doctor_lines(outcome.doctor, lang),
    ):
        print(*lines, "", sep="\n")
    name, password = outcome.sign_in
    print(f"{words('page', lang)}: {outcome.url}/")
    print(f"{words('sign_in', lang, name=name, password=password)}\n", flush=True)


def _tell_failure(failure: PartFailed, lang: str) -> None:
    said = [f"\n  ✗ {words('failed', lang, part=failure.part)}\n", failure.log]
    print(*said, *getattr(failure, "__notes__", ()), sep="\n", file=sys.stderr)


def _stay(story: Story, lang: str) -> None:
    """Keep office and laptops at work until Ctrl-C."""
    try:
        _invite(story, lang)
        while True:
            story.processes.stand_by()
    except KeyboardInterrupt:
        print()


def _invite(story: Story, lang: str) -> None:
    scripts = Path(sysconfig.get_path("scripts"))
    print(words("look", lang))
    for settings, command in story.invitations():
        given = " ".join(f"{name}={shlex.quote(value)}" for name, value in settings.items())
        print(f"  {given} \\\n    {scripts / command}")
    print(f"\n{words('stay', lang)}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
