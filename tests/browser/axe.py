"""Whether everybody can use a page: axe-core over it, with the stricter contrast of AAA."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": [
            "wcag2a",
            "wcag2aa",
            "wcag21a",
            "wcag21aa",
            "wcag22aa",
            "best-practice",
        ],
    },
    # Not on by themselves: axe leaves out AAA, and what WCAG 2.2 added.
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}


def axe(page: Page) -> None:
    """Assert that axe finds nothing: WCAG 2.2 A and AA, the contrast of AAA, best practices."""
    violations = Axe().run(page, options=OPTIONS).response["violations"]
    assert not violations, "\n".join([f"axe on {page.url}:", *map(_told, violations)])


def _told(violation: dict[str, Any]) -> str:
    places = "".join(f"\n    {node['target'][0]}: {node['html']}" for node in violation["nodes"])
    return f"- {violation['id']} ({violation['impact']}): {violation['help']}{places}"
