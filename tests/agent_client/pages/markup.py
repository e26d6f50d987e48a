"""An answer's HTML as a test asks for it: elements, their words, what a form would send."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

_VOID: Final = frozenset({"meta", "link", "input", "br", "hr", "img", "source"})


@dataclass
class Element:
    """One element; `said` is all the text in it, also that of what stands inside."""

    tag: str
    attrs: dict[str, str]
    inside: "Element | None" = None
    texts: list[str] = field(default_factory=list)

    @property
    def said(self) -> str:
        return " ".join("".join(self.texts).split())

    def within(self, tag: str) -> "Element | None":
        """Return the nearest element of this tag around it."""
        around = self.inside
        while around is not None and around.tag != tag:
            around = around.inside
        return around


class Markup(HTMLParser):
    """All elements of a page or a fragment, in their order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: text or "" for name, text in attrs}
        one = Element(tag, found, self._open[-1] if self._open else None)
        self.elements.append(one)
        if tag not in _VOID:
            self._open.append(one)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for one in self._open:
            one.texts.append(data)

    def all(self, tag: str, **attrs: str) -> list[Element]:
        """Return the elements of a tag that have these attributes (`hx_post` is hx-post)."""
        wanted = {name.rstrip("_").replace("_", "-"): text for name, text in attrs.items()}
        return [
            one
            for one in self.elements
            if one.tag == tag and all(one.attrs.get(name) == it for name, it in wanted.items())
        ]

    def by_id(self, name: str) -> Element:
        """Return the element of an id; there must be just one."""
        found = [one for one in self.elements if one.attrs.get("id") == name]
        assert len(found) == 1, f"{len(found)} elements are called {name}"
        return found[0]

    def has(self, name: str) -> bool:
        return any(one.attrs.get("id") == name for one in self.elements)

    def said(self, name: str) -> str:
        """Return the words in the element of an id."""
        return self.by_id(name).said

    def alerts(self) -> list[str]:
        """Return what the page says went wrong."""
        return [
            one.said
            for one in self.elements
            if one.attrs.get("role") == "alert" and "hidden" not in one.attrs
        ]

    def errors(self) -> dict[str, str]:
        """Return what is said of each box that something is said of."""
        slots = [one for one in self.elements if one.attrs.get("id", "").endswith("-error")]
        return {one.attrs["id"][:-6]: one.said for one in slots if one.said}

    def sends(self, form: Element) -> dict[str, str]:
        """Return what a browser would send of a form that nobody touched."""
        sent: dict[str, str] = {}
        for one in self.elements:
            around = one.within("form")
            if around is form and (name := one.attrs.get("name")) and one.tag != "button":
                if one.attrs.get("type") in ("checkbox", "radio"):
                    if "checked" in one.attrs:
                        sent[name] = one.attrs.get("value", "on")
                elif one.tag == "select":
                    sent[name] = self._selected(one)
                else:
                    sent[name] = one.attrs.get("value", "")
        return sent

    def addresses(self) -> Iterator[str]:
        """Yield every address that the page names, wherever."""
        names = ("href", "src", "action", "formaction", "hx-get", "hx-post", "srcset", "poster")
        for one in self.elements:
            yield from (one.attrs[name] for name in names if name in one.attrs)

    def _selected(self, select: Element) -> str:
        options = [one for one in self.all("option") if one.within("select") is select]
        chosen = [one for one in options if "selected" in one.attrs] or options
        return chosen[0].attrs.get("value", "") if chosen else ""
