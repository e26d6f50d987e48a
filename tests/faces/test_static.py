"""The files under static/: those of others are what they were, each packed one is its source."""

import gzip
import hashlib
import re

import pytest

from scripts.build_static import packed, sources
from scripts.vendor_static import PACKAGES, ROOT, VENDOR

PALETTES = ("light", "dark")
SHEET = (ROOT / "faces" / "static" / "lorong.css").read_text("utf-8")
GROUNDS = ("paper", "card", "shade", "accent-soft", "good-soft", "warning-soft", "problem-soft")
INKS = ("ink", "quiet", "accent", "accent-dark", "good", "warning", "problem")


def test_what_is_of_others_is_as_it_was_fetched() -> None:
    lines = (VENDOR / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert set(sums) == {name for wanted in PACKAGES.values() for name in wanted.values()}
    for name, digest in sums.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name


def test_the_licence_of_each_lies_beside_it_and_its_version_is_told() -> None:
    told = (VENDOR / "SOURCES.md").read_text()
    for (package, version, licence), wanted in PACKAGES.items():
        assert f"| {package} | {version} | {licence} |" in told
        assert any("LICENSE" in name for name in wanted.values())


def test_each_packed_file_is_its_source() -> None:
    there = {path.with_name(f"{path.name}.gz"): path for path in sources()}
    assert set(packed()) == set(there), "run: python scripts/build_static.py"
    for pack, path in there.items():
        content = pack.read_bytes()
        assert gzip.decompress(content) == path.read_bytes(), "run: python scripts/build_static.py"
        assert content[4:8] == bytes(4), "the time of packing is in it"


def test_nothing_is_fetched_from_elsewhere() -> None:
    for path in sources():
        text = path.read_text("utf-8")
        assert "sourceMappingURL" not in text
        assert "@import" not in text
        addresses = re.findall(r"url\([\"']?([a-z]*)", text)
        assert set(addresses) <= {"data"}


def palette(name: str) -> dict[str, str]:
    """Return the sheet's colours by their names, as the light or the dark palette has them."""
    light, dark = SHEET.split("[data-bs-theme=dark] {")
    found = dict(re.findall(r"--([a-z-]+): #([0-9a-f]{3,6});", light))
    own = dict(re.findall(r"--([a-z-]+): #([0-9a-f]{3,6});", dark.split("}")[0]))
    assert own
    return found | own if name == "dark" else found


def brightness(text: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    text = text if len(text) == 6 else "".join(2 * digit for digit in text)
    parts = [int(text[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(name: str, one: str, other: str) -> float:
    """Return how far two colours of a palette stand apart, 1 to 21."""
    colours = palette(name)
    dark, light = sorted((brightness(colours[one]), brightness(colours[other])))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_can_be_read_in_the_sun_and_borders_be_seen(name: str, ground: str) -> None:
    assert min(contrast(name, ink, ground) for ink in INKS) >= 7
    assert contrast(name, "edge", ground) >= 3


@pytest.mark.parametrize("name", PALETTES)
def test_a_button_s_text_can_be_read(name: str) -> None:
    for ground in ("accent", "accent-dark", "problem", "good", "quiet"):
        assert contrast(name, "on-accent", ground) >= 7
    assert contrast(name, "on-ink", "ink") >= 7


@pytest.mark.parametrize("name", PALETTES)
def test_bootstrap_s_triples_are_the_palette_s_colours(name: str) -> None:
    colours, (light, dark) = palette(name), SHEET.split("[data-bs-theme=dark] {")
    of = dict(re.findall(r"--bs-([a-z-]+): var\(--([a-z-]+)\);", light))
    triples = re.findall(r"--bs-([a-z-]+)-rgb: (.*);", light if name == "light" else dark)
    assert len(triples) >= 8
    for what, triple in triples:
        assert ", ".join(str(part) for part in bytes.fromhex(colours[of[what]])) == triple


def test_paper_is_light_whatever_the_screen_is() -> None:
    before, _ = SHEET.split("[data-bs-theme=dark] {")
    assert before.rstrip().endswith("@media screen {")
