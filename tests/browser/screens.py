"""Pictures of pages: for docs/screens where they are asked for, else for nobody to keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "screens"


@dataclass(frozen=True)
class Screens:
    """A folder of pictures; call it with a page and the picture's name."""

    folder: Path

    def __call__(self, page: Page, name: str) -> Path:
        """Write NAME.png: all of the page, with nothing on it that moves."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{name}.png"
        page.screenshot(path=file, full_page=True, animations="disabled", caret="hide")
        return file


def wanted(environ: Mapping[str, str]) -> bool:
    """Tell whether the pictures of the documents are to be made again."""
    return environ.get("LORONG_SCREENS") == "1"
