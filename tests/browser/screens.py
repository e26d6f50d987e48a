"""Pictures of pages: for docs/screens where they are asked for, else for nobody to keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.png import slim

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "screens"


@dataclass(frozen=True)
class Screens:
    """A folder of pictures, made `small` with some patience; call it with a page and a name."""

    folder: Path
    small: bool = False

    def __call__(self, page: Page, name: str) -> Path:
        """Write NAME.png: all of the page, with nothing on it that moves.

        The window is as high as the page for that long: what sticks to its edges hides nothing.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{name}.png"
        size = page.viewport_size or {"width": 1280, "height": 800}
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({**size, "height": max(size["height"], height)})
        page.screenshot(path=file, animations="disabled", caret="hide")
        page.set_viewport_size(size)
        if self.small:
            file.write_bytes(slim(file.read_bytes()))
        return file


def wanted(environ: Mapping[str, str]) -> bool:
    """Tell whether the pictures of the documents are to be made again."""
    return environ.get("LORONG_SCREENS") == "1"
