"""See to it that tests/browser has a Chromium and a font; add Debian's where it may."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_FONTS: Final = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts")
_WAY_OUT: Final = "install it, or run `make test-core`, which leaves tests/browser out"


def find_chromium() -> str | None:
    """Return the Chromium of LORONG_CHROMIUM, or else the first on PATH; None where none is."""
    if named := os.environ.get("LORONG_CHROMIUM"):
        return shutil.which(named)
    return next(filter(None, map(shutil.which, NAMES)), None)


def main() -> None:
    """Return once both are here; exit with a sentence where they cannot be had."""
    if os.environ.get("LORONG_CHROMIUM") and not find_chromium():
        sys.exit("LORONG_CHROMIUM names no program; correct it, or unset it and let PATH decide.")
    packages = [] if find_chromium() else ["chromium"]
    packages += [] if _has_font() else ["fonts-dejavu"]
    if not packages:
        return
    wanted = " and ".join(packages)
    if shutil.which("apt-get") is None:
        sys.exit(f"The browser's tests need {wanted}, and there is no apt-get here: {_WAY_OUT}.")
    if os.geteuid() != 0:
        sys.exit(f"The browser's tests need {wanted}, which only root may add: {_WAY_OUT}.")
    print(f"installing {wanted} for the browser's tests", flush=True)
    if not _installed(packages):
        sys.exit(f"The browser's tests need {wanted}, which apt-get could not add: {_WAY_OUT}.")


def _has_font() -> bool:
    folders = (Path(folder).expanduser() for folder in _FONTS)
    return any(next(folder.rglob("*.[ot]tf"), None) for folder in folders)


def _installed(packages: list[str]) -> bool:
    """Tell whether apt-get has added the packages; what it says of a failure is shown."""
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        # Another program may be at it: its lock is waited for.
        command = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", *words]
        done = subprocess.run(
            command, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        if done.returncode:
            print(done.stderr, file=sys.stderr, flush=True)
            return False
    return True


if __name__ == "__main__":
    main()
