"""A person at a page without a mouse: the keyboard alone, and what has the focus."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

MOST_TABS = 120
_FOCUSED = r"""() => {
  const it = document.activeElement;
  if (!it || it === document.body || it === document.documentElement) return null;
  const label = it.labels && it.labels.length ? it.labels[0].innerText : "";
  const text = it.matches("a, button, summary") ? it.innerText : "";
  return {
    name: it.getAttribute("name") || "",
    id: it.id,
    text: (text || it.getAttribute("aria-label") || label).trim().replace(/\s+/g, " "),
    kind: it.localName,
    writable: it.matches("input, textarea, select") && !it.readOnly,
  };
}"""
# A page that says where to begin does so with its first picture, a little after it is there.
_FOCUS_SETTLED = """() =>
  document.activeElement !== document.body
  || !document.querySelector("[autofocus]:enabled, a[autofocus], p[autofocus]")"""


@dataclass(frozen=True)
class Keys:
    """Keys pressed on a page, one after the other."""

    page: Page

    def tab_to(self, name: str) -> "Keys":
        """Press Tab until the element of this name, id, label or text has the focus.

        Fails with the way that the focus went, once it is back where it was or too far.
        """
        way: list[str] = []
        for _ in range(MOST_TABS):
            it = self.focused()
            if it and name in (it["name"], it["id"], it["text"]):
                return self
            way.append(_told(it))
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never came to {name!r}; it went {' > '.join(_once(way))}")

    def type(self, text: str) -> "Keys":
        """Type into what has the focus, over what a Tab has marked there."""
        it = self.focused()
        assert (it or {}).get("writable"), f"nothing can be typed into {_told(it)}"
        self.page.keyboard.type(text)
        return self

    def press(self, *names: str) -> "Keys":
        """Press keys by their names, such as ArrowDown, Space, Escape or Shift+Tab."""
        for name in names:
            self.page.keyboard.press(name)
        return self

    def enter(self, to: str | None = None) -> "Keys":
        """Press Enter; `to` is the path (`**` stands for anything) of the page that must follow."""
        if to is None:
            return self.press("Enter")
        with self.page.expect_navigation(url=f"**{to}"):
            self.page.keyboard.press("Enter")
        self.page.wait_for_function(_FOCUS_SETTLED)
        return self

    def focused(self) -> dict[str, Any] | None:
        """Return name, id, text and kind of what has the focus; None where nothing has."""
        found: dict[str, Any] | None = self.page.evaluate(_FOCUSED)
        return found


def keys(page: Page) -> Keys:
    """Return a page's keyboard."""
    return Keys(page)


def _told(it: dict[str, Any] | None) -> str:
    if it is None:
        return "(the page)"
    return f"{it['kind']} {it['name'] or it['id'] or it['text'] or '(nameless)'}"


def _once(way: list[str]) -> list[str]:
    """Leave out the second round, and all later ones."""
    return list(dict.fromkeys(way))
