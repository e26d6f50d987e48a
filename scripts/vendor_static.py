"""Fetch the style sheet and the script of others that the pages stand on.

    python scripts/vendor_static.py

Downloads the packages named below through npm into a folder that is thrown away, and
writes the files wanted with their licences into faces/static/vendor, with SOURCES.md and
SHA256SUMS, then packs them (build_static.py): byte for byte the same every time. Nothing
is fetched while Lorong runs.
"""

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
VENDOR = ROOT / "faces" / "static" / "vendor"
# Package, version, licence; of each file wanted the name that it gets here.
PACKAGES = {
    ("bootstrap", "5.3.8", "MIT"): {
        "package/dist/css/bootstrap.min.css": "bootstrap.min.css",
        "package/LICENSE": "bootstrap.LICENSE.txt",
    },
    ("htmx.org", "2.0.11", "0BSD"): {
        "package/dist/htmx.min.js": "htmx.min.js",
        "package/LICENSE": "htmx.LICENSE.txt",
    },
}
# The maps are not shipped, and asking for one would be a call for a file that is not there.
_MAP = re.compile(rb"\n?(?:/\*[#@] sourceMappingURL=[^*]*\*/|//[#@] sourceMappingURL=.*)\s*$")


def main() -> None:
    """Write faces/static/vendor anew."""
    files = {}
    with tempfile.TemporaryDirectory() as folder:
        for (package, version, _licence), wanted in PACKAGES.items():
            archive = _fetch(package, version, Path(folder))
            for path, name in wanted.items():
                files[name] = _MAP.sub(b"\n", _read(archive, path))
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (VENDOR / name).write_bytes(content)
    (VENDOR / "SHA256SUMS").write_bytes(_sums(files).encode())
    (VENDOR / "SOURCES.md").write_bytes(_sources().encode())
    subprocess.run([sys.executable, ROOT / "scripts" / "build_static.py"], check=True)


def _fetch(package: str, version: str, folder: Path) -> Path:
    command = ["npm", "pack", "--silent", f"{package}@{version}"]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return folder / done.stdout.split()[-1]


def _read(archive: Path, path: str) -> bytes:
    with tarfile.open(archive) as opened:
        member = opened.extractfile(path)
        assert member is not None
        return member.read()


def _sums(files: dict[str, bytes]) -> str:
    return "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(files.items())
    )


def _sources() -> str:
    rows = [
        f"| {package} | {version} | {licence} | {', '.join(wanted.values())} |"
        for (package, version, licence), wanted in PACKAGES.items()
    ]
    head = [
        "# Of others",
        "",
        "Made by `scripts/vendor_static.py`; comments that name a source map are left out.",
        "",
        "| package | version | licence | files |",
        "|---|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"


if __name__ == "__main__":
    main()
