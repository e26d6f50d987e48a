"""What all commands share: the trace of an unexpected failure."""

from pathlib import Path
from threading import Event, Thread

from agent_client.commands.session import CRASH_FILE, keep_trace


def test_a_trace_is_whole_while_another_is_written(tmp_path: Path) -> None:
    keep_trace(tmp_path, ValueError("x"))
    stop = Event()

    def write() -> None:
        while not stop.is_set():
            keep_trace(tmp_path, KeyError("y"))

    writers = [Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    read = [(tmp_path / CRASH_FILE).read_text() for _ in range(2_000)]
    stop.set()
    for writer in writers:
        writer.join()
    assert all(text.endswith(("ValueError\n", "KeyError\n")) for text in read)


def test_a_trace_is_its_owners_alone_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = keep_trace(tmp_path, ValueError("what was typed"))
    assert list(tmp_path.iterdir()) == [path]
    assert path.stat().st_mode & 0o777 == 0o600
    assert "what was typed" not in path.read_text()


def test_a_trace_that_cannot_be_kept_breaks_nothing(tmp_path: Path) -> None:
    nowhere = tmp_path / "gone"
    assert not keep_trace(nowhere, ValueError()).exists()
