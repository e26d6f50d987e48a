"""Pin again what is installed, with hashes: one file for all, one for the laptop alone."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCKS = {
    "dev.txt": ["--all-extras"],
    "agent.txt": ["--extra", "agent"],
    "server.txt": ["--extra", "server", "--extra", "postgres"],
}


def main() -> None:
    """Write requirements/*.txt; keeps versions that still fit, unless `--upgrade` is given."""
    for name, extras in LOCKS.items():
        command = [sys.executable, "-m", "uv", "pip", "compile", "setup.cfg", *extras]
        command += ["--universal", "--python-version", "3.11", "--generate-hashes"]
        command += ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--quiet"]
        if name != "dev.txt":
            command += ["--constraint", "requirements/dev.txt"]
        command += ["--output-file", f"requirements/{name}", *sys.argv[1:]]
        subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
